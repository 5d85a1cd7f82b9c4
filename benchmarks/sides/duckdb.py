"""DuckDB SQL at its fastest: windows that run along rows already in order; numpy solves the chain.

SQL promises no order to a window without ORDER BY. DuckDB keeps it all the same as long as it
preserves the order of rows, and here the answers show that it did.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import numpy as np

from benchmarks.questions import CONVERSION, FUNNEL, NAMES, QUIET_MICROSECONDS, STAGES, STEPS
from benchmarks.removal import removal_shares
from benchmarks.sides import Answer, Side

CONVERTED = NAMES.index(CONVERSION)
IN_ORDER = "SELECT hash(customer) AS h, utc, code FROM coded ORDER BY h, utc, row"
NUMBERED = f"""
    SELECT customer, (position - max(position) FILTER (begins)
        OVER (ROWS UNBOUNDED PRECEDING)) AS place, utc, code
    FROM (SELECT *, sum(begins::INTEGER) OVER (ROWS UNBOUNDED PRECEDING) AS customer
        FROM (SELECT *, h IS DISTINCT FROM lag(h) OVER () AS begins,
            row_number() OVER () AS position FROM ({IN_ORDER})))
"""


class DuckDb(Side):
    title = "DuckDB SQL"
    keeps = "a table of small integers, sorted by customer and time, with each event's place"
    numbered = NUMBERED

    def __init__(self, log: Path, *, warm: bool) -> None:
        self.warm = warm
        self.run = duckdb.connect().execute
        rules = ", ".join(f"('{name}', {code}::UTINYINT)" for code, name in enumerate(NAMES))
        self.run(f"CREATE TABLE rules AS SELECT * FROM (VALUES {rules}) AS rules(event, code)")
        self.run(
            'CREATE VIEW coded AS SELECT customer, epoch_us("at") AS utc, code, '
            f"file_row_number AS row FROM read_parquet('{log}', file_row_number = true) "
            "JOIN rules USING (event)"
        )
        small = "REPLACE (customer::UINTEGER AS customer, place::USMALLINT AS place)"
        kept = f"TABLE events AS SELECT * {small}" if warm else "VIEW events AS SELECT *"
        self.run(f"CREATE {kept} FROM ({self.numbered})")

    def before(self, column: str, *, rows: str = "events") -> str:
        """The rows, each with the `column` of the customer's row before it as `earlier`."""
        return (
            f"SELECT *, CASE WHEN lag(customer) OVER () = customer THEN lag({column}) OVER () END "
            f"AS earlier FROM ({rows})"
        )

    def table(self, sql: str, shape: tuple[int, ...]) -> list[np.ndarray]:
        """Arrays of `shape` from rows whose first columns say the place."""
        columns = list(self.run(sql).fetchnumpy().values())
        place = tuple(np.asarray(column, np.int64) for column in columns[: len(shape)])
        cells = []
        for column in columns[len(shape) :]:
            cells.append(np.zeros(shape, column.dtype))
            cells[-1][place] = column
        return cells

    def build(self) -> Answer:
        asked = "SELECT count(*), count(DISTINCT customer) FROM events"
        ((events, customers),) = self.run(asked).fetchall()
        return {"events": [events], "customers": [customers]}

    def transitions(self) -> Answer:
        moves = f"SELECT earlier, code, count(*) FROM ({self.before('code')})"
        sql = f"{moves} WHERE earlier IS NOT NULL GROUP BY ALL"
        return {"count": self.table(sql, (len(NAMES),) * 2)[0]}

    def step_matrix(self) -> Answer:
        sql = f"SELECT place, code, count(*) FROM events WHERE place < {STEPS} GROUP BY ALL"
        return {"count": self.table(sql, (STEPS, len(NAMES)))[0]}

    def funnel(self) -> Answer:
        codes = [NAMES.index(name) for name in FUNNEL]
        wanted = f"SELECT customer, place, code FROM events WHERE code IN {tuple(codes)}"
        steps = [f"WITH wanted AS MATERIALIZED ({wanted})"]
        for step, code in enumerate(codes):
            after = f"JOIN step_{step - 1} AS earlier USING (customer)" if step else ""
            later = "AND wanted.place > earlier.place" if step else ""
            steps.append(
                f"step_{step} AS MATERIALIZED (SELECT customer, min(wanted.place) AS place "
                f"FROM wanted {after} WHERE code = {code} {later} GROUP BY customer)"
            )
        counts = " UNION ALL ".join(
            f"SELECT {step}, count(*) FROM step_{step}" for step in range(len(codes))
        )
        return {"reached": self.table(f"{', '.join(steps)} {counts}", (len(codes),))[0]}

    def waits(self) -> Answer:
        crossing = (
            "SELECT customer, earlier // 5 AS gone, code // 5 AS came, "
            "arg_min(utc - earlier_utc, place) / 1e6 AS seconds "
            f"FROM ({self._timed()}) WHERE gone <> came GROUP BY ALL"
        )
        sql = (
            "SELECT gone, came, count(*), median(seconds), avg(seconds) "
            f"FROM ({crossing}) GROUP BY ALL"
        )
        n, median, mean = self.table(sql, (len(STAGES),) * 2)
        return {"n": n, "median": median, "mean": mean}

    def _timed(self) -> str:
        timed = self.before("utc").replace("AS earlier ", "AS earlier_utc ")
        return self.before("code", rows=timed)

    def returns(self) -> Answer:
        arrived = (
            f"SELECT customer, code, count(*) AS arrivals FROM ({self.before('code')}) "
            "WHERE earlier IS DISTINCT FROM code GROUP BY ALL"
        )
        sql = (
            f"SELECT code, count(*), count(*) FILTER (arrivals > 1) FROM ({arrived}) GROUP BY code"
        )
        came, came_back = self.table(sql, (len(NAMES),))
        return {"came": came, "came_back": came_back}

    def markov(self) -> Answer:
        if not self.warm:
            self.run("CREATE OR REPLACE TEMP TABLE events AS SELECT * FROM main.events")
        self.run(
            "CREATE OR REPLACE TEMP TABLE ends AS SELECT customer, max(utc) AS last, "
            f"min(utc) FILTER (code = {CONVERTED}) AS won_at FROM events GROUP BY customer"
        )
        quiet = f"(SELECT max(last) FROM ends) - {QUIET_MICROSECONDS}"
        way = (
            "SELECT events.*, won_at IS NOT NULL AS won FROM events JOIN ends USING (customer) "
            f"WHERE code <> {CONVERTED} AND coalesce(utc <= won_at, last <= {quiet})"
        )
        begins = len(NAMES)
        moves = (
            f"SELECT coalesce(earlier, {begins}) AS gone, code, count(*) "
            f"FROM ({self.before('code', rows=way)}) GROUP BY ALL"
        )
        last = f"SELECT won, arg_max(code, place) AS code FROM ({way}) GROUP BY customer, won"
        ((count,), (ended,)) = (
            self.table(moves, (begins + 1, begins)),
            self.table(f"SELECT won, code, count(*) FROM ({last}) GROUP BY ALL", (2, begins)),
        )
        return {"share": removal_shares(count[begins], count[:begins], ended[1], ended[0])}
