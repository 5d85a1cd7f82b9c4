"""What is said about the chosen journeys, and what is not because it would tell of too few."""

from __future__ import annotations

from datetime import date

import pytest

from cjm_notebooks.builders.exploring import Choice, Chosen
from cjm_notebooks.builders.exploring.measured import measured_map
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.language import language
from cjm_notebooks.metrics.csat import Csat
from tests.builders.exploring import shop


def chosen(**choice: str | date) -> Chosen:
    return Chosen.of(Choice(**choice), shop())


def test_shares_are_told_with_interval_and_n() -> None:
    home, cart, *_, paid, cancelled = chosen(place="home").shares
    assert (home.kind, home.name, home.reached, home.journeys, home.share) == (
        "stage", "Browse", 12, 12, 1.0
    )  # fmt: skip
    assert (cart.reached, cart.journeys, cart.share) == (6, 12, 0.5)
    assert 0 < cart.low < 0.5 < cart.high < 1
    assert (paid.kind, paid.name, paid.reached, paid.journeys) == ("outcome", "Paid", 6, 12)
    assert (cancelled.name, cancelled.reached, cancelled.share) == ("Cancelled", 0, 0.0)


def test_counts_are_told_where_they_tell_of_enough() -> None:
    assert chosen(place="home").counts == {"customers": 12, "journeys": 12, "open": 0, "over": 12}


def test_three_open_journeys_are_hidden_and_cannot_be_worked_out() -> None:
    assert chosen().counts == {"customers": 15, "journeys": 15, "open": None, "over": None}


def test_a_choice_of_three_says_only_that_it_is_too_small() -> None:
    malta = chosen(segment="country", value="MT")
    assert str(malta.problem) == (
        "Fewer than 5 customers fit this choice, so nothing is shown about them. "
        "Choose more of them."
    )
    assert malta.shares == ()
    assert set(malta.counts.values()) == {None}
    assert measured_map(malta).targets == ()


def test_a_choice_that_nobody_fits_says_so() -> None:
    nobody = chosen(first_day=date(1999, 1, 1))
    assert str(nobody.problem).startswith("No journey fits this choice. Widen the period")
    assert nobody.counts == {"customers": 0, "journeys": 0, "open": 0, "over": 0}


def test_whoever_only_answered_is_no_customer_with_a_journey() -> None:
    assert chosen(last_day=date(1970, 1, 20)).n_customers == 12


def test_the_map_carries_the_numbers_of_the_choice() -> None:
    found = {(one.target, one.measure): one for one in measured_map(chosen(place="home")).targets}
    assert found["cart", "reach"].estimate == 0.5
    assert (found["help", "reach"].kind, found["help", "reach"].n) == ("touchpoint", 12)
    score = found["pay", "mean-score"]
    assert (score.estimate, score.n, score.unit) == (3.5, 12, "points of the scale")
    assert (score.scale_min, score.scale_max) == (1, 5)
    assert score.low < 3.5 < score.high


def test_what_was_measured_is_not_measured_again() -> None:
    one = chosen(place="home")
    assert one.tables((Csat(),))[Csat()] is one.tables((Csat(),))[Csat()]


def test_a_view_is_drawn_from_what_may_be_shown() -> None:
    drawn = chosen().exhibit("stage-funnel", language("en"))
    assert drawn.table["reached"].tolist() == [15, 6, 6, 6]
    assert drawn.table["recent"].isna().tolist()[0]


def test_a_choice_of_three_is_not_drawn() -> None:
    with pytest.raises(ParameterError, match="Fewer than 5 customers fit this choice"):
        chosen(segment="country", value="MT").exhibit("stage-funnel", language("en"))


def test_a_view_that_is_not_there_is_refused() -> None:
    with pytest.raises(ParameterError, match=r"no `funnel` among the views\. Did you mean `stage-"):
        chosen().exhibit("funnel", language("en"))
