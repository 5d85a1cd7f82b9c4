"""How long `import cjm_notebooks` takes, beside two libraries that it stands on."""

from __future__ import annotations

import subprocess
import sys
from statistics import median
from time import perf_counter

PEERS = ["numpy", "duckdb"]
OURS = "cjm_notebooks"
RUNS = 7


def seconds_of(statement: str) -> float:
    """The time of a whole interpreter that runs `statement`."""
    start = perf_counter()
    subprocess.run([sys.executable, "-c", statement], check=True)
    return perf_counter() - start


def main() -> None:
    statements = {"": "pass"} | {name: f"import {name}" for name in [OURS, *PEERS]}
    rounds = [
        {name: seconds_of(statement) for name, statement in statements.items()} for _ in range(RUNS)
    ]
    taken = {
        name: median(measured[name] - measured[""] for measured in rounds)
        for name in [OURS, *PEERS]
    }
    print(f"Import time, median of {RUNS} fresh interpreters, start of Python taken off")
    print(f"{'import':<16}{'seconds':>9}{OURS + ' takes':>22}")
    for name, seconds in taken.items():
        print(f"{name:<16}{seconds:>9.3f}{taken[OURS] / seconds:>21.2f}×")


if __name__ == "__main__":
    main()
