"""Texts become values by the types that the template declares, and never code."""

from __future__ import annotations

from pathlib import Path

import pytest

from cjm_notebooks.audits.parameters import Parameter
from cjm_notebooks.audits.running.texts import read_file, read_texts
from cjm_notebooks.errors import ParameterError, SourceError

DECLARED = (
    Parameter(name="as_of", type="str", default=""),
    Parameter(name="k_min", type="int", default=0),
    Parameter(name="share", type="float", default=0.5),
    Parameter(name="quick", type="bool", default=False),
    Parameter(name="checks", type="list[str]", default=[]),
    Parameter(name="settings", type="dict[str, str]", default={}),
)


def read(*texts: tuple[str, str]) -> object:
    return read_texts(Path("short.ipynb"), DECLARED, texts)


def test_texts_are_read_as_their_types() -> None:
    assert read(("as_of", "2025"), ("k_min", "7"), ("share", "0.25"), ("quick", "true")) == {
        "as_of": "2025",
        "k_min": 7,
        "share": 0.25,
        "quick": True,
    }


def test_lists_are_written_with_commas_or_in_json() -> None:
    assert read(("checks", "C01, C02")) == {"checks": ["C01", "C02"]}
    assert read(("checks", '["a, b"]')) == {"checks": ["a, b"]}


def test_entries_of_texts_by_name_can_be_given_one_by_one() -> None:
    given = (("settings", '{"hotel": "H1"}'), ("settings.hotel", "H2"), ("settings.year", "2017"))
    assert read(*given) == {"settings": {"hotel": "H2", "year": "2017"}}


def test_code_arrives_as_a_text() -> None:
    code = '__import__("os").system("true")'
    assert read(("as_of", code), ("settings.hotel", code)) == {
        "as_of": code,
        "settings": {"hotel": code},
    }


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("k_min", "seven", r"`k_min` is `seven`\. Give a whole number\."),
        ("share", "nan", r"`share` is `nan`\. Give a number\."),
        ("quick", "perhaps", r"Give True or False\."),
        ("settings", "H2", r'Give texts by name in JSON, such as `\{"hotel": "H2"\}`'),
        ("checks", "[1]", r"Give a list of texts, such as `C01, C02`"),
        ("kmin", "7", r"`short` has no parameter `kmin`\. Did you mean `k_min`"),
        ("k_min.a", "7", r"`short` has no parameter `k_min\.a`"),
    ],
)
def test_text_that_cannot_be_read_is_named(name: str, text: str, says: str) -> None:
    with pytest.raises(ParameterError, match=says):
        read((name, text))


def test_file_of_parameters_is_json_by_name(tmp_path: Path) -> None:
    file = tmp_path / "given.json"
    file.write_text('{"k_min": 7}')
    assert read_file(file) == {"k_min": 7}
    file.write_text("[7]")
    with pytest.raises(SourceError, match=r"`given\.json` holds no parameters\. Write JSON"):
        read_file(file)
    with pytest.raises(SourceError, match=r"`.*no\.json` cannot be read: No such file"):
        read_file(tmp_path / "no.json")
