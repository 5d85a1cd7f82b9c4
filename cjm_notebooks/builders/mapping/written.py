"""What the screen is told, as JSON: columns, guesses and counts as people read them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from zoneinfo import available_timezones

from cjm_notebooks.builders.mapping.doubts import doubts
from cjm_notebooks.builders.mapping.given import Given
from cjm_notebooks.builders.mapping.guesses import layout_guess, likely_shape
from cjm_notebooks.builders.mapping.layout import SCALES, UNITS, Layout
from cjm_notebooks.builders.mapping.looked import Looked
from cjm_notebooks.builders.mapping.rules import in_words
from cjm_notebooks.builders.mapping.shapes import SHAPES, Shape
from cjm_notebooks.builders.mapping.yielded import Yielded
from cjm_notebooks.errors import ParameterError, did_you_mean
from cjm_notebooks.events import Counted
from cjm_notebooks.intake import ColumnSeen, Fit, Inspection
from cjm_notebooks.intake.problems import SAY_HOW, STATE_IT

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
NO_ROW = "unreadable_row"
PERSONAL = {"email": "e-mail addresses", "column name": "told by its name"}
WHOLE_NUMBERS = ("BIGINT", "INTEGER", "SMALLINT", "TINYINT", "HUGEINT")
TYPES = {
    **dict.fromkeys(("TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ"), "time with its zone"),
    **dict.fromkeys(
        ("TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS"), "time without a zone"
    ),
    "DATE": "day",
    "TIME": "time of day",
    "BOOLEAN": "yes or no",
    **dict.fromkeys(("DOUBLE", "FLOAT", "DECIMAL"), "number"),
    **dict.fromkeys(
        (sign + size for sign in ("", "U") for size in WHOLE_NUMBERS),
        "whole number",
    ),
    **dict.fromkeys(("STRUCT", "MAP", "JSON", "UNION"), "several values in one"),
}

FORMATS = {
    "%d.%m.%Y": "31.12.2025",
    "%d.%m.%Y %H:%M": "31.12.2025 14:05",
    "%d.%m.%Y %H:%M:%S": "31.12.2025 14:05:09",
    "%d/%m/%Y": "31/12/2025",
    "%d/%m/%Y %H:%M": "31/12/2025 14:05",
    "%m/%d/%Y": "12/31/2025",
    "%m/%d/%Y %H:%M": "12/31/2025 14:05",
    "%m/%d/%Y %I:%M %p": "12/31/2025 02:05 PM",
}
"""Formats that are common, and how each writes the last day of 2025."""

Json = dict[str, object]


def written_look(looked: Looked, given: Given) -> Json:
    """What was seen of the table, without anything that stands in it, and what can be chosen.

    Problems with zone and format are left to the counts, which know what was said since.
    """
    seen = looked.inspection
    shape, why = likely_shape(seen)
    return {
        "called": looked.called,
        "columns": [_column(column) for column in seen.columns],
        "problems": [
            said for said in seen.problems if STATE_IT not in said and SAY_HOW not in said
        ],
        "export": next(_exports(seen, given), None),
        "shape": {"id": shape, "why": why},
        "shapes": [_shape(seen, one) for one in SHAPES.values()],
        "units": list(UNITS),
        "formats": dict(FORMATS),
        "kinds": {kind: list(scale) for kind, scale in SCALES.items()},
        "zone_names": sorted(available_timezones()),
    }


def written_rows(looked: Looked) -> Json:
    """What stands in the first rows, personal data masked; not to be saved."""
    return {
        "headings": list(looked.first.column_names),
        "rows": [list(row) for row in looked.shown()],
        "samples": {column.name: list(column.samples) for column in looked.inspection.columns},
    }


def written_rule(looked: Looked, layout: Layout, found: Yielded | None, rule: str) -> Json:
    """Rows that a rule counted, as far as they are in memory, in the columns that are something.

    Raises  ParameterError when nothing was counted by that rule
    """
    counted_by = {} if found is None else {**found.set_aside, **found.noticed}
    if rule not in counted_by:
        msg = f"No row was counted by the rule `{rule}`. {did_you_mean(rule, counted_by)}"
        raise ParameterError(msg)
    columns = [column for column in layout.roles if column in looked.first.column_names]
    rows = looked.shown(counted_by[rule].places, columns)
    return {"rule": rule, "headings": columns, "rows": rows}


def written_yield(layout: Layout, found: Yielded, looked: Looked, of_all: bool) -> Json:
    """What comes of the table, in sentences and counts."""
    is_of_all = of_all or looked.is_whole
    is_of_cells = layout.shape in ("milestones", "respondents")
    return {
        "says": _summary(found, "cell" if is_of_cells else "row"),
        "scope": ""
        if is_of_all
        else f"Counted over the first {counted(len(looked.first), 'row')}.",
        "is_of_all": is_of_all,
        "period": _period(found),
        "rules": [
            *_rules(found.set_aside, len(looked.first), is_set_aside=True),
            *_rules(found.noticed, len(looked.first), is_set_aside=False),
        ],
        "doubts": list(doubts(layout, found)),
    }


def counted(count: int, one: str) -> str:
    """`1 event`, `2,000 events`."""
    return f"{count:,} {one}{'' if count == 1 else 's'}"


def _summary(found: Yielded, unit: str) -> str:
    aside = sum(rule.rows for rule in found.set_aside.values())
    set_aside = f"{aside:,} of {counted(found.read, unit)}" if aside else f"no {unit}"
    match found.of:
        case "events":
            kinds = counted(found.names or 0, "name")
            kept = f"{counted(found.kept, 'event')} with {kinds}, of "
            kept += counted(found.customers, "customer")
        case "feedback":
            asked = counted(found.names or 0, "question")
            kept = f"{counted(found.kept, 'answer')} to {asked}, of "
            kept += counted(found.customers, "respondent")
        case _:
            kept = counted(found.kept, "customer")
    return f"{kept}; {set_aside} set aside."


def _period(found: Yielded) -> str:
    if found.period is None:
        return ""
    first, last = (_moment(at) for at in found.period)
    return f"From {first} to {last}, in UTC."


def _moment(microseconds: int) -> str:
    try:
        return f"{EPOCH + timedelta(microseconds=microseconds):%Y-%m-%d %H:%M}"
    except OverflowError:
        return "a year that no calendar has"


def _rules(counts: Mapping[str, Counted], in_memory: int, *, is_set_aside: bool) -> Iterator[Json]:
    for rule, found in counts.items():
        name, why = in_words(rule)
        yield {
            "rule": rule,
            "name": name,
            "why": why,
            "rows": f"{found.rows:,}",
            "places": ", ".join(f"{place:,}" for place in found.places),
            "can_be_shown": rule != NO_ROW and any(place < in_memory for place in found.places),
            "is_set_aside": is_set_aside,
        }


def _column(column: ColumnSeen) -> Json:
    is_of, values = _type(column.type), counted(column.distinct, "value")
    return {
        "name": column.name,
        "about": f"{is_of}, {column.filled:.0%} filled, {values}",
        "is_number": is_of.endswith("number"),
        "formats": list(column.formats),
        "may_be_formatted": is_of == "text" and _is_not_iso(column),
        "role": column.role,
        "why": column.why,
        "personal": column.personal and PERSONAL.get(column.personal, column.personal),
    }


def _is_not_iso(column: ColumnSeen) -> bool:
    return bool(column.formats) or column.role not in ("time", "milestone")


def _type(of_duckdb: str) -> str:
    """A type as people call it."""
    if of_duckdb.endswith("]"):
        return "list"
    return TYPES.get(of_duckdb.partition("(")[0], "text")


def _shape(seen: Inspection, shape: Shape) -> Json:
    return {
        **asdict(shape),
        "roles": [asdict(role) for role in shape.roles],
        "guess": layout_guess(seen, shape).written(),
    }


def _exports(seen: Inspection, given: Given) -> Iterator[Json]:
    """The export that it seems to be, where a source of its own reads that."""
    for fit in seen.fits:
        if fit.is_certain:
            yield {"source": fit.source.__name__, "why": fit.why, "code": _code(fit, given)}


def _code(fit: Fit, given: Given) -> str:
    """In which a table that is no file is called `table`."""
    imports = [*given.imports, f"from {fit.source.__module__} import {fit.source.__name__}"]
    is_called_so = given.is_file or given.code == "table"
    named = "" if is_called_so else f"table = {given.code}\n"
    return "\n".join([*imports, "", f"{named}found = {fit.call}.read()", ""])
