"""A small exercise on a small shop, to see how answers of any kind fare."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pyarrow as pa

from cjm_notebooks.events import Question as Asked
from cjm_notebooks.maps import Condition, JourneyMap, Rule, Stage, Touchpoint
from cjm_notebooks.teaching.exercises import Answer, Exercise, Mark, Question
from cjm_notebooks.teaching.generators import Generated, Generator
from cjm_notebooks.teaching.tables import customers_in, events_in, feedback_in
from cjm_notebooks.teaching.truth import Truth

SHOP = JourneyMap(
    id="shop",
    name="Shop",
    stages=(
        Stage(
            id="buy",
            name="Buy",
            touchpoints=(
                Touchpoint(id="cart", name="Cart", match=Rule(where=Condition(is_="cart"))),
            ),
        ),
    ),
)
DAYS = pa.array([datetime(2025, 1, day, tzinfo=UTC) for day in (1, 2)], pa.timestamp("us", "UTC"))
EVENTS = pa.table(
    {"customer": ["a", "b"], "event": ["cart"] * 2, "at": DAYS, "channel": ["web", "app"]}
)
FEEDBACK = pa.table(
    {
        "customer": ["a", "b"],
        "at": DAYS,
        "touchpoint": ["cart", None],
        "question": ["csat"] * 2,
        "score": [4, 5],
        "comment": ["ok", None],
    }
)
CUSTOMERS = pa.table({"customer": ["a", "b"], "country": ["DE", "JP"]})
CSAT = Asked("csat", "csat", (1, 5))

GIVEN = Generated(
    events=events_in(EVENTS),
    feedback=feedback_in(FEEDBACK, (CSAT,)),
    customers=customers_in(CUSTOMERS),
    as_of=date(2025, 1, 3),
    right_map=SHOP,
    draft_map=SHOP.model_copy(update={"name": "A draft"}),
    truth=Truth(generator="shop", seed=1, customers=2),
)


class Shop(Generator):
    title = "Shop"

    def generate(self, customers: int, seed: int) -> Generated:
        return GIVEN


class _Drawing(Question):
    id, variable, kind, points = "q1", "journey_map", "map", 4
    asks = "Draw it."
    hints = ("Look at the events.", "Count them.", "One rule is missing.")

    def mark(self, answer: Answer, given: Generated) -> Mark:
        assert isinstance(answer, JourneyMap)
        return Mark(min(1.0, len(answer.touchpoints)), "Touchpoints were counted.", "They matter.")


class _Share(Question):
    id, variable, kind, points = "q2", "share", "number", 3
    asks = "How large?"
    hints = ("Look here.", "Divide.", "Of all of them.")

    def mark(self, answer: Answer, given: Generated) -> Mark:
        assert isinstance(answer, float)
        if answer == 0.5:
            return Mark(1.0, "This is the share.")
        if answer == 2:
            return Mark(0.5, "This counts.", "A share is more.", misconception="count-for-share")
        return Mark(1 / answer if answer == 0 else float("nan"), "No.")


class _Curve(Question):
    id, variable, kind, points = "q3", "curve", "numbers", 2
    asks = "Draw the curve."
    hints = ("1", "2", "3")

    def mark(self, answer: Answer, given: Generated) -> Mark:
        return Mark(7.0, "More than all.")


class _Why(Question):
    id, variable, kind, points = "q4", "why", "text", 1
    asks = "Why?"
    hints = ("1", "2", "3")

    def mark(self, answer: Answer, given: Generated) -> Mark:
        return Mark(1.0, f"You wrote {answer}")


class _Verdict(Question):
    id, variable, kind, points = "q5", "verdict", "choice", 1
    asks = "What now?"
    hints = ("1", "2", "3")
    choices = ("real", "cannot tell")

    def mark(self, answer: Answer, given: Generated) -> Mark:
        return Mark(float(answer == "cannot tell"), "Thank you.")


class SmallExercise(Exercise):
    title = "Small"
    about = "A small one."
    generator = Shop()
    customers = 2
    time_plan = short_plan = ((5, "All of it"),)
    rubric = ()
    questions = (_Drawing(), _Share(), _Curve(), _Why(), _Verdict())


DRAWING, SHARE, CURVE, WHY, VERDICT = SmallExercise.questions
RIGHT: dict[str, Answer] = {
    "q1": SHOP,
    "q2": 0.5,
    "q3": {"cart": 1.0},
    "q4": "Because.",
    "q5": "cannot tell",
}
