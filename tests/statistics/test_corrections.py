"""Many tests at once."""

from __future__ import annotations

import math

import numpy as np
import pytest

from cjm_notebooks.statistics.corrections import benjamini_hochberg


def test_two_of_ten_tests_survive_the_correction() -> None:
    p = [0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216]
    assert (benjamini_hochberg(p) <= 0.05).tolist() == [True, True] + [False] * 8


def test_correction_multiplies_by_tests_over_rank_and_keeps_the_order() -> None:
    assert benjamini_hochberg([0.04, 0.01, 0.03]) == pytest.approx([0.04, 0.03, 0.04])


def test_test_that_could_not_be_made_is_not_counted() -> None:
    adjusted = benjamini_hochberg([0.01, math.nan, 0.04])
    assert adjusted[[0, 2]] == pytest.approx([0.02, 0.04])
    assert np.isnan(adjusted[1])


def test_run_without_tests_has_nothing_to_correct() -> None:
    assert benjamini_hochberg([]).tolist() == []
    assert np.isnan(benjamini_hochberg([math.nan])).all()
