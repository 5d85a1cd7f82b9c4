"""Commands that look at recorded tables and a map together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cjm_notebooks.cli.maps import refuse_to_overwrite, title_of
from cjm_notebooks.cli.options import (
    AsOf,
    EventInputs,
    Inputs,
    MapFile,
    MapName,
    NewMap,
    asking_for,
)
from cjm_notebooks.cli.terminal import heading, say_plainly, table
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.language import language
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.maps.reading_errors import shortened

if TYPE_CHECKING:
    import pandas as pd

    from cjm_notebooks.events import Counted, Quality
    from cjm_notebooks.journeys import Journeys


@asking_for(EventInputs)
def draft(
    inputs: EventInputs,
    path: NewMap,
    name: MapName = "",
    smallest_share: Annotated[
        float, typer.Option(metavar="SHARE", help="Leave out events of fewer of the customers.")
    ] = 0.01,
    most_stages: Annotated[
        int, typer.Option(metavar="NUMBER", help="Make no more stages than this.")
    ] = 7,
) -> None:
    """Draft a first map from recorded events, for people to correct."""
    from cjm_notebooks.matching import draft

    refuse_to_overwrite(path)
    events = inputs.read().events
    if events is None:
        msg = "A map is drafted from events, and none are given. Name `--events` or a `--source`."
        raise ParameterError(msg)
    journey_map = draft(
        events,
        name=name or title_of(path),
        smallest_share=smallest_share,
        most_stages=most_stages,
    )
    journey_map.save(path)
    stages, touchpoints = len(journey_map.stages), len(journey_map.touchpoints)
    say_plainly(f"Wrote {path}. Touchpoints: {touchpoints}, in stages: {stages}.")
    if journey_map.context:
        say_plainly(journey_map.context)


@asking_for(Inputs)
def join(inputs: Inputs, path: MapFile, as_of: AsOf = "") -> None:
    """Join a map to recorded tables: what each lacks of the other, and what was set aside.

    The counts are those of your own tables, however small. To share numbers, make an audit.
    """
    from cjm_notebooks.audits.moment import moment
    from cjm_notebooks.engine import measure
    from cjm_notebooks.journeys import join
    from cjm_notebooks.metrics.coverage import Coverage

    journey_map = JourneyMap.load(path)
    limit = moment(as_of) if as_of else None
    tables = inputs.read()
    journeys = join(
        journey_map,
        tables.events,
        feedback=tables.feedback,
        customers=tables.customers,
        as_of=limit,
    )
    _sum_up(journeys)
    if tables.events is not None:
        _coverage(measure(Coverage(), journeys))
    for one in (*tables.quality, *journeys.quality):
        account(one)


def _sum_up(journeys: Journeys) -> None:
    counts = {
        "customers": journeys.n_customers,
        "journeys": journeys.n_journeys,
        "open journeys": int(journeys.is_open.sum()),
        "events on a touchpoint": journeys.n_events,
        "events on none": len(journeys.unmatched.at),
        "answers": len(journeys.answers.score),
        "answers with a comment": len(journeys.answers.comments),
    }
    table(["", ">"], [[what, count(number)] for what, number in counts.items()])


def _coverage(report: pd.DataFrame) -> None:
    """Both ways, what is missing first."""
    by_place = report["touchpoint"].notna()
    seen = report["event"].notna()
    claimed_twice = report["second"].notna()
    _rows(
        "Events on no touchpoint",
        report[~by_place],
        {"event": "event", "events": ">events", "outcome_events": ">of them outcomes"},
    )
    _rows("Touchpoints without an event", report[by_place & ~seen], {"touchpoint": "touchpoint"})
    _rows(
        "Events that two rules claim",
        report[claimed_twice],
        {
            "event": "event",
            "touchpoint": "given to",
            "second": "claimed by",
            "events": ">events",
            "undecided": ">by the smaller id only",
        },
    )
    _rows(
        "Events on a touchpoint",
        report[by_place & seen],
        {
            "touchpoint": "touchpoint",
            "event": "event",
            "events": ">events",
            "customers": ">customers",
        },
    )


def _rows(title: str, report: pd.DataFrame, columns: dict[str, str]) -> None:
    heading(title if len(report) else f"{title}: none")
    if len(report):
        cells = report[list(columns)].itertuples(index=False)
        table(list(columns.values()), [[_cell(cell) for cell in row] for row in cells])


def _cell(value: object) -> str:
    return count(value) if isinstance(value, int) else shortened(str(value))


def count(number: int) -> str:
    """`12,345`."""
    return language("en").number(number, "count")


def account(of: Quality) -> None:
    """What became of every row of a table."""
    heading(f"{of.table}: rows read {count(of.read)}, kept {count(of.kept)}")
    rules = [
        *(_rule("set aside", *rule) for rule in of.set_aside.items()),
        *(_rule("noticed", *rule) for rule in of.noticed.items()),
    ]
    if rules:
        table(["", "rule", ">rows", "such as row, from 0"], rules)


def _rule(what: str, name: str, counted: Counted) -> list[str]:
    places = ", ".join(map(count, counted.places))
    return [what, name.replace("_", " "), count(counted.rows), places]


COMMANDS = (draft, join)
