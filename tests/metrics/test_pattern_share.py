"""How many journeys hold a pattern, and how they come out, counted by hand."""

from __future__ import annotations

import pandas as pd
import pytest
from scipy.optimize import brentq

from cjm_notebooks import JourneyMap, measure
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.metrics.pattern_share import PatternShare
from cjm_notebooks.statistics.intervals import wilson
from tests.journeys import ONE_EACH, UNTIL_OUTCOME, journeys

DAY = 86_400
BIN = 0.0055
UNHELPED = "cart -> [^help]* -> pay"


def share(
    pattern: str, *customers: str, until: float = 100, on: JourneyMap = ONE_EACH
) -> pd.Series:
    (row,) = measure(PatternShare(pattern), journeys(*customers, until=until, on=on)).iloc
    return row


def test_share_is_of_the_journeys_that_are_over() -> None:
    row = share(
        UNHELPED,
        "cart@1 pay@2 paid@3",
        "cart@1 help@2 pay@3 paid@4",
        "home@1 cart@2 home@3 pay@4",
        "home@1",
        "cart@98",
        "cart@98 pay@99",
    )
    assert row["pattern"] == UNHELPED
    assert (row["open"], row["over"]) == (2, 4)
    assert (row["matched"], row["share"]) == (2, 0.5)
    assert (row["low"], row["high"]) == wilson(2, 4)
    assert (row["began"], row["completed"]) == (3, 2 / 3)
    assert (row["completed_low"], row["completed_high"]) == wilson(2, 3)


def test_success_with_the_pattern_stands_beside_success_without_it() -> None:
    row = share(
        UNHELPED,
        "cart@1 pay@2 paid@3",
        "cart@1 pay@2 paid@3",
        "cart@1 pay@2 cancelled@3",
        "cart@1 help@2 pay@3 paid@4",
        "home@1",
        "home@1 cancelled@2",
        "home@1",
        "cart@98 pay@99",
    )
    assert (row["succeeded"], row["matched"], row["success_share"]) == (2, 3, 2 / 3)
    assert (row["succeeded_without"], row["without"], row["success_without"]) == (1, 4, 1 / 4)
    assert row["difference"] == pytest.approx(2 / 3 - 1 / 4)
    assert row["lift"] == pytest.approx(8 / 3)


def test_difference_has_the_interval_of_the_textbook() -> None:
    """Newcombe 1998, table II, (a): 56 of 70 less 48 of 80."""
    row = share(
        "cart",
        *["cart@1 paid@2"] * 56,
        *["cart@1"] * 14,
        *["home@1 paid@2"] * 48,
        *["home@1"] * 32,
    )
    assert row["difference"] == pytest.approx(0.2)
    assert row["difference_low"] == pytest.approx(0.0524, abs=5e-5)
    assert row["difference_high"] == pytest.approx(0.3339, abs=5e-5)


def test_lift_ends_where_success_would_be_no_larger_than_as_many_times_the_other() -> None:
    row = share(
        "cart", *["cart@1 paid@2"] * 8, *["cart@1"] * 4, *["home@1 paid@2"] * 5, *["home@1"] * 15
    )
    (a, b), (low_a, high_a), (low_b, high_b) = (8 / 12, 5 / 20), wilson(8, 12), wilson(5, 20)

    def lower(lift: float) -> float:
        reach = ((a - low_a) ** 2 + lift**2 * (high_b - b) ** 2) ** 0.5
        return float(a - lift * b - reach)

    def upper(lift: float) -> float:
        reach = ((high_a - a) ** 2 + lift**2 * (b - low_b) ** 2) ** 0.5
        return float(a - lift * b + reach)

    assert row["lift"] == pytest.approx(a / b)
    assert row["lift_low"] == pytest.approx(brentq(lower, 0, a / b))
    assert row["lift_high"] == pytest.approx(brentq(upper, a / b, 1000))


def test_lift_without_success_on_a_side_has_no_more_than_it_knows() -> None:
    nothing = share("cart", "cart@1", "cart@1", "home@1 paid@2", "home@1")
    assert (nothing["lift"], nothing["lift_low"]) == (0, 0)
    assert nothing["lift_high"] > 1
    no_base = share("cart", "cart@1 paid@2", "home@1")
    assert no_base[["lift", "lift_low", "lift_high"]].isna().all()
    assert no_base["difference"] == 1
    nobody = share("cart", "home@1 paid@2", "home@1")
    assert nobody[["difference", "lift", "lift_low", "lift_high"]].isna().all()


def test_times_run_from_the_first_to_the_last_event_of_the_first_match() -> None:
    row = share(
        "cart -> ... -> pay",
        "home@1 cart@2 pay@3 cart@4 pay@9",
        "cart@1 home@2 cart@3 home@4 pay@6",
        "cart@1 pay@11",
        "cart@98 pay@99",
    )
    assert (row["matched"], row["matches"]) == (3, 4)
    assert row["p50_seconds"] == pytest.approx(3 * DAY, rel=BIN)
    assert row["p90_seconds"] == pytest.approx(10 * DAY, rel=BIN)
    assert row[["p50_low", "p50_high"]].isna().all()


def test_match_may_end_with_the_outcome() -> None:
    row = share("cart -> ... -> paid", "cart@1 pay@2 paid@5", "cart@1 cancelled@2")
    assert (row["matched"], row["succeeded"], row["without"]) == (1, 1, 1)
    assert row["p50_seconds"] == pytest.approx(4 * DAY, rel=BIN)


def test_alike_journeys_of_one_customer_tell_less_than_as_many_customers() -> None:
    loyal = "cart@1 pay@2 paid@3 cart@4 pay@5 paid@6"
    strayed = "home@1 paid@2 home@3 paid@4"
    row = share(UNHELPED, *[loyal] * 10, *[strayed] * 10, on=UNTIL_OUTCOME)
    low, high = wilson(20, 40)
    assert (row["matched"], row["over"]) == (20, 40)
    assert row["low"] < low
    assert row["high"] > high


def test_default_is_to_come_twice_on_any_map() -> None:
    (row,) = measure(PatternShare(), journeys("home@1 cart@2", "home@1", "cart@1 paid@2")).iloc
    assert (row["matched"], row["over"]) == (1, 3)


def test_nobody_has_no_share() -> None:
    row = share(UNHELPED)
    assert (row["over"], row["matched"], row["open"]) == (0, 0, 0)
    assert row[["share", "low", "completed", "p50_seconds", "success_share", "lift"]].isna().all()


def test_pattern_is_read_at_once_and_its_names_with_the_map() -> None:
    with pytest.raises(ParameterError, match=r"Column 6 of the pattern: `pay` follows without an"):
        PatternShare("cart pay")
    with pytest.raises(ParameterError, match=r"Column 9 .* outcome `pau`\. Did you mean `pay`"):
        share("cart -> pau", "home@1")
