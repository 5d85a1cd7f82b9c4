"""A pattern as typed parts; each one prints as the text that is read as that part again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal, get_args

from cjm_notebooks.errors import ParameterError, did_you_mean

Sign = Literal["<", "<=", ">", ">="]
UNITS = {
    "w": timedelta(weeks=1),
    "d": timedelta(days=1),
    "h": timedelta(hours=1),
    "min": timedelta(minutes=1),
    "s": timedelta(seconds=1),
    "ms": timedelta(milliseconds=1),
    "us": timedelta(microseconds=1),
}
BARE = re.compile(r"(?:(?:touchpoint|stage|outcome):)?(?!within\b)\w+(?:[.-]\w+)*", re.ASCII)


@dataclass(frozen=True)
class At:
    """One event at any of some touchpoints, stages or outcomes, or at any touchpoint but those.

    Raises  ParameterError when it names nothing to be at
    """

    names: tuple[str, ...] = ()
    excluded: bool = False

    def __post_init__(self) -> None:
        if not self.names and not self.excluded:
            msg = "`At` names no place. Name a touchpoint, a stage or an outcome."
            raise ParameterError(msg)
        if "" in self.names:
            msg = "`At` has an empty name. Name a touchpoint, a stage or an outcome."
            raise ParameterError(msg)

    def __str__(self) -> str:
        names = " ".join(_quoted(name) for name in self.names)
        if self.excluded:
            return f"[^{names}]" if names else "."
        return names if len(self.names) == 1 else f"[{names}]"


@dataclass(frozen=True)
class Repeat:
    """The part as often in a row as said; without `most` there is no end to it.

    Raises  ParameterError when `least` is below 0, or `most` below 1 or below `least`
    """

    part: Element
    least: int = 0
    most: int | None = None

    def __post_init__(self) -> None:
        if self.least < 0:
            msg = f"A part repeats at least {self.least} times. Give 0 or more."
            raise ParameterError(msg)
        if self.most is not None and self.most < max(self.least, 1):
            msg = (
                f"A part repeats at least {self.least} and at most {self.most} times. "
                "Give a most of 1 or more that is not below the least."
            )
            raise ParameterError(msg)

    def __str__(self) -> str:
        if self == GAP:
            return "..."
        part = str(self.part) if isinstance(self.part, At) else f"({self.part})"
        most = "" if self.most is None else self.most
        times = str(self.least) if self.most == self.least else f"{self.least},{most}"
        signs = {"0,": "*", "1,": "+", "0,1": "?"}
        return part + signs.get(times, f"{{{times}}}")


@dataclass(frozen=True)
class Either:
    """One of two or more parts.

    Raises  ParameterError when there are fewer than two
    """

    parts: tuple[Element, ...]

    def __post_init__(self) -> None:
        _require_two("Either", self.parts)

    def __str__(self) -> str:
        wide = Either | Sequence
        return "|".join(f"({part})" if isinstance(part, wide) else str(part) for part in self.parts)


@dataclass(frozen=True)
class Bound:
    """How long the step from one event to the next may take.

    Raises  ParameterError when the sign is none of the four, or no step takes so little time
    """

    sign: Sign
    length: timedelta

    def __post_init__(self) -> None:
        if self.sign not in get_args(Sign):
            near = did_you_mean(self.sign, get_args(Sign))
            msg = f"`{self.sign}` does not compare times. {near}"
            raise ParameterError(msg)
        _require_time("A time bound", self.length)
        if self.sign == "<" and not self.length:
            msg = "No step takes less than no time. Write `<=` for events at the same moment."
            raise ParameterError(msg)

    def __str__(self) -> str:
        return f"{{{self.sign}{written(self.length)}}}"


@dataclass(frozen=True)
class Sequence:
    """Two or more parts, each directly after the one before it.

    `bounds` holds one entry for each of the steps between them, None where any time will do, and
    may be left out. A step that leads over parts left out keeps the bounds of all it leads over.

    Raises  ParameterError when there are fewer than two parts, or not one bound a step
    """

    parts: tuple[Element, ...]
    bounds: tuple[Bound | None, ...] = ()

    def __post_init__(self) -> None:
        _require_two("Sequence", self.parts)
        steps = len(self.parts) - 1
        if not self.bounds:
            object.__setattr__(self, "bounds", (None,) * steps)
        if len(self.bounds) != steps:
            msg = (
                f"A `Sequence` of {len(self.parts)} parts has {len(self.bounds)} bounds. "
                f"Give {steps}, one for each step between two parts."
            )
            raise ParameterError(msg)

    def __str__(self) -> str:
        nested = [f"({part})" if isinstance(part, Sequence) else str(part) for part in self.parts]
        arrows = [f" ->{bound or ''} " for bound in self.bounds]
        return "".join(arrow + part for arrow, part in zip(["", *arrows], nested, strict=True))


Element = At | Repeat | Either | Sequence
ANY = At(excluded=True)
GAP = Repeat(ANY)


@dataclass(frozen=True)
class Pattern:
    """What a journey may have done: events in order, within some time.

    `from_start` and `to_end` hold the match to the start and the end of the journey.

    Raises  ParameterError when `within` is below 0
    """

    element: Element
    from_start: bool = False
    to_end: bool = False
    within: timedelta | None = None

    def __post_init__(self) -> None:
        if self.within is not None:
            _require_time("`within`", self.within)

    def __str__(self) -> str:
        start, end = "^ -> " if self.from_start else "", " -> $" if self.to_end else ""
        limit = "" if self.within is None else f" within {written(self.within)}"
        return f"{start}{self.element}{end}{limit}"


def written(length: timedelta) -> str:
    """The length in the largest unit that needs no fraction: `36h`, `2d`."""
    unit = next(unit for unit, one in UNITS.items() if not length % one)
    return f"{length // UNITS[unit]}{unit}" if length else "0s"


def _quoted(name: str) -> str:
    if BARE.fullmatch(name):
        return name
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _require_two(kind: str, parts: tuple[Element, ...]) -> None:
    if len(parts) < 2:
        msg = f"`{kind}` has {len(parts)} parts. Give two or more; a single one needs no `{kind}`."
        raise ParameterError(msg)


def _require_time(what: str, length: timedelta) -> None:
    if length < timedelta(0):
        msg = f"{what} is {length.total_seconds():g} seconds. Give a time of 0 or more."
        raise ParameterError(msg)
