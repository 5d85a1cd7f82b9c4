from __future__ import annotations

from pathlib import Path

import pytest

from cjm_notebooks.errors import ParameterError
from cjm_notebooks.teaching.truth import Fact, Truth

SLOW = Fact(
    id="slow-refund",
    kind="negative_peak",
    at="touchpoints/refund",
    sentence="The refund takes long.",
    size=0.6,
    unit="share of ratings",
)
TRUTH = Truth(generator="webshop", seed=1, customers=400, facts=(SLOW,))


def test_truth_is_read_as_it_was_written(tmp_path: Path) -> None:
    TRUTH.write(tmp_path / "truth.json")
    assert Truth.read(tmp_path / "truth.json") == TRUTH


def test_fact_that_was_not_planted_is_named_with_those_near_it() -> None:
    assert TRUTH.fact("slow-refund") is SLOW
    with pytest.raises(ParameterError, match=r"No fact `slow-refunds`.*Did you mean `slow-refund`"):
        TRUTH.fact("slow-refunds")


def test_other_file_is_no_truth(tmp_path: Path) -> None:
    (tmp_path / "truth.json").write_text('{"generator": "webshop"}')
    with pytest.raises(ParameterError, match=r"is not a truth file: "):
        Truth.read(tmp_path / "truth.json")
