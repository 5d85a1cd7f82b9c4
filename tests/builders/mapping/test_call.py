"""The code of a layout is the call that was made: pasted and run, it gives the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from cjm_notebooks import Question
from cjm_notebooks.builders.mapping import Call, Layout, yielded
from cjm_notebooks.builders.notebook import in_python
from cjm_notebooks.errors import ParameterError, SourceError
from tests.builders.mapping import ORDERS, answers, bookings, survey

EVENTS = Layout(
    "events",
    {
        "customer_id": "customer",
        "event": "event",
        "when": "time",
        "channel": "channel",
        "amount": "value",
    },
    zone="Europe/Berlin",
)
MILESTONES = Layout(
    "milestones",
    {
        "booking_no": "customer",
        "booked_at": "milestone",
        "paid_at": "milestone",
        "branch": "attribute",
    },
    milestones={"paid_at": "paid"},
)
RESPONDENTS = Layout(
    "respondents",
    {
        "respondent_id": "customer",
        "recommend": "score",
        "ease": "score",
        "ease_comment": "comment",
    },
    questions={
        "recommend": Question("recommend", "nps", (0, 10)),
        "ease": Question("ease", "ces", (1, 5), set_aside={9: "never used"}),
    },
    beside={"ease_comment": "ease"},
)
ANSWERS = Layout(
    "answers",
    {"customer_id": "customer", "question": "question", "score": "score"},
    questions={"nps": Question("nps", "nps", (0, 10)), "ease": Question("ease", "ces", (1, 5))},
)
CUSTOMERS = Layout("customers", {"respondent_id": "customer", "country": "segment"})
IN_MEMORY = [
    (MILESTONES, bookings()),
    (RESPONDENTS, survey()),
    (ANSWERS, answers()),
    (CUSTOMERS, survey()),
]


def run(code: str, **names: object) -> dict[str, object]:
    cell = dict(names)
    exec(code, cell)
    return cell


@pytest.mark.parametrize(
    ("layout", "table"), IN_MEMORY, ids=[layout.shape for layout, _ in IN_MEMORY]
)
def test_pasted_code_reads_the_same(layout: Layout, table: object) -> None:
    call = Call.of(layout)
    cell = run(call.code("mine", guessed=layout.roles), mine=table)
    pasted = cell.get("found", cell[call.name])
    assert yielded(pasted) == yielded(call.made(table))


def test_pasted_code_of_a_file_reads_the_same_file(tmp_path: Path) -> None:
    file = tmp_path / 'orders "2024".csv'
    file.write_text(ORDERS, "utf-8")
    call = Call.of(EVENTS)
    cell = run(call.code(in_python(str(file))))
    assert cell["found"].events == call.made(str(file)).read().events


def test_code_marks_what_nobody_confirmed() -> None:
    assert Call.of(EVENTS).code('"orders.csv"', guessed={"when", "channel"}) == (
        "import cjm_notebooks as cjm\n"
        "from cjm_notebooks.sources.event_table import EventTable\n"
        "\n"
        "found = EventTable(\n"
        '    "orders.csv",\n'
        '    customer="customer_id",\n'
        '    at="when",  # a guess\n'
        '    event="event",\n'
        '    zone="Europe/Berlin",\n'
        '    value="amount",\n'
        ").read()\n"
        "events = found.events\n"
        'inventory = cjm.Inventory(events, channel="channel")  # a guess\n'
    )


def test_code_of_several_columns_has_a_line_for_each() -> None:
    assert Call.of(MILESTONES).code("mine", guessed={"paid_at"}) == (
        "from cjm_notebooks.sources.milestone_table import MilestoneTable\n"
        "\n"
        "found = MilestoneTable(\n"
        "    mine,\n"
        '    customer="booking_no",\n'
        "    milestones={\n"
        '        "booked_at": "booked_at",\n'
        '        "paid": "paid_at",  # a guess\n'
        "    },\n"
        "    attributes=(\n"
        '        "branch",\n'
        "    ),\n"
        ").read()\n"
        "events = found.events\n"
    )


def test_code_of_a_survey_with_segments_gives_those_who_answered_too() -> None:
    roles = {"respondent_id": "customer", "recommend": "score", "country": "segment"}
    asked = {"recommend": Question("recommend", "nps", (0, 10))}
    table, call = survey(), Call.of(Layout("respondents", roles, questions=asked))
    cell = run(call.code("mine", guessed={"country"}), mine=table)
    assert cell["customers"] == call.customers(table)
    assert cell["customers"].segments == ("country",)
    assert yielded(cell["customers"]).kept == 5
    assert Call.of(RESPONDENTS).customers(table) is None


def test_a_name_full_of_quotes_stays_a_text_in_the_code() -> None:
    evil = '"); import os; ("'
    layout = Layout("customers", {evil: "customer", "a\nb": "segment"})
    call = Call.of(layout)
    cell = run(call.code("mine"), mine=survey())
    assert cell["customers"] == call.made(cell["mine"])


def test_a_zone_called_like_a_column_is_no_guess() -> None:
    layout = Layout("events", {"UTC": "customer", "t": "time", "e": "event"}, zone="UTC")
    assert 'zone="UTC",\n' in Call.of(layout).code("mine", guessed={"UTC"})


@pytest.mark.parametrize(
    ("layout", "says"),
    [
        (Layout("events", {"t": "time", "e": "event"}), "No column is `Customer` yet"),
        (
            Layout(
                "milestones",
                {"no": "customer", "a": "milestone", "b": "milestone"},
                milestones={"a": "paid", "b": "paid"},
            ),
            "2 columns are the time of `paid`. Name all but one anew.",
        ),
        (
            Layout(
                "respondents",
                {"a": "score", "b": "score", "said": "comment"},
                questions={name: Question(name, "csat", (1, 5)) for name in "ab"},
            ),
            "Say which scores `said` explains",
        ),
        (
            Layout(
                "respondents",
                {"a": "score", "land": "segment"},
                questions={"a": Question("a", "csat", (1, 5))},
            ),
            "`land` tells customers apart, and no column is `Customer`. Choose one.",
        ),
        (
            Layout(
                "respondents",
                {"a": "score", "x": "comment", "y": "comment"},
                questions={"a": Question("a", "csat", (1, 5))},
            ),
            "`x` and `y` both explain `a`. Keep one.",
        ),
    ],
    ids=repr,
)
def test_what_must_be_said_first_is_a_sentence(layout: Layout, says: str) -> None:
    with pytest.raises(ParameterError) as raised:
        Call.of(layout)
    assert says in str(raised.value)


def test_rows_are_counted_as_the_join_does(tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    file.write_text(ORDERS, "utf-8")
    found = yielded(Call.of(EVENTS).made(file))
    assert (found.read, found.kept, found.customers, found.names) == (10, 8, 5, 2)
    assert {rule: counted.rows for rule, counted in found.set_aside.items()} == {
        "no_customer": 1, "unreadable_time": 1,
    }  # fmt: skip
    assert found.noticed["unreadable_value"].places == (2,)
    assert found.period == (1_719_820_800_000_000, 1_720_078_200_000_000)


def test_each_cell_of_a_milestone_is_counted() -> None:
    found = yielded(Call.of(MILESTONES).made(bookings()))
    assert (found.read, found.kept, found.customers, found.names) == (8, 6, 4, 2)
    assert {rule: counted.rows for rule, counted in found.set_aside.items()} == {"not_reached": 2}


def test_each_score_is_counted() -> None:
    found = yielded(Call.of(RESPONDENTS).made(survey()))
    assert (found.read, found.kept, found.customers, found.names) == (10, 8, 5, 2)
    assert {rule: counted.rows for rule, counted in found.set_aside.items()} == {
        "never_used": 1, "no_score": 1,
    }  # fmt: skip
    assert found.noticed == {}
    assert found.period is None


def test_answers_below_one_another_are_counted() -> None:
    found = yielded(Call.of(ANSWERS).made(answers()))
    assert (found.read, found.kept, found.customers, found.names) == (5, 4, 2, 2)
    assert {rule: counted.rows for rule, counted in found.set_aside.items()} == {"no_question": 1}


def test_customers_are_counted() -> None:
    found = yielded(Call.of(CUSTOMERS).made(survey()))
    assert (found.of, found.read, found.kept) == ("customers", 5, 5)


def test_rows_in_are_rows_kept_and_rows_set_aside(tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    file.write_text(ORDERS + "c6;home;2024-07-05;web;1;too;many\n", "utf-8")
    tables = [(EVENTS, file), *IN_MEMORY]
    for layout, table in tables:
        found = yielded(Call.of(layout).made(table))
        assert found.read == found.kept + sum(rule.rows for rule in found.set_aside.values())


def test_times_without_a_zone_need_one(tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    file.write_text(ORDERS, "utf-8")
    layout = Layout("events", EVENTS.roles)
    with pytest.raises(SourceError, match=r"have no zone\. Say where the clock stood"):
        yielded(Call.of(layout).made(file))
