"""The tables of the comparison, and what the kit is held to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from statistics import median
from typing import Any

from benchmarks.agreement import agreement
from benchmarks.processes import Measurement
from benchmarks.questions import QUESTIONS
from benchmarks.results import table

Measured = Mapping[tuple[str, str, str], list[Measurement]]
FAST = ("duckdb", "polars")
SLOW = ("retentioneering", "pm4py")
LIBRARIES = (*SLOW, "channel_attribution")
BY_HAND = (*FAST, "duckdb_windows", "pandas")
OURS = ("limit", "ours")


class Comparison:
    """The median of all rounds, for each side, question and mode that has an answer."""

    def __init__(self, measured: Measured, sides: list[str]) -> None:
        self.measured = measured
        self.sides = sides
        self.questions = [
            question for question in QUESTIONS if any(asked == question for _, asked, _ in measured)
        ]

    def found(self, side: str, question: str, mode: str) -> dict[str, Any] | None:
        runs = [one.found for one in self.measured.get((side, question, mode), []) if one.found]
        if not runs:
            return None
        return runs[0] | {
            name: median(run[name] for run in runs) for name in ("cpu", "wall", "peak")
        }

    def ratio(self, question: str, mode: str, what: str, above: str, below: str) -> float | None:
        top, bottom = self.found(above, question, mode), self.found(below, question, mode)
        return top[what] / bottom[what] if top and bottom else None

    def report(self, log: str, rounds: int, wrong: list[list[str]]) -> str:
        words = [
            f"{log}, 15 a customer on average, 25 event names, ids as text, one event in a hundred "
            f"at the same time as the one before. Medians of {rounds} rounds, in each of which "
            "every side took its turn, in a process of its own. Imports do not count.",
            "Only cjm_notebooks gives intervals and open journeys with its answers; all others, "
            "the limit too, give the bare numbers.",
            self._warm(),
            self._cold(),
            self._build(),
            "### What the kit is held to\n\n"
            + table(["promise", "worst", "of", "kept"], self._promises()),
            "### Where peers are wrong\n\n"
            "Each is run anew on three events that can be counted by hand.\n\n"
            + table(["peer", "asked for", "true", "said"], wrong),
            "### What was asked\n\n"
            + table(["question", "in words"], [(name, QUESTIONS[name]) for name in self.questions]),
        ]
        return "\n\n".join(words)

    def _warm(self) -> str:
        kept = "; ".join(
            f"{found['title']}: {found['keeps']}"
            for side in self.sides
            for found in [self._any(side, "warm")]
            if found
        )
        head = "### Warm: each side holds its best prepared form, and is asked again\n\n"
        return f"{head}What each holds: {kept}.\n\n{self._table('warm', self.questions)}"

    def _cold(self) -> str:
        head = "### Cold: from the Parquet file to the answer, reading and sorting included\n\n"
        text = "The limit here is the bare hashed sort with its pass. Peaks are of whole processes."
        return f"{head}{text}\n\n{self._table('cold', self.questions)}"

    def _build(self) -> str:
        head = "### Build: from the Parquet file to what is kept for all questions\n\n"
        text = (
            "The limit is the bare hashed sort: customer, time, row and touchpoint, fetched as "
            "arrays. The kit's build applies the map's rules, counts ties and duplicates and "
            "accounts for every row as well."
        )
        return f"{head}{text}\n\n{self._table('cold', ['build'])}"

    def _table(self, mode: str, questions: list[str]) -> str:
        columns = ["question", "side", "CPU s", "wall s", "peak MB", "× limit", "× ours", "answer"]
        rows = (row for question in questions for row in self._rows(question, mode))
        return table(columns, rows)

    def _rows(self, question: str, mode: str) -> Iterator[list[str]]:
        limit = self.found("limit", question, mode)
        for side in self.sides:
            found = self.found(side, question, mode)
            if found:
                ratios = [self.ratio(question, mode, "cpu", side, below) for below in OURS]
                times = [f"{ratio:.2f}" if ratio else "" for ratio in ratios]
                says = agreement(found, limit) if limit and side != "limit" else ""
                cost = [f"{found['cpu']:.3f}", f"{found['wall']:.3f}", f"{found['peak']:.0f}"]
                yield [question, found["title"], *cost, *times, says]
            else:
                runs = self.measured.get((side, question, mode), [])
                if runs and runs[-1].failed:
                    yield [question, side, "", "", "", "", "", f"failed: {runs[-1].failed}"]

    def _any(self, side: str, mode: str) -> dict[str, Any] | None:
        answers = (self.found(side, question, mode) for question in self.questions)
        return next((found for found in answers if found), None)

    def _promises(self) -> Iterator[list[str]]:
        asked = self.questions
        yield self._promise("warm, at most 2 × the limit", "warm", asked, ["limit"], 2)
        yield self._promise("warm, never slower than DuckDB or polars", "warm", asked, FAST, 1)
        yield self._promise("warm, 10 × less than retentioneering, pm4py", "warm", asked, SLOW, 0.1)
        yield self._promise("cold, 3 × less than the best library", "cold", asked, LIBRARIES, 1 / 3)
        yield self._promise("cold, 3 × less than queries by hand", "cold", asked, BY_HAND, 1 / 3)
        yield self._promise("build, at most 1.5 × the bare sort", "cold", ["build"], ["limit"], 1.5)
        third, half = "a third of retentioneering's CPU", "half of retentioneering's memory"
        yield self._promise(f"build, {third}", "cold", ["build"], SLOW[:1], 1 / 3)
        yield self._promise(f"build, {half}", "cold", ["build"], SLOW[:1], 1 / 2, "peak")

    def _promise(
        self,
        promise: str,
        mode: str,
        questions: list[str],
        others: list[str] | tuple[str, ...],
        most: float,
        what: str = "cpu",
    ) -> list[str]:
        found = [
            (ratio, f"{question}, {other}")
            for question in questions
            for other in others
            if (ratio := self.ratio(question, mode, what, "ours", other)) is not None
        ]
        if not found:
            return [promise, "", "not measured", ""]
        worst, where = max(found)
        return [
            promise,
            f"{worst:.2f} × {where}",
            f"{most:.2f}",
            "yes" if worst <= most else "**no**",
        ]
