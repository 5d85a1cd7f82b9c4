"""Decisions on findings: kept beside the map, shown by the next run, never dropped."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cjm_notebooks import AuditResult
from cjm_notebooks.audits.decisions import (
    Decision,
    Decisions,
    decide_on,
    decisions_file_of,
    read_decisions,
)
from cjm_notebooks.audits.findings import findings_of
from cjm_notebooks.errors import MapError, ParameterError
from tests.audits import page_of
from tests.audits.comparing import run

PEAK = "T03/cart/peak"
EVIL = "<script>alert(1)</script>"


def taken(finding: str = PEAK, **fields: object) -> Decisions:
    usual = {"choice": "watch", "who": "Ann", "on": "2025-03-01"}
    return Decisions().including(Decision(finding=finding, **{**usual, **fields}))


def standing(decisions: Decisions, **more: object) -> str:
    (one,) = run(160, 40, decisions=decisions, **more).decided
    return one.standing


def section(result: AuditResult, code: str = "en") -> str:
    return result.sections(code).found.html


def test_file_lies_beside_the_map_and_holds_one_fact_a_line(tmp_path: Path) -> None:
    file = decide_on(tmp_path / "shop.cjm.json", PEAK, "fix", "Ann", on="2025-03-01")
    assert file == decisions_file_of(tmp_path / "shop.cjm.json") == tmp_path / "shop.decisions.json"
    assert file.read_text("utf-8").splitlines() == [
        "{",
        '  "schema_version": "1.0",',
        '  "decisions": [',
        "    {",
        f'      "finding": "{PEAK}",',
        '      "choice": "fix",',
        '      "who": "Ann",',
        '      "on": "2025-03-01"',
        "    }",
        "  ]",
        "}",
    ]


def test_order_of_deciding_leaves_the_same_file() -> None:
    one, other = taken("A01/x/y").decisions[0], taken(PEAK).decisions[0]
    assert Decisions().including(one).including(other) == Decisions().including(other).including(
        one
    )


def test_later_decision_holds_and_the_earlier_one_is_kept() -> None:
    later = Decision(finding=PEAK, choice="fix", who="Bob", on="2025-03-09")
    both = taken().including(later)
    assert both.latest()[PEAK].choice == "fix"
    assert [one.who for one in both.decisions] == ["Ann", "Bob"]


def test_whoever_decides_twice_on_one_day_has_changed_their_mind() -> None:
    again = Decision(finding=PEAK, choice="reject", who="Ann", on="2025-03-01")
    assert [one.choice for one in taken().including(again).decisions] == ["reject"]


def test_without_a_file_nothing_was_decided(tmp_path: Path) -> None:
    assert read_decisions(tmp_path / "shop.cjm.json") == Decisions()
    with pytest.raises(MapError, match=r"There is no file `other\.json`"):
        read_decisions(tmp_path / "shop.cjm.json", tmp_path / "other.json")


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"choice": "ignore"}, "`choice` is `ignore`"),
        ({"who": ""}, "Write at least 1 character"),
        ({"who": "x" * 201}, "Write at most 200 characters"),
        ({"what": "x" * 2001}, "Write at most 2000 characters"),
        ({"on": "tomorrow"}, "Write a day of the calendar"),
        ({"until": "2025-02-28"}, "before it was taken"),
    ],
)
def test_what_is_no_decision_is_not_written(tmp_path: Path, fields, why) -> None:
    usual = {"finding": PEAK, "choice": "fix", "who": "Ann", "on": "2025-03-01"}
    with pytest.raises(ParameterError, match=why):
        decide_on(tmp_path / "shop.cjm.json", **{**usual, **fields})
    assert not list(tmp_path.iterdir())


def test_decision_stands_beside_its_finding_on_the_page_and_for_machines() -> None:
    result = run(160, 40, decisions=taken(what="Ask why", until="2025-06-30"))
    html = section(result)
    decision = html.partition(PEAK)[2].partition("</article>")[0]
    assert "<strong>Decided:</strong> to be watched. <bdi>Ask why</bdi>" in decision
    assert "<bdi>Ann</bdi>, March 1, 2025, holds until" in decision
    found = next(one for one in findings_of(result).findings if one.id == PEAK)
    assert (found.decision.choice, found.decision.standing) == ("watch", "in_force")


def test_decision_holds_on_its_last_day_and_is_over_on_the_next() -> None:
    """The audit stands at 10 April 2025."""
    assert standing(taken(until="2025-04-10")) == "in_force"
    assert standing(taken(until="2025-04-09")) == "expired"
    result = run(160, 40, decisions=taken(until="2025-04-09"))
    assert "That time is over: decide anew." in section(result)


def test_finding_that_is_gone_is_said_beside_what_was_decided() -> None:
    assert standing(taken("T03/pay/peak")) == "no_longer_found"
    result = run(160, 40, decisions=taken("T03/pay/peak"))
    assert "Decisions on what is not among them" in section(result)
    assert "It is no longer found." in section(result)
    (other,) = findings_of(result).other_decisions
    assert (other.finding, other.standing) == ("T03/pay/peak", "no_longer_found")


def test_finding_that_this_run_did_not_look_for_may_still_be_there() -> None:
    assert standing(taken(), checks=["M15"]) == "not_judged"
    assert standing(taken("X01/cart/shortfall-1-to-5")) == "not_judged"


def test_decision_on_a_finding_that_no_check_makes_is_kept_and_reported() -> None:
    result = run(160, 40, decisions=taken("Q99/cart/odd"))
    assert [one.standing for one in result.decided] == ["unknown"]
    assert "Q99/cart/odd" in section(result)
    assert "There is no check that would find it" in section(result)


def test_decisions_change_neither_findings_nor_severity() -> None:
    with_, without = run(160, 40, decisions=taken(choice="accept")), run(160, 40)
    assert with_.findings == without.findings
    assert without.manifest.decisions is None
    assert with_.manifest.decisions == taken(choice="accept").content_hash()


def test_hostile_and_endless_texts_stay_texts() -> None:
    hostile = taken(who=EVIL, what=f'{EVIL}"><img src=x onerror=alert(1)>' + "x" * 1900)
    elsewhere = Decision(finding=f"Q99/{EVIL}", choice="fix", who="Ann", on="2025-03-01")
    page = page_of(run(160, 40, decisions=hostile.including(elsewhere)))
    assert EVIL not in page
    assert "<img" not in page
    assert "Q99/&lt;script&gt;" in page


def test_file_that_is_no_list_of_decisions_says_what_is_wrong(tmp_path: Path) -> None:
    file = tmp_path / "shop.decisions.json"
    file.write_text(json.dumps({"schema_version": "1.0", "decisions": [{"who": "Ann"}]}), "utf-8")
    with pytest.raises(MapError, match="cannot be read as a list of decisions"):
        read_decisions(tmp_path / "shop.cjm.json")


def test_audit_of_a_map_without_decisions_says_nothing_of_them() -> None:
    assert "Decided:" not in section(run(160, 40))
    assert run(20, 4).decided == ()
