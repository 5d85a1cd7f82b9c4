from __future__ import annotations

import pandas as pd
import pytest

from cjm_notebooks.checks.small_samples import SmallSamples
from cjm_notebooks.errors import ParameterError
from tests.checking import checked, verdict


def drop_off(**decided: int) -> pd.DataFrame:
    return pd.DataFrame({"stage": [*decided], "decided": [*decided.values()]})


def answers(**n: int) -> pd.DataFrame:
    """One question, asked about each of these touchpoints; `whole` is the journey as a whole."""
    touchpoints = [None if touchpoint == "whole" else touchpoint for touchpoint in n]
    columns = {"question": "asked", "touchpoint": touchpoints, "n": [*n.values()]}
    return pd.DataFrame(columns).astype({"touchpoint": "str", "n": "int64"})


def gaps(*rows: tuple[str, str, float | None, int]) -> pd.DataFrame:
    columns = ["touchpoint", "expected_source", "expected_n", "perceived_n"]
    return pd.DataFrame(rows, columns=columns).astype({"expected_n": "float64"})


NOTHING = {"drop_off": drop_off(), "nps": answers(), "csat": answers(), "expectation_gap": gaps()}


def test_thirty_records_are_enough():
    readings = {**NOTHING, "drop_off": drop_off(browse=30), "nps": answers(pay=31)}
    found = checked(SmallSamples(), **readings)
    assert (found.outcome, found.observation.value) == ("pass", 0)


def test_29_records_are_thin_and_9_are_too_few():
    readings = {
        **NOTHING,
        "drop_off": drop_off(browse=400, cart=29),
        "nps": answers(whole=9),
        "csat": answers(pay=10, cart=0),
    }
    found = checked(SmallSamples(), **readings)
    too_few, thin = found.verdict.findings
    assert (too_few.id, too_few.severity) == ("D10/map/too-few", "high")
    assert str(too_few.what) == "1 of 4 estimates rest on fewer than 10 records."
    assert too_few.rows == ({"estimate": "nps", "place": "asked", "fewer_than": 10},)
    assert (thin.id, thin.severity) == ("D10/map/thin", "medium")
    assert [row["place"] for row in thin.rows] == ["cart", "pay"]
    assert found.observation.value == 0.75


def test_gap_counts_its_smaller_side_and_a_claim_has_no_side():
    table = gaps(
        ("pay", "answers", 12, 400), ("cart", "claim", None, 400), ("help", "claim", 0, 40)
    )
    found = verdict(SmallSamples(), **NOTHING | {"expectation_gap": table})
    (finding,) = found.findings
    assert finding.rows == ({"estimate": "expectation-gap", "place": "pay", "fewer_than": 30},)


def test_stage_that_nobody_reached_has_no_estimate():
    found = verdict(SmallSamples(), **NOTHING | {"drop_off": drop_off(browse=0)})
    assert found.outcome == "insufficient_data"
    assert str(found.reason) == "There is no estimate to look at."


def test_hiding_more_than_is_thin_is_refused():
    with pytest.raises(ParameterError, match=r"not below the 50 of `hide_below`"):
        SmallSamples(hide_below=50)
