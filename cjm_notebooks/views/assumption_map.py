"""What the map assumes, by how much hangs on it and how little is known; and what to ask first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
from bokeh.plotting import figure

from cjm_notebooks import drawing
from cjm_notebooks.drawing import ENGLISH, Column, Geometry, Series, points
from cjm_notebooks.language import N_, Language, Sentence, say
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.maps.claims import Claim, placed_touchpoints
from cjm_notebooks.palette import PURPLE
from cjm_notebooks.views import View

RISKS = ("moment_of_truth", "pain_point", "expectation", "emotion")
KINDS = {
    "moment_of_truth": say("Moment of truth"),
    "pain_point": say("Pain point"),
    "expectation": say("Expectation"),
    "emotion": say("Emotion"),
}
KNOWN = (say("no evidence"), say("one kind of evidence"), say("two kinds or more"))
STATUSES = {
    "hypothesis": say("hypothesis"),
    "validated": say("confirmed"),
    "refuted": say("refuted"),
}
PLANS = {
    "moment_of_truth": say("Compare journeys with and without it; ask what decided."),
    "pain_point": say("Watch customers there, and count how many are held up."),
    "expectation": say("Ask what they expect before they come, and what they got after."),
    "emotion": say("Ask how it felt, right there and then."),
}
PEOPLE = {"moment_of_truth": 12, "pain_point": 8, "expectation": 30, "emotion": 30}
FAINTEST, STRONGEST = 0.12, 0.7
CELL_HEIGHT = 64


@dataclass(frozen=True)
class AssumptionMap(View):
    """A grid of the map's untested claims: what hangs on them, against what is known.

    Risk falls from moments of truth over pain points and expectations to emotions; ignorance from
    no evidence to two kinds of it. The table is the research plan: the riskiest and least known
    first, with a way to find out and how many people that takes at least.

    Reads  the map
    Draws  a cell for each kind of claim and amount of evidence, the stronger the more claims
    """

    title = N_("Assumptions, by risk and ignorance")
    only_if_named = True
    reads = {"journey_map": "journey_map"}
    series = {"cell": Series(N_("untested claims"), PURPLE, "bar")}
    columns = {
        "rank": Column(N_("First to ask"), "count"),
        "place": Column(N_("Place")),
        "claim": Column(N_("Claim")),
        "known": Column(N_("Known")),
        "plan": Column(N_("How to find out")),
        "people": Column(N_("People at least"), "count"),
    }

    def table(self, journey_map: JourneyMap) -> pd.DataFrame:
        claims = _untested(journey_map)
        return pd.DataFrame(
            {
                "rank": range(1, len(claims) + 1),
                "place": claims["place"],
                "claim": drawing.column(map(KINDS.get, claims["kind"]), claims),
                "known": drawing.column((KNOWN[kinds] for kinds in claims["kinds"]), claims),
                "plan": drawing.column(map(PLANS.get, claims["kind"]), claims),
                "people": claims["kind"].map(PEOPLE),
            }
        )

    def summary(self, journey_map: JourneyMap) -> tuple[Sentence, ...]:
        every, claims = journey_map.claims(), _untested(journey_map)
        if not every:
            return (say("The map claims nothing yet."),)
        if claims.empty:
            return (say("Every claim of the map has been tested."),)
        first = self.table(journey_map).iloc[0]
        bare = int((claims["kinds"] == 0).sum())
        return (
            say(
                "{untested:count} of {claims:count} claims are untested, {bare:count} of them "
                "without any evidence.",
                untested=len(claims),
                claims=len(every),
                bare=bare,
            ),
            say("To be asked first: {place}.", place=str(first["place"])),
        )

    def draw(self, journey_map: JourneyMap, language: Language = ENGLISH) -> figure:
        claims = _untested(journey_map)
        if claims.empty:
            return drawing.nothing(language)
        plot = drawing.frame(
            110 + CELL_HEIGHT * len(RISKS), (-0.5, len(KNOWN) - 0.5), (-0.5, len(RISKS) - 0.5)
        )
        for axis, words in ((plot.yaxis[0], KINDS.values()), (plot.xaxis[0], KNOWN)):
            drawing.labels_at(axis, {at: language.render(one) for at, one in enumerate(words)})
        plot.xaxis[0].axis_label = language.render(N_("how much is known"))
        cells = claims.groupby(["kind", "kinds"]).agg(
            claims=("place", "size"), first=("rank", "min")
        )
        cells = cells.reset_index()
        table = self.table(journey_map).iloc[cells["first"]]
        places: Geometry = {
            "x": cells["kinds"].tolist(),
            "y": [RISKS.index(kind) for kind in cells["kind"]],
            "label": [language.number(number, "count") for number in cells["claims"]],
            "alpha": (
                FAINTEST + (STRONGEST - FAINTEST) * cells["claims"] / cells["claims"].max()
            ).tolist(),
        }
        rows = drawing.source(table, self.columns, language, places)
        points.cells(plot, rows, PURPLE)
        drawing.hover(plot, ["cell"], self.columns, language)
        return plot


def _untested(journey_map: JourneyMap) -> pd.DataFrame:
    """The claims that are hypotheses: the riskiest first, of these the least known first."""
    at = {place: touchpoint.name for place, touchpoint in placed_touchpoints(journey_map)}
    kind_of = {item.id: item.kind for item in journey_map.evidence}
    claims = pd.DataFrame(
        [
            (
                at.get(claim.place.rpartition(".")[0], journey_map.name),
                claim.kind,
                _kinds(claim, kind_of),
            )
            for claim in journey_map.claims()
            if claim.status == "hypothesis"
        ],
        columns=["place", "kind", "kinds"],
    )
    order = claims.assign(risk=claims["kind"].map(RISKS.index))
    ordered = order.sort_values(["risk", "kinds"], kind="stable").reset_index(drop=True)
    return ordered.assign(rank=range(len(ordered)))


def _kinds(claim: Claim, kind_of: Mapping[str, str | None]) -> int:
    """How many kinds of evidence, 2 for any more."""
    return min(len({kind_of.get(piece) for piece in claim.evidence} - {None}), len(KNOWN) - 1)
