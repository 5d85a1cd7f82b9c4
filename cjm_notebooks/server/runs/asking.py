"""What a person in the browser asks of a template: files of this server, checked field by field."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pydantic import JsonValue
from tornado.web import HTTPError

from cjm_notebooks.audits.parameters import Parameter, checked, parameters_of
from cjm_notebooks.server.files import file_at, folder_at

Problems = dict[str, str]


def asked(
    contents: object, template: Path, parameters: Mapping[str, JsonValue]
) -> tuple[dict[str, object], Problems]:
    """The parameters with files where a kernel finds them, and what is wrong with which.

    Fields that are left empty are as if they had not been given.
    """
    declared = parameters_of(template)
    kinds = {parameter.name: parameter for parameter in declared}
    given: dict[str, object] = {}
    problems: Problems = {}
    for name, value in parameters.items():
        if value is None or value == "":
            continue
        try:
            given[name] = _placed(contents, kinds.get(name), value)
        except HTTPError as error:
            problems[name] = str(error.log_message)
    _, wrong = checked(template, declared, given)
    found = {name: str(error) for name, error in wrong.items() if name not in problems}
    return given, {**found, **problems}


def _placed(contents: object, parameter: Parameter | None, value: JsonValue) -> object:
    if parameter is None or not isinstance(value, str):
        return value
    match parameter.kind:
        case "file":
            return str(file_at(contents, value))
        case "folder":
            return str(folder_at(contents, value))
    return value
