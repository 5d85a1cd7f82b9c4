"""Sentences for people: translated whole, numbers written as each language does."""

from pathlib import Path
from string import Formatter

import pytest
from babel.messages.extract import extract_from_dir

import cjm_notebooks
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.language import CATALOGUES, N_, language, say

PACKAGE = Path(cjm_notebooks.__file__).parent
CODES = sorted(file.stem for file in CATALOGUES.glob("*.po"))


def sentences():
    """Every sentence that the code marks with `N_` or `say`, and page templates also with `_`."""
    marks = {"N_": None, "say": None, "_": None}
    read_as = [("**.py", "python"), ("**.j2", "jinja2")]
    found = extract_from_dir(PACKAGE, keywords=marks, method_map=read_as)
    return sorted({str(message) for _, _, message, _, _ in found if message})


def placed(sentence):
    return sorted((name, form) for _, name, form, _ in Formatter().parse(sentence) if name)


def test_there_is_a_german_catalogue_and_there_are_sentences_to_translate():
    assert CODES == ["de"]
    assert len(sentences()) > 100


@pytest.mark.parametrize("code", CODES)
def test_every_sentence_is_translated(code):
    known = language(code).sentences
    assert [sentence for sentence in sentences() if sentence not in known] == []


@pytest.mark.parametrize("code", CODES)
def test_no_translation_is_left_over(code):
    assert sorted(set(language(code).sentences) - set(sentences())) == []


@pytest.mark.parametrize("code", CODES)
def test_a_translation_places_the_same_values(code):
    differs = {
        english: translated
        for english, translated in language(code).sentences.items()
        if placed(english) != placed(translated)
    }
    assert differs == {}


def test_numbers_are_written_as_the_language_does():
    share = say("{share:percent} of {n:count}", share=0.5827, n=79330)
    assert str(share) == "58.3% of 79,330"
    assert language("de").render(share) == "58,3\N{NO-BREAK SPACE}% of 79.330"


@pytest.mark.parametrize(
    ("form", "value", "written"),
    [
        ("count", 12.6, "13"),
        ("whole_percent", 0.667, "67%"),
        ("decimal", -0.4321, "-0.43"),
        ("signed", 0.5, "+0.50"),
        ("days", 1234.56, "1,234.6"),
        ("duration", 5400, "1.5 hours"),
        ("duration", 86_400, "1 day"),
        ("duration", 0, "0 seconds"),
        ("percent", None, "–"),
        ("count", float("nan"), "–"),
    ],
)
def test_each_form_of_number(form, value, written):
    assert str(say(f"{{x:{form}}}", x=value)) == written


def test_text_with_braces_or_percent_signs_is_a_value_and_not_a_form():
    assert str(say("`{name}` is unknown", name="{evil:percent} 100%")) == (
        "`{evil:percent} 100%` is unknown"
    )


def test_an_unknown_language_or_form_says_what_there_is():
    with pytest.raises(ParameterError, match=r"no translation into `fr`. Known: `en`, `de`"):
        language("fr")
    with pytest.raises(ParameterError, match="the number form `percentage`, which does not exist"):
        str(say("{x:percentage}", x=1))


def test_marking_a_sentence_leaves_it_as_it_is():
    assert N_("Where do customers leave?") == "Where do customers leave?"
