"""Write what is generated from the command: the tables of options on its page.

Run it after every change to an option: `python -m tools.write_command_page`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path

from typer.core import TyperCommand, TyperGroup, TyperOption
from typer.main import get_command

from cjm_notebooks.cli.app import app
from cjm_notebooks.cli.options import PANELS
from cjm_notebooks.maps.files import read_text, write_text
from tools.write_map_page import page_with

PAGE = Path(__file__).parent.parent / "docs" / "command.md"


def commands() -> Mapping[str, TyperCommand]:
    """Every command by what is written for it, such as `audit` and `class start`."""
    group = get_command(app)
    assert isinstance(group, TyperGroup)
    return dict(_in(group))


def _in(group: TyperGroup, before: str = "") -> Iterator[tuple[str, TyperCommand]]:
    for name, one in group.commands.items():
        if isinstance(one, TyperCommand):
            yield f"{before}{name}", one
        elif isinstance(one, TyperGroup):
            yield from _in(one, f"{before}{name} ")


def options_of(command: TyperCommand) -> list[TyperOption]:
    return [one for one in command.params if isinstance(one, TyperOption)]


def generated() -> dict[str, str]:
    tables = {f"options of {name}": _own(command) for name, command in commands().items()}
    named = [one for one in options_of(commands()["join"]) if one.rich_help_panel in PANELS]
    named.sort(key=lambda one: PANELS.index(str(one.rich_help_panel)))
    tables["options that name tables"] = "\n".join(
        f"**{panel}**\n\n{_table(of_panel)}"
        for panel, of_panel in groupby(named, key=lambda one: one.rich_help_panel)
    )
    return {name: table for name, table in tables.items() if table}


def _own(command: TyperCommand) -> str:
    own = [one for one in options_of(command) if one.rich_help_panel not in PANELS]
    return _table(own) if own else ""


def _table(options: Iterable[TyperOption]) -> str:
    rows = "".join(f"| `{_written(one)}` | {one.help}{_usual(one)} |\n" for one in options)
    return f"| option | |\n| --- | --- |\n{rows}"


def _written(one: TyperOption) -> str:
    if one.is_flag:
        return "/".join([*one.opts, *one.secondary_opts])
    return f"{one.opts[0]} {one.metavar or 'TEXT'}".replace("|", "\\|")


def _usual(one: TyperOption) -> str:
    return f" Usually `{one.default}`." if one.default else ""


if __name__ == "__main__":
    write_text(PAGE, page_with(read_text(PAGE), generated()))
