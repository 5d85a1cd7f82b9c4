"""What recorded visits tell of each touchpoint, one customer once in each row."""

from __future__ import annotations

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from cjm_notebooks import JourneyMap, measure
from cjm_notebooks.maps import Condition, Cut, JourneySettings, Rule, Stage, Touchpoint
from cjm_notebooks.metrics.recorded_signs import RecordedSigns
from tests.journeys import journeys

PAY = (
    Condition(glob="*#pay*"),
    Condition(starts_with="scroll:"),
    Condition(in_=("click", "page_opened", "script_error")),
)
PAGES = JourneyMap(
    id="pages",
    name="Pages",
    journey=JourneySettings(cut=Cut(by="inactivity", inactivity="P1D")),
    stages=(
        Stage(
            id="site",
            name="Site",
            touchpoints=(
                Touchpoint(id="pay", name="Pay", match=Rule(where=Condition(any=PAY))),
                Touchpoint(id="home", name="Home", match=Rule(where=Condition(glob="*logo*"))),
            ),
        ),
    ),
)


def signs(*customers: str) -> list[tuple[object, ...]]:
    table = measure(RecordedSigns(), journeys(*customers, on=PAGES))
    known = table.astype(object).where(table.notna(), None)
    columns = ["touchpoint", "sign", "element", "customers", "recorded"]
    return list(known[columns].itertuples(index=False, name=None))


def test_sign_counts_the_customers_recorded_there_who_showed_it_on_any_element_and_on_each() -> (
    None
):
    assert signs(
        "rage_click:button#pay@1 click:input#pay-later@2",
        "rage_click:a#pay-help@1 rage_click:button#pay@2",
        "page_opened@1",
        "dead_click:img.logo@1",
    ) == [
        ("pay", "click", None, 1, 3),
        ("pay", "click", "input#pay-later", 1, 3),
        ("pay", "rage_click", None, 2, 3),
        ("pay", "rage_click", "button#pay", 2, 3),
        ("pay", "rage_click", "a#pay-help", 1, 3),
        ("home", "dead_click", None, 1, 1),
        ("home", "dead_click", "img.logo", 1, 1),
    ]


def test_customer_counts_once_however_often_and_in_however_many_journeys() -> None:
    often = "dead_click:img.logo@1 dead_click:img.logo@1.1 dead_click:img.logo@30"
    assert journeys(often, on=PAGES).n_journeys == 2
    assert signs(often) == [
        ("home", "dead_click", None, 1, 1),
        ("home", "dead_click", "img.logo", 1, 1),
    ]


def test_scroll_counts_at_the_screen_that_a_customer_came_down_to_at_most() -> None:
    def scrolled(*screens: int) -> str:
        return " ".join(f"{name}@{day}" for day, name in enumerate(map(deep.format, screens), 1))

    deep = "scroll:screen_{}"
    found = signs(*(scrolled(*one) for one in [(2, 4, 3), (2,), (10,), (2, 2)]), "page_opened@1")
    assert found == [
        ("pay", "scroll", None, 4, 5),
        ("pay", "scroll", "screen_2", 2, 5),
        ("pay", "scroll", "screen_4", 1, 5),
        ("pay", "scroll", "screen_10", 1, 5),
    ]


def test_sign_about_nothing_has_no_row_but_its_own() -> None:
    assert signs("click@1 script_error@2") == [
        ("pay", "click", None, 1, 1),
        ("pay", "script_error", None, 1, 1),
    ]


def test_opening_a_page_is_being_recorded_and_other_events_are_not() -> None:
    assert signs("page_opened@1", "buy#pay@1 click_x:#pay@2") == []
    (row, *_) = signs("page_opened@1", "buy#pay@1", "click@2")
    assert row == ("pay", "click", None, 1, 2)


def test_what_no_rule_of_the_map_claims_belongs_to_nowhere() -> None:
    assert signs("rage_click:a#unknown@1") == []


WORDS = st.sampled_from(
    (
        *("page_opened", "click", "click:a#pay", "rage_click:a#pay", "click:logo"),
        *("scroll:screen_2", "scroll:screen_3", "script_error", "odd"),
    )
)
CUSTOMERS = st.lists(st.lists(WORDS, min_size=1, max_size=5), min_size=1, max_size=5)


@settings(max_examples=12)
@given(customers=CUSTOMERS, cut=st.integers(0, 5))
def test_parts_of_recorded_customers_report_what_the_whole_reports(
    customers: list[list[str]], cut: int
) -> None:
    said = (" ".join(f"{word}@{day}" for day, word in enumerate(one, 1)) for one in customers)
    whole = journeys(*said, on=PAGES)
    cut = min(cut, whole.n_customers)
    metric = RecordedSigns()
    parts = [metric.observe(whole.part(*ends)) for ends in ((cut, whole.n_customers), (0, cut))]
    together = metric.report(parts[0] + parts[1], PAGES)
    pd.testing.assert_frame_equal(together, metric.report(metric.observe(whole), PAGES))


@settings(max_examples=12)
@given(customers=CUSTOMERS)
def test_elements_of_a_sign_are_at_most_and_screens_exactly_as_many_customers_as_the_sign(
    customers: list[list[str]],
) -> None:
    said = (" ".join(f"{word}@{day}" for day, word in enumerate(one, 1)) for one in customers)
    table = measure(RecordedSigns(), journeys(*said, on=PAGES))
    for (_, sign), rows in table.groupby(["touchpoint", "sign"]):
        (whole,), parts = rows[rows["element"].isna()]["customers"], rows[rows["element"].notna()]
        assert (parts["customers"] <= whole).all()
        if sign == "scroll":
            assert parts["customers"].sum() == whole
    assert (table["customers"] <= table["recorded"]).all()
