"""What recorded visits tell of each touchpoint: clicks in anger or in vain, forms, how far down."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self, get_args

import numpy as np
import pandas as pd

from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.passes.visits import visits
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.metrics import Metric
from cjm_notebooks.privacy import Published
from cjm_notebooks.recordings.signs import Name
from cjm_notebooks.statistics.partials import Additive, Rate, Tally

SIGNS: tuple[str, ...] = tuple(name for name in get_args(Name) if name != "page_opened")
OPENED, NO_SIGN = len(SIGNS), -1


@dataclass(frozen=True, eq=False)
class _Said:
    """What event names say: each is a sign, perhaps with `:` and what it is about.

    `sign` int64, (names,): position in `SIGNS`, `OPENED`, or `NO_SIGN` for an event that was not
    recorded. `about` holds the element, or of a scroll the screen. `depth` int64, (names,): its
    number, else 0.
    """

    sign: np.ndarray
    about: tuple[str, ...]
    depth: np.ndarray

    @classmethod
    def by(cls, names: tuple[str, ...]) -> Self:
        parts = [name.partition(":") for name in names]
        known = {**{sign: at for at, sign in enumerate(SIGNS)}, "page_opened": OPENED}
        about = tuple(rest for _, _, rest in parts)
        screens = [re.search(r"\d+$", rest if head == "scroll" else "") for head, _, rest in parts]
        return cls(
            sign=np.array([known.get(head, NO_SIGN) for head, _, _ in parts], np.int64),
            about=about,
            depth=np.array([int(found[0]) if found else 0 for found in screens], np.int64),
        )


@dataclass(frozen=True)
class _Seen(Additive):
    names: tuple[str, ...]
    recorded: np.ndarray  # int64, (touchpoints,)
    signs: np.ndarray  # int64, (touchpoints, signs)
    pairs: Tally  # per touchpoint and name: customers


@dataclass(frozen=True)
class RecordedSigns(Metric[_Seen]):
    """Share of the customers recorded at a touchpoint who clicked in anger, struggled, and so on.

    Events are recorded if they are called like those of `rrweb-recording`: a sign such as
    `rage_click`, or a sign, `:` and an element, as in `rage_click:button#pay`. Customers are
    `recorded` at a touchpoint where any such event of theirs belongs to it, and count once in each
    row. The first row of a sign, without an element, is about all elements. Of `scroll` the element
    is the screen that a customer came down to at most, on any page of the touchpoint.

    Unit   share of the customers recorded at the touchpoint, 0 to 1
    Shape  one row per touchpoint and sign seen there, in map order, its element null, each followed
           by one row per element, the most frequent first, screens from the top down
    Empty  no rows where nothing was recorded
    """

    unit = "share of the customers recorded at the touchpoint, 0 to 1"
    reads = frozenset({"events"})
    published = Published(
        counts=("customers", "recorded"),
        estimates=dict.fromkeys(("share", "low", "high"), ("customers", "recorded")),
        column_totals=False,
        within=("touchpoint", "sign"),
    )

    def observe(self, journeys: Journeys) -> _Seen:
        names, places = len(journeys.names), len(journeys.map.touchpoints)
        said = _Said.by(journeys.names)
        name, touchpoint = journeys.name, journeys.touchpoint.astype(np.int64)
        sign = said.sign[name]
        seen, told = sign != NO_SIGN, (sign != NO_SIGN) & (sign != OPENED)
        told_once = told & ~_is_above(journeys, said.depth[name])
        by_sign = visits(journeys, touchpoint * len(SIGNS) + sign, places * len(SIGNS), told)
        by_name = visits(journeys, touchpoint * names + name, places * names, told_once)
        pairs = np.unique(np.stack([by_name.place, by_name.customer]), axis=1)[0]
        return _Seen(
            names=journeys.names,
            recorded=visits(journeys, touchpoint, places, seen).customers,
            signs=by_sign.customers.reshape(places, len(SIGNS)),
            pairs=Tally.of(pairs, np.ones((len(pairs), 1))),
        )

    def report(self, partial: _Seen, journey_map: JourneyMap) -> pd.DataFrame:
        rows = pd.concat([_of_signs(partial), _of_elements(partial)])
        rows["rare"] = -rows["customers"]
        rows = rows.sort_values(["place", "sign", "part", "depth", "rare", "element"])
        ids = np.array([*(touchpoint.id for touchpoint in journey_map.touchpoints), ""], object)
        shares = Rate.of(rows["customers"], partial.recorded[rows["place"]])
        return pd.DataFrame(
            {
                "touchpoint": pd.Series(ids[rows["place"]], dtype="str"),
                "sign": pd.Series(np.array(SIGNS, object)[rows["sign"]], dtype="str"),
                "element": pd.Series(rows["element"].to_numpy(), dtype="str"),
                **shares.columns("customers", "recorded"),
            }
        )


def _of_signs(partial: _Seen) -> pd.DataFrame:
    """The rows about all elements of a touchpoint."""
    place, sign = np.nonzero(partial.signs)
    customers = partial.signs[place, sign]
    columns = {"place": place, "sign": sign, "part": 0, "depth": 0, "customers": customers}
    return pd.DataFrame({**columns, "element": pd.Series([None] * len(place), dtype="str")})


def _of_elements(partial: _Seen) -> pd.DataFrame:
    """The rows about one element each."""
    said = _Said.by(partial.names)
    place, name = np.divmod(partial.pairs.cell, max(len(partial.names), 1))
    rows = pd.DataFrame(
        {
            "place": place,
            "sign": said.sign[name],
            "part": 1,
            "depth": said.depth[name],
            "customers": partial.pairs.counts[:, 0],
            "element": pd.Series(np.array([*said.about, ""], object)[name], dtype="str"),
        }
    )
    return rows[rows["element"] != ""]


def _is_above(journeys: Journeys, depth: np.ndarray) -> np.ndarray:
    """bool, (events,). A scroll that is not the deepest of its customer at its touchpoint."""
    scrolls = np.flatnonzero(depth)
    customer = journeys.journey_customer[journeys.journey[scrolls]]
    touchpoint = journeys.touchpoint[scrolls]
    order = np.lexsort((depth[scrolls], touchpoint, customer))
    last = np.ones(len(order), bool)
    alike = (customer[order][1:] == customer[order][:-1]) & (
        touchpoint[order][1:] == touchpoint[order][:-1]
    )
    last[:-1] = ~alike
    above = np.zeros(len(depth), bool)
    above[scrolls[order[~last]]] = True
    return above
