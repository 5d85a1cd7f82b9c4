"""Small logs whose answers can be counted by hand, and what the peers say: run among the peers."""

from __future__ import annotations

import json
from collections.abc import Callable

import pandas as pd
import pm4py
from retentioneering import Eventstream

THREE = pd.DataFrame(
    {
        "customer": ["one"] * 3,
        "event": ["a", "b", "c"],
        "at": pd.to_datetime(["2025-01-01", "2025-01-02", "2025-01-03"], utc=True),
    }
)
COLUMNS = {"path_cols": ["customer"], "event_col": "event", "timestamp_col": "at"}


def left_over_index() -> tuple[str, str, str, str]:
    rows = THREE.assign(index=[2, 3, 1])
    steps = Eventstream(rows, schema=COLUMNS).funnel_data(steps=["a", "b", "c"])["steps"]
    said = [step["unique_paths"] for step in steps]
    asked = "funnel of a, b, c where the frame has a column `index` from `reset_index()`"
    return "retentioneering", asked, "[1, 1, 1]", str(said)


def event_type_column() -> tuple[str, str, str, str]:
    rows = THREE.assign(event_type=["web", "mobile", "web"])
    table = Eventstream(rows, schema=COLUMNS).transition_graph_data("count")
    moves = [f"{gone}→{came}" for gone in table.index for came in table if table.loc[gone, came]]
    kept = sorted(move for move in moves if not move.startswith("path_start"))
    asked = "moves where the frame has a column `event_type`"
    return "retentioneering", asked, "a→b, b→c, c→path_end", ", ".join(kept)


def unsorted_frame() -> tuple[str, str, str, str]:
    names = {"customer": "case:concept:name", "event": "concept:name", "at": "time:timestamp"}
    said = pm4py.get_variants(THREE.iloc[[1, 0, 2]].rename(columns=names))
    asked = "variants of a frame that is not sorted (`format_dataframe` would sort it)"
    return "pm4py", asked, "a→b→c", ", ".join("→".join(variant) for variant in said)


CASES: tuple[Callable[[], tuple[str, str, str, str]], ...] = (
    left_over_index,
    event_type_column,
    unsorted_frame,
)

if __name__ == "__main__":
    print("\n" + json.dumps([case() for case in CASES]))
