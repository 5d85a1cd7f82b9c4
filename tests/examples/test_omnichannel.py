"""300 people who do not exist, in four systems: what was planted in the exports comes out again."""

from __future__ import annotations

import filecmp
import gzip
import runpy
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

from cjm_notebooks import JourneyMap, Journeys, join, measure
from cjm_notebooks.catalogue import entry
from cjm_notebooks.events import Quality
from cjm_notebooks.identity import United
from cjm_notebooks.metrics.hand_offs import HandOffs
from cjm_notebooks.metrics.nps import Nps
from cjm_notebooks.metrics.recorded_signs import RecordedSigns
from cjm_notebooks.metrics.touchpoint_summary import TouchpointSummary
from cjm_notebooks.privacy.protecting import protect
from cjm_notebooks.sources import Source
from cjm_notebooks.views.recorded_clicks import RecordedClicks

FOLDER = Path(__file__).parents[2] / "examples" / "omnichannel"
PERSONAL = ("@example.org", "gclid", "Muster", "田中", "+49 171")


@pytest.fixture(scope="module")
def one() -> United:
    united: United = entry("sources", Source, "four-exports", FOLDER)().united()  # type: ignore[attr-defined]
    return united


@pytest.fixture(scope="module")
def journeys(one: United) -> Journeys:
    found = one.imported
    journey_map = JourneyMap.load(FOLDER / "sonnendach.cjm.json")
    return join(journey_map, found.events, feedback=found.feedback, customers=found.customers)


def rows(found: dict[str, int] | pd.Series) -> dict[str, int]:
    return {str(name): int(count) for name, count in found.items()}


def of_table(one: United, name: str) -> Quality:
    (found,) = [quality for quality in one.imported.quality if quality.table.startswith(name)]
    return found


def test_map_has_no_problems() -> None:
    assert JourneyMap.load(FOLDER / "sonnendach.cjm.json").problems() == ()


def test_data_are_what_their_maker_writes(tmp_path: Path) -> None:
    runpy.run_path(str(FOLDER / "make_data.py"))["write"](tmp_path)
    written = sorted(file.name for file in tmp_path.iterdir())
    assert written == sorted(file.name for file in (FOLDER / "data").iterdir())
    for name in written:
        if name.endswith(".gz"):
            both = [gzip.decompress((at / name).read_bytes()) for at in (tmp_path, FOLDER / "data")]
            assert both[0] == both[1], name
        else:
            assert filecmp.cmp(tmp_path / name, FOLDER / "data" / name, shallow=False), name


def test_each_source_accounts_for_every_row(one: United) -> None:
    for quality in one.imported.quality:
        left_out = sum(counted.rows for counted in quality.set_aside.values())
        assert quality.read == quality.kept + left_out


def test_whoever_declined_is_nobody_and_what_was_exported_twice_counts_once(one: United) -> None:
    web = of_table(one, "events of ga4")
    set_aside = {rule: counted.rows for rule, counted in web.set_aside.items()}
    assert set_aside == {"no_customer": 3 * 36, "duplicate": 12}


def test_44_households_are_two_customers_each_because_no_row_links_them(one: United) -> None:
    assert one.identities.n_customers == 300 + 44
    matches = one.identities.matches.set_index(["source", "other"])
    counted = ["customers", "matched", "lost"]
    assert matches.loc[("web", "crm"), counted].tolist() == [264, 120, 60 + 40 + 44]
    assert matches.loc[("crm", "web"), counted].tolist() == [200, 120, 44 + 36]
    assert matches.loc[("visits", "web"), counted].tolist() == [90, 90, 0]
    assert matches.loc[("visits", "crm"), counted].tolist() == [90, 36, 54]
    assert matches.loc[("survey", "crm"), counted].tolist() == [120, 120, 0]
    assert (len(one.identities.hubs), len(one.identities.conflicts)) == (0, 0)


def test_conversion_of_the_site_lies_between_who_was_found_and_who_may_have_been(
    one: United,
) -> None:
    assert one.imported.events is not None
    events = pa.table(one.imported.events.table).to_pandas()
    buyers = events[events["event"] == "deal_won"]["customer"].tolist()
    bounds = one.identities.bounds("web", "crm", succeeded=buyers)
    assert (bounds.low, bounds.share, bounds.high) == (48 / 264, 48 / 120, (48 + 27) / 264)


def test_journeys_of_all_sources_end_as_the_deals_did(journeys: Journeys) -> None:
    assert journeys.n_journeys == 344
    ended = {outcome.id: 0 for outcome in journeys.map.outcomes}
    for place in journeys.outcome[journeys.outcome >= 0].tolist():
        ended[journeys.map.outcomes[place].id] += 1
    assert ended == {"won": 75, "lost": 45}


def test_of_164_requests_handed_to_advice_those_of_the_44_unlinked_households_end_there(
    journeys: Journeys,
) -> None:
    table = measure(HandOffs(), journeys).set_index(["from_department", "to_department"])
    assert table.loc[("web", "advice"), ["left", "moves"]].tolist() == [44, 164]
    assert table.loc[("web", "advice"), "left_share"] == 44 / 164


def test_each_touchpoint_has_the_households_that_came_there_by_whatever_source(
    journeys: Journeys,
) -> None:
    table = measure(TouchpointSummary(), journeys).set_index("touchpoint")
    assert rows(table["journeys"]) == {
        "home": 264,
        "prices": 10,
        "guide": 104,
        "form": 40 + 120 + 44,
        "request-sent": 120 + 2 * 44 + 36,
        "calls": 36,
        "advice": 180,
        "offer": 150,
        "asked-opinion": 120,
    }


def test_second_browser_of_a_household_is_not_a_second_customer(one: United) -> None:
    web = one.identities.sources.set_index("source").loc["web"]
    assert (web["customers"], len(one.identities.nodes.values["browser"])) == (264, 264 + 20)


def test_recommendation_is_that_of_60_answers(journeys: Journeys) -> None:
    (row,) = measure(Nps(), journeys).to_dict("records")
    assert (row["n"], row["promoters"], row["passives"], row["detractors"]) == (60, 26, 14, 20)
    assert row["nps"] == pytest.approx(10)


def test_recordings_tell_where_the_site_hurts(journeys: Journeys) -> None:
    table = measure(RecordedSigns(), journeys)
    told = table[table["element"].notna()].set_index(["touchpoint", "sign", "element"])
    counted = told[["customers", "recorded"]].apply(tuple, axis=1).to_dict()
    assert counted == {
        ("home", "click", "a#to-form"): (66, 90),
        ("home", "dead_click", "img.roof"): (18, 90),
        ("home", "quick_back", "a#prices"): (10, 90),
        ("home", "scroll", "screen 3"): (45, 90),
        ("form", "click", "button#send"): (66 - 15, 66),
        ("form", "rage_click", "button#send"): (15, 66),
        ("form", "field_filled", "input[name]"): (66, 66),
        ("form", "field_filled", "input[roof-area]"): (66 - 33, 66),
        ("form", "field_struggle", "input[roof-area]"): (33, 66),
    }


@pytest.mark.parametrize(
    ("pattern", "struggled", "recorded"),
    [
        ("form -> [^request-sent]* -> $", 24, 30),
        ("form -> .* -> request-sent", 9, 36),
    ],
    ids=["gave up", "sent it"],
)
def test_those_who_gave_up_had_struggled_more(
    journeys: Journeys, pattern: str, struggled: int, recorded: int
) -> None:
    table = measure(RecordedSigns(), journeys.that(pattern))
    (row,) = table[(table["sign"] == "field_struggle") & table["element"].notna()].to_dict(
        "records"
    )
    assert (row["customers"], row["recorded"]) == (struggled, recorded)


def test_worst_element_is_named_first(journeys: Journeys) -> None:
    read = {"journey_map": journeys.map, "signs": measure(RecordedSigns(), journeys)}
    first = str(RecordedClicks().summary(**read)[0])
    assert first.startswith(
        "Most struggled with input[roof-area] (Fills in the form): 33 of the 66"
    )


def test_what_people_wrote_is_kept_without_what_tells_who_they_are(one: United) -> None:
    roof = JourneyMap.load(FOLDER / "sonnendach.cjm.json")
    kept = protect(one.imported, roof.privacy)
    assert {(found.column, found.kind, found.count) for found in kept.found} == {
        ("feedback.comment", "phone number", 12 + 1 + 2),
        ("feedback.comment", "email", 12 + 1 + 2),
    }
    assert kept.imported.feedback is not None
    said = pa.table(kept.imported.feedback.table)["comment"].to_pylist()
    assert said.count("Bitte anrufen: [phone number] oder [e-mail]") == 12 + 1 + 2


def test_all_of_it_takes_fewer_than_30_lines_and_leaves_nothing_personal_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = FOLDER / "one_customer.py"
    assert sum(bool(line.strip()) for line in script.read_text("utf-8").splitlines()) < 30
    for name in ("data", "sonnendach.cjm.json"):
        (tmp_path / name).symlink_to(FOLDER / name)
    monkeypatch.chdir(tmp_path)
    made = runpy.run_path(str(script))
    assert made["journeys"].n_journeys == 344
    matches = pd.read_csv(tmp_path / "results" / "matches.csv")
    assert matches["customers"].tolist()[:3] == [264] * 3
    left = [file.read_bytes() for file in (tmp_path / "results").iterdir()]
    assert len(left) == 4
    assert [word for word in PERSONAL if any(word.encode() in text for text in left)] == []
