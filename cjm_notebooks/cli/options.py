"""Options that several commands share; each is worded once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field, fields
from functools import wraps
from inspect import Parameter, signature
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias, get_type_hints

import typer

from cjm_notebooks.errors import ParameterError, did_you_mean

if TYPE_CHECKING:
    from cjm_notebooks.sources import Import

Command: TypeAlias = Callable[..., None]

MapFile = Annotated[Path, typer.Argument(metavar="MAP", help="The map: NAME.cjm.json.")]
NewMap = Annotated[Path, typer.Argument(metavar="MAP", help="The map to write: NAME.cjm.json.")]
MapName = Annotated[str, typer.Option("--name", metavar="NAME", help="What the map is called.")]
AsOf = Annotated[
    str,
    typer.Option(
        metavar="DAY|TIME",
        help="The end of the data, such as 2025-03-31; what was recorded later is set aside.",
    ),
]
Language = Annotated[
    str, typer.Option(metavar="CODE", help="The language to write in, such as en or de.")
]
Pictures = Annotated[
    bool,
    typer.Option(
        "--pictures/--no-pictures",
        help="Let a browser of this machine print the page and draw each chart for a slide.",
    ),
]
A_PROJECT = "A folder with checks, metrics, sources or views of its own."
Project = Annotated[str, typer.Option(metavar="FOLDER", help=A_PROJECT)]
FailOn = Annotated[
    str,
    typer.Option(
        metavar="SEVERITY",
        help="Exit with 1 when a finding is at least this severe: info, low, medium, high or "
        "critical.",
    ),
]


def asked(help_: str, panel: str, metavar: str = "COLUMN", name: str | None = None) -> Any:
    names = [name] if name else []
    return typer.Option(*names, metavar=metavar, help=help_, rich_help_panel=panel)


def _source(help_: str, metavar: str, name: str | None = None) -> Any:
    return asked(help_, SOURCE, metavar, name)


EVENTS, FEEDBACK, CUSTOMERS = "Events", "Feedback", "Customers"
TIMES, SOURCE = "Times of events and feedback", "A source instead of files"
PANELS = (EVENTS, TIMES, FEEDBACK, CUSTOMERS, SOURCE)
GOES_WITH = {
    **dict.fromkeys(("at", "event", "sequence", "time_format"), "events_file"),
    **dict.fromkeys(("questions_file", "score", "question"), "feedback_file"),
    **dict.fromkeys(("respondent", "touchpoint", "answered_at"), "feedback_file"),
    **dict.fromkeys(("weight", "comment"), "feedback_file"),
    "answered_format": "answered_at",
    "customers_id": "customers_file",
    "settings": "source",
}


@dataclass(frozen=True, kw_only=True)
class EventInputs:
    """Where recorded events are: in a file with named columns, or behind a source."""

    events_file: Annotated[
        str,
        asked(
            "A .csv, .tsv, .parquet, .ndjson or .json file, one event a row.",
            EVENTS,
            "FILE",
            "--events",
        ),
    ] = ""
    customer: Annotated[str, asked("The column that says whose event it is.", EVENTS)] = ""
    at: Annotated[str, asked("The column of times.", EVENTS)] = ""
    event: Annotated[str, asked("The column that says what happened.", EVENTS)] = "event"
    sequence: Annotated[
        str, asked("The column that orders a customer's events of the same time.", EVENTS)
    ] = ""
    zone: Annotated[
        str,
        asked("Where the clock stood if times have no offset: Europe/Berlin.", TIMES, "ZONE"),
    ] = ""
    unit: Annotated[
        Literal["", "s", "ms", "us", "ns"],
        asked("What times count, since 1970, if they are numbers.", TIMES, "s|ms|us|ns"),
    ] = ""
    time_format: Annotated[
        str,
        asked("How times are written if not the year first: '%d.%m.%Y %H:%M'.", TIMES, "FORMAT"),
    ] = ""
    source: Annotated[
        str, _source("An importer of ours, or of the project's sources folder.", "ID")
    ] = ""
    settings: Annotated[
        list[str],
        _source(
            "A setting of the source, such as hotel=H2; may be repeated.", "NAME=VALUE", "--set"
        ),
    ] = field(default_factory=list)
    project: Annotated[str, _source(A_PROJECT, "FOLDER")] = ""

    def named(self) -> dict[str, Any]:
        """What was given, by the names that templates call it.

        Raises  ParameterError when an option is given without the table it goes with
        """
        usual = type(self)()
        given = {
            one.name: getattr(self, one.name)
            for one in fields(self)
            if getattr(self, one.name) != getattr(usual, one.name)
        }
        for name in given:
            table = GOES_WITH.get(name)
            if table is not None and table not in given:
                msg = (
                    f"There is a `{_called(name)}` and no `{_called(table)}` to go with it. "
                    f"Give `--{_called(table)}` too."
                )
                raise ParameterError(msg)
        if self.settings:
            given["settings"] = dict(named(text, "--set", "hotel=H2") for text in self.settings)
        return given

    def read(self) -> Import:
        """The tables, ready to be joined.

        Raises  ParameterError when a column or setting is missing or unknown
                SourceError when the source or the questions cannot be read
        """
        from cjm_notebooks.audits.tables import Tables

        return Tables(**self.named()).read()


@dataclass(frozen=True, kw_only=True)
class Inputs(EventInputs):
    """Where recorded events, feedback and customers are."""

    feedback_file: Annotated[
        str,
        asked(
            "A .csv, .tsv, .parquet, .ndjson or .json file, one answer a row.",
            FEEDBACK,
            "FILE",
            "--feedback",
        ),
    ] = ""
    questions_file: Annotated[
        str,
        asked("What was asked: a .json list of id, kind, scale.", FEEDBACK, "FILE", "--questions"),
    ] = ""
    score: Annotated[str, asked("The column of scores.", FEEDBACK)] = ""
    question: Annotated[
        str,
        asked("The column with the id of the question.", FEEDBACK, name="--question-column"),
    ] = ""
    respondent: Annotated[
        str, asked("The column that says who answered; without it each is another.", FEEDBACK)
    ] = ""
    touchpoint: Annotated[
        str, asked("The column with the touchpoint that the answer is about.", FEEDBACK)
    ] = ""
    answered_at: Annotated[str, asked("The column of times.", FEEDBACK)] = ""
    answered_format: Annotated[
        str, asked("How these are written if not the year first.", FEEDBACK, "FORMAT")
    ] = ""
    weight: Annotated[str, asked("The column of weights.", FEEDBACK)] = ""
    comment: Annotated[
        str,
        asked("The column of what was said beside the score; audits do not show it.", FEEDBACK),
    ] = ""
    customers_file: Annotated[
        str,
        asked("Attributes of customers, one customer a row.", CUSTOMERS, "FILE", "--customers"),
    ] = ""
    customers_id: Annotated[
        str, asked("The column of customers, if not called as in the events.", CUSTOMERS)
    ] = ""


def asking_for(inputs: type[Any]) -> Callable[[Command], Command]:
    """Give a command an option for each field of `inputs` in place of its argument `inputs`."""

    def decorate(command: Command) -> Command:
        names = {one.name for one in fields(inputs)}

        @wraps(command)
        def asking(**given: Any) -> None:
            said = {name: value for name, value in given.items() if name in names}
            rest = {name: value for name, value in given.items() if name not in names}
            command(inputs=inputs(**said), **rest)

        parameters = [*_own(command), *_fields(inputs)]
        vars(asking)["__signature__"] = signature(command).replace(parameters=parameters)
        asking.__annotations__ = {one.name: one.annotation for one in parameters}
        return asking

    return decorate


def severity_index(severity: str) -> int:
    """How severe that is, from 0.

    Raises  ParameterError when there is no such severity
    """
    from cjm_notebooks.checks import SEVERITIES

    severities: list[str] = list(SEVERITIES)
    if severity not in severities:
        msg = f"There is no severity `{severity}`. {did_you_mean(severity, severities)}"
        raise ParameterError(msg)
    return severities.index(severity)


def _own(command: Command) -> Iterator[Parameter]:
    hints = get_type_hints(command, include_extras=True)
    for name, one in signature(command).parameters.items():
        if name != "inputs":
            yield one.replace(annotation=hints[name], kind=Parameter.KEYWORD_ONLY)


def _fields(inputs: type[Any]) -> Iterator[Parameter]:
    hints, usual = get_type_hints(inputs, include_extras=True), asdict(inputs())
    for name, default in usual.items():
        yield Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=hints[name])


def _called(field_name: str) -> str:
    return field_name.removesuffix("_file").replace("_", "-")


def named(text: str, option: str, such_as: str) -> tuple[str, str]:
    """What stands before and after the `=` of an option.

    Raises  ParameterError when there is none
    """
    name, equals, value = text.partition("=")
    if not equals:
        msg = (
            f"`{option} {text}` has no `=`. Write it as `{option} NAME=VALUE`, such as `{such_as}`."
        )
        raise ParameterError(msg)
    return name, value
