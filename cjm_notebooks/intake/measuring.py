"""What the values of a column look like: numbers, times, words, how many differ."""

from __future__ import annotations

from dataclasses import dataclass

from cjm_notebooks.events.clock import OFFSET
from cjm_notebooks.intake.opening import Opened
from cjm_notebooks.privacy.personal import PersonalData, find, mask_start, names_personal_data

SAMPLES = 3
LONGEST_SAMPLE = 60
VALUES = 1_000  # different ones that are looked at one by one
WHOLE = "^-?(0|[1-9][0-9]{0,17})$"
ISO = r"^\d{4}-\d{1,2}-\d{1,2}([T ]|$)"
NESTED = ("STRUCT", "MAP", "JSON", "UNION")
FRACTIONS = ("DOUBLE", "FLOAT", "DECIMAL")
TIMES = ("TIMESTAMP", "DATE")
COUNTS = {
    "filled": "count(text)",
    "distinct": "count(DISTINCT text)",
    "whole": f"count(*) FILTER (regexp_matches(text, '{WHOLE}'))",
    "number": "count(TRY_CAST(text AS DOUBLE)) FILTER (NOT regexp_matches(text, '^-?0[0-9]'))",
    "time": f"count(TRY_CAST(text AS TIMESTAMP)) FILTER (regexp_matches(text, '{ISO}'))",
    "offset": rf"count(*) FILTER (regexp_matches(text, '\d{OFFSET}') AND length(text) > 10)",
    "day": r"count(*) FILTER (regexp_matches(text, '^\d{4}-\d{1,2}-\d{1,2}$'))",
    "truth": "count(*) FILTER (lower(text) IN ('true', 'false'))",
    "day_first": r"count(*) FILTER (regexp_matches(text, '^\d{1,2}\.\d{1,2}\.\d{4}'))",
    "slashed": r"count(*) FILTER (regexp_matches(text, '^\d{1,2}/\d{1,2}/\d{4}'))",
    "comma": r"count(*) FILTER (regexp_matches(text, '^-?\d{1,3}(\.?\d{3})*,\d+$'))",
    "sentence": r"count(*) FILTER (regexp_matches(text, '\pL+\s+\pL+\s+\pL'))",
    "code": "count(*) FILTER (regexp_matches(text, '^[A-Z]{3}$'))",
}


@dataclass(frozen=True)
class Column:
    """One column, measured: `sql` is its text, `counts` how many values are of each make.

    `low` and `high` are of its numbers, None where it holds none; `values` are the first thousand
    different ones.
    """

    name: str
    sql: str
    declared: str
    rows: int
    counts: dict[str, int]
    low: float | None
    high: float | None
    values: tuple[str, ...] = ()

    def all_are(self, make: str) -> bool:
        return 0 < self.filled == self.counts[make]

    def most_are(self, make: str) -> bool:
        """At least nine in ten."""
        return 0 < 0.9 * self.filled <= self.counts[make]

    @property
    def filled(self) -> int:
        return self.counts["filled"]

    @property
    def distinct(self) -> int:
        return self.counts["distinct"]

    @property
    def is_nested(self) -> bool:
        return self.declared.startswith(NESTED) or self.declared.endswith("]")

    @property
    def type(self) -> str:
        """DuckDB's type; of a text, what all its values can be read as."""
        if self.declared != "VARCHAR":
            return self.declared
        if self.all_are("whole"):
            return "BIGINT"
        if self.all_are("number"):
            return "DOUBLE"
        if self.all_are("time") and self.all_are("offset"):
            return "TIMESTAMP WITH TIME ZONE"
        if self.all_are("time") and not self.counts["offset"]:
            return "DATE" if self.all_are("day") else "TIMESTAMP"
        return "BOOLEAN" if self.all_are("truth") else "VARCHAR"

    @property
    def is_number(self) -> bool:
        return self.type.endswith(("INT", "INTEGER")) or self.type.startswith(FRACTIONS)

    @property
    def is_time(self) -> bool:
        """Whether its values are times as people write them, not counted since 1970."""
        written = any(self.most_are(make) for make in ("time", "day_first", "slashed"))
        return self.type.startswith(TIMES) or written


def measured(opened: Opened) -> list[Column]:
    """Every column, in the order of the table."""
    return [_measured(opened, place, name) for place, name in enumerate(opened.types)]


def samples(column: Column) -> tuple[str, ...]:
    """At most three different values from the top, shortened, personal data masked."""
    some = column.values[:SAMPLES]
    if names_personal_data(column.name):
        return tuple(f"{one[0]}…" for one in some)
    return tuple(map(_sample, some))


def personal_data(column: Column) -> tuple[PersonalData, ...]:
    """The kinds of personal data in its first thousand values, the most frequent first."""
    return tuple(sorted(find(column.values, column.name), key=lambda one: -one.count))


def _measured(opened: Opened, place: int, name: str) -> Column:
    text = f"nullif(trim(CAST(c{place} AS VARCHAR)), '')"
    texts = f"SELECT {text} AS text, row FROM first_rows"
    low, high, *counts = opened.one(
        "SELECT min(TRY_CAST(text AS DOUBLE)), max(TRY_CAST(text AS DOUBLE)), "
        f"{', '.join(COUNTS.values())} FROM ({texts})"
    )
    values = opened.connection.execute(
        f"SELECT text FROM ({texts}) WHERE text IS NOT NULL "
        f"GROUP BY text ORDER BY min(row) LIMIT {VALUES}"
    ).fetchall()
    return Column(
        name=name,
        sql=text,
        declared=opened.types[name],
        rows=opened.seen,
        counts={make: int(str(count)) for make, count in zip(COUNTS, counts, strict=True)},
        low=None if low is None else float(str(low)),
        high=None if high is None else float(str(high)),
        values=tuple(str(value) for (value,) in values),
    )


def _sample(text: str) -> str:
    start = mask_start(text, LONGEST_SAMPLE + 1)
    return start if len(start) <= LONGEST_SAMPLE else f"{start[:LONGEST_SAMPLE]}…"
