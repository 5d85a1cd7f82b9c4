from __future__ import annotations

import pytest

from cjm_notebooks.checks import SmallGroups
from cjm_notebooks.checks.small_cells import SmallCells
from cjm_notebooks.errors import ParameterError
from tests.checking import verdict


def test_run_that_hid_groups_below_five_passes_and_says_how_many_cells():
    hid = SmallGroups(k_min=5, hidden={"nps": 3, "drop-off": 0, "csat": 4})
    found = verdict(SmallCells(), small_groups=hid)
    assert found.outcome == "pass"
    assert str(found.reason) == "Cells hidden because of small groups: 7."


def test_map_that_allows_groups_of_three_is_a_critical_failure():
    hid = SmallGroups(k_min=3, hidden={"nps": 1, "csat": 2, "waits": 0})
    found = verdict(SmallCells(), small_groups=hid)
    (finding,) = found.findings
    assert (finding.id, finding.severity) == ("R05/map/floor", "critical")
    assert str(finding.what) == (
        "The map allows groups of 3 people to be shown, where 5 is the least that is safe."
    )
    assert finding.rows == (
        {"table": "csat", "hidden_cells": 2},
        {"table": "nps", "hidden_cells": 1},
    )


def test_sensitive_data_may_ask_for_ten():
    hid = SmallGroups(k_min=5, hidden={"nps": 0})
    assert verdict(SmallCells(floor=10), small_groups=hid).outcome == "fail"


def test_run_without_tables_cannot_be_judged():
    found = verdict(SmallCells(), small_groups=SmallGroups(k_min=5, hidden={}))
    assert found.outcome == "insufficient_data"
    assert str(found.reason) == "The run made no table that could show a group."


def test_floor_below_nobody_is_refused():
    with pytest.raises(ParameterError, match=r"`floor` is -1\. Give a number"):
        SmallCells(floor=-1)
