"""R06: quotes and recordings by which somebody can be recognised."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cjm_notebooks.checks import Check, Finding, Observation, Verdict, shown
from cjm_notebooks.language import N_, Sentence, say
from cjm_notebooks.maps import JourneyMap

REPLAYS = re.compile(
    r"https?://(?:[\w-]+\.)*(?:fullstory|hotjar|clarity\.microsoft|logrocket|smartlook|mouseflow"
    r"|contentsquare|quantummetric|sessionstack|uxcam|lucky-?orange)\.\w+/\S"
    r"|https?://\S+/(?:replays?|session-recordings?|recordings?)/\S",
    re.IGNORECASE,
)
MONTH = r"(?:jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)[a-zä]*"
DAY = re.compile(
    rf"\b(?:\d{{4}}-\d\d-\d\d|\d{{1,2}}\.\d{{1,2}}\.(?:\d\d)?\d\d|\d{{1,2}}/\d{{1,2}}/(?:\d\d)?\d\d"
    rf"|\d{{1,2}}(?:st|nd|rd|th|\.)? (?:of )?{MONTH}|{MONTH} \d{{1,2}}(?:st|nd|rd|th)?)\b",
    re.IGNORECASE,
)
NUMBER = re.compile(r"(?<![\w.,])[A-Z]{0,3}-?\d{6,}(?![\w.,]*\d)")


@dataclass(frozen=True)
class _Quoted:
    place: str
    sign: str


@dataclass(frozen=True)
class RecognisableQuotes(Check[_Quoted]):
    """Quotes and links of the map that lead to one person.

    Four signs: a link to the recording of a visit, and a quote of people who did not agree, are
    failures; the day on which something happened, and a number such as that of an order, are worth
    a warning. That personal data stand in a quote is told by R01.

    Unit      signs
    Findings  one per piece of evidence or persona, and sign
    Skips     when the map quotes nobody and links to nothing
    """

    id = "R06"
    passed = N_("No quote and no link of the map leads to one person.")
    failed = N_("Somebody can be recognised by a quote or a link of the map.")
    why = N_("Whoever was there knows who spoke, and what else is told of them.")
    severity = "high"
    source = "GDPR, recital 26; the signs: D"
    limits = N_("A rare fact in plain words is not found: read the quotes once more yourself.")
    reads = {"journey_map": "journey_map"}

    def inspect(self, journey_map: JourneyMap) -> Observation[_Quoted]:
        quotes = {
            **{f"evidence.{one.id}": one.quote for one in journey_map.evidence},
            **{f"personas.{one.id}": one.quote for one in journey_map.personas},
        }
        links = {f"evidence.{one.id}": f"{one.url} {one.source}" for one in journey_map.evidence}
        if not any(text.strip() for text in (*quotes.values(), *links.values())):
            return Observation(not_applicable=say("The map quotes nobody and links to nothing."))
        refused = {f"evidence.{one.id}" for one in journey_map.evidence if one.consent is False}
        signs = [
            *(("replay", place) for place, text in links.items() if REPLAYS.search(text)),
            *(("replay", place) for place, text in quotes.items() if REPLAYS.search(text)),
            *(("no-consent", place) for place, text in quotes.items() if text and place in refused),
            *(("day", place) for place, text in quotes.items() if DAY.search(text)),
            *(("number", place) for place, text in quotes.items() if NUMBER.search(text)),
        ]
        rows = tuple(_Quoted(place, sign) for sign, place in dict.fromkeys(signs))
        return Observation(rows, value=len(rows))

    def judge(self, observation: Observation[_Quoted]) -> Verdict:
        return Verdict.of(self._findings(observation))

    def _findings(self, observation: Observation[_Quoted]) -> Iterator[Finding]:
        for row in observation.rows:
            yield Finding(
                key=row.sign,
                outcome="fail" if row.sign in ("replay", "no-consent") else "warn",
                targets=(row.place,),
                what=_what(row),
                so_what=say("Whoever reads the map can find out who it was."),
                advice=_advice(row.sign),
                rows=shown([row]),
            )


def _what(row: _Quoted) -> Sentence:
    match row.sign:
        case "replay":
            return say("`{place}` links to the recording of one visit.", place=row.place)
        case "no-consent":
            return say("`{place}` quotes people who did not agree.", place=row.place)
        case "day":
            return say("The quote of `{place}` names the day it is about.", place=row.place)
    return say("The quote of `{place}` holds a number that belongs to one person.", place=row.place)


def _advice(sign: str) -> Sentence:
    match sign:
        case "replay":
            return say("Say what was seen in the recording, and leave out the link.")
        case "no-consent":
            return say("Ask them, or say in your own words what they said.")
        case "day":
            return say("Name the season or the occasion instead of the day.")
    return say("Leave the number out.")
