"""Some of the journeys: what is chosen on the screen, and the same as Python."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, timedelta
from typing import Self

from cjm_notebooks.builders.notebook import in_python
from cjm_notebooks.errors import ParameterError, did_you_mean
from cjm_notebooks.journeys import Journeys

Written = str | None
DAYS = ("first_day", "last_day")


@dataclass(frozen=True)
class Choice:
    """The journeys that meet all of it; what is None leaves nothing out.

    Attributes
    ----------
    segment, value
        what is known of the customer, such as `country` and `DE`.
    first_day, last_day
        the days, in UTC, on which the journey began; both belong to the period.
    place
        a stage or touchpoint that the journey came to.
    pattern
        steps that the journey holds, such as `cart -> [^help]* -> paid`.

    Raises  ParameterError when a segment stands without a value, or a value without a segment, or
            the first day is after the last
    """

    segment: str | None = None
    value: str | None = None
    first_day: date | None = None
    last_day: date | None = None
    place: str | None = None
    pattern: str | None = None

    def __post_init__(self) -> None:
        if (self.segment is None) != (self.value is None):
            given, missing = ("segment", "value") if self.value is None else ("value", "segment")
            msg = f"`{given}` is `{getattr(self, given)}` without a `{missing}`. Give both or none."
            raise ParameterError(msg)
        if self.first_day and self.last_day and self.first_day > self.last_day:
            msg = (
                f"The first day is {self.first_day} and the last {self.last_day}. "
                "Give a first day that is not after the last."
            )
            raise ParameterError(msg)

    def of(self, journeys: Journeys) -> Journeys:
        """The chosen ones among these journeys.

        Raises  ParameterError when there is no such segment, value or place, or the pattern cannot
                be read
        """
        chosen = journeys
        if self.segment is not None and self.value is not None:
            chosen = chosen.where(self.segment, self.value)
        if self._has_period:
            chosen = chosen.during(*self._period)
        if self.place is not None:
            chosen = chosen.through(self.place)
        return chosen if self.pattern is None else chosen.that(self.pattern)

    def code(self, journeys: str = "journeys") -> str:
        """The same in Python, for a notebook that calls them `journeys`; `chosen` is what comes."""
        steps = list(self._steps())
        if not steps:
            return f"chosen = {journeys}"
        lines = "".join(f"    .{step}\n" for step in steps)
        return f"chosen = (\n    {journeys}\n{lines})"

    @property
    def imports(self) -> str:
        """What `code` needs to have been imported."""
        return "from datetime import date" if self._has_period else ""

    def written(self) -> dict[str, Written]:
        """As it stands in JSON."""
        return {name: None if value is None else str(value) for name, value in asdict(self).items()}

    @classmethod
    def read(cls, written: object) -> Self:
        """The choice that stands in JSON; an empty text chooses nothing.

        Raises  ParameterError when it says anything that is no choice
        """
        known = [field.name for field in fields(cls)]
        if not isinstance(written, Mapping):
            msg = f"A choice is `{written!r:.40}`. Write its parts by name: {', '.join(known)}."
            raise ParameterError(msg)
        for name, value in written.items():
            if name not in known:
                msg = f"A choice has no `{name}`. {did_you_mean(str(name), known)}"
                raise ParameterError(msg)
            if not isinstance(value, str | None):
                msg = f"`{name}` is `{value!r:.40}`. Write a text, or null for all journeys."
                raise ParameterError(msg)
        texts = {name: value for name, value in written.items() if value}
        days = {name: _day(name, texts.pop(name)) for name in DAYS if name in texts}
        return replace(cls(**texts), first_day=days.get("first_day"), last_day=days.get("last_day"))

    @property
    def _has_period(self) -> bool:
        return self.first_day is not None or self.last_day is not None

    @property
    def _period(self) -> tuple[date, date]:
        end = self.last_day
        after = date.max if end is None or end == date.max else end + timedelta(days=1)
        return self.first_day or date.min, after

    def _steps(self) -> Iterator[str]:
        if self.segment is not None:
            yield f"where({in_python(self.segment)}, {in_python(self.value)})"
        if self._has_period:
            yield f"during({', '.join(map(_date, self._period))})"
        if self.place is not None:
            yield f"through({in_python(self.place)})"
        if self.pattern is not None:
            yield f"that({in_python(self.pattern)})"


def _date(day: date) -> str:
    if day in (date.min, date.max):
        return "date.min" if day == date.min else "date.max"
    return f"date({day.year}, {day.month}, {day.day})"


def _day(name: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as cause:
        msg = f"`{name}` is `{text:.40}`. Write a day as `2025-03-31`."
        raise ParameterError(msg) from cause
