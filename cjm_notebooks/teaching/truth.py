"""What was planted in generated data: the facts, the defects of the draft map, and their file.

A truth is for the teacher and for benchmarks. Nothing that a learner is handed holds one.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, ValidationError

from cjm_notebooks.errors import ParameterError, did_you_mean

Kind = Literal[
    "worst_step",
    "moment_of_truth",
    "decoy",
    "negative_peak",
    "unmapped_events",
    "rising_event",
    "hand_off_failure",
    "retention_gap",
    "response_style",
    "pain_of_a_group",
    "real_change",
    "unclear_change",
    "change_of_mix",
]


class Fact(BaseModel):
    """One planted fact.

    `at` is a place in the right map, such as `touchpoints/shipping-costs`; `""` is the whole map.
    `size` is what was planted and `against` what it stands beside, both in `unit`. `found_by` names
    the checks that should find it, or that must stay silent about it when the fact is a decoy.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    kind: Kind
    at: str
    sentence: str
    size: float
    unit: str
    against: float | None = None
    found_by: tuple[str, ...] = ()


class Defect(BaseModel):
    """One fault seeded in the draft map: the check that finds it, and its place in that map.

    `shows` is what the finding names: one of its targets, or a value in one of its rows. Without it
    any finding of the check will do.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    check: str
    at: str
    sentence: str
    shows: str = ""


class Truth(BaseModel):
    """What one generated data set holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    generator: str
    seed: int
    customers: int
    facts: tuple[Fact, ...] = ()
    defects: tuple[Defect, ...] = ()

    def fact(self, id_: str) -> Fact:
        """Raises ParameterError when no fact of that id was planted."""
        for fact in self.facts:
            if fact.id == id_:
                return fact
        msg = f"No fact `{id_}` was planted. {did_you_mean(id_, [one.id for one in self.facts])}"
        raise ParameterError(msg)

    def write(self, path: Path) -> None:
        path.write_text(self.model_dump_json(indent=2) + "\n", encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> Self:
        """Raises ParameterError when the file is not a truth."""
        try:
            return cls.model_validate_json(path.read_text(encoding="utf-8"))
        except ValidationError as cause:
            msg = f"`{path}` is not a truth file: {cause.errors()[0]['msg']}."
            raise ParameterError(msg) from cause
