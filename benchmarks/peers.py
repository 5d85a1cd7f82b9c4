"""The kit beside its peers and the limit: CPU seconds, wall seconds and memory of each answer.

`python -m benchmarks.peers` measures everything and writes it to RESULTS.md; with fewer events,
sides or questions it only prints. Every measurement is a process of its own, and the sides take
turns, so that what else the machine does falls on all of them alike.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from pathlib import Path
from typing import get_args

from benchmarks.comparison import Comparison
from benchmarks.generate import Order, log_of
from benchmarks.processes import Measurement, measure, peers_environment, wrong_answers
from benchmarks.questions import QUESTIONS
from benchmarks.results import write_section

SIDES = (
    "limit",
    "ours",
    "duckdb",
    "duckdb_windows",
    "polars",
    "pandas",
    "retentioneering",
    "pm4py",
    "channel_attribution",
)
KEEP_NOTHING = {"duckdb_windows"}
FULL = 5.0
HEADING = "Side by side with others"


def rounds(
    sides: list[str], questions: list[str], log: Path, times: int
) -> dict[tuple[str, str, str], list[Measurement]]:
    found = defaultdict(list)
    for turn in range(times):
        for question in questions:
            for mode in ("cold",) if question == "build" else ("warm", "cold"):
                for side in sides:
                    keeps = mode == "warm" or question == "build"
                    before = found[side, question, mode]
                    if (keeps and side in KEEP_NOTHING) or (before and not before[-1].found):
                        continue
                    before.append(measure(side, question, mode, log))
                    print(f"{turn + 1}/{times} {_line(before[-1])}", flush=True)
    return found


def _line(measured: Measurement) -> str:
    what = f"{measured.mode:<5}{measured.question:<12}{measured.side:<20}"
    if measured.found is None:
        return what + (measured.failed or "not offered")
    return what + "{cpu:8.3f} CPU-s {wall:8.3f} s {peak:7.0f} MB".format(**measured.found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--millions", type=float, default=FULL)
    parser.add_argument("--order", choices=get_args(Order), default="shuffled")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--sides", nargs="+", choices=SIDES, default=list(SIDES))
    questions = ["build", *QUESTIONS]
    parser.add_argument("--questions", nargs="+", choices=questions, default=questions)
    asked = parser.parse_args()
    sides = list(dict.fromkeys(["limit", "ours", *asked.sides]))
    peers_environment()
    log = log_of(round(asked.millions * 1e6), asked.order)
    compared = Comparison(rounds(sides, asked.questions, log, asked.rounds), sides)
    log_in_words = f"{asked.millions:g} million events, {asked.order}"
    text = compared.report(log_in_words, asked.rounds, wrong_answers())
    print(text)
    everything = asked.questions == questions and asked.sides == list(SIDES)
    if everything and asked.millions >= FULL:
        write_section(HEADING, text)


if __name__ == "__main__":
    main()
