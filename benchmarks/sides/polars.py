"""polars, lazy: the fastest plan found for each question; numpy solves the chain."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl

from benchmarks.questions import CONVERSION, FUNNEL, NAMES, QUIET_MICROSECONDS, STAGES, STEPS
from benchmarks.removal import removal_shares
from benchmarks.sides import Answer, Side

CODE, PLACE = pl.col("code"), pl.col("place")
CONVERTED = NAMES.index(CONVERSION)
STAGE_LENGTH = len(NAMES) // len(STAGES)


def before(column: pl.Expr) -> pl.Expr:
    """The value in the row before, null in the first row of a customer."""
    customer = pl.col("customer")
    return pl.when(customer == customer.shift(1)).then(column.shift(1))


class Polars(Side):
    title = "polars"
    keeps = "a frame of small integers, sorted by customer and time, with each event's place"

    def __init__(self, log: Path, *, warm: bool) -> None:
        rows = (
            pl.scan_parquet(log)
            .select(
                pl.col("customer").hash(),
                pl.col("at").cast(pl.Int64),
                pl.col("event").cast(pl.Enum(NAMES)).to_physical().cast(pl.UInt8).alias("code"),
            )
            .sort("customer", "at", maintain_order=True)
        )
        row, same = pl.int_range(pl.len()), pl.col("customer").eq(pl.col("customer").shift(1))
        begins = ~same.fill_null(value=False)
        place = row - pl.when(begins).then(row).otherwise(0).cum_max()
        self.events = rows.with_columns(place=place)
        if warm:
            small = [begins.cum_sum().cast(pl.UInt32).alias("customer"), PLACE.cast(pl.UInt16)]
            self.events = self.events.with_columns(small).collect().lazy()

    def build(self) -> Answer:
        counts = self.events.select(events=pl.len(), customers=(PLACE == 0).sum()).collect()
        return {name: counts[name].to_list() for name in counts.columns}

    def transitions(self) -> Answer:
        moves = self.events.select(before(CODE).alias("gone"), CODE).drop_nulls()
        return {"count": _table(moves.group_by("gone", "code").len(), (len(NAMES),) * 2)["len"]}

    def step_matrix(self) -> Answer:
        counted = self.events.filter(PLACE < STEPS).group_by("place", "code").len()
        return {"count": _table(counted, (STEPS, len(NAMES)))["len"]}

    def funnel(self) -> Answer:
        codes = [NAMES.index(name) for name in FUNNEL]
        wanted = self.events.filter(CODE.is_in(codes)).select("customer", "place", "code").collect()
        reached, steps = [], None
        for code in codes:
            here = wanted.lazy().filter(code == CODE).select("customer", "place")
            if steps is not None:
                here = here.join(steps.lazy(), on="customer").filter(pl.col("before") < PLACE)
            steps = here.group_by("customer").agg(before=PLACE.min()).collect()
            reached.append(len(steps))
        return {"reached": reached}

    def waits(self) -> Answer:
        at = pl.col("at")
        stage = CODE // STAGE_LENGTH
        crossings = (
            self.events.select(
                "customer",
                before(stage).alias("gone"),
                stage.alias("came"),
                (at - at.shift(1)).alias("wait"),
            )
            .filter(pl.col("gone") != pl.col("came"))
            .unique(["customer", "gone", "came"], keep="first", maintain_order=True)
        )
        seconds = pl.col("wait") / 1e6
        table = crossings.group_by("gone", "came").agg(
            n=pl.len(), median=seconds.median(), mean=seconds.mean()
        )
        return _table(table, (len(STAGES),) * 2)

    def returns(self) -> Answer:
        arrived = (
            self.events.filter(before(CODE).ne_missing(CODE))
            .group_by("customer", "code")
            .agg(arrivals=pl.len())
        )
        table = arrived.group_by("code").agg(
            came=pl.len(), came_back=(pl.col("arrivals") > 1).sum()
        )
        return _table(table, (len(NAMES),))

    def markov(self) -> Answer:
        events = self.events.collect().lazy()
        ends = events.group_by("customer").agg(
            last=pl.col("at").max(), won_at=pl.col("at").filter(CODE == CONVERTED).min()
        )
        quiet = pl.col("last") <= pl.col("last").max() - QUIET_MICROSECONDS
        won_at = pl.col("won_at")
        never = np.iinfo(np.int64).max
        ends = ends.filter(won_at.is_not_null() | quiet).select(
            "customer", won_at.fill_null(never), won=won_at.is_not_null()
        )
        on_way = (CODE != CONVERTED) & (pl.col("at") <= won_at)
        way = events.join(ends, on="customer", maintain_order="left").filter(on_way).collect()
        begins, is_last = len(NAMES), pl.col("customer").ne_missing(pl.col("customer").shift(-1))
        gone = before(CODE).fill_null(begins).alias("gone")
        moves = _table(way.lazy().group_by(gone, "code").len(), (begins + 1, begins))["len"]
        ended = way.lazy().filter(is_last).group_by(pl.col("won").cast(pl.UInt8), "code").len()
        lost, won = _table(ended, (2, begins))["len"]
        return {"share": removal_shares(moves[begins], moves[:begins], won, lost)}


def _table(rows: pl.LazyFrame, shape: tuple[int, ...]) -> dict[str, np.ndarray]:
    """Arrays of `shape` from rows whose first columns say the place."""
    found = rows.collect()
    place = tuple(column.cast(pl.Int64).to_numpy() for column in found.iter_columns())[: len(shape)]
    cells = {}
    for name in found.columns[len(shape) :]:
        cells[name] = np.zeros(shape)
        cells[name][place] = found[name].to_numpy()
    return cells
