"""One customer's story, told so that nobody learns who it is."""

from __future__ import annotations

import pytest

from cjm_notebooks import JourneyMap
from cjm_notebooks.builders.exploring import Choice, Chosen, Stories
from cjm_notebooks.builders.exploring.story import Moment
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.maps import Privacy
from tests.builders.exploring import shop
from tests.journeys import UNTIL_OUTCOME, journeys

DAY = 86_400
LOYAL = "home@1 cart@2 odd@2.5 paid@3 csat:cart=4@3.5 home@40 nps=9"


def alone(*customers: str) -> Chosen:
    """On a map that lets single customers be shown."""
    on = UNTIL_OUTCOME.model_copy(update={"privacy": Privacy(k_min=1)})
    return Chosen.of(Choice(), journeys(*customers, on=on))


def test_a_story_tells_moments_and_the_waits_between_them() -> None:
    story = Stories().tell(alone(LOYAL))
    assert [(m.kind, m.journey, m.name, m.wait_seconds) for m in story.moments] == [
        ("touchpoint", 1, "Home", None),
        ("touchpoint", 1, "Cart", DAY),
        ("unmatched", None, "", DAY / 2),
        ("outcome", 1, "Paid", DAY / 2),
        ("answer", None, "Cart", DAY / 2),
        ("touchpoint", 2, "Home", 36.5 * DAY),
        ("answer", None, "", None),
    ]
    assert story.moments[4] == Moment(
        "answer", None, "Cart", "Cart", "", "csat", 4.0, (1, 5), DAY / 2
    )


def test_neither_id_nor_date_nor_unknown_event_is_told() -> None:
    story = Stories().tell(alone(LOYAL))
    assert "customer" not in str(story).replace("customers=", "")
    assert "odd" not in str(story)
    assert "1970" not in str(story)


def test_a_pseudonym_holds_within_one_exploration_and_no_longer() -> None:
    chosen, stories = alone("home@1", "cart@2"), Stories()
    first, second = (stories.tell(chosen, place).pseudonym for place in (0, 1))
    assert first != second
    assert stories.tell(chosen).pseudonym == first
    assert Stories().tell(chosen).pseudonym != first


def test_after_the_last_customer_comes_the_first() -> None:
    chosen, stories = alone("home@1", "cart@2", "csat=3"), Stories()
    assert [stories.tell(chosen, place).place for place in (0, 1, 2, -1)] == [0, 1, 0, 1]
    assert stories.tell(chosen).customers == 2


def test_only_the_chosen_journeys_are_told() -> None:
    on: JourneyMap = UNTIL_OUTCOME.model_copy(update={"privacy": Privacy(k_min=1)})
    cart = Chosen.of(Choice(pattern="home -> cart -> paid"), journeys(LOYAL, on=on))
    told = [m.name for m in Stories().tell(cart).moments if m.kind == "touchpoint"]
    assert told == ["Home", "Cart"]


def test_nobody_is_told_of_among_too_few() -> None:
    with pytest.raises(ParameterError, match=r"Fewer than 5 customers fit this choice"):
        Stories().tell(Chosen.of(Choice("country", "MT"), shop()))
