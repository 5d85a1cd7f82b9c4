"""Tiny journeys, written the way an analyst would say them.

`journeys("home@1 cart@2 paid@2.5", "home@1")` are two customers: one came home on day 1, to the
cart on day 2 and paid half a day later. `csat:cart=4@3` answers the question `csat` about the
touchpoint `cart` with 4 on day 3; touchpoint and day may be left out, and `*2` before the day gives
the answer double weight. `paid$20@3` is an event worth 20 euros. Whatever no rule matches is an
unmatched event.
"""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from cjm_notebooks import Customers, Events, Feedback, JourneyMap, Journeys, Question, join
from cjm_notebooks.maps import Condition, Cut, JourneySettings, Outcome, Rule, Stage, Touchpoint

MICROSECONDS_PER_DAY = 86_400_000_000
QUESTIONS = (
    Question("nps", "nps", (0, 10)),
    Question("csat", "csat", (1, 5)),
    Question("stars", "stars", (1, 5)),
    Question("expected", "expectation", (1, 5)),
)
ANSWER = re.compile(
    r"(?P<question>\w+)(:(?P<touchpoint>\w+))?=(?P<score>[\d.]+)(\*(?P<weight>[\d.]+))?"
    r"(@(?P<day>[\d.]+))?"
)
END = "tick"


def touchpoint(id_: str, event: str | None = None) -> Touchpoint:
    """A touchpoint that claims the events of its own name, or of another one."""
    return Touchpoint(id=id_, name=id_.title(), match=Rule(where=Condition(is_=event or id_)))


def shop(cut: Cut | None = None) -> JourneyMap:
    """Five touchpoints in four stages; `paid` is a success and `cancelled` a failure."""
    stages = {"browse": ["home", "product"], "cart": ["cart"], "pay": ["pay"], "support": ["help"]}
    return JourneyMap(
        id="shop",
        name="Shop",
        journey=JourneySettings(quiet_days=30, cut=cut or Cut(), currency="EUR"),
        stages=tuple(
            Stage(id=id_, name=id_.title(), touchpoints=tuple(touchpoint(t) for t in touchpoints))
            for id_, touchpoints in stages.items()
        ),
        outcomes=(
            Outcome(id="paid", name="Paid", match=Rule(where=Condition(is_="paid"))),
            Outcome(
                id="cancelled",
                name="Cancelled",
                kind="failure",
                match=Rule(where=Condition(is_="cancelled")),
            ),
        ),
    )


ONE_EACH = shop()
UNTIL_OUTCOME = shop(Cut(by="outcome"))


def journeys(
    *customers: str,
    until: float = 100,
    on: JourneyMap = ONE_EACH,
    questions: tuple[Question, ...] = QUESTIONS,
) -> Journeys:
    """The journeys of these customers, recorded until day `until`.

    On `ONE_EACH` a customer has one journey, on `UNTIL_OUTCOME` a new one after each outcome.
    """
    events, feedback = recorded(*customers, until=until, questions=questions)
    joined = join(on, events, feedback=feedback)
    watching = joined.unmatched.customer[joined.unmatched.name == joined.names.index(END)]
    return joined.chosen(~np.isin(np.arange(joined.n_customers), watching))


def recorded(
    *customers: str, until: float = 100, questions: tuple[Question, ...] = QUESTIONS
) -> tuple[Events, Feedback | None]:
    """The tables of these customers, and of one more who only ticks on day `until`."""
    said = [(f"customer {i}", word) for i, words in enumerate(customers) for word in words.split()]
    seen = [(who, *_event(word)) for who, word in said if "=" not in word]
    columns = ["customer", "event", "value", "day"]
    events = _dated(pd.DataFrame([*seen, (END, END, 0, until)], columns=columns))
    answers = pd.DataFrame(
        [{"customer": who, **_answer(word)} for who, word in said if "=" in word]
    )
    return (
        Events(
            events,
            customer="customer",
            at="at",
            unit="us",
            value="value" if events["value"].any() else None,
        ),
        None if answers.empty else _feedback(answers, questions),
    )


def _event(word: str) -> tuple[str, float, str]:
    named, day = word.split("@")
    name, _, value = named.partition("$")
    return name, float(value or 0), day


def _answer(word: str) -> dict[str, str | None]:
    found = ANSWER.fullmatch(word)
    assert found, f"`{word}` is no answer such as `csat:cart=4@3`."
    return found.groupdict()


def _feedback(answers: pd.DataFrame, questions: tuple[Question, ...]) -> Feedback:
    weighted = answers["weight"].notna().any()
    return Feedback(
        _dated(answers.fillna({"weight": "1"}).astype({"score": float})),
        score="score",
        questions=questions,
        question="question",
        customer="customer",
        touchpoint="touchpoint",
        at="at",
        unit="us",
        weight="weight" if weighted else None,
    )


def _dated(table: pd.DataFrame) -> pd.DataFrame:
    at = table.pop("day").astype(float) * MICROSECONDS_PER_DAY
    return table.assign(at=at.round().astype("Int64"))


def with_plan(*customers: tuple[str, str | None], until: float = 100) -> Journeys:
    """The journeys of customers of whom a plan is known, their segment `plan`."""
    events, feedback = recorded(*(words for words, _ in customers), until=until)
    known = pd.DataFrame(
        [(f"customer {i}", plan) for i, (_, plan) in enumerate(customers)],
        columns=["customer", "plan"],
    )
    plans = Customers(known, customer="customer", segments=("plan",))
    return join(ONE_EACH, events, feedback=feedback, customers=plans)
