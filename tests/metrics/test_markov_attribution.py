"""Credit by removal: the textbook case, and each removal solved anew."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from cjm_notebooks import Journeys, measure
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.metrics.markov_attribution import MarkovAttribution
from tests.journeys import UNTIL_OUTCOME, journeys
from tests.journeys.drawn import drawn_journeys

TEXTBOOK = ("home@1 product@2 cart@3 paid@4", "home@1", "product@1 cart@2")
few = settings(max_examples=50, deadline=None)


def column(name: str, *customers: str, **parameters: str) -> list[float]:
    found = measure(MarkovAttribution(**parameters), journeys(*customers))  # type: ignore[arg-type]
    return [float(one) for one in found[name]]


def test_textbook_case_gives_a_fifth_and_two_times_two_fifths() -> None:
    """Of three journeys one converts. Home is on the way of half of what would, the others of all:
    effects 1/2, 1 and 1, and these of 5/2 together.
    """
    assert column("removal_effect", *TEXTBOOK) == pytest.approx([0.5, 1, 1, 0, 0])
    assert column("share", *TEXTBOOK) == pytest.approx([0.2, 0.4, 0.4, 0, 0])
    assert column("credit", *TEXTBOOK * 3) == pytest.approx([0.6, 1.2, 1.2, 0, 0])


def test_journeys_behind_the_credit_are_shown() -> None:
    table = measure(MarkovAttribution(), journeys(*TEXTBOOK, "help@99", "paid@1 home@2"))
    assert table["journeys"].tolist() == [2, 2, 2, 0, 0]
    assert table["converted"].tolist() == [1, 1, 1, 0, 0]
    counts = table[["credited", "lost", "uncredited", "open"]].drop_duplicates()
    assert counts.to_numpy().tolist() == [[1, 2, 1, 1]]


def test_open_journeys_lose_nothing() -> None:
    still_here = ("home@99", "home@98 product@99")
    assert column("share", *TEXTBOOK, *still_here) == column("share", *TEXTBOOK)


def test_what_happens_after_the_outcome_changes_nothing() -> None:
    later = tuple(said.replace("paid@4", "paid@4 help@5 home@6") for said in TEXTBOOK)
    assert column("share", *later) == column("share", *TEXTBOOK)


def test_repeats_at_a_place_change_nothing() -> None:
    patient = ("home@1 home@1.5 product@2 cart@3 cart@3.5 paid@4", *TEXTBOOK[1:])
    assert column("share", *patient) == pytest.approx(column("share", *TEXTBOOK))


def test_journey_that_ended_otherwise_is_lost() -> None:
    cancelled = (TEXTBOOK[0], "home@1 cancelled@2", "product@1 cart@2 cancelled@3")
    assert column("share", *cancelled) == column("share", *TEXTBOOK)


def test_outcome_may_be_a_failure() -> None:
    said = ("home@1 cancelled@2", "cart@1 paid@2")
    assert column("share", *said, outcome="cancelled") == [1, 0, 0, 0, 0]


def test_stages_are_places_too() -> None:
    """Browse leads to the cart 2 times of 3, the cart to the outcome 1 of 2."""
    assert column("removal_effect", *TEXTBOOK, by="stage") == pytest.approx([1, 1, 0, 0])


def test_nothing_is_known_without_a_conversion() -> None:
    for nobody in ("home@1", "about@1", "home@99"):
        table = measure(MarkovAttribution(), journeys(nobody))
        assert table[["removal_effect", "share", "low", "high", "credit"]].isna().all(axis=None)


def test_interval_holds_the_estimate_and_narrows_with_customers() -> None:
    some, many = (measure(MarkovAttribution(), journeys(*TEXTBOOK * times)) for times in (10, 100))
    for table in (some, many):
        for low, name, high in (
            ("removal_effect_low", "removal_effect", "removal_effect_high"),
            ("low", "share", "high"),
        ):
            assert (table[low] <= table[name]).all()
            assert (table[name] <= table[high]).all()
    assert (many["high"] - many["low"] < some["high"] - some["low"]).all()


def naive(seen: Journeys) -> list[float]:
    """Walks in words; the chance to convert, step by step, with and without each place."""
    places = len(seen.map.touchpoints)
    walks = []
    for journey in range(seen.n_journeys):
        own = range(seen.starts[journey], seen.starts[journey + 1])
        reached = seen.outcome[journey] >= 0
        walk = [
            int(seen.touchpoint[event])
            for event in own
            if not reached or seen.at[event] <= seen.outcome_at[journey]
        ]
        if walk and not seen.is_open[journey]:
            success = reached and seen.map.outcomes[seen.outcome[journey]].kind == "success"
            walks.append([*walk, "converts" if success else "lost"])
    going = {
        place: [w[n + 1] for w in walks for n in range(len(w) - 1) if w[n] == place]
        for place in range(places)
    }

    def chance(without: int | None) -> float:
        chances: dict[object, float] = {**dict.fromkeys(range(places), 0.0), "lost": 0.0}
        chances["converts"] = 1.0
        for _ in range(2000):
            for place, nexts in going.items():
                if nexts and place != without:
                    chances[place] = sum(chances[n] for n in nexts) / len(nexts)
        return sum(chances[w[0]] for w in walks) / len(walks)

    whole = chance(None) if walks else 0
    return [1 - chance(place) / whole if whole else np.nan for place in range(places)]


@few
@given(seen=drawn_journeys)
def test_removal_effect_is_what_is_missing_when_the_chain_is_solved_without_the_place(
    seen: Journeys,
) -> None:
    found = measure(MarkovAttribution(), seen)["removal_effect"].tolist()
    assert found == pytest.approx(naive(seen), abs=1e-9, nan_ok=True)


def test_customers_with_many_journeys_widen_the_interval() -> None:
    said = ("home@{} paid@{}", "home@{} cart@{} cancelled@{}", "cart@{} paid@{}")
    strangers = [one.format(1, 2, 3) for one in said * 20]
    regulars = [
        " ".join(one.format(day, day + 1, day + 2) for day in range(1, 41, 4)) for one in said * 2
    ]
    alone, again = (
        measure(MarkovAttribution(), journeys(*customers, on=UNTIL_OUTCOME)).iloc[0]
        for customers in (strangers, regulars)
    )
    assert alone["share"] == pytest.approx(again["share"])
    assert again["high"] - again["low"] > alone["high"] - alone["low"]


def test_places_and_outcomes_that_do_not_exist_are_refused() -> None:
    with pytest.raises(ParameterError, match="Credit cannot go to each `page`"):
        MarkovAttribution(by="page")  # type: ignore[arg-type]
    with pytest.raises(ParameterError, match="has no outcome `payd`"):
        measure(MarkovAttribution("payd"), journeys("home@1"))
