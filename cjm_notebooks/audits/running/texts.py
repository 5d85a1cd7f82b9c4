"""Values that were written as texts: on the command line, in a cell of a table."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from pydantic import JsonValue, TypeAdapter, ValidationError

from cjm_notebooks.audits.parameters import TYPES, Parameter, Value
from cjm_notebooks.errors import ParameterError, SourceError, did_you_mean

WRITTEN_IN_JSON = ("list[str]", "dict[str, str]")


def read_texts(
    template: Path, declared: Iterable[Parameter], texts: Iterable[tuple[str, str]]
) -> dict[str, Value]:
    """The values that names and texts stand for, by the types that the template declares.

    `settings.hotel` names one entry of the parameter `settings`. Lists are written as `C01, C02`
    or in JSON, texts by name in JSON. A text is never run as code.

    Raises  ParameterError when there is no such parameter, or a text cannot be read as its type
    """
    known = {parameter.name: parameter for parameter in declared}
    values: dict[str, Value] = {}
    for name, text in texts:
        whole, _, entry = name.partition(".")
        parameter = known.get(whole)
        if parameter is None or (entry and parameter.type != "dict[str, str]"):
            near = did_you_mean(name, known)
            msg = f"The template `{template.stem}` has no parameter `{name}`. {near}"
            raise ParameterError(msg)
        if entry:
            entries = values.get(whole, {})
            assert isinstance(entries, dict)
            values[whole] = {**entries, entry: text}
        else:
            values[whole] = read_text(parameter, text)
    return values


def read_text(parameter: Parameter, text: str) -> Value:
    """Raises  ParameterError when the text is nothing of the parameter's type"""
    if parameter.type == "str":
        return text
    in_words, adapter = TYPES[parameter.type]
    try:
        return adapter.validate_python(_plain(parameter, text.strip()))
    except ValueError as cause:
        msg = f"`{parameter.name}` is `{text[:80]}`. Give {in_words}{_how(parameter)}."
        raise ParameterError(msg) from cause


def read_file(path: Path) -> Mapping[str, JsonValue]:
    """The parameters that a JSON file gives by name.

    Raises  SourceError when it cannot be read, or holds anything else
    """
    try:
        return TypeAdapter(dict[str, JsonValue]).validate_json(path.read_bytes())
    except OSError as cause:
        msg = f"`{path}` cannot be read: {cause.strerror}. Check the path."
        raise SourceError(msg) from cause
    except ValidationError as cause:
        msg = f'`{path.name}` holds no parameters. Write JSON such as `{{"as_of": "2025-03-31"}}`.'
        raise SourceError(msg) from cause


def _plain(parameter: Parameter, text: str) -> object:
    if parameter.type == "list[str]" and not text.startswith("["):
        return [one.strip() for one in text.split(",") if one.strip()]
    return json.loads(text) if parameter.type in WRITTEN_IN_JSON else text


def _how(parameter: Parameter) -> str:
    match parameter.type:
        case "list[str]":
            return ", such as `C01, C02`"
        case "dict[str, str]":
            return ' in JSON, such as `{"hotel": "H2"}`'
    return ""
