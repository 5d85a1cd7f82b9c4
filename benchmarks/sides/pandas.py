"""Plain pandas, as an analyst writes it: sort, shift, group; numpy solves the chain."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.questions import CONVERSION, FUNNEL, NAMES, QUIET_MICROSECONDS, STAGES, STEPS
from benchmarks.removal import removal_shares
from benchmarks.sides import Answer, Side

CONVERTED = NAMES.index(CONVERSION)
STAGE_LENGTH = len(NAMES) // len(STAGES)


class Pandas(Side):
    title = "pandas"
    keeps = "a frame of small integers, sorted by customer and time, with each event's place"

    def __init__(self, log: Path, *, warm: bool) -> None:
        rows = pd.read_parquet(log, columns=["customer", "event", "at"])
        events = pd.DataFrame(
            {
                "customer": pd.factorize(rows["customer"])[0].astype(np.uint32),
                "at": rows["at"].astype("int64"),
                "code": pd.Categorical(rows["event"], NAMES).codes.astype(np.uint8),
            }
        ).sort_values(["customer", "at"], kind="stable", ignore_index=True)
        events["place"] = events.groupby("customer").cumcount()
        self.events = events

    def build(self) -> Answer:
        customers = self.events["customer"].nunique()
        return {"events": [len(self.events)], "customers": [customers]}

    def transitions(self) -> Answer:
        events = self.events
        inner = events["place"] > 0
        moves = pd.DataFrame({"gone": events["code"].shift(1), "code": events["code"]})[inner]
        return {"count": _table(moves.value_counts(), (len(NAMES),) * 2)}

    def step_matrix(self) -> Answer:
        early = self.events[self.events["place"] < STEPS]
        return {"count": _table(early[["place", "code"]].value_counts(), (STEPS, len(NAMES)))}

    def funnel(self) -> Answer:
        reached, before = [], None
        for name in FUNNEL:
            here = self.events[self.events["code"] == NAMES.index(name)]
            if before is not None:
                earlier = here["customer"].map(before)
                here = here[here["place"] > earlier]
            before = here.groupby("customer")["place"].min()
            reached.append(len(before))
        return {"reached": reached}

    def waits(self) -> Answer:
        events, stage = self.events, self.events["code"] // STAGE_LENGTH
        table = pd.DataFrame(
            {
                "customer": events["customer"],
                "gone": stage.shift(1),
                "came": stage,
                "seconds": events["at"].diff() / 1e6,
            }
        )
        crossings = table[(events["place"] > 0) & (table["gone"] != table["came"])]
        first = crossings.drop_duplicates(["customer", "gone", "came"])
        found = first.groupby(["gone", "came"])["seconds"].agg(["size", "median", "mean"])
        shape = (len(STAGES),) * 2
        columns = {"n": "size", "median": "median", "mean": "mean"}
        return {name: _table(found[column], shape) for name, column in columns.items()}

    def returns(self) -> Answer:
        events = self.events
        arrives = (events["place"] == 0) | (events["code"] != events["code"].shift(1))
        arrivals = events[arrives].groupby(["customer", "code"]).size()
        came = arrivals.groupby("code").size()
        came_back = arrivals[arrivals > 1].groupby("code").size()
        shape = (len(NAMES),)
        return {"came": _table(came, shape), "came_back": _table(came_back, shape)}

    def markov(self) -> Answer:
        events = self.events
        converted_at = events[events["code"] == CONVERTED].groupby("customer")["at"].min()
        won_at = events["customer"].map(converted_at)
        last = events.groupby("customer")["at"].transform("max")
        quiet = last <= last.max() - QUIET_MICROSECONDS
        on_way = won_at.isna() & quiet | (events["at"] <= won_at)
        way = events[on_way & (events["code"] != CONVERTED)]
        customer, code = way["customer"], way["code"]
        begins = customer != customer.shift(1)
        is_last = customer != customer.shift(-1)
        won = won_at[way.index].notna()
        shape = (len(NAMES),)
        moves = pd.DataFrame({"gone": code.shift(1), "code": code})[~begins].value_counts()
        return {
            "share": removal_shares(
                _table(code[begins].value_counts(), shape),
                _table(moves, shape * 2),
                _table(code[is_last & won].value_counts(), shape),
                _table(code[is_last & ~won].value_counts(), shape),
            )
        }


def _table(counts: pd.Series, shape: tuple[int, ...]) -> np.ndarray:
    """An array of `shape` from a series whose index says the place."""
    levels = counts.index.to_frame().astype(np.int64).to_numpy().T
    cells = np.zeros(shape)
    cells[tuple(levels)] = counts.to_numpy()
    return cells
