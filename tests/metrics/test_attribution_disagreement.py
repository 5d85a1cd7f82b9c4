"""The models side by side, on one textbook case and against the metrics they come from."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings

from cjm_notebooks import Journeys, measure
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.metrics.attribution import MODELS, Attribution
from cjm_notebooks.metrics.attribution_disagreement import ALL_MODELS, AttributionDisagreement
from cjm_notebooks.metrics.markov_attribution import MarkovAttribution
from cjm_notebooks.metrics.shapley_attribution import ShapleyAttribution
from tests.journeys import journeys
from tests.journeys.drawn import drawn_journeys

TEXTBOOK = ("home@1 product@8 cart@15 paid@20", "home@1", "product@1 cart@2")
few = settings(max_examples=50)


def models(*customers: str) -> pd.DataFrame:
    return measure(AttributionDisagreement(), journeys(*customers)).set_index("touchpoint")


def test_one_conversion_has_as_many_fathers_as_there_are_models() -> None:
    table = models(*TEXTBOOK).loc[["home", "product", "cart"], list(ALL_MODELS)]
    assert table.T.to_numpy().tolist() == [
        pytest.approx(shares)
        for shares in (
            [1, 0, 0],
            [0, 0, 1],
            [1 / 3, 1 / 3, 1 / 3],
            [0.4, 0.2, 0.4],
            [1 / 7, 2 / 7, 4 / 7],
            [0.2, 0.4, 0.4],
            [1 / 3, 1 / 3, 1 / 3],
        )
    ]


def test_spread_is_the_highest_less_the_lowest_share() -> None:
    table = models(*TEXTBOOK)
    assert table["lowest"].tolist() == pytest.approx([0] * 5)
    assert table["highest"].tolist() == pytest.approx([1, 0.4, 1, 0, 0])
    assert table["spread"].tolist() == pytest.approx([1, 0.4, 1, 0, 0])


def test_ranks_run_from_the_model_that_thinks_most_of_a_place_to_the_one_that_thinks_least() -> (
    None
):
    """Product shares the first rank where all three are equal, and the second with the unseen."""
    table = models(*TEXTBOOK)
    assert table["best_rank"].tolist() == [1, 1, 1, 2, 2]
    assert table["worst_rank"].tolist() == [3, 3, 2, 4, 4]


def test_journeys_behind_the_shares_are_shown() -> None:
    table = models(*TEXTBOOK, "help@99", "paid@1 home@2")
    assert table["journeys"].tolist() == [1, 1, 1, 0, 0]
    assert table["began"].tolist() == [1, 0, 0, 0, 0]
    assert table["ended"].tolist() == [0, 0, 1, 0, 0]
    counts = table[["credited", "uncredited", "open"]].drop_duplicates()
    assert counts.to_numpy().tolist() == [[1, 1, 1]]


def test_models_agree_on_a_place_that_is_alone() -> None:
    table = models("help@1 paid@2", "help@1 paid@2", "help@1")
    assert table.loc["help", list(ALL_MODELS)].tolist() == [1] * 7
    assert table["spread"].tolist() == [0] * 5


def test_interval_holds_the_spread_and_narrows_with_customers() -> None:
    others = ("home@1 cart@2 paid@3", "cart@1 paid@2")
    some, many = (models(*(*TEXTBOOK, *others) * times) for times in (4, 40))
    for table in (some, many):
        assert (table["spread_low"] <= table["spread"]).all()
        assert (table["spread"] <= table["spread_high"]).all()
    assert (
        many["spread_high"] - many["spread_low"] < some["spread_high"] - some["spread_low"]
    ).all()


def test_nothing_is_known_without_a_conversion() -> None:
    for nobody in ("home@1", "about@1", "home@99"):
        estimates = [*ALL_MODELS, "spread", "spread_low", "spread_high", "best_rank", "worst_rank"]
        assert models(nobody)[estimates].isna().all(axis=None)


@few
@given(seen=drawn_journeys)
def test_each_model_has_the_shares_of_its_own_metric(seen: Journeys) -> None:
    table = measure(AttributionDisagreement(by="stage"), seen)
    rules = measure(Attribution(by="stage"), seen).groupby("model")["share"]
    for model in MODELS:
        assert table[model].tolist() == pytest.approx(rules.get_group(model).tolist(), nan_ok=True)
    markov = measure(MarkovAttribution(by="stage"), seen)["share"]
    shapley = measure(ShapleyAttribution(by="stage"), seen)["share"]
    assert table["markov"].tolist() == pytest.approx(markov.tolist(), nan_ok=True)
    assert table["shapley"].tolist() == pytest.approx(shapley.tolist(), nan_ok=True)


def test_parameters_of_the_rules_are_refused_as_there() -> None:
    with pytest.raises(ParameterError, match="`half_life_days` is -1"):
        AttributionDisagreement(half_life_days=-1)
    with pytest.raises(ParameterError, match="Credit cannot go to each `page`"):
        AttributionDisagreement(by="page")  # type: ignore[arg-type]
