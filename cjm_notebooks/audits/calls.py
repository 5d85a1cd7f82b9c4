"""The calls behind a run, as code for a notebook of one's own: parameters filled in, no showing."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Mapping
from pathlib import Path

import nbformat

import cjm_notebooks as cjm
from cjm_notebooks.audits.parameters import TAG, Value, parameters_of
from cjm_notebooks.audits.tables import Tables

WIDTH = 88
INDENT = "    "
KNOWN: dict[str, Callable[..., object]] = {"Tables": Tables, "cjm.audit": cjm.audit}


def calls_of(template: Path, values: Mapping[str, Value]) -> str:
    """The cells of `template` in which something is read or worked out, one below the other.

    Parameters stand in them as the values given, or their defaults; an argument that says what
    would hold without it is left out.

    Raises  AuditError when the file is no template
    """
    declared = {one.name: one.default for one in parameters_of(template)}
    given = {**declared, **{name: values[name] for name in values if name in declared}}
    cells = [
        cell.source
        for cell in nbformat.read(template, as_version=4).cells
        if cell.cell_type == "code" and TAG not in cell.metadata.get("tags", ())
    ]
    working = [cell for cell in cells if _works_out(cell)]
    set_anew = {name for cell in working for name in _set_in(ast.parse(cell))} & given.keys()
    begins = [f"{name} = {given[name]!r}" for name in given if name in set_anew]
    filled = {name: value for name, value in given.items() if name not in set_anew}
    blocks = ["\n".join(begins)] if begins else []
    return "\n\n".join([*blocks, *(_filled(cell, filled) for cell in working)]) + "\n"


def _works_out(source: str) -> bool:
    try:
        cell = ast.parse(source)
    except SyntaxError:
        return False
    return any(isinstance(one, ast.Assign | ast.AnnAssign) for one in cell.body)


def _set_in(cell: ast.Module) -> set[str]:
    return {
        node.id
        for node in ast.walk(cell)
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load)
    }


def _filled(source: str, values: Mapping[str, Value]) -> str:
    heading = source.partition("\n")[0]
    cell = _Filling(values).visit(ast.parse(source))
    lines = [heading] if heading.startswith("#") else []
    for before, statement in zip([None, *cell.body], cell.body, strict=False):
        if isinstance(before, ast.Import | ast.ImportFrom) and not isinstance(
            statement, ast.Import | ast.ImportFrom
        ):
            lines.append("")
        lines.append(_laid_out(statement))
    return "\n".join(lines)


class _Filling(ast.NodeTransformer):
    """Puts values where the names of parameters are."""

    def __init__(self, values: Mapping[str, Value]) -> None:
        self.values = values

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if isinstance(node.ctx, ast.Load) and node.id in self.values:
            return ast.parse(repr(self.values[node.id]), mode="eval").body
        return node

    def visit_Call(self, node: ast.Call) -> ast.Call:
        self.generic_visit(node)
        known = KNOWN.get(ast.unparse(node.func))
        if known is not None:
            usual = inspect.signature(known).parameters
            node.keywords = [one for one in node.keywords if not _says_the_usual(one, usual)]
        return node


def _says_the_usual(argument: ast.keyword, usual: Mapping[str, inspect.Parameter]) -> bool:
    """Whether the call means the same without it."""
    try:
        value = ast.literal_eval(argument.value)
    except ValueError:
        return False
    if argument.arg is None or argument.arg not in usual:
        return False
    default = usual[argument.arg].default
    is_made = repr(default) == "<factory>"
    return bool(value == default or (not value and (not default or is_made)))


def _laid_out(statement: ast.stmt) -> str:
    """One line, or where that is too long one argument a line."""
    line = ast.unparse(statement)
    if len(line) <= WIDTH or not isinstance(statement, ast.Assign):
        return line
    targets = " = ".join(ast.unparse(target) for target in statement.targets)
    return f"{targets} = {_spread(statement.value)}"


def _spread(value: ast.expr) -> str:
    match value:
        case ast.Call(func=ast.Attribute(value=ast.Call() as inner, attr=name), args=[]):
            return f"{_spread(inner)}.{name}()"
        case ast.Call(func=called, args=args, keywords=keywords):
            inside = [f"{INDENT}{ast.unparse(one)},\n" for one in (*args, *keywords)]
            return f"{ast.unparse(called)}(\n{''.join(inside)})"
    return ast.unparse(value)
