"""What a template may be asked: its parameters, read without running it.

The cell tagged `parameters` declares each one as `name: type = default  # help`; what Python's
types cannot say (a label, the choices, that it is a file) stands in the notebook's metadata under
`cjm.parameters`. A template with `cjm.tables` calls its tables and their columns as `Tables` does,
which says the same of them. Values are checked against all that before a kernel starts.
"""

from __future__ import annotations

import ast
import tokenize
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Literal

import nbformat
import numpy as np
from pydantic import BaseModel, ConfigDict, FiniteFloat, TypeAdapter, ValidationError

from cjm_notebooks.audits.moment import moment
from cjm_notebooks.audits.tables import Tables
from cjm_notebooks.errors import AuditError, JourneyError, ParameterError, SourceError, did_you_mean

Value = bool | int | float | str | list[str] | dict[str, str]

TAG = "parameters"
NO_NOTEBOOK = (
    AttributeError,
    UnicodeDecodeError,
    nbformat.ValidationError,
    nbformat.reader.NotJSONError,
)
TYPES: dict[str, tuple[str, TypeAdapter[Value]]] = {
    "str": ("a text", TypeAdapter(str)),
    "int": ("a whole number", TypeAdapter(int)),
    "float": ("a number", TypeAdapter(FiniteFloat)),
    "bool": ("True or False", TypeAdapter(bool)),
    "list[str]": ("a list of texts", TypeAdapter(list[str])),
    "dict[str, str]": ("texts by name", TypeAdapter(dict[str, str])),
}


class Parameter(BaseModel):
    """One thing a template may be asked for; `type` is an annotation such as `list[str]`.

    `of` names the parameter with the file that a `column` is of, or with the map that holds a
    `touchpoint`, `stage` or `channel`. `group` is its heading in a form.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    type: Literal["str", "int", "float", "bool", "list[str]", "dict[str, str]"]
    default: Value
    help: str = ""
    label: str = ""
    kind: Literal[
        "value", "file", "folder", "moment", "column", "touchpoint", "stage", "channel"
    ] = "value"
    of: str = ""
    group: str = ""
    required: bool = False
    choices: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()


def parameters_of(template: Path) -> tuple[Parameter, ...]:
    """What the template declares, in the order of its cell.

    Raises  AuditError when the file is no notebook, has not one cell tagged `parameters`, or that
            cell holds anything but `name: type = default`
    """
    try:
        notebook = nbformat.read(template, as_version=4)
    except NO_NOTEBOOK as cause:
        msg = f"`{template.name}` is no notebook. Give a file that Jupyter can open."
        raise AuditError(msg) from cause
    cells = [cell for cell in notebook.cells if TAG in cell.metadata.get("tags", ())]
    if len(cells) != 1:
        msg = f"`{template.name}` has {len(cells)} cells tagged `{TAG}`. Tag exactly one."
        raise AuditError(msg)
    own = notebook.metadata.get("cjm", {})
    usual = {one.name: dict(one.metadata) for one in fields(Tables)} if own.get("tables") else {}
    described = usual | own.get("parameters", {})
    source = cells[0].source
    comments = _comments(source)
    return tuple(
        _declared(template, statement, comments.get(statement.end_lineno, ""), described)
        for statement in ast.parse(source).body
    )


def validated(
    template: Path, declared: tuple[Parameter, ...], given: Mapping[str, object]
) -> dict[str, Value]:
    """The values given, as plain Python that a cell of the notebook can hold.

    Raises  ParameterError when a name is unknown, or a value is missing, of another type or not
            among the choices; SourceError when a file or folder does not exist
    """
    values, problems = checked(template, declared, given)
    for problem in problems.values():
        raise problem
    return values


def checked(
    template: Path, declared: tuple[Parameter, ...], given: Mapping[str, object]
) -> tuple[dict[str, Value], dict[str, JourneyError]]:
    """The values that fit, and for each name that does not what is wrong with it."""
    known = {parameter.name: parameter for parameter in declared}
    problems: dict[str, JourneyError] = {
        name: _unknown(template, name, known) for name in given if name not in known
    }
    values: dict[str, Value] = {}
    for name, parameter in known.items():
        try:
            if name in given:
                values[name] = _plain(parameter, given[name])
            _check(parameter, values.get(name, parameter.default))
        except JourneyError as problem:
            problems[name] = problem
    return values, problems


def _unknown(template: Path, name: str, known: Iterable[str]) -> ParameterError:
    near = did_you_mean(name, known)
    return ParameterError(f"The template `{template.stem}` has no parameter `{name}`. {near}")


def _comments(source: str) -> dict[int | None, str]:
    """The comment at the end of each line that has one, by line number."""
    return {
        token.start[0]: token.string.lstrip("# ")
        for token in tokenize.generate_tokens(StringIO(source).readline)
        if token.type == tokenize.COMMENT
    }


def _declared(
    template: Path,
    statement: ast.stmt,
    comment: str,
    described: Mapping[str, Mapping[str, object]],
) -> Parameter:
    try:
        match statement:
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as default):
                fields = {"default": ast.literal_eval(default), "help": comment}
                fields |= {"name": name, "type": ast.unparse(statement.annotation)}
                return Parameter.model_validate(fields | dict(described.get(name, {})))
    except ValueError as cause:
        raise _misdeclared(template, statement) from cause
    raise _misdeclared(template, statement)


def _misdeclared(template: Path, statement: ast.stmt) -> AuditError:
    line = ast.unparse(statement).splitlines()[0][:80]
    return AuditError(
        f"The parameters cell of `{template.name}` holds `{line}`. Write each parameter as "
        f"`name: type = default  # help`, of the types {', '.join(TYPES)}."
    )


def _plain(parameter: Parameter, value: object) -> Value:
    """`value` as the parameter's type; dates become ISO 8601, paths and numpy's numbers plain."""
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, date):
        value = value.isoformat()
    if isinstance(value, tuple):
        value = list(value)
    if isinstance(value, Path):
        value = str(value)
    in_words, adapter = TYPES[parameter.type]
    try:
        return adapter.validate_python(value, strict=True)
    except ValidationError as cause:
        msg = f"`{parameter.name}` is `{str(value)[:80]}`. Give {in_words}."
        raise ParameterError(msg) from cause


def _check(parameter: Parameter, value: Value) -> None:
    name = parameter.name
    if not value and parameter.required:
        msg = f"`{name}` is missing: {parameter.help or parameter.label}."
        raise ParameterError(msg)
    if not value or not isinstance(value, str):
        return
    if parameter.choices and value not in parameter.choices:
        msg = f"`{name}` is `{value[:80]}`. {did_you_mean(value, filter(None, parameter.choices))}"
        raise ParameterError(msg)
    if parameter.kind == "moment":
        moment(value)
    if parameter.kind in ("file", "folder"):
        _check_path(parameter, Path(value))


def _check_path(parameter: Parameter, path: Path) -> None:
    if parameter.kind == "folder" and not path.is_dir():
        msg = f"`{parameter.name}` is `{path}`, which is no folder. Check the path."
        raise SourceError(msg)
    if parameter.kind == "file" and not path.is_file():
        beside = sorted(other.name for other in path.parent.glob(f"*{path.suffix}"))
        near = did_you_mean(path.name, beside)
        msg = f"`{parameter.name}` is `{path}`, and there is no such file. {near}"
        raise SourceError(msg)
    if parameter.suffixes and not path.name.lower().endswith(parameter.suffixes):
        kinds = ", ".join(f"`{suffix}`" for suffix in parameter.suffixes)
        msg = f"`{parameter.name}` is `{path.name}`, which cannot be read here. Give {kinds}."
        raise ParameterError(msg)
