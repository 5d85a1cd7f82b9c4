"""In which sequence customers do things, and how much of it comes after an order."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import pyarrow as pa

from cjm_notebooks.teaching.generators import Generated

ORDER = "order"


@dataclass(frozen=True)
class Sequence:
    """Of each name: the mean place in the events of a customer, 0 to 1, and how many there are.

    `after_order` is the share of all events that follow a customer's first order, `ordered` that of
    the customers who have one.
    """

    place: dict[str, float]
    events: dict[str, float]
    after_order: float
    ordered: float


@lru_cache(maxsize=1)
def sequence_of(given: Generated) -> Sequence:
    table = pa.table(given.events.table).select(["customer", "event", "at"]).to_pandas()
    table = table.sort_values(["customer", "at"], kind="stable", ignore_index=True)
    of_customer = table.groupby("customer", sort=False)
    last = (of_customer["event"].transform("size") - 1).clip(lower=1)
    table = table.assign(place=of_customer.cumcount() / last)
    ordered_at = table[table["event"].isin(_orders(given))].groupby("customer")["at"].min()
    after = table["at"] > table["customer"].map(ordered_at)
    return Sequence(
        place=table.groupby("event")["place"].mean().to_dict(),
        events=table["event"].value_counts().astype(float).to_dict(),
        after_order=float(after.mean()),
        ordered=len(ordered_at) / table["customer"].nunique(),
    )


def _orders(given: Generated) -> list[str]:
    rules = [one.match for one in given.right_map.touchpoints if one.id == ORDER]
    names = pa.table(given.events.table)["event"].unique().to_pylist()
    return [name for name in names for rule in rules if rule and rule.where.holds({"event": name})]
