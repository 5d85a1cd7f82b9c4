"""From sorted events to journeys: the same steps for all events and for each part of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from cjm_notebooks.events import Counted, Events, Quality
from cjm_notebooks.journeys.joining.answering import Read
from cjm_notebooks.journeys.joining.cutting import Cut, cut_journeys, groups_before_labels
from cjm_notebooks.journeys.joining.labelling import Labelled, label_events, names_of
from cjm_notebooks.journeys.joining.opening import Opened
from cjm_notebooks.journeys.joining.sorting import Sorted
from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.tables import NO_COMMENTS, UNKNOWN_TIME, Answers, Kinds, Unmatched
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.matching.claims import Claims, judge


@dataclass(frozen=True, eq=False)
class Walked:
    events: Sorted
    labelled: Labelled
    cut: Cut

    @property
    def found(self) -> Found:
        events = self.events
        return Found(events.same_second, events.duplicates, self.cut.only_outcome)


@dataclass(frozen=True, eq=False)
class Walk:
    """How sorted events become journeys: the same for all events and for each part of them."""

    journey_map: JourneyMap
    claims: Claims
    names: tuple[str, ...]
    name: np.ndarray
    end_of_data: int

    @classmethod
    def over(cls, journey_map: JourneyMap, opened: Opened) -> Self:
        """The walk over opened events.

        Raises  RuleError when a rule of the map cannot be applied to the events
        """
        return cls.of(journey_map, opened.combinations, opened.quality)

    @classmethod
    def of(
        cls,
        journey_map: JourneyMap,
        combinations: Sequence[Mapping[str, object]],
        quality: Quality,
    ) -> Self:
        """The walk over events with these combinations and this account."""
        names, name = names_of(combinations)
        claims = judge(journey_map, combinations)
        return cls(journey_map, claims, names, name, quality.last_at or 0)

    def __call__(self, events: Sorted) -> Walked:
        events, groups = groups_before_labels(self.journey_map, events)
        labelled = label_events(self.claims, self.name, events, groups)
        cut = cut_journeys(self.journey_map, events, groups, labelled, self.end_of_data)
        return Walked(events, labelled, cut)


@dataclass(frozen=True)
class Found:
    """What was counted on the way; that of several parts adds."""

    same_second: int = 0
    duplicates: int = 0
    only_outcome: int = 0

    def __add__(self, other: Self) -> Self:
        return type(self)(
            self.same_second + other.same_second,
            self.duplicates + other.duplicates,
            self.only_outcome + other.only_outcome,
        )

    def told(self, quality: Quality, declared: Events) -> Quality:
        """The account with what was found."""
        counts = {
            "same_second": self.same_second,
            "outcome_without_touchpoint": self.only_outcome,
            "duplicate": self.duplicates,
        }
        found = {rule: Counted(count) for rule, count in counts.items() if count}
        left_out = {}
        if declared.duplicates == "set_aside":
            left_out = {rule: found.pop(rule) for rule in ("duplicate",) if rule in found}
        return replace(
            quality,
            kept=quality.kept - sum(counted.rows for counted in left_out.values()),
            set_aside={**quality.set_aside, **left_out},
            noticed={**quality.noticed, **found},
        )


def assemble(
    journey_map: JourneyMap, walk: Walk | None, walked: Walked | None, answers: Read | None
) -> Journeys:
    codes = [np.zeros(0, dtype=np.uint64)]
    codes += [walked.events.customer_codes] if walked else []
    codes += [answers.code] if answers else []
    everyone = codes[1] if walked and not answers else np.unique(np.concatenate(codes))
    journeys = _without_events(journey_map, everyone, answers)
    if walk is None or walked is None:
        return journeys
    events, cut, labelled = walked.events, walked.cut, walked.labelled
    place = np.searchsorted(everyone, events.customer_codes)
    at, kind = events.at, labelled.kind
    stray = np.flatnonzero(~labelled.matched)
    if len(stray):
        at, kind = at[labelled.matched], kind[labelled.matched]
    is_outcome = np.isin(stray, labelled.reached, assume_unique=True)
    customer = np.searchsorted(events.starts, stray, side="right") - 1
    name = labelled.kinds.name[labelled.kind[stray]]
    return replace(
        journeys,
        end_of_data=walk.end_of_data,
        journey_customer=place[cut.journey_customer],
        starts=cut.starts,
        outcome=cut.outcome,
        outcome_at=cut.outcome_at,
        seen_until=cut.seen_until,
        is_open=cut.is_open,
        value=cut.value,
        at=at,
        kind=kind,
        kinds=labelled.kinds,
        names=walk.names,
        unmatched=Unmatched(place[customer], events.at[stray], name, is_outcome),
    )


def nobody(journey_map: JourneyMap) -> Journeys:
    """No customers at all, on this map."""
    return _without_events(journey_map, np.zeros(0, dtype=np.uint64), None)


def _without_events(
    journey_map: JourneyMap, everyone: np.ndarray, answers: Read | None
) -> Journeys:
    none, nowhere = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int32)
    no = np.zeros(0, dtype=bool)
    nothing = np.zeros(0, dtype=np.float64)
    return Journeys(
        map=journey_map,
        end_of_data=UNKNOWN_TIME,
        customer_codes=everyone,
        journey_customer=none,
        starts=np.zeros(1, dtype=np.int64),
        outcome=nowhere,
        outcome_at=none,
        seen_until=none,
        is_open=no,
        value=none,
        at=none,
        kind=np.zeros(0, dtype=np.uint8),
        kinds=Kinds(nowhere, nowhere, nowhere, no),
        names=(),
        unmatched=Unmatched(none, none, nowhere, no),
        answers=Answers((), none, nowhere, nowhere, nothing, none, nothing, nowhere, NO_COMMENTS)
        if answers is None
        else Answers(
            answers.questions,
            np.searchsorted(everyone, answers.code),
            answers.question,
            answers.touchpoint,
            answers.score,
            answers.at,
            answers.weight,
            answers.comment,
            answers.comments,
            answers.weighted,
        ),
    )
