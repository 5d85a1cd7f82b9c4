"""One customer from many ids: how long five million rows with two ids each take.

    python -m benchmarks.identity

Beside it the least that any way has to do: DuckDB reads the same rows and keeps each pair once.
"""

from __future__ import annotations

import argparse
import resource
from collections.abc import Callable
from time import perf_counter

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from benchmarks.results import table, write_section
from cjm_notebooks.identity import Identities, IdTable, link

HEADING = "One customer from many ids"
SEED = 20261128
PERSONS_PER_ROW = 0.4


def rows_of(rows: int) -> pa.Table:
    """Cookies and accounts of two persons in five rows; one row in ten has no account."""
    rng = np.random.default_rng(SEED)
    person = rng.integers(0, int(rows * PERSONS_PER_ROW), rows)
    cookie = person * 3 + rng.integers(0, 3, rows)
    return pa.table(
        {
            "cookie": pc.binary_join_element_wise("c", pa.array(cookie).cast(pa.string()), "-"),
            "account": pa.array(
                pc.binary_join_element_wise("u", pa.array(person).cast(pa.string()), "-"),
                mask=rng.random(rows) < 0.1,
            ),
        }
    )


def timed(work: Callable[[], object]) -> tuple[float, object]:
    begun = perf_counter()
    found = work()
    return perf_counter() - begun, found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--millions", type=float, default=5)
    asked = parser.parse_args()
    seen = rows_of(round(asked.millions * 1e6))
    ids = IdTable("web", seen, {"cookie": "cookie", "account": "account"})
    connection = duckdb.connect()
    connection.register("seen", seen)
    least, _ = timed(lambda: connection.sql("SELECT DISTINCT * FROM seen").to_arrow_table())
    linking, found = timed(lambda: link([ids]))
    assert isinstance(found, Identities)
    naming, _ = timed(lambda: found.customers_of(ids))
    lines = [
        ["each pair once, in DuckDB", f"{least:.1f}", "1.0 ×"],
        ["link", f"{linking:.1f}", f"{linking / least:.1f} ×"],
        ["the customer of each row", f"{naming:.1f}", f"{naming / least:.1f} ×"],
    ]
    text = table(["step", "wall s", "beside DuckDB"], lines)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    intro = (
        f"{asked.millions:g} million rows with a cookie and, nine times in ten, an account: "
        f"{found.nodes.count:,} ids of {found.n_customers:,} customers. Peak {peak:.1f} GB, the "
        "rows included."
    )
    print(f"{intro}\n\n{text}")
    write_section(HEADING, f"{intro}\n\n{text}")


if __name__ == "__main__":
    main()
