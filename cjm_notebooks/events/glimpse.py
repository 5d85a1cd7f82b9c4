"""The first rows of a table: what they seem to hold, column by column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from cjm_notebooks.events.tables import TimeUnit

NO_ZONE = "none"


@dataclass(frozen=True)
class ColumnSeen:
    """One column of the first rows of a table.

    Attributes
    ----------
    type
        DuckDB's name of the type; of a text what all its values can be read as, such as `BIGINT`.
    filled
        share of the rows looked at, 0 to 1.
    distinct
        how many different values they hold.
    samples
        at most three of them, shortened, personal data masked; none of a nested column.
    role
        what the column seems to be for, None where nothing says so: `customer`, `time`, `event`,
        `channel`, `touchpoint`, `value`, `currency`, `sequence`, `score`, `question`, `comment`,
        `weight`, `milestone` (one of several times of a row) or `segment` (few values).
    why
        one sentence for the role, or for none.
    personal
        the kind of personal data found most often, None where none was found.
    low, high
        of its numbers, None where it holds none.
    formats
        how its times can be written, as a `time_format`, where they do not begin with the year:
        `%d.%m.%Y %H:%M`; two of them where no number says which is the day.
    """

    name: str
    type: str
    filled: float
    distinct: int
    samples: tuple[str, ...]
    role: str | None
    why: str
    personal: str | None
    low: float | None = None
    high: float | None = None
    formats: tuple[str, ...] = ()


@dataclass(frozen=True)
class ClockSeen:
    """How the times in a column are written.

    `unit` is what numbers seem to count. `zones` names each offset met, such as `UTC`, `+02:00` or
    `none`. `first` and `last` are in UTC, and without a zone where no time has one.
    `time_format` is how they are written where they do not begin with the year.
    """

    zones: tuple[str, ...]
    first: datetime
    last: datetime
    unit: TimeUnit | None = None
    unreadable: int = 0
    time_format: str | None = None

    @property
    def lacks_zone(self) -> bool:
        return NO_ZONE in self.zones

    @property
    def settings(self) -> dict[str, object]:
        """What a source must be told to read these times; `UTC` where no zone is known."""
        if self.unit is not None:
            return {"unit": self.unit}
        told: dict[str, object] = {"zone": "UTC"} if self.lacks_zone else {}
        return told if self.time_format is None else {**told, "time_format": self.time_format}


@dataclass(frozen=True)
class Glimpse:
    """What a source is shown of a table to say whether it could read it.

    `format` is `csv`, `json`, `parquet`, `xlsx`, `xes` or `table`; `first` holds up to five rows as
    texts, personal data in them not masked; `clocks` says how the times of a column are written,
    and `opened_with` what had to be assumed to open the table, such as the sheet.
    """

    called: str
    format: str
    columns: tuple[ColumnSeen, ...]
    first: tuple[Mapping[str, str | None], ...] = ()
    clocks: Mapping[str, ClockSeen] = field(default_factory=dict)
    opened_with: Mapping[str, object] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    def with_role(self, role: str) -> tuple[ColumnSeen, ...]:
        """The columns that seem to be for this, in the order of the table."""
        return tuple(column for column in self.columns if column.role == role)

    def clock_of(self, *roles: str) -> dict[str, object]:
        """What to tell a source about the times in the columns of these roles."""
        told = (
            self.clocks[one.name].settings
            for role in roles
            for one in self.with_role(role)
            if one.name in self.clocks
        )
        return {name: value for settings in told for name, value in settings.items()}

    def has(self, names: Iterable[str]) -> tuple[str, ...]:
        """Those of `names` that are columns here, whatever their capitals, blanks, `-` and `_`."""
        known = {plain(name) for name in self.names}
        return tuple(name for name in names if plain(name) in known)


def plain(header: str) -> str:
    """`Record ID`, `record_id` and `recordId` are one header."""
    return "".join(sign for sign in header.casefold() if sign.isalnum())
