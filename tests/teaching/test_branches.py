"""Three branches: one change is real, one cannot be told from none, one is another mix."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa
import pytest

import cjm_notebooks as cjm
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.journeys import Journeys
from cjm_notebooks.metrics.group_scores import GroupScores
from cjm_notebooks.teaching.branches import BRANCHES, Branches
from cjm_notebooks.teaching.generators import Generated

SEEDS = (1, 2, 3, 4, 5, 6)
WAVES = GroupScores(("nps",), periods=(("", "2025-06-01"), ("2025-06-01", "")))
every_seed = pytest.mark.parametrize("seed", SEEDS)


def library(given: Generated) -> Journeys:
    return cjm.join(
        given.right_map, given.events, feedback=given.feedback, customers=given.customers
    )


def branch_of(given: Generated, fact: str) -> Journeys:
    return library(given).where("branch", given.truth.fact(fact).at)


def waves(journeys: Journeys) -> tuple[pd.Series, pd.Series]:
    table = cjm.measure(WAVES, journeys)
    march, june = table.iloc[0], table.iloc[1]
    return march, june


@every_seed
def test_real_change_is_clear_although_the_intervals_of_both_waves_overlap(seed: int) -> None:
    given = Branches().generate(4_400, seed)
    march, june = waves(branch_of(given, "risen"))
    assert june["difference_low"] > 0
    assert june["low"] < march["high"]
    assert june["difference"] == pytest.approx(given.truth.fact("risen").size, abs=1)


@every_seed
def test_unclear_change_has_0_well_inside_its_interval(seed: int) -> None:
    _, june = waves(branch_of(Branches().generate(4_400, seed), "cannot-tell"))
    assert june["difference_low"] < -5 < 0 < june["difference"]


@every_seed
def test_change_of_the_mix_is_clear_in_total_and_gone_in_each_group(seed: int) -> None:
    mixed = branch_of(Branches().generate(4_400, seed), "another-mix")
    assert waves(mixed)[1]["difference_low"] > 0
    for ticket in ("year card", "day guest"):
        assert abs(waves(mixed.where("ticket", ticket))[1]["difference"]) < 2


@every_seed
def test_mix_of_the_other_branches_stays_as_it_is(seed: int) -> None:
    given = Branches().generate(4_400, seed)
    for fact in ("risen", "cannot-tell"):
        groups = branch_of(given, fact)
        half = groups.where("ticket", "year card").n_customers / groups.n_customers
        assert half == pytest.approx(0.5, abs=0.01)


def test_each_branch_plays_each_part_for_some_seed() -> None:
    parts = {
        (fact.id, fact.at)
        for seed in range(20)
        for fact in Branches().generate(3_000, seed).truth.facts
    }
    assert len(parts) == 3 * len(BRANCHES)


def test_same_seed_gives_the_same_tables_and_another_one_others() -> None:
    one, again, other = (Branches().generate(3_000, seed) for seed in (1, 1, 2))
    for name in ("events", "feedback", "customers"):
        tables = [pa.table(getattr(given, name).table) for given in (one, again, other)]
        assert tables[0].equals(tables[1])
        assert not tables[0].equals(tables[2])


def test_two_in_five_answer() -> None:
    given = Branches().generate(4_400, 1)
    answers = pa.table(given.feedback.table).num_rows
    assert answers / pa.table(given.customers.table).num_rows == pytest.approx(0.4, abs=0.005)


@pytest.mark.parametrize(("customers", "seed"), [(10, 1), (4_400, -1)])
def test_too_few_visitors_or_no_seed_are_refused(customers: int, seed: int) -> None:
    with pytest.raises(ParameterError, match="Give a"):
        Branches().generate(customers, seed)
