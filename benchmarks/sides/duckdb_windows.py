"""DuckDB SQL as it is usually written: every window partitioned by customer and ordered by time."""

from __future__ import annotations

from benchmarks.sides import Side, duckdb

NUMBERED = """
    SELECT hash(customer) AS customer, utc, code,
        row_number() OVER (PARTITION BY customer ORDER BY utc, row) - 1 AS place
    FROM coded
"""


class DuckDbWindows(duckdb.DuckDb):
    title = "DuckDB SQL, usual windows"
    keeps = Side.keeps
    numbered = NUMBERED

    def before(self, column: str, *, rows: str = "events") -> str:
        window = "OVER (PARTITION BY customer ORDER BY place)"
        return f"SELECT *, lag({column}) {window} AS earlier FROM ({rows})"
