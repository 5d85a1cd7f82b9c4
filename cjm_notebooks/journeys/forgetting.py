"""Journeys without some customers, and without a word that only these had."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from cjm_notebooks.events import Counted, Quality
from cjm_notebooks.journeys.joining.opening import code_of
from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.tables import NONE, Answers, Segment

ERASED = "erased"


@dataclass(frozen=True)
class Forgotten:
    """Journeys without the customers, and how much of theirs was in them."""

    journeys: Journeys
    customers: int
    events: int
    answers: int


def forgotten(journeys: Journeys, ids: Collection[str]) -> Forgotten:
    """The same journeys without the customers who have one of these ids.

    Comments, values of segments and names of events that nobody else has are gone too. The account
    says how many rows were erased, and of nobody whose.
    """
    codes = np.array([code_of(id_) for id_ in ids], np.uint64)
    theirs = np.isin(journeys.customer_codes, codes)
    left = journeys.chosen(~theirs)
    events = journeys.n_events + len(journeys.unmatched.at) - left.n_events - len(left.unmatched.at)
    answers = len(journeys.answers.score) - len(left.answers.score)
    counts = {"events": events, "feedback": answers, "customers": int(np.count_nonzero(theirs))}
    left = replace(
        left,
        answers=_without_strangers(left.answers),
        segments={name: _used(one) for name, one in left.segments.items()},
        names=_names(journeys, left),
        quality=tuple(_erased(one, counts.get(one.table, 0)) for one in left.quality),
    )
    return Forgotten(left, counts["customers"], events, answers)


def _without_strangers(answers: Answers) -> Answers:
    """Without the comments that none of the answers has."""
    has_one = answers.comment != NONE
    places = answers.comment[has_one]
    comment = answers.comment.copy()
    comment[has_one] = np.arange(len(places), dtype=comment.dtype)
    texts = answers.comments.take(pa.array(places, pa.int64()))
    return replace(answers, comment=comment, comments=texts)


def _used(segment: Segment) -> Segment:
    used = np.unique(segment.codes[segment.codes != NONE])
    codes = np.searchsorted(used, segment.codes).astype(segment.codes.dtype)
    codes[segment.codes == NONE] = NONE
    return Segment(codes, tuple(segment.values[code] for code in used.tolist()))


def _names(before: Journeys, left: Journeys) -> tuple[str, ...]:
    """A name that only events had which are gone is no longer written out."""
    gone = _names_of(before) - _names_of(left)
    return tuple(ERASED if place in gone else name for place, name in enumerate(before.names))


def _names_of(journeys: Journeys) -> set[int]:
    seen: Sequence[int] = np.unique(journeys.kind).tolist()
    of_events = journeys.kinds.name[list(seen)].tolist()
    return {*of_events, *np.unique(journeys.unmatched.name).tolist()}


def _erased(account: Quality, rows: int) -> Quality:
    if not rows:
        return account
    before = account.set_aside_rows(ERASED)
    erased = {ERASED: Counted(before + rows)}
    kept = max(account.kept - rows, 0)
    return replace(account, kept=kept, set_aside={**account.set_aside, **erased})
