"""Which of three claimed moments of truth is one?"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from cjm_notebooks.engine import measure
from cjm_notebooks.journeys import Journeys, join
from cjm_notebooks.metrics.drivers import Drivers
from cjm_notebooks.teaching.exercises import Answer, Criterion, Exercise, Mark, Question
from cjm_notebooks.teaching.generators import Generated
from cjm_notebooks.teaching.generators.webshop import Webshop
from cjm_notebooks.teaching.weighing import Tick, Trap, mark_numbers, mark_text

if TYPE_CHECKING:
    import pandas as pd

CLAIMED = ("newsletter", "reviews", "in-time")
SEGMENT = "tenure"
NEAR = 0.005


@lru_cache(maxsize=1)
def _journeys(given: Generated) -> Journeys:
    return join(given.draft_map, given.events, customers=given.customers)


@lru_cache(maxsize=4)
def _table(given: Generated, through: str = "", group: str = "") -> pd.DataFrame:
    journeys = _journeys(given)
    if through:
        journeys = journeys.through(through)
    if group:
        journeys = journeys.where(SEGMENT, group)
    return measure(Drivers(), journeys).set_index("touchpoint")


def _raw(given: Generated, through: str = "", group: str = "") -> dict[str, float]:
    differences = _table(given, through, group)["raw_difference"]
    return {place: float(differences[place]) for place in CLAIMED}


class _Raw(Question):
    id, variable, kind, points = "q1", "difference", "numbers", 2
    asks = (
        "By how much does the share of customers who order again differ between those who came to "
        "each claimed moment and those who did not?"
    )
    hints = (
        "The metric `Drivers` compares the journeys with and without each touchpoint.",
        "Its column `raw_difference` is the plain difference of the two shares; the column "
        "`difference` beside it has been adjusted already.",
        'Read `raw_difference` for "newsletter", "reviews" and "in-time", as shares from -1 to 1.',
    )
    matters = "This is the number on which the three departments rest their claims."

    def mark(self, answer: Answer, given: Generated) -> Mark:
        assert isinstance(answer, dict)
        raw, shares = _raw(given), _table(given)["share"]
        traps = (
            Trap(
                "percent-for-share",
                {place: 100 * raw[place] for place in CLAIMED},
                "These are percentage points, and shares were asked for.",
                "A table that mixes both is wrong by a factor of 100 somewhere.",
                share=0.5,
            ),
            Trap(
                "share-for-difference",
                {place: float(shares[place]) for place in CLAIMED},
                "These are the shares of those who came there.",
                "A high share says nothing until it stands beside that of the others.",
            ),
        )
        return mark_numbers(answer, raw, NEAR, matters=self.matters, traps=traps)


class _AmongReceivers(Question):
    id, variable, kind, points = "q2", "of_receivers", "numbers", 5
    asks = "What are the three differences among the customers who received a parcel at all?"
    hints = (
        "Who can have a parcel in time? Only someone who has a parcel. Who is on the other side "
        "of the comparison?",
        "`journeys.through(touchpoint)` keeps the journeys that came to a touchpoint. Measure the "
        "same metric on those.",
        "Keep the journeys through `parcel-arrives`, and read `raw_difference` again.",
    )
    matters = (
        "Those who left at the shipping costs never got a parcel, late or in time. To compare with "
        "them credits the parcel with the whole journey before it."
    )

    def mark(self, answer: Answer, given: Generated) -> Mark:
        assert isinstance(answer, dict)
        everybody = Trap(
            "compared-with-those-who-never-got-there",
            {"in-time": _raw(given)["in-time"]},
            "The difference for `in-time` is that of question 1.",
            "On the other side of it stand customers who could not have had it: they were gone "
            "before there was a parcel.",
        )
        right = _raw(given, through="parcel-arrives")
        return mark_numbers(answer, right, NEAR, matters=self.matters, traps=[everybody])


class _Within(Question):
    id, variable, kind, points = "q3", "newsletter_by_tenure", "numbers", 5
    asks = (
        "What is the difference for the newsletter within each group of tenure, over all journeys?"
    )
    hints = (
        "Who reads the newsletter? Compare the customers of a year or more with the newer ones.",
        "`journeys.where(segment, value)` keeps one group; the segment is `tenure`. Measure the "
        "same metric in each.",
        'Two numbers, for "a year or more" and "under a year": `raw_difference` of `newsletter` '
        "among the journeys of that group alone.",
    )
    matters = (
        "If readers and others differ in something that matters for the result, the difference is "
        "of that. Within a group in which it is the same for all, it cannot be."
    )

    def mark(self, answer: Answer, given: Generated) -> Mark:
        assert isinstance(answer, dict)
        groups = _journeys(given).segment(SEGMENT).values
        right = {group: _raw(given, group=group)["newsletter"] for group in groups}
        overall = Trap(
            "segment-ignored",
            dict.fromkeys(groups, _raw(given)["newsletter"]),
            "This is the difference over both groups together.",
            "Long-standing customers read more newsletters and come back more often, whether they "
            "read them or not. Over both groups together one is taken for the other.",
        )
        return mark_numbers(answer, right, NEAR, matters=self.matters, traps=[overall])


MISTAKES = {
    "the newsletter": (
        "correlation-as-cause",
        "Within each group of tenure hardly a difference is left.",
        "Who is loyal does many things more often. None of them need be why.",
    ),
    "the reviews": (
        "popular-for-decisive",
        "Of those with a parcel, readers of reviews come back about as often as the others.",
        "What many do is important to look after. It decides something only if those who do it "
        "come out otherwise.",
    ),
    "all three": (
        "claim-for-finding",
        "Not every difference is left once like is compared with like.",
        "If everything is decisive, nothing is, and the money goes where it went before.",
    ),
    "none of them": (
        "doubt-for-finding",
        "One difference is left after everything that you have tried.",
        "To doubt is right until the doubt has been tested. Then it costs as much as belief.",
    ),
}


class _Real(Question):
    id, variable, kind, points = "q4", "moment_of_truth", "choice", 4
    asks = "Which of the three claims do the data bear out?"
    choices = (
        "the newsletter",
        "the reviews",
        "the parcel in time",
        "all three",
        "none of them",
    )
    hints = (
        "Set questions 1 to 3 beside each other: which difference is still there in each?",
        "Look at the intervals too: measure `Drivers(adjust_for=('tenure',))` among those with a "
        "parcel. Which interval lies wholly above 0?",
        "One difference shrinks when like is compared with like and stays clearly above 0; the "
        "others come close to 0.",
    )

    def mark(self, answer: Answer, given: Generated) -> Mark:
        real = given.truth.fact("moment-of-truth").at.removeprefix("touchpoints/")
        names = dict(zip(CLAIMED, self.choices, strict=False))
        if answer == names[real]:
            why = "One claim of three stands, and now you can say why the other two do not."
            return Mark(1.0, "This difference is left after every fair comparison.", why)
        misconception, saw, matters = MISTAKES[str(answer)]
        return Mark(0.0, saw, matters, misconception)


class _Advice(Question):
    id, variable, kind, points = "q5", "advice", "text", 4
    asks = "In 25 to 150 words: what do you advise, on what grounds, and what would make you sure?"
    hints = (
        "Marketing wants to send the newsletter twice a week. What do you write to them?",
        "Say which claim stands, with a number; which does not, and what it rested on; and what "
        "the data cannot show.",
        "The checklist looks for: the claim that stands, the newsletter and who reads it, a "
        "number, a word on how sure this is, and an experiment that would decide it.",
    )
    matters = (
        "Even a fair comparison is an association. The one way to know is to let chance decide "
        "who gets it."
    )
    ticks = (
        Tick("which claim stands", (r"\b(in|on) time\b", r"\bpunctual\w*", r"\bpromised\b")),
        Tick(
            "who reads the newsletter",
            (r"\btenure\b", r"\blong[- ]\w+", r"\bloyal\w*", r"\ba year\b", r"\bolder\b"),
        ),
        Tick("a number", (r"\d+",)),
        Tick(
            "how sure it is",
            (
                r"\binterval\w*",
                r"\bassociat\w*",
                r"\bcorrelat\w*",
                r"\bcaus\w*",
                r"\b(un)?certain\w*",
            ),
        ),
        Tick(
            "what would decide it",
            (r"\bexperiment\w*", r"\brandom\w*", r"\btrial\b", r"\bA/B\b", r"\bby lot\b"),
        ),
    )

    def mark(self, answer: Answer, given: Generated) -> Mark:
        return mark_text(str(answer), self.ticks, matters=self.matters)


class MomentOfTruth(Exercise):
    """Three departments each claim the moment that brings customers back. One is right."""

    title = "Find the real moment of truth"
    about = (
        "Three touchpoints of a draft map are claimed to be decisive. Learners compare, compare "
        "like with like, and find one that is, one that many pass by, and one that only loyal "
        "customers notice."
    )
    generator = Webshop()
    customers = 8_000
    time_plan = (
        (10, "Three departments, three claims: who would you give the money to? Vote"),
        (10, "Question 1: the difference on which the claims rest"),
        (20, "Question 2: who stands on the other side? Draw the two groups before measuring"),
        (20, "Question 3: who reads the newsletter? The decoy falls"),
        (10, "Question 4, and vote again"),
        (15, "Question 5: write the advice, swap it with a neighbour, underline what is claimed"),
    )
    short_plan = (
        (5, "Three claims and a vote"),
        (5, "Question 1, worked together"),
        (15, "Question 3: the decoy"),
        (10, "Question 2: the other side"),
        (10, "Question 4 and a second vote; question 5 at home"),
    )
    rubric = (
        Criterion(
            "Like with like",
            40,
            "Says for each comparison who stands on either side, and repairs it where it is unfair",
            "Makes the fair comparisons that were asked for",
            "Compares whoever is there",
        ),
        Criterion(
            "Statistics",
            25,
            "Differences with intervals; says what was tried and did not hold",
            "Differences, some with an interval",
            "Shares without a comparison",
        ),
        Criterion(
            "Claim and cause",
            20,
            "Calls an association one, and says what would show a cause",
            "Is careful with the word because",
            "Takes what goes together for what causes",
        ),
        Criterion(
            "Advice",
            15,
            "A decision, its grounds, its risk and its test in a few sentences",
            "A decision with grounds",
            "A description of tables",
        ),
    )
    questions = (_Raw(), _AmongReceivers(), _Within(), _Real(), _Advice())
