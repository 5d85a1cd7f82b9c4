"""What do customers do that the map does not show?"""

from __future__ import annotations

from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.teaching.added import LUMPED, Added, inventory_of
from cjm_notebooks.teaching.exercises import Answer, Criterion, Exercise, Mark, Question
from cjm_notebooks.teaching.generators import Generated
from cjm_notebooks.teaching.generators.webshop import Webshop
from cjm_notebooks.teaching.weighing import Trap, mark_number, mark_numbers

MOSTLY = 0.5


def _shares(given: Generated) -> tuple[float, float, float]:
    """What the draft claims: of the events, of these on touchpoints, and of the names."""
    rows = inventory_of(given).rows(given.draft_map)
    events = sum(row.events for row in rows)
    claimed = events - sum(row.unclaimed for row in rows)
    on_touchpoints = sum(row.events for row in rows if row.touchpoint)
    names = sum(row.unclaimed == 0 for row in rows)
    return claimed / events, on_touchpoints / events, names / len(rows)


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
        right, on_touchpoints, names = _shares(given)
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
                {"": on_touchpoints},
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
        rows = [row for row in inventory_of(given).rows(given.draft_map) if row.unclaimed]
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
        added = Added.of(answer, given)
        misconception = "catch-all-touchpoint" if LUMPED in added.worth else None
        return Mark(added.share, added.in_words(), self.matters, misconception)


def _goes_on_from(draft: JourneyMap, answer: JourneyMap) -> bool:
    known = {one.id for one in draft.touchpoints}
    return len(known & {one.id for one in answer.touchpoints}) > MOSTLY * len(known)


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
