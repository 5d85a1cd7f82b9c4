"""Which journeys hold a pattern, counted by hand and by a slow reading of each journey."""

from __future__ import annotations

import re
from time import process_time

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cjm_notebooks import JourneyMap, Journeys, measure
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.journeys.patterns import At, Either, Element, Pattern, Repeat, find, matches
from cjm_notebooks.journeys.tables import UNKNOWN_TIME
from cjm_notebooks.maps import Condition, Outcome, Rule, Stage
from cjm_notebooks.metrics.transitions import Transitions
from tests.journeys import MICROSECONDS_PER_DAY, UNTIL_OUTCOME, journeys, touchpoint
from tests.journeys.drawn import everyone
from tests.journeys.patterns.drawn import (
    OUTCOMES,
    TOUCHPOINTS,
    events_of,
    first_match,
    patterns,
    patterns_without_times,
    takes,
)

EVENTS = ("home", "product", "cart", "paid", "cancelled")
LETTERS = dict(zip((*TOUCHPOINTS, *OUTCOMES), "hpcyePX", strict=True))


def holds(pattern: str, customer: str, until: float = 200) -> bool:
    """The same for one journey, which is read by itself, and for many, which are read together."""
    (alone,) = matches(pattern, journeys(customer, until=until))
    together = matches(pattern, journeys(*[customer] * 20, until=until))
    assert together.tolist() == [alone] * 20
    return bool(alone)


@pytest.mark.parametrize(
    ("pattern", "yes", "no"),
    [
        ("cart -> pay", "home cart pay", "cart home pay"),
        ("cart -> ... -> pay", "cart home help pay", "pay home cart"),
        ("cart -> ... -> pay", "cart pay", "cart cart"),
        ("cart -> [^help]* -> pay", "cart home pay", "cart help pay"),
        ("cart -> [^help]* -> pay", "cart help cart pay", "pay cart help"),
        ("cart -> [home product] -> pay", "cart product pay", "cart help pay"),
        ("cart -> browse -> pay", "cart product pay", "cart help pay"),
        ("cart -> [^browse] -> pay", "cart help pay", "cart home pay"),
        ("cart|help -> pay", "help pay", "home pay"),
        ("cart -> home|product* -> pay", "cart product product pay", "cart home home pay"),
        ("(cart -> home)|help -> pay", "cart home pay", "home pay"),
        ("cart{2}", "home cart cart", "cart home cart"),
        ("^ -> cart{2,3} -> home", "cart cart cart home", "cart cart cart cart home"),
        ("^ -> cart{2,} -> home", "cart cart cart cart home", "cart home"),
        ("(cart -> home){2}", "cart home cart home", "cart home home cart home"),
        ("cart -> help? -> pay", "cart help pay", "cart help help pay"),
        ("^ -> home -> (cart?){2} -> pay", "home cart pay", "home cart cart cart pay"),
        ("cart+ -> pay", "home cart cart pay", "home pay"),
        ("^ -> cart", "cart home", "home cart"),
        ("cart -> $", "home cart", "cart home"),
        ("^ -> . -> $", "help", "help help"),
        ("^ -> ... -> pay -> ... -> $", "home pay home", "home home"),
        ("cart -> paid", "cart paid", "cart home paid"),
        ("cart -> $", "home cart", "home cart paid"),
        ("cart -> outcome:paid -> $", "home cart paid", "home cart"),
        ("^ -> cancelled", "cancelled home", "home cancelled"),
        ("cart -> paid|cancelled", "cart cancelled", "cart home"),
    ],
)
def test_journey_holds_the_pattern(pattern: str, yes: str, no: str) -> None:
    for customer, expected in ((yes, True), (no, False)):
        dated = " ".join(f"{name}@{day}" for day, name in enumerate(customer.split(), 1))
        assert holds(pattern, dated) is expected


def test_any_touchpoint_is_no_outcome() -> None:
    assert not holds("cart -> .", "cart@1 paid@2")
    assert not holds("cart -> [^help]", "cart@1 paid@2")


def test_events_after_the_outcome_are_not_looked_at() -> None:
    assert not holds("pay -> ... -> help", "pay@1 paid@2 help@3")
    assert not holds("paid -> help", "pay@1 paid@2 help@3")


def test_open_journey_has_not_reached_its_end() -> None:
    assert holds("cart -> $", "cart@1", until=100)
    assert not holds("cart -> $", "cart@99", until=100)
    assert not holds("cart -> $", "home@98 cart@99", until=100)


def test_bound_of_a_step_is_the_time_between_two_events_that_follow_each_other() -> None:
    assert holds("cart ->{<=1d} pay", "cart@1 pay@2")
    assert not holds("cart ->{<1d} pay", "cart@1 pay@2")
    assert holds("cart ->{>=1d} pay", "cart@1 pay@2")
    assert not holds("cart ->{>1d} pay", "cart@1 pay@2")
    assert holds("cart ->{>1d} paid", "cart@1 paid@2.5")
    assert holds("cart -> ... ->{<=1d} pay", "cart@1 home@8 pay@9")


def test_step_over_a_part_left_out_keeps_the_bounds_of_both_arrows() -> None:
    pattern = "cart ->{<=3d} help? ->{>1d} pay"
    assert holds(pattern, "cart@1 help@4 pay@9")
    assert holds(pattern, "cart@1 pay@3")
    assert not holds(pattern, "cart@1 pay@2")
    assert not holds(pattern, "cart@1 pay@5")
    nested = "cart -> (help? ->{<=1d} home?) -> pay"
    assert holds(nested, "cart@1 help@9 pay@10")
    assert holds(nested, "cart@1 pay@2")
    assert not holds(nested, "cart@1 pay@9")


def test_time_of_the_whole_runs_from_the_latest_beginning() -> None:
    assert holds("cart -> ... -> pay within 2 days", "cart@1 cart@5 home@6 pay@7")
    assert not holds("cart -> ... -> pay within 2 days", "cart@1 home@6 pay@7")
    assert holds("cart -> ... -> pay within 2 days", "cart@1 pay@9 cart@10 pay@11")
    assert holds("cart -> ... -> paid within 2 days", "cart@1 cart@2 paid@4")


def test_first_match_is_the_one_complete_first_and_then_the_shortest() -> None:
    found = find("cart -> ... -> pay", journeys("home@1 cart@2 cart@3 home@4 pay@5 cart@6 pay@9"))
    assert found.matches.tolist() == [2]
    assert (found.first_at / MICROSECONDS_PER_DAY).tolist() == [3]
    assert (found.last_at / MICROSECONDS_PER_DAY).tolist() == [5]


def test_matches_share_no_event() -> None:
    found = find("home -> home", journeys("home@1 home@2 home@3 home@4 home@5"))
    assert found.matches.tolist() == [2]


def test_journey_began_with_an_event_that_the_pattern_can_begin_with() -> None:
    someone = journeys("home@1 cart@2", "home@1", "cart@1 help@2 home@3")
    began = find("product? -> cart -> pay", someone)
    assert sorted(began.began.tolist()) == [False, True, True]
    assert not began.holds.any()
    assert set(began.first_at.tolist()) == {UNKNOWN_TIME}
    assert sorted(find("^ -> cart -> pay", someone).began.tolist()) == [False, False, True]


def test_nobody_holds_nothing() -> None:
    assert matches("cart", journeys()).tolist() == []
    assert matches("cart", journeys("about@1")).tolist() == []


def test_each_journey_of_a_customer_is_looked_at_by_itself() -> None:
    someone = journeys("cart@1 paid@2 home@3 cart@4 paid@5", on=UNTIL_OUTCOME)
    assert matches("^ -> cart", someone).tolist() == [True, False]
    assert matches("paid -> home", someone).tolist() == [False, False]


worded = st.lists(
    st.lists(st.tuples(st.sampled_from(EVENTS), st.sampled_from([0, 1, 2, 3, 25])), max_size=8),
    min_size=1,
    max_size=30,
)


def dated(customers: list[list[tuple[str, int]]]) -> Journeys:
    spoken = []
    for customer in customers:
        days = np.cumsum([1, *(gap for _, gap in customer)])[1:]
        said = zip(customer, days, strict=True)
        spoken.append(" ".join(f"{name}@{day}" for (name, _), day in said))
    return journeys("home@1", *spoken, until=200)


@settings(max_examples=150, deadline=None)
@given(pattern=patterns, customers=worded)
def test_every_journey_is_read_as_slowly_event_by_event(
    pattern: Pattern, customers: list[list[tuple[str, int]]]
) -> None:
    someone = dated(customers)
    found = find(_fit(pattern), someone)
    day = MICROSECONDS_PER_DAY
    for journey, events in enumerate(events_of(someone)):
        is_open = bool(someone.is_open[journey])
        first = first_match(pattern, events, is_open)
        assert found.holds[journey] == (first is not None)
        if first is not None:
            times = found.first_at[journey] / day, found.last_at[journey] / day
            assert times == tuple(events[place][1] for place in first)
        counted = 0
        while first is not None and not (pattern.from_start and counted):
            counted, events = counted + 1, events[first[1] + 1 :]
            first = first_match(pattern, events, is_open)
        assert found.matches[journey] == counted


@settings(max_examples=50, deadline=None)
@given(pattern=patterns_without_times)
def test_pattern_over_letters_is_a_regular_expression(pattern: Pattern) -> None:
    someone = everyone(until_outcome=False)
    found = find(_fit(pattern), someone)
    expression = re.compile(
        ("^" if pattern.from_start else "")
        + _expression(pattern.element)
        + (r"\Z" if pattern.to_end else "")
    )
    for journey, events in enumerate(events_of(someone)):
        letters = "".join(LETTERS[name] for name, _ in events)
        expected = expression.search(letters) is not None
        undecided = pattern.to_end and someone.is_open[journey]
        assert found.holds[journey] == (expected and not undecided)


@settings(max_examples=50, deadline=None)
@given(pattern=patterns, places=st.lists(st.integers(0, 1500), min_size=1, max_size=3))
def test_journeys_are_read_alike_alone_and_among_others(
    pattern: Pattern, places: list[int]
) -> None:
    someone = everyone(until_outcome=False)
    together = find(_fit(pattern), someone)
    for place in places:
        alone = find(pattern, someone.part(place, place + 1))
        mine = someone.journey_customer == place
        for name in ("matches", "began", "first_at", "last_at"):
            assert getattr(alone, name).tolist() == getattr(together, name)[mine].tolist()


def _fit(pattern: Pattern) -> Pattern:
    """Leave out what is refused: patterns of nothing, and of more events than are allowed."""
    try:
        find(pattern, journeys_of_nobody())
    except ParameterError as error:
        assume("holds where nothing happened" not in str(error))
        assume("when its repeats are written out" not in str(error))
        raise
    return pattern


def journeys_of_nobody() -> Journeys:
    return everyone(until_outcome=False).part(0, 0)


def _expression(element: Element) -> str:
    if isinstance(element, At):
        letters = "".join(letter for name, letter in LETTERS.items() if takes(element, name))
        return f"[{letters}]" if letters else "(?!)"
    if isinstance(element, Either):
        return "(?:" + "|".join(map(_expression, element.parts)) + ")"
    if isinstance(element, Repeat):
        most = "" if element.most is None else element.most
        return f"(?:{_expression(element.part)}){{{element.least},{most}}}"
    return "(?:" + "".join(map(_expression, element.parts)) + ")"


def test_two_in_a_row_are_the_moves_of_the_transitions() -> None:
    someone = everyone(until_outcome=True)
    moves = measure(Transitions(), someone)
    for row in moves[moves["end"] != "open"].itertuples():
        ends = {"success": "paid", "failure": "cancelled", "left": "$"}
        from_ = row.from_touchpoint if isinstance(row.from_touchpoint, str) else "^"
        to = row.to_touchpoint if isinstance(row.to_touchpoint, str) else ends[row.end]
        if from_ != to:
            assert find(f"{from_} -> {to}", someone).matches.sum() == row.moves


def test_one_after_the_other_is_the_funnel_of_two_steps() -> None:
    someone = everyone(until_outcome=False)
    funnel = []
    for events in events_of(someone):
        seen = [name for name, _ in events]
        funnel.append("home" in seen and "cart" in seen[seen.index("home") + 1 :])
    assert matches("home -> ... -> cart", someone).tolist() == funnel
    assert 0 < sum(funnel) < len(funnel)


@pytest.mark.parametrize("pattern", ["((cart*)*)* -> pay", "(cart|(cart|cart+)+)+ -> pay"])
def test_nested_repeats_take_no_longer_than_any_pattern(pattern: str) -> None:
    long = " ".join(f"cart@{day}" for day in range(1, 3001))
    someone = journeys(long, *[long] * 2, until=4000)
    begin = process_time()
    assert not matches(pattern, someone).any()
    assert process_time() - begin < 2


def test_map_may_have_hundreds_of_touchpoints() -> None:
    ids = [f"t{place}" for place in range(300)]
    wide = JourneyMap(
        id="wide",
        name="Wide",
        stages=(
            Stage(id="s", name="S", touchpoints=tuple(touchpoint(id_) for id_ in ids[:150])),
            Stage(id="r", name="R", touchpoints=tuple(touchpoint(id_) for id_ in ids[150:])),
        ),
        outcomes=(Outcome(id="paid", name="Paid", match=Rule(where=Condition(is_="paid"))),),
    )
    someone = journeys("t1@1 t299@2 paid@3", "t299@1 t1@2", on=wide, until=100)
    assert sorted(matches("s -> t299 -> paid", someone).tolist()) == [False, True]
    assert sorted(matches("[^s] -> .", someone).tolist()) == [False, True]


def test_unknown_name_is_pointed_at() -> None:
    with pytest.raises(ParameterError) as error:
        matches("home ->   crt", journeys("home@1"))
    assert str(error.value) == (
        "Column 9 of the pattern: The map has no touchpoint, stage or outcome `crt`. "
        "Did you mean `cart`?\n    home -> crt\n            ^"
    )
    with pytest.raises(ParameterError, match=r"Column 7 .* has no outcome `cart`\. Known: `paid`"):
        matches("[home outcome:cart]", journeys("home@1"))


def test_name_of_several_things_has_to_say_which() -> None:
    twice = JourneyMap(
        id="twice",
        name="Twice",
        stages=(
            Stage(id="pay", name="Pay", touchpoints=(touchpoint("card"), touchpoint("pay"))),
            Stage(id="card", name="Cards"),
        ),
        outcomes=(Outcome(id="paid", name="Paid", match=Rule(where=Condition(is_="paid"))),),
    )
    someone = journeys("card@1", on=twice)
    with pytest.raises(ParameterError, match=r"several `pay`\. Write `touchpoint:pay` or `stage:p"):
        matches(". -> pay", someone)
    assert matches("stage:pay", someone).tolist() == [True]
    assert matches("touchpoint:pay", someone).tolist() == [False]


def test_pattern_of_nothing_is_refused() -> None:
    with pytest.raises(ParameterError, match=r"`cart\*` holds where nothing happened\. Name an e"):
        matches("cart*", journeys("home@1"))


def test_pattern_names_at_most_a_hundred_events() -> None:
    assert not holds(".{100}", "home@1")
    with pytest.raises(ParameterError, match=r"names 102 events when its repeats are written out"):
        matches("(cart -> .){51}", journeys("home@1"))
