"""The parts of the page: plain sentences, the worst first, and nothing that a name could break."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from cjm_notebooks import AuditResult, JourneyMap, audit
from cjm_notebooks.audits.sections import Section
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.maps import Opportunity
from tests.audits import AS_OF, BUYS, BUYS_LATER, LEAVES_CART, answers, events, page_of
from tests.journeys import ONE_EACH

SIXTY = events(*[BUYS] * 39, BUYS_LATER, *[LEAVES_CART] * 20)
EVIL = "<script>alert(1)</script>"
ARABIC = "عربة التسوق"


@pytest.fixture(scope="module")
def result() -> AuditResult:
    return audit(ONE_EACH, SIXTY, as_of=AS_OF)


def renamed(name: str) -> JourneyMap:
    """The shop, where everything that has a name is called `name`."""
    stages = tuple(
        stage.model_copy(
            update={
                "name": name,
                "touchpoints": tuple(
                    one.model_copy(update={"name": name, "department": None})
                    for one in stage.touchpoints
                ),
            }
        )
        for stage in ONE_EACH.stages
    )
    outcomes = tuple(one.model_copy(update={"name": name}) for one in ONE_EACH.outcomes)
    opportunity = Opportunity(id="fix", name=name, stages=("cart",))
    return ONE_EACH.model_copy(
        update={
            "name": name,
            "owner": name,
            "stages": stages,
            "outcomes": outcomes,
            "opportunities": (opportunity,),
            "journey": ONE_EACH.journey.model_copy(update={"unit": name}),
        }
    )


def section(result: AuditResult, name: str, code: str = "en") -> str:
    return next(one.html for one in result.sections(code) if one.name == name)


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_page_begins_with_what_was_audited_then_gate_questions_findings_and_actions(result) -> None:
    assert [one.name for one in result.sections()] == [
        "opening",
        "gate",
        "questions",
        "found",
        "actions",
        "exhibits",
        "checks",
        "limits",
        "manifest",
    ]


def told(result: AuditResult, audience: str) -> dict[str, str]:
    return {one.name: one.html for one in result.sections("en", audience)}


def test_an_audience_is_told_less_or_more_and_never_other_numbers(result) -> None:
    analyst, owner, executive = (told(result, who) for who in ("analyst", "owner", "executive"))
    assert {name for name, html in executive.items() if not html} == {
        "questions",
        "exhibits",
        "checks",
    }
    assert {name for name, html in owner.items() if not html} == {"checks"}
    assert all(analyst.values())
    for name in ("opening", "gate", "actions", "limits", "manifest"):
        assert executive[name] == owner[name] == analyst[name]
    assert owner["found"] == analyst["found"]
    assert "33.3%" in executive["found"]
    assert "Rows behind it" in owner["found"]
    assert "Rows behind it" not in executive["found"]


def test_an_unknown_audience_is_refused_by_name(result) -> None:
    with pytest.raises(ParameterError, match=r"no audience `boss`\. Known: `executive`"):
        result.sections("en", "boss")


def test_finding_says_in_words_and_numbers_what_is_wrong_and_what_to_do(result) -> None:
    found = words(section(result, "found"))
    assert "▲ high T03/cart/peak" in found
    assert "33.3% of the decided journeys that reached Cart ended there" in found
    assert "33.3% (22.7% to 45.9%, n 60, corrected p below 0.01)" in found
    assert "To do: Look at what these journeys did last" in found


def test_actions_are_one_line_a_finding_with_owner_and_opportunity() -> None:
    asked = renamed("Cart & Co")
    result = audit(asked, SIXTY, as_of=AS_OF)
    rows = section(result, "actions").split("<tr>")[2:]
    assert len(rows) == len(result.findings)
    (about_cart,) = [row for row in rows if "T03/cart/peak" in row]
    assert words(about_cart).endswith("Cart & Co Cart & Co (idea)".replace("&", "&amp;"))


def test_every_check_has_a_row_with_a_sign_and_a_word(result) -> None:
    checks = section(result, "checks")
    assert checks.count("<tr>") == 1 + 32
    assert '<span aria-hidden="true">✗</span> failed' in checks
    assert '<span aria-hidden="true">✓</span> passed' in checks
    assert "No feedback was joined." in checks


def test_limits_account_for_every_row_that_was_read() -> None:
    late = audit(ONE_EACH, SIXTY, as_of="2025-01-03")
    assert "events 260 177 After the audit: 83" in words(section(late, "limits"))


def test_manifest_shows_the_hash_of_each_input(result) -> None:
    shown = section(result, "manifest")
    assert result.manifest.journey_map.sha256 in shown
    assert result.manifest.inputs[0].sha256 in shown


def test_main_numbers_stand_with_interval_grade_and_verdict() -> None:
    cart = ONE_EACH.stages[1].touchpoints[0].model_copy(update={"emotion": 2})
    stages = (
        ONE_EACH.stages[0],
        ONE_EACH.stages[1].model_copy(update={"touchpoints": (cart,)}),
        *ONE_EACH.stages[2:],
    )
    claiming = ONE_EACH.model_copy(update={"stages": stages})
    said = answers(*["csat:cart=1@60", "csat:cart=3@60"] * 50)
    numbers = words(section(audit(claiming, feedback=said, as_of=AS_OF), "exhibits"))
    assert re.search(r"Cart mean score 2\.00 \(1\.80 to 2\.20, n 100\) B ✗ contradicted", numbers)


@pytest.mark.parametrize("name", [EVIL, '"><img src=x onerror=alert(1)>', "&lt;b&gt;"])
def test_markup_in_a_name_is_text_on_the_page(name: str) -> None:
    recorded = events(*[BUYS] * 39, BUYS_LATER, *[LEAVES_CART] * 20, *[f"{EVIL}@1"] * 40)
    page = page_of(audit(renamed(name), recorded, as_of=AS_OF))
    assert EVIL not in page
    assert "<img" not in page


def test_names_that_run_from_right_to_left_are_kept_apart() -> None:
    page = page_of(audit(renamed(ARABIC), SIXTY, as_of=AS_OF))
    assert f'<h1 id="audit"><bdi>{ARABIC}</bdi></h1>' in page
    assert f"reached <bdi>{ARABIC}</bdi> ended there" in page
    assert f"<title>{ARABIC}</title>" in page


def test_title_of_a_million_letters_is_cut_on_the_page() -> None:
    endless = ONE_EACH.model_copy(update={"name": "x" * 1_000_000})
    opening = section(audit(endless, SIXTY, as_of=AS_OF), "opening")
    assert f"{'x' * 299}…" in opening
    assert len(opening) < 5_000


def test_backticks_in_a_name_stay_in_the_name() -> None:
    page = page_of(audit(renamed("`x` {y:count}"), SIXTY, as_of=AS_OF))
    assert "reached <bdi>`x` {y:count}</bdi> ended there" in page


def test_page_speaks_german_and_writes_numbers_as_german_does(result) -> None:
    assert "33,3\N{NO-BREAK SPACE}%" in section(result, "found", "de")
    assert '<html lang="de">' in page_of(result, "de")
    with pytest.raises(ParameterError, match="no translation into `tlh`"):
        result.sections("tlh")


def test_section_shows_itself_in_a_notebook(result) -> None:
    gate = result.sections().gate
    assert isinstance(gate, Section)
    assert gate._repr_html_() == gate.html
    assert repr(gate) == "<gate>"


def test_an_audit_without_findings_says_that_this_proves_little(result) -> None:
    nothing = replace(result, checked=())
    assert "No check found anything wrong." in words(section(nothing, "opening"))
    assert "That is no proof that all is well" in words(section(nothing, "found"))
    assert "Nothing that a check asks for." in words(section(nothing, "actions"))
