"""Which touchpoints belong together, and in which order do customers come to them?"""

from __future__ import annotations

import re
from collections import Counter

import numpy as np

from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.teaching.exercises import Answer, Criterion, Exercise, Mark, Question
from cjm_notebooks.teaching.generators import Generated
from cjm_notebooks.teaching.scoring import MapScore, Yardstick, yardstick_of
from cjm_notebooks.teaching.sequence import ORDER, sequence_of
from cjm_notebooks.teaching.unstaged import Unstaged, by_department
from cjm_notebooks.teaching.weighing import Trap, mark_number

IN_ORDER, ENOUGH_ORDER = 0.5, 0.9
AS_GOOD_AS_RIGHT = 0.95
MOST_STAGES, FEWEST_STAGES = 12, 3
AS_DEPARTMENTS = 0.8
GOAL_WORDS = (3, 25)
FIRST_PERSON = re.compile(r"\b(i|i'm|i've|i'd|my|me|mine|we|our|us)\b", re.IGNORECASE)
INSIDE_WORDS = re.compile(
    r"\b(funnel|conver\w*|leads?|crm|kpis?|retention|upsell\w*|churn|departments?|monetis\w*|"
    r"revenue|campaigns?|customers?|stakeholders?|touchpoints?|engagement|acquisition)\b",
    re.IGNORECASE,
)


class _Position(Question):
    id, variable, kind, points = "q1", "position", "numbers", 4
    asks = "Where in a customer's journey does each event usually stand?"
    hints = (
        "Sort the events of each customer by time. What is the first of them, what is the last?",
        "Number the events of each customer with `groupby('customer').cumcount()`, divide by how "
        "many that customer has, and take the mean for each name.",
        "Any number will do that is smaller for what comes earlier, one for each of the names: "
        "`table.groupby('event')['place'].mean()`.",
    )
    matters = (
        "Stages are in an order because customers are. If the order was guessed at a table, it is "
        "the order of the organisation."
    )

    def mark(self, answer: Answer, given: Generated) -> Mark:
        assert isinstance(answer, dict)
        run = sequence_of(given)
        both = [name for name in run.place if name in answer]
        mine = np.array([answer[name] for name in both])
        if len(both) < FEWEST_STAGES or np.ptp(mine) == 0:
            saw = f"There are {len(both)} names of events with a number, in no order."
            return Mark(0.0, saw, self.matters)
        alike = _tau(mine, np.array([run.place[name] for name in both]))
        reached = len(both) / max(len(run.place), len(answer))
        share = min(max((alike - IN_ORDER) / (ENOUGH_ORDER - IN_ORDER), 0.0), 1.0) * reached
        saw = (
            f"{len(both)} of {len(run.place)} names have a number, and of all pairs of names "
            f"{(1 + alike) / 2:.0%} stand in the order in which customers come to them."
        )
        by_count = abs(_tau(mine, np.array([run.events[name] for name in both])))
        is_count = share < 1 and by_count > max(alike, ENOUGH_ORDER)
        return Mark(share, saw, self.matters, "frequency-for-order" if is_count else None)


def _tau(mine: np.ndarray, right: np.ndarray) -> float:
    from scipy.stats import kendalltau

    found = float(kendalltau(mine, right).statistic)
    return found if found == found else 0.0  # NaN where one side is level


class _After(Question):
    id, variable, kind, points = "q2", "after_the_order", "number", 2
    asks = "Which share of all recorded events comes after a customer's first order?"
    hints = (
        "The event is `order_placed`. Whose time do you compare with whose?",
        "Find the time of each customer's first order, and mark their events that are later.",
        "`table['at'] > table['customer'].map(first_order)` is true for those events; its mean is "
        "the share.",
    )
    matters = (
        "A map that ends at the order leaves out what the customers who did order remember: "
        "waiting, unpacking, sending back."
    )

    def mark(self, answer: Answer, given: Generated) -> Mark:
        assert isinstance(answer, float)
        run = sequence_of(given)
        traps = (
            Trap(
                "customers-for-events",
                {"": run.ordered},
                "This is the share of the customers who ordered.",
                "Of whom it is a share changes what it says: events were asked for.",
            ),
            Trap(
                "percent-for-share",
                {"": 100 * run.after_order},
                "This is the percentage, and a share was asked for.",
                self.matters,
                share=0.5,
            ),
        )
        return mark_number(answer, run.after_order, 0.001, matters=self.matters, traps=traps)


class _Stages(Question):
    id, variable, kind, points = "q3", "journey_map", "map", 10
    asks = "Put the touchpoints into stages, in order: in each the customer wants one thing"
    hints = (
        "Walk along the order of question 1. Where does what the customer wants change?",
        "Finish the sentence 'Now I want to ...' at each touchpoint. As long as it stays the same, "
        "it is one stage.",
        "Between 5 and 9 stages is usual. Look at what lies after the order: to wait for a parcel, "
        "to send one back and to come again are not the same wish.",
    )
    matters = (
        "Whatever is reported by stage is reported by this decision: whom you lose where, who "
        "answers for it, and what gets mended."
    )

    def mark(self, answer: Answer, given: Generated) -> Mark:
        assert isinstance(answer, JourneyMap)
        found = yardstick_of(given).score(answer)
        value = found.stages * (0.5 + 0.25 * found.placement + 0.25 * found.order)
        share = 1.0 if value >= AS_GOOD_AS_RIGHT else value
        stages = [stage for stage in answer.stages if stage.touchpoints]
        saw = (
            f"{len(stages)} stages have touchpoints. By the events in them they are like the "
            f"stages of the journey to {found.stages:.0%}, {found.placement:.0%} of the places in "
            f"them fit, and the order is right to {found.order:.0%}."
        )
        if share == 1:
            return Mark(share, saw, self.matters)
        misconception, matters = self._misconception(answer, given, found)
        return Mark(share, saw, matters, misconception)

    def _misconception(
        self, answer: JourneyMap, given: Generated, found: MapScore
    ) -> tuple[str | None, str]:
        stages = [stage for stage in answer.stages if stage.touchpoints]
        if len(stages) > MOST_STAGES:
            return "touchpoints-for-stages", (
                "A stage is what several touchpoints have in common. Where each is a stage of its "
                "own nobody sees the journey for the steps."
            )
        departments = Yardstick(by_department(given.right_map), given.events).score(answer)
        if departments.stages > max(found.stages, AS_DEPARTMENTS):
            return "inside-out-stages", (
                "These stages follow the departments. Customers do not know them, and notice them "
                "only where they are passed on from one to the next."
            )
        if _lumps_what_follows(found, given.right_map):
            return "purchase-only-funnel", (
                "Almost all of these stages lie before the order. What customers remember comes "
                "after it."
            )
        return None, self.matters


def _lumps_what_follows(found: MapScore, right: JourneyMap) -> bool:
    """Whether what lies after the stage of the order is at most one of the learner's stages."""
    ids = [stage.id for stage in right.stages]
    later = set(ids[ids.index(right.stage_of(ORDER).id) + 1 :])
    return sum(pair.right in later and pair.f1 > IN_ORDER for pair in found.stage_pairs) <= 1


class _Goals(Question):
    id, variable, kind, points = "q4", "told_map", "map", 4
    asks = "Say for each stage what the customer wants in it, as the customer would say it"
    hints = (
        "Each `Stage` has a field `customer_goal`. Who is speaking in it?",
        "Write it in the first person and in 3 to 25 words: 'I want to know whether it fits.'",
        "No customer says conversion, retention or touchpoint. Read each goal aloud to somebody "
        "who has never worked in a shop.",
    )
    matters = (
        "Stages named from the inside sort the customer's life by what the organisation wants. The "
        "goal in the customer's words is the test of every stage."
    )

    def mark(self, answer: Answer, given: Generated) -> Mark:
        assert isinstance(answer, JourneyMap)
        goals = [stage.customer_goal.strip() for stage in answer.stages if stage.touchpoints]
        told = Counter(goal.casefold() for goal in goals)
        inside = [goal for goal in goals if INSIDE_WORDS.search(goal)]
        good = [
            goal
            for goal in goals
            if GOAL_WORDS[0] <= len(goal.split()) <= GOAL_WORDS[1]
            and FIRST_PERSON.search(goal)
            and goal not in inside
            and told[goal.casefold()] == 1
        ]
        if len(goals) < FEWEST_STAGES:
            saw = f"The map has {len(goals)} stages with touchpoints. Stage it first."
            return Mark(0.0, saw, self.matters)
        saw = f"{len(good)} of {len(goals)} stages have a goal that a customer could have said."
        if inside:
            word = INSIDE_WORDS.search(inside[0])
            saw += f" In one of the others stands `{word[0] if word else ''}`."
        misconception = "inside-out-wording" if inside else None
        return Mark(len(good) / len(goals), saw, self.matters, misconception)


class StageIt(Exercise):
    """A list of touchpoints from A to Z. Where does a stage end and the next begin?"""

    title = "Stage it"
    about = (
        "Learners get all touchpoints of a webshop from A to Z. They find the order in the data, "
        "draw the borders between stages and say what the customer wants in each."
    )
    generator = Unstaged()
    customers = 3_000
    time_plan = (
        (10, "Cards on a table: sort ten touchpoints by hand, and agree on no names yet"),
        (15, "Question 1: the order in the data. Where does it differ from the cards?"),
        (10, "Question 2: how much of the journey lies after the order?"),
        (30, "Question 3 in pairs: draw the borders, check, move one, check again"),
        (10, "Question 4: one goal for each stage, read aloud"),
        (
            10,
            "Two pairs swap maps: same events, other names, other borders. Which differ, and why?",
        ),
    )
    short_plan = (
        (5, "Sort ten cards by hand"),
        (10, "Question 1, worked together"),
        (20, "Question 3 in pairs"),
        (5, "Question 4 for two stages"),
        (5, "Swap maps; question 2 at home"),
    )
    rubric = (
        Criterion(
            "Order",
            25,
            "From the data, and says where the data surprised",
            "From the data",
            "From habit",
        ),
        Criterion(
            "Borders",
            40,
            "One wish for each stage, full cycle from before to after the purchase",
            "Sensible stages, the end lumped together",
            "Departments, or a funnel that ends at the order",
        ),
        Criterion(
            "The customer's view",
            25,
            "Every goal could have been said by a customer",
            "First person, inside words",
            "Labels of the organisation",
        ),
        Criterion(
            "Argument",
            10,
            "Says for a disputed border what speaks for either side",
            "Has a reason for each border",
            "None",
        ),
    )
    questions = (_Position(), _After(), _Stages(), _Goals())
