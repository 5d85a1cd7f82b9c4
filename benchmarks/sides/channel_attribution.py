"""ChannelAttribution, which simulates; DuckDB makes the table of paths that it asks for."""

from __future__ import annotations

from pathlib import Path

import duckdb
import numpy as np
from ChannelAttribution import markov_model

from benchmarks.questions import CONVERSION, NAMES, QUIET_MICROSECONDS
from benchmarks.sides import Answer, Side

PATHS = """
    WITH ends AS (
        SELECT customer, max("at") AS last,
            min("at") FILTER (event = '{conversion}') AS won_at FROM '{log}' GROUP BY customer
    ), journeys AS (
        SELECT string_agg(event, '>' ORDER BY "at", file_row_number) AS journey,
            won_at IS NOT NULL AS won
        FROM read_parquet('{log}', file_row_number = true) JOIN ends USING (customer)
        WHERE event <> '{conversion}' AND coalesce("at" <= won_at,
            last <= (SELECT max(last) FROM ends) - to_microseconds({quiet}))
        GROUP BY customer, won_at
    )
    SELECT journey, count(*) FILTER (won) AS won, count(*) FILTER (NOT won) AS lost
    FROM journeys GROUP BY journey ORDER BY journey
"""


class ChannelAttribution(Side):
    title = "ChannelAttribution"
    keeps = "the table of distinct paths with their conversions"
    another = {"markov": "removal effects by simulation, with its default settings"}

    def __init__(self, log: Path, *, warm: bool) -> None:
        asked = PATHS.format(log=log, conversion=CONVERSION, quiet=QUIET_MICROSECONDS)
        self.paths = duckdb.connect().execute(asked).df()

    def markov(self) -> Answer:
        found = markov_model(
            self.paths,
            "journey",
            "won",
            var_null="lost",
            out_more=True,
            verbose=False,
            flg_pro=False,
        )
        effects = found["removal_effects"].set_index("channel_name").iloc[:, 0]
        kept = np.array([effects[name] for name in NAMES if name != CONVERSION], float)
        return {"share": kept / kept.sum()}
