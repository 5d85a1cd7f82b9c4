"""Moves from touchpoint to touchpoint, as the flow and the heat map both show them."""

from __future__ import annotations

from collections.abc import Set
from math import nan

import pandas as pd

from cjm_notebooks import drawing
from cjm_notebooks.drawing import Column, Series
from cjm_notebooks.drawing.remembering import remembered
from cjm_notebooks.language import N_, Sentence, say
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.palette import BLUE, GREEN, GREY, PURPLE, VERMILION

START, OTHER = "(start)", "(other)"
KINDS = {
    OTHER: "other",
    "(success)": "success",
    "(failure)": "lost",
    "(left)": "lost",
    "(open)": "other",
}
SERIES = {
    "forward": Series(N_("forward on the map"), BLUE, "bar"),
    "back": Series(N_("back, or again"), PURPLE, "crossed"),
    "success": Series(N_("ended in success"), GREEN, "bar"),
    "lost": Series(N_("failed or left"), VERMILION, "hatched"),
    "other": Series(N_("other and still open"), GREY, "dotted"),
}
HATCHES = {"back": "diagonal_cross", "lost": "right_diagonal_line", "other": "dot"}
COLUMNS = {
    "source": Column(N_("From")),
    "target": Column(N_("To")),
    "moves": Column(N_("Moves"), "count"),
    "moves_from": Column(N_("Of all moves from there"), "count"),
    "share": Column(N_("Share"), "percent"),
    "interval": Column(N_("95 % interval"), "interval"),
}


def places(journey_map: JourneyMap) -> dict[str, str | Sentence]:
    """What each end of a move is called, in the order in which they are drawn."""
    return {
        START: say("start of the journey"),
        **drawing.names_of(journey_map.touchpoints),
        OTHER: say("other touchpoints"),
        "(success)": say("success"),
        "(failure)": say("failure"),
        "(left)": say("left"),
        "(open)": say("still open"),
    }


@remembered
def moves_of(journey_map: JourneyMap, transitions: pd.DataFrame) -> pd.DataFrame:
    """The report with both ends of a move as `places` calls them; what is hidden is left out."""
    shown = transitions[transitions["moves"].notna()]
    source = shown["from_touchpoint"].fillna(START)
    target = shown["to_touchpoint"].fillna("(" + shown["end"] + ")")
    return with_kinds(journey_map, shown.assign(source=source, target=target))


def with_kinds(journey_map: JourneyMap, moves: pd.DataFrame) -> pd.DataFrame:
    order = {place: at for at, place in enumerate(places(journey_map))}
    ends = zip(moves["source"], moves["target"], strict=True)
    return moves.assign(
        kind=[
            KINDS.get(target, "forward" if order[target] > order[source] else "back")
            for source, target in ends
        ]
    )


def summed(moves: pd.DataFrame, places: Set[str]) -> pd.DataFrame:
    """The moves from each of the places, and from all others, to any place together."""
    counts: dict[str, int] = {}
    of: dict[str, float] = {OTHER: nan}
    columns = (moves["source"], moves["moves"], moves["moves_from"].astype(float))
    for source, made, made_from in zip(*columns, strict=True):
        place = source if source in places else OTHER
        counts[place] = counts.get(place, 0) + made
        of.setdefault(place, made_from)
    moves_from = [of[place] for place in counts]
    shares = [made / of[place] for place, made in counts.items()]
    return pd.DataFrame(
        {
            "source": list(counts),
            "target": OTHER,
            "moves": list(counts.values()),
            "moves_from": moves_from,
            "share": shares,
        }
    )


def table_of(journey_map: JourneyMap, moves: pd.DataFrame) -> pd.DataFrame:
    """The moves with names, one row each, as `COLUMNS` says."""
    names = places(journey_map)
    ends = zip(moves["low"], moves["high"], strict=True)
    return moves.assign(
        source=drawing.column((names[place] for place in moves["source"]), moves),
        target=drawing.column((names[place] for place in moves["target"]), moves),
        interval=drawing.column((drawing.interval(*end, "percent") for end in ends), moves),
    )[list(COLUMNS)]


def summary_of(journey_map: JourneyMap, transitions: pd.DataFrame) -> tuple[Sentence, ...]:
    names = drawing.names_of(journey_map.touchpoints)
    moves = moves_of(journey_map, transitions)
    between = moves[moves["to_touchpoint"].notna() & moves["from_touchpoint"].notna()]
    if between.empty:
        return (say("No journey moved from one touchpoint to another."),)
    most = drawing.facts_of_largest(between, between["moves"])
    back = between[between["kind"] == "back"]
    sentences = (
        say(
            "The most frequent move led from {source} to {target}: {moves:count} of the "
            "{moves_from:count} moves from there ({share:percent}, 95 % interval {low:percent} to "
            "{high:percent}).",
            **(most | {end: names[str(most[end])] for end in ("source", "target")}),
        ),
        say(
            "{back:count} of {moves:count} moves between touchpoints led back or to the same one.",
            back=int(back["moves"].sum()),
            moves=int(between["moves"].sum()),
        ),
    )
    if transitions["moves"].notna().all():
        return sentences
    return (*sentences, say("Moves of very few people are neither drawn nor counted here."))
