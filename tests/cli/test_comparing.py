"""The commands about several maps or runs, and about what was decided."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path

import pytest

from cjm_notebooks.audits.decisions import Decisions
from tests.audits.comparing import run
from tests.commands import SHOP, cjm, write

PEAK = "T03/cart/peak"
DECIDE = ("decide", "shop.cjm.json", PEAK, "--who", "Ann")


@pytest.fixture
def weeks(folder: Path) -> Path:
    """Two weeks: 40 and then 60 of 200 customers left at the cart."""
    run(160, 40, "2025-04-10").save(folder / "runs" / "week-15", "shop")
    run(140, 60, "2025-04-17").save(folder / "runs" / "week-16", "shop")
    return folder / "runs"


def test_compare_says_what_was_added_and_what_was_renamed(folder: Path) -> None:
    later = deepcopy(SHOP)
    later["stages"][1]["name"] = "Pay"
    later["stages"][1]["touchpoints"].append({"id": "terms", "name": "Terms"})
    write(folder / "later.cjm.json", later)
    ran = cjm("compare", "shop.cjm.json", "later.cjm.json")
    assert "The touchpoint `terms` (Terms) is new." in ran.out
    assert "`name` was `Buy` and is `Pay`." in ran.out
    same = cjm("compare", "shop.cjm.json", "shop.cjm.json")
    assert (same.code, same.out) == (0, "The two maps say the same.\n")
    machines = cjm("compare", "shop.cjm.json", "later.cjm.json", "--json")
    assert len(json.loads(machines.out)["differences"]) == 2


def test_compare_tells_runs_from_maps_and_says_what_got_worse(weeks: Path) -> None:
    ran = cjm("compare", weeks / "week-15", weeks / "week-16" / "findings.json")
    assert ran.code == 0
    assert "The periods share" not in ran.out.splitlines()[-1]
    (row,) = [line for line in ran.out.splitlines() if PEAK in line]
    assert row.split()[:6] == ["worse", "high", PEAK, "0.20", "0.30", "0.02"]


def test_compare_of_runs_for_machines_is_json_alone(weeks: Path) -> None:
    ran = cjm("compare", weeks / "week-15", weeks / "week-16", "--json")
    assert json.loads(ran.out)["counts"]["worse"] == 1


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (["new-high"], 0),
        (["worse-high"], 1),
        (["worse-critical"], 0),
        (["high"], 1),
        (["new-high", "worse-medium"], 1),
    ],
)
def test_compare_exits_with_1_where_a_limit_is_met(weeks: Path, limits, code) -> None:
    given = [word for limit in limits for word in ("--fail-on", limit)]
    assert cjm("compare", weeks / "week-15", weeks / "week-16", *given).code == code


def test_compare_refuses_a_run_beside_a_map_and_a_limit_for_maps(weeks: Path) -> None:
    mixed = cjm("compare", weeks / "week-15", "shop.cjm.json")
    assert (mixed.code, "the other a map. Give two of a kind." in mixed.err) == (2, True)
    maps = cjm("compare", "shop.cjm.json", "shop.cjm.json", "--fail-on", "new-high")
    assert (maps.code, "`--fail-on` is about findings" in maps.err) == (2, True)
    unknown = cjm("compare", weeks / "week-15", weeks / "week-16", "--fail-on", "new")
    assert (unknown.code, "There is no limit `new`." in unknown.err) == (2, True)
    nothing = cjm("compare", weeks, weeks)
    assert (nothing.code, "There is no file `findings.json`" in nothing.err) == (3, True)


def test_timeline_shows_every_run_with_its_numbers(weeks: Path) -> None:
    ran = cjm("timeline", "runs")
    assert ran.code == 0
    assert "Success, drop-off and coverage over time" in ran.out
    rows = [line.split() for line in ran.out.splitlines() if line.startswith("week-")]
    assert [row[:4] for row in rows] == [
        ["week-15", "2025-04-10", "200", "80.0%"],
        ["week-16", "2025-04-17", "200", "70.0%"],
    ]
    machines = json.loads(cjm("timeline", "runs", "--json").out)
    assert [one["drop_off"] for one in machines] == [0.2, 0.3]


def test_timeline_leaves_a_page(weeks: Path) -> None:
    ran = cjm("timeline", "runs", "--out", "runs.html", "--language", "de")
    assert ran.out.endswith("Wrote runs.html.\n")
    assert '<html lang="de">' in Path("runs.html").read_text("utf-8")


def test_timeline_of_no_folder_or_no_run_says_so(folder: Path) -> None:
    assert "`nowhere` is no folder" in cjm("timeline", "nowhere").err
    empty = cjm("timeline", ".")
    assert (empty.code, "There is no run here" in empty.err) == (3, True)


def test_decision_is_kept_beside_the_map(folder: Path) -> None:
    ran = cjm(*DECIDE, "--choice", "fix", "--what", "Shorter form", "--on", "2025-04-01")
    assert (ran.code, ran.out) == (
        0,
        f"Wrote shop.decisions.json. Ann decided on {PEAK}: fix.\n",
    )
    (kept,) = Decisions.load("shop.decisions.json").decisions
    assert (kept.who, kept.what, str(kept.on)) == ("Ann", "Shorter form", "2025-04-01")


def test_decision_on_a_finding_that_the_run_has_not_is_not_written(weeks: Path) -> None:
    asked = ("decide", "shop.cjm.json", "T03/crat/peak", "--who", "Ann", "--choice", "fix")
    ran = cjm(*asked, "--run", weeks / "week-15")
    assert ran.code == 2
    assert f"That run has no finding `T03/crat/peak`. Did you mean `{PEAK}`" in ran.err
    assert not Path("shop.decisions.json").exists()
    assert cjm(*asked).code == 0


def test_what_is_no_decision_is_wrong_use(folder: Path) -> None:
    ran = cjm(*DECIDE, "--choice", "ignore")
    assert (ran.code, "`choice` is `ignore`" in ran.err) == (2, True)
    late = cjm(*DECIDE, "--choice", "fix", "--on", "2025-04-01", "--until", "2025-03-01")
    assert (late.code, "before it was taken" in late.err) == (2, True)


def test_next_audit_shows_what_was_decided(folder: Path) -> None:
    """C02 still finds two silent touchpoints; of the few estimates D10 finds none merely thin."""
    for finding in ("D10/map/thin", "C02/map/silent"):
        decided = ("decide", "shop.cjm.json", finding, "--who", "Ann <b>")
        cjm(*decided, "--choice", "accept", "--on", "2025-03-01", "--until", "2025-03-15")
    columns = ("--customer", "id", "--at", "time", "--event", "what", "--zone", "UTC")
    ran = cjm("audit", "shop.cjm.json", "--events", "events.csv", *columns, "--as-of", "2025-03-31")
    assert ran.code == 0
    page = (folder / "shop.audit" / "shop.html").read_text("utf-8")
    assert "accepted as it is" in page
    assert "<bdi>Ann &lt;b&gt;</bdi>, March 1, 2025" in page
    written = json.loads((folder / "shop.audit" / "findings.json").read_text("utf-8"))
    beside = {
        one["id"]: one["decision"]["standing"] for one in written["findings"] if one["decision"]
    }
    others = {one["finding"]: one["standing"] for one in written["other_decisions"]}
    assert beside == {"C02/map/silent": "expired"}
    assert others == {"D10/map/thin": "no_longer_found"}
