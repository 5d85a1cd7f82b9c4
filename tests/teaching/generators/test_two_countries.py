"""Each planted fact is in the tables at the planted size."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cjm_notebooks.teaching.asking import extreme
from cjm_notebooks.teaching.generators.two_countries import TwoCountries
from tests.teaching.generators.counting import ERRORS, Counted, is_apart_by, is_planted, ratings

PLANTED = TwoCountries()


@pytest.fixture(scope="module")
def answers() -> pd.DataFrame:
    return ratings("two-countries")


def test_nps_is_apart_by_the_planted_style(answers: pd.DataFrame) -> None:
    asked = answers.query("question == 'recommend'")
    standing = (asked["score"] >= 9).astype(int) - (asked["score"] <= 6)
    each = standing.groupby(asked["country"]).agg(["mean", "var", "size"])
    error = np.sqrt((each["var"] / each["size"]).sum())
    assert abs(each["mean"]["US"] - each["mean"]["JP"] - PLANTED.style) < ERRORS * error


def test_scale_used_more_at_its_ends_keeps_the_order_of_views() -> None:
    middling = (0.1, 0.2, 0.4, 0.2, 0.1)
    wide = extreme(middling, 2, 3, gap=0.12)
    assert wide == pytest.approx((0.34 / 3, 0.68 / 3, 0.2, 0.92 / 3, 0.46 / 3))
    assert sum(wide[3:]) - sum(wide[:2]) == pytest.approx(0.12)


def test_americans_use_both_ends_more(answers: pd.DataFrame) -> None:
    asked = answers.query("question == 'rating' and touchpoint != 'name-form'")
    at = asked.assign(low=asked["score"] <= 2, high=asked["score"] == 5)
    shares = at.groupby("country")[["low", "high"]].mean()
    assert (shares.loc["US"] > shares.loc["JP"] + 0.03).all()


def test_form_is_rated_badly_in_japan_alone(answers: pd.DataFrame) -> None:
    form = answers.query("touchpoint == 'name-form'")
    bad = (form["score"] <= 2).to_numpy()
    in_japan = (form["country"] == "JP").to_numpy()
    assert is_planted(bad, in_japan, PLANTED.bad_form)
    elsewhere = answers.query(
        "question == 'rating' and touchpoint == 'payment' and country == 'US'"
    )
    usual = float((elsewhere["score"] <= 2).mean())
    assert abs(bad[~in_japan].mean() - usual) < 0.03


def test_form_loses_more_in_japan_alone() -> None:
    counted = Counted.of("two-countries")
    lost, form = ~counted.who("paid"), counted.who("name_form_opened")
    in_japan = counted.is_("country", "JP")
    assert is_planted(lost, form & in_japan, PLANTED.form_drop)
    assert is_planted(lost, form & ~in_japan, PLANTED.usual_drop)


def test_who_has_got_through_the_form_comes_again_as_often() -> None:
    counted = Counted.of("two-countries")
    again, paid = counted.who("next_pass_ordered"), counted.who("paid")
    in_japan = counted.is_("country", "JP")
    assert is_apart_by(again, paid & in_japan, paid & ~in_japan, 0)
