"""Where customers change the channel."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.passes.crossings import Crossings, Owners, from_and_to
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.metrics import Metric
from cjm_notebooks.privacy import Published


@dataclass(frozen=True)
class ChannelSwitches(Metric[Crossings]):
    """Share of the journeys that went on in another channel, and how long the change took.

    The channel is the one that the map gives to the touchpoint. Touchpoints without one are passed
    over: web, no channel, store is one switch from web to store. Only events on the way to the
    outcome count. `moves` are all switches; a journey counts once in each pair, and its time is the
    one between the two events of its first such switch. The last row holds the switches of all
    pairs.

    Where some journeys are open, `moves` are at least `quiet_days` old. Where more than a few are,
    only journeys count that are over and began at least twice `quiet_days` before the end of the
    data, otherwise all that are over. The `recent` others switched so too.

    Unit   share of the journeys that count, 0 to 1; seconds
    Shape  one row per pair of channels with a switch, in map order of their first touchpoints; all
           pairs together last, with both channels null
    Empty  no rows without a switch; where no journey counts there is no share; below six journeys
           the median has no interval
    """

    unit = "share of the journeys that count, 0 to 1; seconds"
    reads = frozenset({"events"})
    watches_the_end = True
    published = Published(
        counts=("moves", "journeys", "all_journeys", "recent"),
        estimates={
            **dict.fromkeys(("share", "low", "high"), ("journeys", "all_journeys")),
            **dict.fromkeys(
                ("p50_seconds", "p50_low", "p50_high", "p90_seconds", "mean_seconds"), ("journeys",)
            ),
        },
    )

    def observe(self, journeys: Journeys) -> Crossings:
        return Crossings.of(journeys, _channels(journeys.map), staying=False)

    def report(self, partial: Crossings, journey_map: JourneyMap) -> pd.DataFrame:
        channels = _channels(journey_map)
        rows = partial.crossed(channels)
        from_, to = from_and_to(channels, rows)
        return pd.DataFrame({"from_channel": from_, "to_channel": to, **partial.columns(rows)})


def _channels(journey_map: JourneyMap) -> Owners:
    return Owners.of(touchpoint.channel for touchpoint in journey_map.touchpoints)
