from __future__ import annotations

import pandas as pd
import pytest

from cjm_notebooks.checks.unmet_expectations import UnmetExpectations
from cjm_notebooks.errors import ParameterError
from tests.checking import EVENTS, FEEDBACK, checked, verdict

COLUMNS = ["touchpoint", "expected", "perceived", "low", "high", "p", "standardised"]


def gaps(*rows: tuple[str, float, float, float, float, float, float]) -> pd.DataFrame:
    """Touchpoint, expected, perceived, ends of the gap's interval, p, standardised gap."""
    table = pd.DataFrame(rows, columns=COLUMNS)
    gap = table["perceived"] - table["expected"]
    return table.assign(
        gap=gap, expected_source="claim", perceived_n=120, scale_low=1.0, scale_high=5.0
    )


MET = ("home", 4.0, 4.0, -0.2, 0.2, 0.9, 0.0)
LARGE = ("pay", 4.5, 3.0, -1.8, -1.2, 0.001, -1.1)
SMALL = ("cart", 4.0, 3.6, -0.6, -0.2, 0.02, -0.25)
SMALL_BUT_STEADY = ("cart", 4.0, 3.6, -0.6, -0.2, 0.02, -0.35)
UNCERTAIN = ("help", 4.0, 3.0, -2.1, 0.1, 0.06, -0.8)


def test_expectations_that_are_met_or_exceeded_pass():
    exceeded = ("cart", 3.0, 4.0, 0.5, 1.5, 0.001, 1.0)
    found = checked(UnmetExpectations(), expectation_gap=gaps(MET, exceeded), quality=(FEEDBACK,))
    assert found.outcome == "pass"
    assert found.observation.value == 0


def test_shortfall_of_one_point_and_a_half_is_found_at_its_touchpoint():
    found = verdict(UnmetExpectations(), expectation_gap=gaps(MET, LARGE), quality=(FEEDBACK,))
    (finding,) = found.findings
    assert (found.outcome, finding.id, finding.severity) == (
        "fail",
        "X01/pay/shortfall-1-to-5",
        "high",
    )
    assert str(finding.what) == "Customers expect 4.50 of `pay` and rate it 3.00."
    assert (finding.value, finding.low, finding.high) == (-1.5, -1.8, -1.2)
    assert finding.p_adjusted == 0.002


def test_less_than_half_a_point_counts_only_when_customers_agree():
    small = verdict(UnmetExpectations(), expectation_gap=gaps(SMALL), quality=(FEEDBACK,))
    assert small.outcome == "pass"
    steady = verdict(
        UnmetExpectations(), expectation_gap=gaps(SMALL_BUT_STEADY), quality=(FEEDBACK,)
    )
    assert steady.outcome == "fail"


def test_shortfall_whose_interval_reaches_zero_is_none():
    found = verdict(UnmetExpectations(), expectation_gap=gaps(UNCERTAIN), quality=(FEEDBACK,))
    assert found.outcome == "pass"


def test_shortfall_that_many_other_tests_make_likely_by_chance_is_none():
    others = [(f"at-{i}", 4.0, 4.0, -0.2, 0.2, 0.9, 0.0) for i in range(2)]
    found = checked(
        UnmetExpectations(),
        expectation_gap=gaps(SMALL_BUT_STEADY, *others),
        quality=(FEEDBACK,),
    )
    assert found.observation.p_adjusted("cart/shortfall-1-to-5") == pytest.approx(0.06)
    assert found.outcome == "pass"


def test_largest_shortfall_comes_first():
    table = gaps(SMALL_BUT_STEADY, LARGE)
    found = verdict(UnmetExpectations(), expectation_gap=table, quality=(FEEDBACK,))
    assert [finding.targets for finding in found.findings] == [("pay",), ("cart",)]


def test_twenty_of_many_shortfalls_are_listed():
    many = gaps(*((f"at-{i}", *LARGE[1:]) for i in range(21)))
    found = verdict(UnmetExpectations(), expectation_gap=many, quality=(FEEDBACK,))
    assert (found.outcome, len(found.findings)) == ("fail", 20)


def test_two_scales_at_one_touchpoint_are_two_gaps():
    on_ten = gaps(("pay", 9.0, 8.9, -0.4, 0.2, 0.5, -0.1)).assign(scale_low=0.0, scale_high=10.0)
    table = pd.concat([gaps(LARGE), on_ten])
    found = verdict(UnmetExpectations(), expectation_gap=table, quality=(FEEDBACK,))
    assert [finding.id for finding in found.findings] == ["X01/pay/shortfall-1-to-5"]


def test_touchpoints_without_a_test_cannot_be_judged():
    untested = ("pay", 4.5, 3.0, float("nan"), float("nan"), float("nan"), float("nan"))
    found = verdict(UnmetExpectations(), expectation_gap=gaps(untested), quality=(FEEDBACK,))
    assert found.outcome == "insufficient_data"
    assert str(found.reason) == "No touchpoint has an expectation and answers on the same scale."


def test_events_alone_hold_no_expectations():
    found = verdict(UnmetExpectations(), expectation_gap=gaps(), quality=(EVENTS,))
    assert found.outcome == "not_applicable"


def test_threshold_below_zero_is_refused():
    with pytest.raises(ParameterError, match=r"`least_gap` is -1\. Give a number"):
        UnmetExpectations(least_gap=-1)
