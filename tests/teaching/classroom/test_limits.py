"""Whatever a program does, it ends within its limits, and nothing of it is left."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import psutil
import pytest

from cjm_notebooks.teaching.classroom import walls
from cjm_notebooks.teaching.classroom.limits import MARK, Ended, Limits, run_within

AMPLE = Limits(seconds=60, megabytes=1_000)
SLEEP = "import time; time.sleep(60)"
LEAVES = """
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        open("pid.txt", "w").write(str(os.getpid()))
        time.sleep(60)
    os._exit(0)
time.sleep(0.5)
"""
FORKS = """
import os, time
while True:
    if os.fork() == 0:
        time.sleep(30)
"""
FILLS = """
taken = []
while True:
    taken.append(b"x" * 20_000_000)
"""


def run(folder: Path, code: str, limits: Limits = AMPLE) -> Ended:
    return run_within(limits, [sys.executable, "-c", code], folder)


def test_program_that_ends_by_itself_tells_how(tmp_path: Path) -> None:
    ended = run(tmp_path, "import sys; sys.exit(3)")
    assert (ended.code, ended.why) == (3, None)


@pytest.mark.parametrize(
    ("code", "limits", "why"),
    [
        ("while True: pass", Limits(seconds=1), "time"),
        (FILLS, Limits(seconds=60, megabytes=200), "memory"),
        (FORKS, Limits(seconds=60, processes=5), "processes"),
    ],
    ids=["endless", "memory", "forks"],
)
def test_program_is_ended_at_its_limit(tmp_path: Path, code: str, limits: Limits, why: str) -> None:
    assert run(tmp_path, code, limits).why == why
    assert left_of(tmp_path) == []


def test_program_that_leaves_its_parent_behind_is_ended_too(tmp_path: Path) -> None:
    assert run(tmp_path, LEAVES).why is None
    assert not is_alive(int((tmp_path / "pid.txt").read_text()))
    assert left_of(tmp_path) == []


def test_program_is_told_nothing_of_our_surroundings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MY_SECRET", "tell nobody")
    run(tmp_path, "import os; print(dict(os.environ))")
    said = (tmp_path / "said.txt").read_text()
    assert "tell nobody" not in said
    assert os.environ["HOME"] not in said.replace(os.environ["PATH"], "")


INSIDE = """
import sys
from pathlib import Path
from cjm_notebooks.teaching.classroom import walls
assert walls.build(Path.cwd())
Path("own.txt").write_text("mine")
for what in sys.argv[1:]:
    try:
        print(Path(what).read_text())
    except PermissionError:
        print("no entry")
import socket
try:
    socket.create_connection(("127.0.0.1", 9), timeout=1)
except PermissionError:
    print("no network")
"""


@pytest.mark.skipif(not walls.can_be_built(), reason="this machine cannot build walls")
def test_within_walls_a_program_reads_no_file_of_ours_and_reaches_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "class.secret").write_text("tell nobody")
    own = tmp_path / "own"
    own.mkdir()
    outside = [str(tmp_path / "class.secret"), f"/proc/{os.getpid()}/mem"]
    monkeypatch.setenv("PYTHONPATH", f"{os.environ.get('PYTHONPATH', '')}:{tmp_path}")
    command = [sys.executable, "-c", INSIDE, *outside, "own.txt"]
    assert run_within(AMPLE, command, own).code == 0
    said = (own / "said.txt").read_text().split("\n")
    assert said[:4] == ["no entry", "no entry", "mine", "no network"]


def is_alive(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def left_of(folder: Path) -> list[int]:
    """Programs that run in that folder still, by the mark that each was given."""
    found = []
    for one in psutil.process_iter():
        try:
            if MARK in one.environ() and one.cwd() == str(folder):
                found.append(one.pid)
        except (psutil.Error, OSError):
            continue
    return found
