"""Every learner has data of their own."""

from __future__ import annotations

import pytest

from cjm_notebooks.errors import ParameterError
from cjm_notebooks.teaching.seeds import seed_of


def test_seed_of_a_learner_never_changes() -> None:
    assert seed_of("cx-2025", "stage-it", "ann") == 3_457_707_280


def test_another_learner_exercise_or_course_has_another_seed() -> None:
    seeds = {
        seed_of("cx-2025", "stage-it", "ann"),
        seed_of("cx-2025", "stage-it", "bob"),
        seed_of("cx-2025", "nps-change", "ann"),
        seed_of("cx-2026", "stage-it", "ann"),
    }
    assert len(seeds) == 4


def test_who_has_no_secret_cannot_work_out_a_seed_made_with_one() -> None:
    graded = seed_of("cx-2025", "stage-it", "ann", b"kept by the teacher")
    assert graded != seed_of("cx-2025", "stage-it", "ann")
    assert graded != seed_of("cx-2025", "stage-it", "ann", b"another secret")


def test_empty_secret_is_refused() -> None:
    with pytest.raises(ParameterError, match="The secret is empty"):
        seed_of("cx-2025", "stage-it", "ann", b"")
