"""Is this change of the NPS real?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from cjm_notebooks.engine import measure
from cjm_notebooks.journeys import Journeys, join
from cjm_notebooks.metrics.group_scores import GroupScores
from cjm_notebooks.teaching.branches import BRANCHES, WAVES, Branches
from cjm_notebooks.teaching.exercises import Answer, Criterion, Exercise, Mark, Question
from cjm_notebooks.teaching.generators import Generated
from cjm_notebooks.teaching.weighing import Trap, mark_numbers

PERIODS = (("", WAVES[1].isoformat()), (WAVES[1].isoformat(), ""))
RISEN, CANNOT_TELL, OTHERS_ASKED = "risen", "cannot tell", "other people asked"
ROLES = {"risen": RISEN, "cannot-tell": CANNOT_TELL, "another-mix": OTHERS_ASKED}


@dataclass(frozen=True)
class _Change:
    """Of one branch from March to June: the NPS, its interval, and what is taken for it."""

    nps: float
    low: float
    high: float
    between_intervals: float
    mean: float
    promoters: float


@lru_cache(maxsize=1)
def _changes(given: Generated) -> dict[str, _Change]:
    journeys = join(
        given.right_map, given.events, feedback=given.feedback, customers=given.customers
    )
    return {branch: _change(journeys.where("branch", branch)) for branch in BRANCHES}


def _change(journeys: Journeys) -> _Change:
    march, june = measure(GroupScores(("nps",), periods=PERIODS), journeys).to_dict("records")
    scores = journeys.answers.score
    in_june = journeys.answers.at >= _microseconds(PERIODS[1][0])
    means = [scores[side].mean() for side in (~in_june, in_june)]
    promoters = [100 * (scores[side] >= 9).mean() for side in (~in_june, in_june)]
    return _Change(
        nps=june["difference"],
        low=june["difference_low"],
        high=june["difference_high"],
        between_intervals=june["low"] - march["high"],
        mean=float(means[1] - means[0]),
        promoters=float(promoters[1] - promoters[0]),
    )


def _microseconds(day: str) -> int:
    return round(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp() * 1_000_000)


class _Size(Question):
    id, variable, kind, points = "q1", "change", "numbers", 3
    asks = "By how many points did the NPS of each branch change from March to June?"
    hints = (
        "The metric `GroupScores` compares two periods, and `journeys.where` picks a branch.",
        "Give `GroupScores` the kind `nps` and both periods. The row of June has a column "
        "`difference`: June less March.",
        'One number for each of "harbour", "market" and "station", in points from -100 to 100. '
        "Passives, who answer 7 or 8, count in neither group, but they do count among all.",
    )
    matters = "Everything that follows rests on these three numbers, so they had better be right."

    def mark(self, answer: Answer, given: Generated) -> Mark:
        assert isinstance(answer, dict)
        found = _changes(given)
        right = {branch: one.nps for branch, one in found.items()}
        traps = (
            Trap(
                "mean-for-nps",
                {branch: one.mean for branch, one in found.items()},
                "These are changes of the mean answer from 0 to 10.",
                "An NPS is the share of promoters less that of detractors. The mean of the answers "
                "can stand still while the NPS moves, and the other way round.",
            ),
            Trap(
                "promoters-for-nps",
                {branch: one.promoters for branch, one in found.items()},
                "These are changes of the share of promoters alone.",
                "Who counts only the happy ones does not notice when the unhappy become more.",
            ),
        )
        return mark_numbers(answer, right, 0.5, matters=self.matters, traps=traps)


class _Certainty(Question):
    id, variable, kind, points = "q2", "at_least", "numbers", 5
    asks = "What is the lower end of the 95 % interval of each change?"
    hints = (
        "An interval belongs to a number. Which number is this one about: March, June, or the "
        "change?",
        "The table that gave you the change has an interval of the change too.",
        "Read `difference_low` in the row of June, for one branch after the other.",
    )
    matters = (
        "A change without an interval is half a result: nobody can tell from it whether asking "
        "again next week would have given another one."
    )

    def mark(self, answer: Answer, given: Generated) -> Mark:
        assert isinstance(answer, dict)
        found = _changes(given)
        right = {branch: one.low for branch, one in found.items()}
        traps = (
            Trap(
                "overlap-means-equal",
                {branch: one.between_intervals for branch, one in found.items()},
                "These are the gaps between the intervals of March and June.",
                "Two intervals can overlap although the change is clear. It has an interval of its "
                "own, which is narrower than both together.",
            ),
            Trap(
                "upper-for-lower",
                {branch: one.high for branch, one in found.items()},
                "These are the upper ends.",
                "The lower end says how little the change may be.",
                share=0.5,
            ),
        )
        return mark_numbers(answer, right, 2.0, matters=self.matters, traps=traps)


MISTAKES = {
    (CANNOT_TELL, RISEN): (
        "noise-as-signal",
        "The interval of this change holds 0, and numbers on both sides of it.",
        "A rise that could as well be a fall is no news, however much one would like it.",
    ),
    (CANNOT_TELL, OTHERS_ASKED): (
        "story-for-noise",
        "Both kinds of visitors were asked in the same shares in both waves.",
        "With few answers there is always some story; first comes the question whether there is "
        "anything to explain.",
    ),
    (RISEN, CANNOT_TELL): (
        "overlap-means-equal",
        "The interval of this change lies on one side of 0.",
        "Two waves whose intervals overlap can differ clearly. Look at the interval of the change.",
    ),
    (RISEN, OTHERS_ASKED): (
        "mix-suspected-everywhere",
        "Both kinds of visitors were asked in the same shares in both waves.",
        "A good suspicion is one that is tested: compare each kind of visitor with itself.",
    ),
    (OTHERS_ASKED, RISEN): (
        "mix-for-change",
        "The total is higher, and each kind of visitor is where it was.",
        "If happier people are asked more often the score rises, and nobody is any happier.",
    ),
    (OTHERS_ASKED, CANNOT_TELL): (
        "overlap-means-equal",
        "The interval of the change of the total lies on one side of 0, so something did change.",
        "What changed may be the opinions, or the people who were asked.",
    ),
}


class _Verdict(Question):
    kind, points = "choice", 4
    choices = (RISEN, CANNOT_TELL, OTHERS_ASKED, "fallen")
    hints = (
        "Two questions, in this order: is there a change at all, and if so, of what?",
        "Is 0 inside the interval of the change? If not, compare the two kinds of ticket, each "
        "with itself: `branch.where('ticket', 'year card')`.",
        "Count who was asked in March and in June, by ticket. If the shares are alike and 0 lies "
        "outside, people have changed their minds; if 0 lies inside, nobody knows.",
    )
    matters = (
        "Money and praise follow such numbers. To say what they do not tell is as useful as to say "
        "what they do."
    )

    def mark(self, answer: Answer, given: Generated) -> Mark:
        role = next(role for role in ROLES if given.truth.fact(role).at == self.variable)
        right = ROLES[role]
        if answer == right:
            return Mark(
                1.0, f"That is what these answers show about {self.variable}.", self.matters
            )
        wrong = MISTAKES.get((right, str(answer)))
        if wrong is None:
            return Mark(0.0, "The NPS of June is higher than that of March.", self.matters)
        misconception, saw, matters = wrong
        return Mark(0.0, saw, matters, misconception)


class _Harbour(_Verdict):
    id, variable = "q3", "harbour"
    asks = "What do you tell the director about the branch at the harbour?"


class _Market(_Verdict):
    id, variable = "q4", "market"
    asks = "And about the branch at the market?"


class _Station(_Verdict):
    id, variable = "q5", "station"
    asks = "And about the branch at the station?"


class NpsChange(Exercise):
    """Three branches of a library were asked twice. Which change is one?"""

    title = "Is this change of the NPS real?"
    about = (
        "A director wants to praise the branches whose score has risen. Learners measure three "
        "changes with their intervals and find one that is real, one that nobody can tell from "
        "none, and one that only shows who was asked."
    )
    generator = Branches()
    customers = 4_400
    time_plan = (
        (10, "The director's table: vote by hand for each branch before anything is measured"),
        (15, "Question 1: what an NPS counts"),
        (20, "Question 2: whose interval is it? Draw two overlapping intervals on the board"),
        (
            25,
            "Questions 3 to 5 in pairs: a verdict for each branch, defended before others",
        ),
        (15, "Vote again, and compare with the first vote; write the sentence for the director"),
    )
    short_plan = (
        (5, "The director's table and a vote by hand"),
        (10, "Question 1, worked together"),
        (10, "Question 2"),
        (15, "Questions 3 to 5 in pairs"),
        (5, "Vote again"),
    )
    rubric = (
        Criterion(
            "The score",
            15,
            "Says what an NPS counts and what it leaves out",
            "Reads the numbers off correctly",
            "Takes the mean or the promoters for it",
        ),
        Criterion(
            "Uncertainty",
            35,
            "Uses the interval of the change, and says what would narrow it",
            "Has an interval, but of each wave apart",
            "Compares two bare numbers",
        ),
        Criterion(
            "Who was asked",
            30,
            "Compares like with like before explaining, at every branch",
            "Looks at the mix where a hint says so",
            "Takes whoever answered for everybody",
        ),
        Criterion(
            "The verdict",
            20,
            "Says `cannot tell` without shame, and what would be needed to tell",
            "A verdict with a reason",
            "A verdict for each branch, without one",
        ),
    )
    questions = (_Size(), _Certainty(), _Harbour(), _Market(), _Station())
