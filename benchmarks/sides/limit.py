"""The least that an answer can cost: numpy by hand over ready arrays, estimates alone."""

from __future__ import annotations

from pathlib import Path
from typing import Self

import duckdb
import numpy as np

from benchmarks.questions import (
    CONVERSION,
    FUNNEL,
    NAMES,
    QUIET_MICROSECONDS,
    STAGE_OF,
    STAGES,
    STEPS,
)
from benchmarks.removal import removal_shares
from benchmarks.sides import Answer, Side

NEVER = np.iinfo(np.int64).max
WIDTH = len(NAMES)


class Limit(Side):
    title = "limit"
    keeps = "codes of one byte, times and starts as arrays"

    def __init__(self, log: Path, *, warm: bool) -> None:
        rows = bare_sort(log)
        hashed = rows["h"]
        self.code, self.at = rows["code"], rows["utc"]
        new = np.flatnonzero(hashed[1:] != hashed[:-1]) + 1
        self.starts = np.concatenate([[0], new, [len(hashed)]])

    @classmethod
    def of(cls, code: np.ndarray, at: np.ndarray, starts: np.ndarray) -> Self:
        """Of ready arrays."""
        limit = cls.__new__(cls)
        limit.code, limit.at, limit.starts = code, at, starts
        return limit

    def build(self) -> Answer:
        return {"events": [len(self.code)], "customers": [len(self.starts) - 1]}

    def transitions(self) -> Answer:
        pair = self.code[:-1] * np.uint16(WIDTH) + self.code[1:]
        across = self.starts[1:-1] - 1
        count = np.bincount(pair, minlength=WIDTH**2)
        count -= np.bincount(pair[across], minlength=WIDTH**2)
        return {"count": count.reshape(WIDTH, WIDTH)}

    def step_matrix(self) -> Answer:
        count, place, end = [], self.starts[:-1], self.starts[1:]
        for _ in range(STEPS):
            count.append(np.bincount(self.code[place], minlength=WIDTH))
            on = place + 1 < end
            place, end = place[on] + 1, end[on]
        return {"count": np.stack(count), "share": np.stack(count) / (len(self.starts) - 1)}

    def funnel(self) -> Answer:
        reached, place, end = [], self.starts[:-1], self.starts[1:]
        for name in FUNNEL:
            hits = np.append(np.flatnonzero(self.code == NAMES.index(name)), len(self.code))
            found = hits[np.searchsorted(hits, place)]
            on = found < end
            place, end = found[on] + 1, end[on]
            reached.append(len(place))
        return {"reached": reached}

    def waits(self) -> Answer:
        stage, stages = np.take(np.array(STAGE_OF, np.uint8), self.code), len(STAGES)
        crosses = stage[1:] != stage[:-1]
        crosses[self.starts[1:-1] - 1] = False
        before = np.flatnonzero(crosses)[::-1].copy()  # the last one written is the first one
        pair = stage[before] * np.uint8(stages) + stage[before + 1]
        first = np.full((stages**2, len(self.starts) - 1), -1, np.int32)
        first[pair, self._journey()[before]] = before
        n, median, mean = np.zeros((3, stages**2))
        for cell, row in enumerate(first):
            place = row[row >= 0]
            seconds = (self.at[place + 1] - self.at[place]) / 1e6
            n[cell] = len(seconds)
            if len(seconds):
                median[cell], mean[cell] = np.median(seconds), seconds.mean()
        cells = {"n": n, "median": median, "mean": mean}
        return {name: cell.reshape(stages, stages) for name, cell in cells.items()}

    def returns(self) -> Answer:
        arrives = np.ones(len(self.code), bool)
        np.not_equal(self.code[1:], self.code[:-1], out=arrives[1:])
        arrives[self.starts[:-1]] = True
        journeys = len(self.starts) - 1
        cell = self._journey()[arrives] * np.int64(WIDTH) + self.code[arrives]
        arrivals = np.bincount(cell, minlength=journeys * WIDTH).reshape(journeys, WIDTH)
        return {"came": (arrivals > 0).sum(axis=0), "came_back": (arrivals > 1).sum(axis=0)}

    def markov(self) -> Answer:
        lengths, conversion = np.diff(self.starts), NAMES.index(CONVERSION)
        hits = np.flatnonzero(self.code == conversion)
        hits = hits[::-1].copy()
        by = np.searchsorted(self.starts, hits, side="right") - 1
        converted_at = np.full(len(lengths), NEVER)
        converted_at[by] = self.at[hits]
        is_open = self.at[self.starts[1:] - 1] > self.at.max() - QUIET_MICROSECONDS
        is_open &= converted_at == NEVER
        until = np.where(is_open, np.iinfo(np.int64).min, converted_at)
        counts = (self.at <= np.repeat(until, lengths)) & (self.code != conversion)
        way = self.code[counts]
        ends = np.cumsum(np.add.reduceat(counts, self.starts[:-1], dtype=np.int64))
        some = np.diff(ends, prepend=0) > 0
        last, wins = ends[some] - 1, (converted_at != NEVER)[some]
        moves = np.bincount(way[:-1] * np.uint16(WIDTH) + way[1:], minlength=WIDTH**2)
        across = way[last[:-1]] * np.uint16(WIDTH) + way[last[:-1] + 1]
        moves = (moves - np.bincount(across, minlength=WIDTH**2)).reshape(WIDTH, WIDTH)
        begun = np.bincount(way[np.append(0, last[:-1] + 1)], minlength=WIDTH)
        won = np.bincount(way[last[wins]], minlength=WIDTH)
        lost = np.bincount(way[last[~wins]], minlength=WIDTH)
        return {"share": removal_shares(begun, moves, won, lost)}

    def _journey(self) -> np.ndarray:
        journeys = len(self.starts) - 1
        return np.repeat(np.arange(journeys, dtype=np.int32), np.diff(self.starts))


def bare_sort(log: Path) -> dict[str, np.ndarray]:
    """Hashed customer, time and code in order: what no build from this file can do without."""
    connection = duckdb.connect()
    rules = ", ".join(f"('{name}', {code}::UTINYINT)" for code, name in enumerate(NAMES))
    return connection.execute(
        'SELECT hash(customer) AS h, epoch_us("at") AS utc, file_row_number, code '
        f"FROM read_parquet('{log}', file_row_number = true) "
        f"JOIN (VALUES {rules}) AS rules(event, code) USING (event) ORDER BY 1, 2, 3, 4"
    ).fetchnumpy()
