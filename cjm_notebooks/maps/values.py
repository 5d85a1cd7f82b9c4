"""The kinds of value a field of the map can hold, as they stand in the file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated, Literal

from pydantic import (
    BeforeValidator,
    Field,
    GetJsonSchemaHandler,
    PlainSerializer,
    Strict,
    WithJsonSchema,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from cjm_notebooks.maps.reading_errors import shown, unfit
from cjm_notebooks.maps.vocabulary import COMMON

DURATION = re.compile(
    r"P(?=.)(?:(?P<weeks>\d{1,8})W)?(?:(?P<days>\d{1,8})D)?(?:T(?=.)(?:(?P<hours>\d{1,8})H)?"
    r"(?:(?P<minutes>\d{1,8})M)?(?:(?P<seconds>\d{1,8}(?:\.\d{1,6})?)S)?)?"
)
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def _read_duration(value: object) -> timedelta:
    if isinstance(value, timedelta) and value >= timedelta(0):
        return value
    written = DURATION.fullmatch(value) if isinstance(value, str) else None
    if written:
        parts = written.groupdict(default="0")
        return timedelta(**{unit: float(number) for unit, number in parts.items()})
    msg = (
        f"is {shown(value)}. Write a length of time in ISO 8601 with weeks, days, hours, minutes "
        "or seconds, such as `P3D` or `PT45M`; months and years differ in length."
    )
    raise unfit(msg)


def written_duration(length: timedelta) -> str:
    """`length` in ISO 8601, in days, hours, minutes and seconds: `P1DT12H`."""
    days, rest = length.days, length.seconds
    hours, minutes, seconds = rest // 3600, rest % 3600 // 60, rest % 60
    fraction = f".{length.microseconds:06d}".rstrip("0") if length.microseconds else ""
    clock = "".join(
        f"{number}{unit}"
        for number, unit in ((hours, "H"), (minutes, "M"), (f"{seconds}{fraction}", "S"))
        if number not in (0, "0")
    )
    day = f"{days}D" if days else ""
    return f"P{day}T{clock}" if clock else f"P{day or '0D'}"


def duration_in_words(length: timedelta) -> str:
    """`1 day 12 hours`."""
    words = []
    for number, unit in re.findall(r"([\d.]+)([DHMS])", written_duration(length)):
        name = {"D": "day", "H": "hour", "M": "minute", "S": "second"}[unit]
        words.append(f"{number} {name}" if number == "1" else f"{number} {name}s")
    return " ".join(words)


def _read_date(value: object) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    msg = f"is {shown(value)}. Write a day of the calendar in ISO 8601, such as `2025-03-31`."
    raise unfit(msg)


@dataclass(frozen=True)
class RefersTo:
    """Marks a field that holds the id of another part.

    `kind` is the class of that part, or `Rule` for whatever has a rule, or `Part` for anything.
    The schema lists the ids that need no entry of their own as examples.
    """

    kind: str

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        common = {"examples": list(COMMON[self.kind])} if self.kind in COMMON else {}
        return {**handler(schema), "x-refers-to": self.kind, **common}


Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$")]
ActorId = Annotated[Id, RefersTo("Actor")]
ChannelId = Annotated[Id, RefersTo("Channel")]
DepartmentId = Annotated[Id, RefersTo("Department")]
EvidenceId = Annotated[Id, RefersTo("Evidence")]
KpiId = Annotated[Id, RefersTo("Kpi")]
MatchedId = Annotated[Id, RefersTo("Rule")]
PainPointId = Annotated[Id, RefersTo("PainPoint")]
PartId = Annotated[Id, RefersTo("Part")]
PersonaId = Annotated[Id, RefersTo("Persona")]
StageId = Annotated[Id, RefersTo("Stage")]
TouchpointId = Annotated[Id, RefersTo("Touchpoint")]
Name = Annotated[str, Field(min_length=1)]
Level = Literal["low", "medium", "high"]
Flag = Annotated[bool, Strict()]
Whole = Annotated[int, Strict()]
Number = Annotated[float, Strict()]
Positive = Annotated[Number, Field(gt=0)]
Count = Annotated[Whole, Field(ge=0)]
Share = Annotated[Number, Field(ge=0, le=1)]
Score = Annotated[Whole, Field(ge=1, le=5)]
Valence = Annotated[Number, Field(ge=-2, le=2)]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
Duration = Annotated[
    timedelta,
    BeforeValidator(_read_duration),
    PlainSerializer(written_duration, when_used="json"),
    WithJsonSchema({"type": "string", "format": "duration"}),
]
Day = Annotated[date, BeforeValidator(_read_date)]
