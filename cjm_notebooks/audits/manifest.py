"""What an audit was made of, so that anyone can make it again and compare.

Nothing here differs between two runs on the same input: no clock is read, and tables are known by
their names and their content, not by where they lie.
"""

from __future__ import annotations

import platform
from collections.abc import Iterable, Iterator, Mapping, Set
from datetime import datetime
from hashlib import sha256
from importlib.metadata import version
from typing import Literal

from pydantic import BaseModel, ConfigDict, JsonValue
from pydantic_core import to_jsonable_python

from cjm_notebooks import __version__
from cjm_notebooks.audits.decisions import Decisions
from cjm_notebooks.checks import AnyCheck
from cjm_notebooks.events.content import Recorded, content_hash, read_as
from cjm_notebooks.events.tables import name_of
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.maps.canonical import text_of
from cjm_notebooks.maps.part import Named, Part

NONE_TAKEN = Decisions()
COMPUTES_WITH = ("duckdb", "numpy", "pandas", "pyarrow", "scipy")


class AuditedPart(BaseModel):
    """A stage, touchpoint or outcome: where it stood, its rule and all of it, as hashes."""

    model_config = ConfigDict(frozen=True)

    kind: Literal["stage", "touchpoint", "outcome"]
    id: str
    stage: str | None
    rule: str
    content: str


class AuditedMap(BaseModel):
    """The map that was audited, as it was then."""

    model_config = ConfigDict(frozen=True)

    id: str
    name: str
    version: str
    sha256: str
    journey: dict[str, JsonValue] = {}
    parts: tuple[AuditedPart, ...] = ()


class Input(BaseModel):
    """One table: what it was called, its content, and how its columns were read."""

    model_config = ConfigDict(frozen=True)

    table: str
    called: str
    sha256: str
    read_as: dict[str, JsonValue]


class Manifest(BaseModel):
    """All that the findings depend on; `seed` is null as long as nothing is drawn at random.

    `inputs` are whole, as they were given; `only` says which part of them was looked at.
    """

    model_config = ConfigDict(frozen=True)

    as_of: datetime
    journey_map: AuditedMap
    inputs: tuple[Input, ...]
    only: dict[str, str] = {}
    k_min: int
    confidence: float
    seed: int | None
    checks: dict[str, dict[str, JsonValue]]
    versions: dict[str, str]
    decisions: str | None = None


def manifest(
    journey_map: JourneyMap,
    inputs: Mapping[str, Recorded],
    checks: Iterable[AnyCheck],
    as_of: datetime,
    k_min: int,
    only: Mapping[str, str],
    decisions: Decisions = NONE_TAKEN,
) -> Manifest:
    return Manifest(
        as_of=as_of,
        journey_map=AuditedMap(
            id=journey_map.id,
            name=journey_map.name,
            version=journey_map.version,
            sha256=journey_map.content_hash(),
            journey=journey_map.journey.model_dump(mode="json"),
            parts=tuple(_parts(journey_map)),
        ),
        inputs=tuple(_input(name, tables) for name, tables in inputs.items()),
        only=dict(only),
        k_min=k_min,
        confidence=0.95,
        seed=None,
        checks={check.id: _fields(check) for check in checks},
        versions={
            "cjm_notebooks": __version__,
            "python": platform.python_version(),
            **{library: version(library) for library in COMPUTES_WITH},
        },
        decisions=decisions.content_hash() if decisions.decisions else None,
    )


def _parts(journey_map: JourneyMap) -> Iterator[AuditedPart]:
    for stage in journey_map.stages:
        yield _part("stage", stage, None, None, without={"touchpoints"})
        for one in stage.touchpoints:
            yield _part("touchpoint", one, stage.id, one.match)
    for outcome in journey_map.outcomes:
        yield _part("outcome", outcome, None, outcome.match)


def _part(
    kind: Literal["stage", "touchpoint", "outcome"],
    part: Named,
    stage: str | None,
    rule: Part | None,
    without: Set[str] = frozenset(),
) -> AuditedPart:
    rule_text = "" if rule is None else text_of(rule.model_dump(mode="json"))
    content = text_of(part.model_dump(mode="json", exclude=set(without)))
    return AuditedPart(
        kind=kind,
        id=part.id,
        stage=stage,
        rule=_short_hash(rule_text),
        content=_short_hash(content),
    )


def _short_hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]


def _input(name: str, tables: Recorded) -> Input:
    return Input(
        table=name,
        called=name_of(tables.table),
        sha256=content_hash(tables),
        read_as=read_as(tables),
    )


def _fields(check: AnyCheck) -> dict[str, JsonValue]:
    return dict(to_jsonable_python(vars(check), fallback=name_of))
