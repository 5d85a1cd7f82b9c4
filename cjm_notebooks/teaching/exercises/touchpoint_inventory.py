"""What do customers do that the map does not show?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

import numpy as np

from cjm_notebooks.journeys import Inventory
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.teaching.agreement import Agreement
from cjm_notebooks.teaching.exercises import Answer, Criterion, Exercise, Mark, Question
from cjm_notebooks.teaching.generators import Generated
from cjm_notebooks.teaching.generators.webshop import Webshop
from cjm_notebooks.teaching.scoring import yardstick_of
from cjm_notebooks.teaching.weighing import Trap, mark_number, mark_numbers

BOUND, WELL_BOUND = 0.90, 0.70
MOSTLY = 0.5
ITS_OWN, STAGE, NEARBY, LUMPED = 0.75, 0.25, 0.75, 0.25
BROKEN, BESIDE = 0.15, 0.05


@lru_cache(maxsize=1)
def _inventory(given: Generated) -> Inventory:
    return Inventory(given.events)


class _Covered(Question):
    id, variable, kind, points = "q1", "covered", "number", 2
    asks = "Which share of all recorded events does the draft map claim?"
    hints = (
        "The inventory counts events, and knows the rules of a map: `inventory.covered(...)`.",
        "What `covered` gives has `events`, `claimed` and `share`.",
        "A share lies between 0 and 1: claimed events by all events, not names by names.",
    )
    matters = (
        "What is on no touchpoint is in no number of an audit: every later result is about the "
        "claimed part only."
    )

    def mark(self, answer: Answer, given: Generated) -> Mark:
        assert isinstance(answer, float)
        rows = _inventory(given).rows(given.draft_map)
        right = sum(row.events - row.unclaimed for row in rows) / sum(row.events for row in rows)
        names = sum(row.unclaimed == 0 for row in rows) / len(rows)
        on_touchpoints = sum(row.events for row in rows if row.touchpoint)
        traps = (
            Trap(
                "percent-for-share",
                {"": 100 * right},
                "This is the percentage, and a share was asked for.",
                "A table that mixes shares and percentages is wrong by a factor of 100 somewhere.",
                share=0.5,
            ),
            Trap(
                "outcomes-left-out",
                {"": on_touchpoints / sum(row.events for row in rows)},
                "This is the share of the events on touchpoints.",
                "An event that is an outcome, such as a second order, is on the map too.",
                share=0.5,
            ),
            Trap(
                "names-for-events",
                {"": names},
                "This is the share of the names, and each name counts alike.",
                "One name can stand for thousands of events and another one for a handful.",
            ),
        )
        return mark_number(answer, right, 0.005, matters=self.matters, traps=traps)


class _LeftOut(Question):
    id, variable, kind, points = "q2", "left_out", "numbers", 4
    asks = "How many customers does each name have that the draft map does not claim?"
    hints = (
        "`inventory.table(draft)` has a row for each name, and the unclaimed ones come first.",
        "Keep the rows where `unclaimed` is above 0, and look at the columns: which one counts "
        "people?",
        'Take the column `customers` of those rows: `{"name_of_event": 123, ...}`.',
    )
    matters = (
        "One customer who clicks forty times is one customer. How many people you leave out says "
        "how much it matters."
    )

    def mark(self, answer: Answer, given: Generated) -> Mark:
        assert isinstance(answer, dict)
        rows = [row for row in _inventory(given).rows(given.draft_map) if row.unclaimed]
        right = {str(row.values["event"]): float(row.customers) for row in rows}
        events = Trap(
            "events-for-customers",
            {str(row.values["event"]): float(row.events) for row in rows},
            "These are counts of events.",
            self.matters,
            share=0.5,
        )
        return mark_numbers(answer, right, 0.5, matters=self.matters, traps=[events])


class _Inventory(Question):
    id, variable, kind, points = "q3", "journey_map", "map", 8
    asks = "Bring what is left out onto the map: at least 90 % of the events, each where it belongs"
    hints = (
        "For each name that is left out, ask: what does the customer want at that moment, and in "
        "which stage do they want it? `inventory.suggest(draft)` has ideas, and reasons for them.",
        "Make a `Touchpoint` with a `match` for each moment that the map lacks, and put it into "
        "the stage where customers are then. `cjm.bind(map, touchpoint, name)` binds a name to a "
        "touchpoint that exists.",
        "Four moments are missing. Each is one the customer would tell in a sentence of its own, "
        "so give each a touchpoint of its own, and leave all that was bound as it is.",
    )
    matters = (
        "A touchpoint that lumps together what customers experience apart gives one average for "
        "two things, and a touchpoint in the wrong stage moves the stage's numbers."
    )

    def mark(self, answer: Answer, given: Generated) -> Mark:
        assert isinstance(answer, JourneyMap)
        if not _goes_on_from(given.draft_map, answer):
            saw = "This is another map, and not the draft with more on it."
            why = (
                "Any program drafts a map from a log. What people have agreed on is kept, so that "
                "they can see what was added to it."
            )
            return Mark(0.0, saw, why, "started-over")
        added = _Added.of(answer, given)
        misconception = "catch-all-touchpoint" if LUMPED in added.worth else None
        return Mark(added.share, added.in_words(), self.matters, misconception)


def _goes_on_from(draft: JourneyMap, answer: JourneyMap) -> bool:
    known = {one.id for one in draft.touchpoints}
    return len(known & {one.id for one in answer.touchpoints}) > MOSTLY * len(known)


@dataclass(frozen=True)
class _Added:
    """What a map makes of the moments that the draft lacks.

    `worth` is 0 to 1 for each of them, `broken` counts touchpoints that were bound well before,
    `superfluous` new ones that stand for nothing, `claimed` is the share of all events.
    """

    worth: tuple[float, ...]
    broken: int
    superfluous: int
    claimed: float

    @classmethod
    def of(cls, answer: JourneyMap, given: Generated) -> Self:
        yardstick = yardstick_of(given)
        before, now = yardstick.beside(given.draft_map), yardstick.beside(answer)
        missing = np.flatnonzero((before.theirs > 0) & (before.overlap.sum(axis=0) == 0)).tolist()
        stages = {pair.right: pair.mine for pair in yardstick.score(answer).stage_pairs}
        return cls(
            worth=tuple(_worth(now, one, stages, answer, given.right_map) for one in missing),
            broken=len(_matched(before) - _matched(now)),
            superfluous=max(_without_pair(now) - _without_pair(before), 0),
            claimed=_inventory(given).covered(answer).share or 0.0,
        )

    @property
    def share(self) -> float:
        mean = sum(self.worth) / len(self.worth)
        share = mean - BROKEN * self.broken - BESIDE * self.superfluous
        return max(share if self.claimed >= BOUND else min(share, MOSTLY), 0.0)

    def in_words(self) -> str:
        there = sum(one > 0 for one in self.worth)
        words = (
            f"The map claims {self.claimed:.0%} of the events. Of {len(self.worth)} moments that "
            f"the draft lacks {there} are on it, {self.worth.count(ITS_OWN + STAGE)} of them as a "
            "touchpoint of its own in a fitting stage."
        )
        if self.broken:
            words += f" Bound before and not any more: {self.broken} touchpoints."
        if self.superfluous:
            words += f" New and standing for nothing: {self.superfluous} touchpoints."
        return words


def _worth(
    now: Agreement, place: int, stages: Mapping[str, str], mine: JourneyMap, right: JourneyMap
) -> float:
    """What the learner's map makes of one moment that the draft lacks, 0 to 1."""
    column = now.overlap[:, place]
    if not len(column) or column.max() < MOSTLY * now.theirs[place]:
        return 0.0
    row = int(column.argmax())
    held = np.count_nonzero(now.overlap[row] > MOSTLY * np.maximum(now.theirs, 1))
    stage = mine.stage_of(mine.touchpoints[row].id).id
    fits = stages.get(right.stage_of(right.touchpoints[place].id).id) == stage
    if column[row] > MOSTLY * now.mine[row] and held == 1:
        return ITS_OWN + STAGE * fits
    return NEARBY if fits and held == 2 else LUMPED


def _matched(seen: Agreement) -> set[int]:
    """The right touchpoints that have a touchpoint which is mostly theirs."""
    return {column for row, column in seen.pairs if seen.likeness[row, column] > WELL_BOUND}


def _without_pair(seen: Agreement) -> int:
    return len(seen.mine) - len(seen.pairs)


KEEP, ASK, DELETE = (
    "Leave them as they are, since the workshop agreed on them",
    "Ask of each whether it leaves any record, then bind it, mark it as a hypothesis or drop it",
    "Delete them all, since nobody goes there",
)


class _Silent(Question):
    id, variable, kind, points = "q4", "silent", "choice", 2
    asks = "Some touchpoints of the draft have no event at all. What do you do with them?"
    choices = (KEEP, ASK, DELETE)
    hints = (
        "Look at their names in the draft: how would an event of each come into the data?",
        "A poster in the street leaves no row in a log. A visit to a page does.",
        "No record has two reasons: nothing happened, or nobody recorded it. Which of the three "
        "answers tells the two apart?",
    )

    def mark(self, answer: Answer, given: Generated) -> Mark:
        if answer == ASK:
            why = "Then the map says what is known, what is believed and what is gone."
            return Mark(1.0, "That tells the two reasons for silence apart.", why)
        if answer == DELETE:
            return Mark(
                0.0,
                "Some of these touchpoints cannot leave an event.",
                "No record of something is no record that it did not happen.",
                "absence-as-evidence",
            )
        return Mark(
            0.0,
            "Nothing recorded speaks for these touchpoints.",
            "A map that is never tested against anything shows what the organisation wishes.",
            "map-not-tested",
        )


class _Rising(Question):
    id, variable, kind, points = "q5", "rising", "choice", 4
    asks = "Which name that is left out is new, and grows from week to week?"
    choices = ("chatbot_open", "wishlist_add", "size_guide_open", "coupon_field_open")
    hints = (
        "A total over all weeks hides what is new. Look at the weeks.",
        "Count the events of each name by week of `at`, and set them beside the visitors of "
        "that week.",
        "One of the four has no event in the first weeks. `table.groupby` with "
        "`at.dt.isocalendar().week`, then `unstack()`, shows which.",
    )
    matters = (
        "The map was right once. What is new is exactly what it cannot know, and what grows will "
        "be large when you look again."
    )

    def mark(self, answer: Answer, given: Generated) -> Mark:
        touchpoint = given.truth.fact("rising-event").at.removeprefix("touchpoints/")
        (right,) = [one for one in given.right_map.touchpoints if one.id == touchpoint]
        if right.match is not None and right.match.where.holds({"event": answer}):
            return Mark(1.0, "It starts from nothing and grows.", self.matters)
        saw = f"`{answer}` was there from the first week on, and has its share of the visitors."
        return Mark(0.0, saw, self.matters, "size-for-growth")


class TouchpointInventory(Exercise):
    """The draft map of a webshop leaves out one event in eight. Which, whose, and where to?"""

    title = "Touchpoint inventory"
    about = (
        "A map is a claim about what customers do. Learners hold a draft against the recorded "
        "events, count what it leaves out, bring it onto the map and find what is new."
    )
    generator = Webshop()
    customers = 3_000
    time_plan = (
        (10, "Look at the draft together: what would you expect customers to do that it lacks?"),
        (10, "Question 1: the inventory, and what a share is of"),
        (15, "Question 2: people or clicks? Compare the two orders of importance"),
        (
            30,
            "Question 3 in pairs: one draws, one asks where it belongs; swap after two touchpoints",
        ),
        (10, "Questions 4 and 5: silence and growth"),
        (10, "Compare two maps of two pairs: same events, other names"),
    )
    short_plan = (
        (5, "Look at the draft together"),
        (10, "Questions 1 and 2, worked together"),
        (20, "Question 3 in pairs"),
        (5, "Question 5; question 4 at home"),
        (5, "Compare two maps"),
    )
    rubric = (
        Criterion(
            "Complete",
            35,
            "At least 90 % of the events are bound, and gaps are explained",
            "70 to 90 % are bound",
            "Less than 70 %, or all in one touchpoint",
        ),
        Criterion(
            "In its place",
            30,
            "Each moment is a touchpoint of its own in the stage where customers are",
            "Bound somewhere sensible",
            "Bound anywhere, to raise the share",
        ),
        Criterion(
            "Counted well",
            20,
            "People, events and names are kept apart, and each number says which",
            "Right numbers, units unclear",
            "One taken for the other",
        ),
        Criterion(
            "Honest about silence",
            15,
            "What leaves no record is a hypothesis with a way to test it",
            "Marked as unknown",
            "Kept or deleted without a word",
        ),
    )
    questions = (_Covered(), _LeftOut(), _Inventory(), _Silent(), _Rising())
