"""The commands that look at tables and a map together."""

from __future__ import annotations

import re
from pathlib import Path

from cjm_notebooks.maps import JourneyMap
from tests.commands import COLUMNS, cjm, write

EVENTS = ["--events", "events.csv", *COLUMNS, "--zone", "UTC"]


def lines(text: str) -> list[str]:
    """The lines on the screen, runs of blanks as one."""
    return [re.sub(r" +", " ", line).strip() for line in text.splitlines()]


def test_join_says_what_each_lacks_of_the_other_the_gaps_first() -> None:
    ran = cjm("join", "shop.cjm.json", *EVENTS)
    assert ran.code == 0
    said = lines(ran.out)
    assert "customers 3" in said
    assert "events on a touchpoint 3" in said
    gaps = said.index("Events on no touchpoint")
    assert said[gaps + 1 : gaps + 4] == ["event events of them outcomes", "help 2 0", "paid 1 1"]
    silent = said.index("Touchpoints without an event")
    assert said[silent + 1 : silent + 4] == ["touchpoint", "leaflet", "any-c"]
    twice = said.index("Events that two rules claim")
    assert said[twice + 2] == "cart cart any-c 1 0"
    assert gaps < silent < twice < said.index("Events on a touchpoint")


def test_join_says_what_was_set_aside_and_where() -> None:
    said = lines(cjm("join", "shop.cjm.json", *EVENTS).out)
    assert "events: rows read 8, kept 6" in said
    assert "set aside no customer 1 6" in said
    assert "set aside no time 1 5" in said


def test_join_sets_aside_what_came_after_its_day() -> None:
    said = lines(cjm("join", "shop.cjm.json", *EVENTS, "--as-of", "2025-03-01").out)
    assert "events: rows read 8, kept 3" in said
    assert "customers 1" in said


def test_join_takes_feedback_and_customers(folder: Path) -> None:
    write(folder / "answers.csv", "who,when,q,points\nann,2025-03-01T11:00:00,nps,9\n")
    write(folder / "questions.json", '[{"id": "nps", "kind": "nps", "scale": [0, 10]}]')
    write(folder / "people.csv", "person,country\nann,PT\n")
    ran = cjm(
        *["join", "shop.cjm.json", *EVENTS],
        *["--feedback", "answers.csv", "--questions", "questions.json", "--score", "points"],
        *["--question-column", "q", "--respondent", "who", "--answered-at", "when"],
        *["--customers", "people.csv", "--customers-id", "person"],
    )
    assert ran.code == 0
    said = lines(ran.out)
    assert "answers 1" in said
    assert "customers: rows read 1, kept 1" in said


def test_join_reads_days_that_come_first(folder: Path) -> None:
    write(folder / "shop.csv", "id,when,what\nann,31.12.2025 14:05,home\nann,2025-12-31,pay\n")
    write(folder / "answers.csv", "when,points\n12/30/2025,9\n31/12/2025,1\n")
    write(folder / "questions.json", '[{"id": "nps", "kind": "nps", "scale": [0, 10]}]')
    ran = cjm(
        *["join", "shop.cjm.json", "--events", "shop.csv", "--customer", "id", "--at", "when"],
        *["--event", "what", "--zone", "Europe/Berlin", "--time-format", "%d.%m.%Y %H:%M"],
        *["--feedback", "answers.csv", "--questions", "questions.json", "--score", "points"],
        *["--answered-at", "when", "--answered-format", "%m/%d/%Y"],
    )
    said = lines(ran.out)
    assert "events: rows read 2, kept 1" in said
    assert "set aside unreadable time 1 1" in said
    assert "noticed no time 1 1" in said


def test_join_counts_the_comments_beside_the_scores(folder: Path) -> None:
    write(folder / "answers.csv", "points,why\n9,Quick\n8,\n7,So so\n")
    write(folder / "questions.json", '[{"id": "nps", "kind": "nps", "scale": [0, 10]}]')
    asked = ["--feedback", "answers.csv", "--questions", "questions.json", "--score", "points"]
    said = lines(cjm("join", "shop.cjm.json", *EVENTS, *asked, "--comment", "why").out)
    assert "answers with a comment 2" in said


def test_join_takes_a_source_and_its_settings() -> None:
    settings = {"table": "events.csv", "customer": "id", "at": "time", "event": "what"}
    named = [word for pair in settings.items() for word in ("--set", "=".join(pair))]
    ran = cjm("join", "shop.cjm.json", "--source", "event-table", *named, "--set", "zone=UTC")
    assert ran.code == 0
    assert "events: rows read 8, kept 6" in lines(ran.out)


def test_draft_makes_a_touchpoint_of_each_event_name(folder: Path) -> None:
    ran = cjm("draft", "first.cjm.json", *EVENTS, "--name", "First", "--most-stages", "1")
    assert (ran.code, ran.out) == (0, "Wrote first.cjm.json. Touchpoints: 4, in stages: 1.\n")
    drafted = JourneyMap.load(folder / "first.cjm.json")
    assert (drafted.name, drafted.status) == ("First", "draft")
    assert {one.name for one in drafted.touchpoints} == {"Home", "Cart", "Paid", "Help"}


def test_draft_says_which_names_it_left_out() -> None:
    ran = cjm("draft", "first.cjm.json", *EVENTS, "--smallest-share", "0.5")
    assert "no touchpoint claims: `cart`, `paid`." in ran.out


def test_draft_never_replaces_a_map(folder: Path) -> None:
    before = (folder / "shop.cjm.json").read_bytes()
    assert cjm("draft", "shop.cjm.json", *EVENTS).code == 2
    assert (folder / "shop.cjm.json").read_bytes() == before
