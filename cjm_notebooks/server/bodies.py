"""What each route wants to be told."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

LONGEST_TEXT = 20_000_000
Text = Annotated[str, Field(max_length=LONGEST_TEXT)]
Path = Annotated[str, Field(min_length=1, max_length=4_096)]
Name = Annotated[str, Field(min_length=1, max_length=1_000)]
Format = Literal["html", "svg", "png", "xlsx", "csv", "mmd", "cjml", "json"]


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Nothing(Body): ...


class OfText(Body):
    text: Text


class OfFile(Body):
    path: Path


class Export(Body):
    """`path` is where the map is, or would be: its measured numbers are looked for beside it."""

    text: Text
    path: Path
    format: Format


class Draft(Body):
    """The file of events, and the columns that say who did what and when."""

    path: Path
    customer: Name
    event: Name
    at: Name
    zone: Annotated[str, Field(max_length=100)] = ""
    name: Name


class Asked(Body):
    """A template by its name, and values for its parameters; `name` begins the run's folder."""

    template: Name
    parameters: dict[Name, JsonValue]
    name: Annotated[str, Field(max_length=100)] = ""


class Code(Body):
    """A template and values for its parameters; `folder` is where the notebook is."""

    template: Name
    parameters: dict[Name, JsonValue]
    folder: Annotated[str, Field(max_length=4_096)] = ""


class TwoRuns(Body):
    """The folders of two runs."""

    before: Path
    after: Path


class Decide(OfFile):
    """What somebody decides on a finding of the run in the folder `path`."""

    finding: Name
    choice: Name
    who: Annotated[str, Field(max_length=200)]
    what: Annotated[str, Field(max_length=2_000)] = ""
    until: Annotated[str, Field(max_length=10)] = ""


class BeginExercise(Body):
    """An exercise for practice, and the folder to put its notebook in; `""` is the server's."""

    exercise: Name
    student: Annotated[str, Field(max_length=200)] = ""
    folder: Annotated[str, Field(max_length=4_096)] = ""


class Preset(Body):
    id: Name
    name: Name
