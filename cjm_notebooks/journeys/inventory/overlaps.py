"""Events that two rules claim: who gets them, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from cjm_notebooks.journeys.inventory.counted import Counted
from cjm_notebooks.matching.claims import Claim

Reason = Literal["priority", "specificity", "id"]
MOST_EXAMPLES = 3


@dataclass(frozen=True)
class Overlap:
    """Events that the rules of two touchpoints, or of two outcomes, claim.

    `examples` are the most frequent names among them.
    """

    winner: str
    other: str
    reason: Reason
    events: int
    customers: int
    examples: tuple[str, ...]

    def in_words(self) -> str:
        why = {
            "priority": "its priority is higher",
            "specificity": "its rule asks for more, or more exactly",
            "id": "both rules are equally strong and its id comes first in the alphabet",
        }
        return f"`{self.winner}` gets them and not `{self.other}`: {why[self.reason]}."


def overlaps_of(counted: Counted) -> tuple[Overlap, ...]:
    """Every two rules that claim an event both, those with most events first."""
    found = _overlaps(counted)
    return tuple(sorted(found, key=lambda one: (-one.events, one.winner, one.other)))


def _overlaps(counted: Counted) -> Iterator[Overlap]:
    claims, tallies, labels = counted.claims.claims, counted.tallies, counted.labels
    claim_at = {(claim.is_outcome, claim.place): claim for claim in claims}
    for column, claim in enumerate(claims):
        winner = labels.outcome if claim.is_outcome else labels.touchpoint
        lost = counted.fulfilled[:, column] & (winner != claim.place) & (tallies.events > 0)
        for place in np.unique(winner[lost]).tolist():
            kinds = np.flatnonzero(lost & (winner == place))
            stronger = claim_at[claim.is_outcome, place]
            yield Overlap(
                winner=stronger.id,
                other=claim.id,
                reason=_reason(stronger, claim),
                events=int(tallies.events[kinds].sum()),
                customers=tallies.customers(kinds.tolist()),
                examples=_examples(counted, kinds),
            )


def _reason(stronger: Claim, weaker: Claim) -> Reason:
    if stronger.rule.priority != weaker.rule.priority:
        return "priority"
    return "specificity" if stronger.strength != weaker.strength else "id"


def _examples(counted: Counted, kinds: np.ndarray) -> tuple[str, ...]:
    most = kinds[np.argsort(-counted.tallies.events[kinds], kind="stable")]
    rows = (counted.recorded.combinations[kind] for kind in counted.combination[most])
    names = dict.fromkeys(str(row["event"]) for row in rows)
    return tuple(names)[:MOST_EXAMPLES]
