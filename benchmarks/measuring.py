"""One side, one question, one process: what the answer cost, as a line of JSON."""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import numpy as np

from benchmarks.sides import Answer, side

ENOUGH_SECONDS = 1.0
MOST_REPEATS = 15


def peak_megabytes() -> float:
    """The most memory that this process has held; what its parent held does not count."""
    try:
        status = Path("/proc/self/status").read_text()
    except FileNotFoundError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    (line,) = (line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def once(work: Callable[[], Answer]) -> tuple[float, float, Answer]:
    cpu, wall = process_time(), perf_counter()
    answer = work()
    return process_time() - cpu, perf_counter() - wall, answer


def again_and_again(work: Callable[[], Answer]) -> tuple[float, float, Answer]:
    """The median of several answers after a first one that does not count."""
    answer, runs = work(), []
    while len(runs) < MOST_REPEATS and (not runs or sum(cpu for cpu, _ in runs) < ENOUGH_SECONDS):
        cpu, wall, _ = once(work)
        runs.append((cpu, wall))
    return median(cpu for cpu, _ in runs), median(wall for _, wall in runs), answer


def measured(name: str, question: str, mode: str, log: Path) -> dict[str, object] | None:
    kind = side(name)
    if not hasattr(kind, question):
        return None
    for module in kind.loads_later if question != "build" else ():
        import_module(module)
    if mode == "warm":
        ready = kind(log, warm=True)
        cpu, wall, answer = again_and_again(lambda: getattr(ready, question)())
    else:
        keeps = question == "build"
        cpu, wall, answer = once(lambda: getattr(kind(log, warm=keeps), question)())
    return {
        "cpu": cpu,
        "wall": wall,
        "peak": peak_megabytes(),
        "title": kind.title,
        "keeps": kind.keeps,
        "another": kind.another.get(question),
        "answer": {found: np.asarray(cells).tolist() for found, cells in answer.items()},
    }


if __name__ == "__main__":
    asked_side, asked_question, asked_mode, of_log = sys.argv[1:]
    found = measured(asked_side, asked_question, asked_mode, Path(of_log))
    print("\n" + json.dumps(found))
