"""What the values of a column look like: numbers, times, words, how many differ."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from cjm_notebooks.events.clock import OFFSET
from cjm_notebooks.intake.opening import Opened
from cjm_notebooks.privacy.personal import PersonalData, find, mask_start, names_personal_data

SAMPLES = 3
LONGEST_SAMPLE = 60
VALUES = 1_000  # different ones that are looked at one by one
NESTED = ("STRUCT", "MAP", "UNION")
FRACTIONS = ("DOUBLE", "FLOAT", "DECIMAL")
TIMES = ("TIMESTAMP", "DATE")
WHOLE = re.compile(r"-?(0|[1-9]\d{0,17})")
NUMBER = re.compile(r"[+-]?(?!0\d)(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
BEGIN_WITH_DIGIT = {
    "time": re.compile(r"\d{4}-\d{1,2}-\d{1,2}([T ]|$)"),
    "offset": re.compile(rf".{{10,}}\d{OFFSET}"),
    "day": re.compile(r"\d{4}-\d{1,2}-\d{1,2}$"),
    "day_first": re.compile(r"\d{1,2}\.\d{1,2}\.(\d{4}|\d{2})([T ,]|$)"),
    "slashed": re.compile(r"\d{1,2}([/-])\d{1,2}\1(\d{4}|\d{2})([T ,]|$)"),
    "comma": re.compile(r"-?\d{1,3}(\.?\d{3})*,\d+$"),
}
BEGIN_OTHERWISE = {
    "truth": re.compile(r"(true|false)$", re.IGNORECASE),
    "code": re.compile("[A-Z]{3}$"),
}
SENTENCE = re.compile(r"[^\W\d_]+\s+[^\W\d_]+\s+[^\W\d_]")


@dataclass(frozen=True)
class Column:
    """One column, measured: `sql` is its text, `counts` how many values are of each make.

    `low` and `high` are of its numbers, None where it holds none; `values` are the first thousand
    different ones, and `most` is how many rows have the most frequent.
    """

    name: str
    sql: str
    declared: str
    rows: int
    counts: Mapping[str, int]
    low: float | None
    high: float | None
    values: tuple[str, ...] = ()
    most: int = 0

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
        if self.declared == "JSON":
            return any(value[0] in "{[" for value in self.values)
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
    """At most three different values from the top, shortened, personal data masked.

    None of what is nested: there stands what people typed, as in recordings of the screen.
    """
    some = () if column.is_nested else column.values[:SAMPLES]
    if names_personal_data(column.name):
        return tuple(f"{one[0]}…" for one in some)
    return tuple(map(_sample, some))


def personal_data(column: Column) -> tuple[PersonalData, ...]:
    """The kinds of personal data in its first thousand values, the most frequent first."""
    return tuple(sorted(find(column.values, column.name), key=lambda one: -one.count))


def _measured(opened: Opened, place: int, name: str) -> Column:
    """Each different value is looked at once, which is what makes wide tables bearable."""
    whole = f"c{place} ->> '$'" if opened.types[name] == "JSON" else f"CAST(c{place} AS VARCHAR)"
    text = f"nullif(trim({whole}), '')"
    different = opened.connection.execute(
        f"SELECT text, count(*) FROM (SELECT {text} AS text, row FROM first_rows) "
        "WHERE text IS NOT NULL GROUP BY text ORDER BY min(row)"
    ).fetchall()
    counts = Counter({"filled": 0, "distinct": len(different)})
    numbers = []
    for value, rows in different:
        makes = _makes(value)
        counts.update(dict.fromkeys(("filled", *makes), rows))
        if "number" in makes:
            numbers.append(float(value))
    if counts["time"]:
        counts["time"] = _readable_times(opened, text)
    return Column(
        name=name,
        sql=text,
        declared=opened.types[name],
        rows=opened.seen,
        counts=counts,
        low=min(numbers, default=None),
        high=max(numbers, default=None),
        values=tuple(value for value, _ in different[:VALUES]),
        most=max((rows for _, rows in different), default=0),
    )


def _makes(value: str) -> list[str]:
    if WHOLE.fullmatch(value):
        return ["whole", "number"]
    if NUMBER.fullmatch(value):
        return ["number"]
    patterns = BEGIN_WITH_DIGIT if value[0] in "-0123456789" else BEGIN_OTHERWISE
    makes = [make for make, pattern in patterns.items() if pattern.match(value)]
    return [*makes, "sentence"] if " " in value and SENTENCE.search(value) else makes


def _readable_times(opened: Opened, text: str) -> int:
    """How many look like ISO 8601 and are times: DuckDB will read them."""
    (rows,) = opened.one(
        f"SELECT count(TRY_CAST(text AS TIMESTAMP)) FROM (SELECT {text} AS text FROM first_rows) "
        r"WHERE regexp_matches(text, '^\d{4}-\d{1,2}-\d{1,2}([T ]|$)')"
    )
    return int(str(rows))


def _sample(text: str) -> str:
    start = mask_start(text, LONGEST_SAMPLE + 1)
    return start if len(start) <= LONGEST_SAMPLE else f"{start[:LONGEST_SAMPLE]}…"
