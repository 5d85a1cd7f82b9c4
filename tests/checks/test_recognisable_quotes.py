from __future__ import annotations

import pytest

from cjm_notebooks.checks.recognisable_quotes import RecognisableQuotes
from cjm_notebooks.maps import Evidence, JourneyMap
from tests.checking import checked, verdict


def saying(quote: str = "", **more: object) -> JourneyMap:
    evidence = Evidence.model_validate({"id": "talks", "quote": quote, **more})
    return JourneyMap(id="shop", name="Shop", evidence=(evidence,))


@pytest.mark.parametrize(
    ("quote", "sign"),
    [
        ("On 12.03.2025 the shop was closed", "day"),
        ("Am 3. März stand ich davor", "day"),
        ("it broke on March 3rd", "day"),
        ("since 2025-03-12 nothing works", "day"),
        ("my order 4500123456 never came", "number"),
        ("ticket SUP-8812345 is still open", "number"),
        ("see https://app.fullstory.com/ui/o1/session/99", "replay"),
    ],
)
def test_quote_that_leads_to_one_person_is_found(quote: str, sign: str) -> None:
    (finding,) = verdict(RecognisableQuotes(), journey_map=saying(quote)).findings
    assert finding.id == f"R06/evidence.talks/{sign}"
    assert quote not in str(finding)


@pytest.mark.parametrize(
    "quote",
    [
        "It took until 10:30, and then three more days",
        "I paid 1200 euros for nothing",
        "They may call 3 times a week",
        "cost us 1,200,000 in the end",
        "the version 2.10.4 was better",
    ],
)
def test_quote_that_could_be_anybodys_passes(quote: str) -> None:
    assert verdict(RecognisableQuotes(), journey_map=saying(quote)).outcome == "pass"


def test_link_to_a_recording_and_people_who_did_not_agree_are_failures() -> None:
    link = saying(url="https://eu.posthog.com/project/1/replay/0190-ab")
    found = checked(RecognisableQuotes(), journey_map=link)
    assert [(one.key, one.severity) for one in found.verdict.findings] == [("replay", "high")]
    found = checked(RecognisableQuotes(), journey_map=saying("Too slow", consent=False))
    assert [(one.key, one.severity) for one in found.verdict.findings] == [("no-consent", "high")]


def test_day_is_worth_a_warning() -> None:
    found = checked(RecognisableQuotes(), journey_map=saying("on 12.03.2025"))
    assert [one.severity for one in found.verdict.findings] == ["medium"]


def test_map_without_quotes_and_links_has_nothing_to_judge() -> None:
    found = verdict(RecognisableQuotes(), journey_map=JourneyMap(id="shop", name="Shop"))
    assert found.outcome == "not_applicable"
