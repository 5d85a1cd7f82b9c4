"""Maps drafted from small logs whose stages were planted."""

from __future__ import annotations

import pandas as pd
import pytest

from cjm_notebooks import Events, JourneyMap, draft, join
from cjm_notebooks.errors import ParameterError, SourceError

SHOP = (
    "home_page@0 productPage@5 cart@10 order:paid@1450 RECEIPT@1455 call_support@30000",
    "home_page@0 productPage@6 cart@9 order:paid@1440 RECEIPT@1446",
    "home_page@0 cart@8 productPage@12 call_support@30010",
)


def events(*customers: str) -> Events:
    """Customers such as `home@0 cart@5`, in minutes."""
    rows = [
        (f"customer {number}", *word.rsplit("@", 1))
        for number, words in enumerate(customers)
        for word in words.split()
    ]
    table = pd.DataFrame(rows, columns=["who", "what", "when"])
    table["when"] = table["when"].astype(int) * 60
    return Events(table, customer="who", event="what", at="when", unit="s")


def stages(journey_map: JourneyMap) -> list[list[str]]:
    return [[touchpoint.id for touchpoint in stage.touchpoints] for stage in journey_map.stages]


def test_stages_end_where_customers_take_a_day_or_a_month() -> None:
    assert stages(draft(events(*SHOP), name="Shop")) == [
        ["home-page", "product-page", "cart"],
        ["order-paid", "receipt"],
        ["call-support"],
    ]


def test_names_of_a_draft_are_words() -> None:
    shop = draft(events(*SHOP), name="My shop")
    assert (shop.id, shop.name) == ("my-shop", "My shop")
    assert [stage.name for stage in shop.stages] == [
        "Home page to cart",
        "Order paid to receipt",
        "Call support",
    ]
    assert [touchpoint.name for touchpoint in shop.touchpoints] == [
        "Home page",
        "Product page",
        "Cart",
        "Order paid",
        "Receipt",
        "Call support",
    ]


def test_draft_claims_every_event_it_was_made_from() -> None:
    log = events(*SHOP)
    journeys = join(draft(log, name="Shop"), log)
    assert journeys.n_events == 15
    assert len(journeys.unmatched.at) == 0


def test_draft_says_that_it_is_a_guess() -> None:
    shop = draft(events(*SHOP), name="Shop")
    assert (shop.status, shop.basis) == ("draft", "assumption")
    assert [hypothesis.status for hypothesis in shop.hypotheses] == ["hypothesis"]
    assert shop.problems() == ()


def test_event_of_too_few_customers_is_named_and_left_without_a_touchpoint() -> None:
    shop = draft(events(*SHOP, "home_page@0 cart@3 fax@4"), name="Shop", smallest_share=0.26)
    assert "fax" not in [touchpoint.id for touchpoint in shop.touchpoints]
    assert shop.context == (
        "Fewer than 26 % of the customers had these events, which no touchpoint claims: `fax`."
    )


def test_events_at_even_distances_make_one_stage() -> None:
    assert stages(draft(events("a@0 b@10 c@20 d@30"), name="Even")) == [["a", "b", "c", "d"]]


def test_longest_waits_divide_when_there_may_be_few_stages() -> None:
    longest = draft(events(*SHOP), name="Shop", most_stages=2)
    assert stages(longest)[-1] == ["call-support"]
    assert len(longest.stages) == 2
    assert len(draft(events(*SHOP), name="Shop", most_stages=1).stages) == 1


def test_rows_in_another_order_give_the_same_draft() -> None:
    log = events(*SHOP)
    turned = Events(log.table.iloc[::-1], customer="who", event="what", at="when", unit="s")
    assert draft(turned, name="Shop") == draft(log, name="Shop")


def test_two_event_names_that_read_alike_get_ids_of_their_own() -> None:
    shop = draft(events("log_in@0 log-in@5"), name="Shop")
    assert [touchpoint.id for touchpoint in shop.touchpoints] == ["log-in", "log-in-2"]


def test_sequence_decides_between_events_at_the_same_time() -> None:
    table = pd.DataFrame(
        {"who": ["x", "x"], "what": ["second", "first"], "when": [60, 60], "step": [2, 1]}
    )
    log = Events(table, customer="who", event="what", at="when", unit="s", sequence="step")
    assert stages(draft(log, name="Shop")) == [["first", "second"]]


def test_numbers_for_names_are_matched_as_numbers() -> None:
    table = pd.DataFrame({"who": ["x", "x"], "what": [10, 20], "when": [0, 60]})
    log = Events(table, customer="who", event="what", at="when", unit="s")
    assert join(draft(log, name="Codes"), log).n_events == 2


def test_share_and_number_of_stages_must_make_sense() -> None:
    with pytest.raises(ParameterError, match=r"`smallest_share` is 1\. Give a share of customers"):
        draft(events(*SHOP), name="Shop", smallest_share=1)
    with pytest.raises(ParameterError, match=r"`most_stages` is 0\. Give 1 or more"):
        draft(events(*SHOP), name="Shop", most_stages=0)


def test_log_without_a_usable_row_is_refused() -> None:
    table = pd.DataFrame({"who": [None], "what": ["home"], "when": [0]})
    log = Events(table, customer="who", event="what", at="when", unit="s")
    with pytest.raises(SourceError, match="No row of `pandas table` has a customer"):
        draft(log, name="Shop")
