"""The command as a whole, and the page about it."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from cjm_notebooks import __version__
from tests.commands import cjm
from tools.write_command_page import PAGE, commands, generated, options_of, page_with

page = PAGE.read_text("utf-8")
HEAVY = ("bokeh", "duckdb", "nbconvert", "pandas", "papermill")


def test_command_says_which_version_it_is() -> None:
    assert cjm("--version").out == f"cjm_notebooks {__version__}\n"


def test_command_without_words_shows_its_help() -> None:
    ran = cjm()
    assert all(f" {name.partition(' ')[0]} " in ran.out for name in commands())
    assert "Exit codes: 0 all is well, 1 findings" in ran.out


def test_help_loads_nothing_heavy() -> None:
    script = "import sys, cjm_notebooks.cli; print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert not set(HEAVY) & set(ran.stdout.split())


def test_tables_of_the_page_are_up_to_date() -> None:
    assert page == page_with(page, generated()), "run python -m tools.write_command_page"


@pytest.mark.parametrize("name", commands())
def test_command_and_each_of_its_options_are_on_the_page(name: str) -> None:
    heading = re.search(rf"^### `cjm {name}\b[^`]*`$", page, re.M)
    assert heading
    section = page[heading.end() :].partition("\n### ")[0]
    if "(#naming-tables)" in section:
        section += page.partition("### Naming tables")[2]
    for option in options_of(commands()[name]):
        assert re.search(rf"`{option.opts[0]}[ /`]", section)
        assert option.help


def test_page_shows_no_option_or_command_that_does_not_exist() -> None:
    options = [option for command in commands().values() for option in options_of(command)]
    known = {name for one in options for name in (one.opts[0], *one.secondary_opts)}
    shown = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", page))
    assert shown - known == {"--help", "--version", "--debug"}
    first_words = {name.partition(" ")[0] for name in commands()}
    assert set(re.findall(r"\bcjm ([a-z]+)", page)) == first_words
