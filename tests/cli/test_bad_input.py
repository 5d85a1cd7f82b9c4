"""What cannot be used ends with one clear message, its exit code, and no file."""

from __future__ import annotations

import json
import subprocess
import sys
from copy import deepcopy
from pathlib import Path

import pytest

from tests.commands import COLUMNS, SHOP, cjm, files_in, write

CHECKOUT = Path(__file__).parent.parent.parent
FOR_EVENTS = [
    ["join", "shop.cjm.json"],
    ["draft", "drafted.cjm.json"],
]

on_events = pytest.mark.parametrize("command", FOR_EVENTS, ids=lambda command: command[0])


def named(name: str) -> dict[str, object]:
    """The shop, with this name for itself and its first touchpoint."""
    shop = deepcopy(SHOP)
    shop["name"] = shop["stages"][0]["touchpoints"][0]["name"] = name
    return shop


@on_events
@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "`bad.csv` is empty: it has not even a header."),
        ("id,time,what\n", "`bad.csv` has a header and no rows."),
        (
            "idd,time,what\nann,2025-03-01T10:00:00Z,home\n",
            "`bad.csv` has no column `id`, named as `customer`. Did you mean `idd`?",
        ),
        (
            "id,time,what\nann,2025-03-01T10:00:00,home\nbob,2025-03-01T10:00:00+02:00,home\n",
            "`bad.csv` have no zone in 1 rows and one in 1. Say where the clock stood",
        ),
    ],
    ids=["empty", "header only", "missing column", "mixed zones"],
)
def test_table_that_cannot_be_read_is_named_with_its_cure(
    folder: Path, command: list[str], text: str, message: str
) -> None:
    write(folder / "bad.csv", text)
    before = files_in(folder)
    ran = cjm(*command, "--events", "bad.csv", *COLUMNS)
    assert (ran.code, ran.out) == (3, "")
    assert message in ran.err
    assert files_in(folder) == before


def test_log_of_one_customer_is_joined(folder: Path) -> None:
    write(folder / "one.csv", "id,time,what\nann,2025-03-01T10:00:00,home\n")
    ran = cjm("join", "shop.cjm.json", "--events", "one.csv", *COLUMNS, "--zone", "UTC")
    assert ran.code == 0
    assert ["customers", "1"] in [line.split() for line in ran.out.splitlines()]


@pytest.mark.parametrize(
    "command",
    [["lint"], ["join"], ["audit", "--as-of", "2025-03-31"], ["render"], ["convert"], ["compare"]],
    ids=lambda command: command[0],
)
def test_map_that_is_cut_off_is_unreadable(folder: Path, command: list[str]) -> None:
    write(folder / "cut.cjm.json", json.dumps(SHOP)[:60])
    before = files_in(folder)
    more = {"render": ["page.html"], "convert": ["shop.mmd"], "compare": ["shop.cjm.json"]}
    ran = cjm(command[0], "cut.cjm.json", *more.get(command[0], []), *command[1:])
    assert (ran.code, ran.out) == (3, "")
    assert "`cut.cjm.json` is not JSON from line 1, column 57" in ran.err
    assert files_in(folder) == before


def test_circle_in_a_map_is_a_finding_and_cannot_be_joined(folder: Path) -> None:
    shop = deepcopy(SHOP)
    home, cart = shop["stages"][0]["touchpoints"][0], shop["stages"][1]["touchpoints"][0]
    home["match"]["after"], cart["match"]["after"] = ["cart"], ["home"]
    write(folder / "circle.cjm.json", shop)
    checked = cjm("lint", "circle.cjm.json", "--fail-on", "critical")
    assert checked.code == 1
    assert "The map contradicts itself." in checked.out
    joined = cjm("join", "circle.cjm.json", "--events", "events.csv", *COLUMNS, "--zone", "UTC")
    assert (joined.code, joined.out) == (3, "")
    assert "circle" in joined.err


def test_title_of_a_million_characters_goes_through_every_command(folder: Path) -> None:
    write(folder / "long.cjm.json", named("A" * 1_000_000))
    tables = ["--events", "events.csv", *COLUMNS, "--zone", "UTC"]
    for command in (
        ["lint", "long.cjm.json"],
        ["join", "long.cjm.json", *tables],
        ["convert", "long.cjm.json", "long.mmd"],
        ["render", "long.cjm.json", "long.html"],
        ["compare", "shop.cjm.json", "long.cjm.json"],
    ):
        ran = cjm(*command)
        assert (ran.code, ran.err) == (0, "")
        assert len(ran.out) < 10_000


def test_markup_in_a_name_is_text_on_the_page(folder: Path) -> None:
    write(folder / "sly.cjm.json", named("<script>alert(1)</script>"))
    assert cjm("render", "sly.cjm.json", "sly.html").code == 0
    page = (folder / "sly.html").read_text("utf-8")
    assert "<script>alert" not in page
    assert '<h1 dir="auto">&lt;script&gt;alert(1)&lt;/script&gt;</h1>' in page


def test_name_that_would_take_over_the_terminal_is_shown_without_its_orders(folder: Path) -> None:
    sly = "pay\u202egnp\x1b[2J \u05e9\u05dc\u05d5\u05dd [red]"
    write(folder / "sly.csv", f"id,time,what\nann,2025-03-01T10:00:00Z,{sly}\n")
    ran = cjm("join", "shop.cjm.json", "--events", "sly.csv", *COLUMNS)
    assert "pay\ufffdgnp\ufffd[2J \u05e9\u05dc\u05d5\u05dd [red]" in ran.out
    assert not {"\u202e", "\x1b"} & set(ran.out)


def test_file_that_cannot_be_written_is_unreadable_and_nothing_is_left(folder: Path) -> None:
    before = files_in(folder)
    ran = cjm("convert", "shop.cjm.json", folder / "nowhere" / "shop.mmd")
    assert ran.code == 3
    assert "cannot be written: No such file or directory" in ran.err
    assert files_in(folder) == before


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["lint", "shop.cjm.json", "--fail-on", "hgh"], "no severity `hgh`. Did you mean `high`?"),
        (["new", "a.cjm.json", "--preset", "d55"], "no preset `d55`. Did you mean `d5`"),
        (["new", "shop.cjm.json"], "`shop.cjm.json` is there already. Give another name"),
        (["convert", "shop.cjm.json", "a.txt"], "`a.txt` ends like no map. Known: `.json`"),
        (["join", "shop.cjm.json"], "There is nothing to join"),
        (["draft", "a.cjm.json"], "A map is drafted from events, and none are given."),
        (["join", "shop.cjm.json", "--score", "s"], "Give `--feedback` too."),
        (["join", "shop.cjm.json", "--source", "x", "--set", "y"], "`--set y` has no `=`."),
        (["join", "shop.cjm.json", "--source", "event-tabel"], "Did you mean `event-table`"),
        (["metrics", "--project", "nowhere"], "`--project` is `nowhere`, which is no folder."),
        (["explain", "drop-of"], "check, source or view `drop-of`. Did you mean `drop-off`"),
        (["audit", "shop.cjm.json", "--as-of", "May", "--out", "."], "`May`, which is no time."),
        (["lint", "shop.cjm.json", "--fail"], "No such option: --fail"),
        (["lnit"], "No such command 'lnit'"),
        (["join", "shop.cjm.json", "--unit", "h"], "'h' is not one of"),
    ],
)
def test_wrong_use_ends_with_code_2(folder: Path, arguments: list[str], message: str) -> None:
    before = files_in(folder)
    ran = cjm(*arguments)
    assert ran.code == 2
    assert message in ran.err
    assert files_in(folder) == before


def test_command_says_what_is_wrong_without_a_traceback_unless_asked(folder: Path) -> None:
    def run(*more: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "cjm_notebooks", "lint", folder / "shpo.cjm.json", *more]
        return subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)

    plain = run()
    assert (plain.returncode, plain.stdout) == (3, "")
    assert plain.stderr.startswith("There is no file `shpo.cjm.json`")
    assert "Did you mean `shop.cjm.json`?" in plain.stderr
    assert "Traceback" not in plain.stderr
    assert "Traceback" in run("--debug").stderr
