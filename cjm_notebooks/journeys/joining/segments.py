"""What is known about customers: each attribute becomes a segment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import duckdb
import numpy as np

from cjm_notebooks.errors import SourceError
from cjm_notebooks.events import Counted, Customers, Quality
from cjm_notebooks.events.ledger import arrays, open_table
from cjm_notebooks.journeys.joining.opening import stable_code
from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.tables import NONE, Segment
from cjm_notebooks.maps.settings import Privacy
from cjm_notebooks.privacy.permission import Permission


@dataclass(frozen=True, eq=False)
class Described:
    """Customers in the order of their stable codes, `code` uint64, (customers,), with segments."""

    code: np.ndarray
    segments: Mapping[str, Segment]
    quality: Quality

    def of(self, journeys: Journeys) -> Journeys:
        """The same journeys, with the segments of their customers."""
        place = np.searchsorted(self.code, journeys.customer_codes)
        place[place == len(self.code)] = 0
        known = np.zeros(journeys.n_customers, dtype=bool)
        if len(self.code):
            known = self.code[place] == journeys.customer_codes
        segments = {}
        for name, segment in self.segments.items():
            codes = np.full(journeys.n_customers, NONE, dtype=np.int32)
            codes[known] = segment.codes[place[known]]
            segments[name] = Segment(codes, segment.values)
        return replace(journeys, segments=segments)

    def account(self, seen_codes: np.ndarray) -> Quality:
        """The account, once it is known who was seen: uint64, (seen,)."""
        never = int(np.count_nonzero(~np.isin(self.code, seen_codes, assume_unique=True)))
        noticed = {"never_seen": Counted(never)} if never else {}
        return replace(self.quality, noticed=noticed)


def read_customers(
    connection: duckdb.DuckDBPyConnection, customers: Customers, privacy: Privacy
) -> Described:
    """Read and account for the attributes of customers, of those that may be used.

    Raises  SourceError when the table cannot be read or names a customer twice
    """
    ledger = open_table(connection, customers.table, "customers")
    customer = ledger.id_text(customers.customer, "customer")
    names = customers.segments
    if names is None:
        names = tuple(name for name in ledger.types if name != customers.customer)
    texts = [
        f"trim(CAST({ledger.column(name, 'segments')} AS VARCHAR)) AS v{i}"
        for i, name in enumerate(names)
    ]
    permission = Permission.of(ledger, privacy, customers.customer, None)
    allowed = permission.over(f"SELECT *, NULL::BIGINT AS utc FROM {ledger.view}")
    someone = f"FROM ({allowed}) WHERE {customer} IS NOT NULL"
    rows = arrays(
        connection,
        f"SELECT {', '.join([stable_code(customer) + ' AS code', 'row', *texts])} "
        f"{someone} AND {permission.granted} ORDER BY code, row",
    )
    code = rows["code"].astype(np.uint64)
    repeated = np.concatenate([[False], code[1:] == code[:-1]])
    if repeated.any():
        msg = (
            f"`{ledger.called}` names {int(repeated.sum())} customers more than once, first in row "
            f"{int(rows['row'][repeated].min())} counted from 0. Keep one row a customer."
        )
        raise SourceError(msg)
    segments = {name: _segment(rows[f"v{i}"]) for i, name in enumerate(names)}
    rules = {rule: f"{someone} AND refused = '{rule}'" for rule in permission.refuses}
    refused = {rule: ledger.numbers(f"SELECT count(*) {sql}")[0] for rule, sql in rules.items()}
    missing = {"no_customer": ledger.rows - len(code) - sum(refused.values()), **refused}
    set_aside = {rule: Counted(count) for rule, count in missing.items() if count}
    return Described(code, segments, Quality("customers", ledger.rows, len(code), set_aside))


def _segment(texts: np.ndarray) -> Segment:
    known = np.array([text is not None for text in texts], dtype=bool)
    values, found = np.unique(texts[known].astype(str), return_inverse=True)
    codes = np.full(len(texts), NONE, dtype=np.int32)
    codes[known] = found
    return Segment(codes, tuple(str(value) for value in values))
