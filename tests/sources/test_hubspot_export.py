"""Contacts, deals and answers of HubSpot, counted by hand in the fixtures."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

from cjm_notebooks import JourneyMap, join
from cjm_notebooks.errors import ParameterError, SourceError
from cjm_notebooks.events import Counted
from cjm_notebooks.maps import Condition, JourneySettings, Rule, Stage, Touchpoint
from cjm_notebooks.sources.hubspot_export import HubspotExport

FOLDER = Path(__file__).parent / "fixtures" / "hubspot_export"
CONTACTS = HubspotExport(contacts=FOLDER / "contacts.csv", zone="Europe/Berlin")
DEALS = HubspotExport(deals=FOLDER / "deals.csv", currency="EUR")
ANSWERS = HubspotExport(feedback=FOLDER / "feedback.ndjson")
ALL = replace(CONTACTS, deals=DEALS.deals, feedback=ANSWERS.feedback, currency="EUR")
MALFORMED = HubspotExport(contacts=FOLDER / "malformed_contacts.csv", zone="UTC")
EXAMPLES = (CONTACTS, DEALS, ANSWERS, ALL, MALFORMED)


def events(source: HubspotExport) -> list[tuple[str, str]]:
    found = source.read().events
    assert found is not None
    table = pa.table(found.table)
    return list(zip(table["contact"].to_pylist(), table["event"].to_pylist(), strict=True))


def test_dates_of_lifecycle_stages_become_events_in_the_order_of_the_stages() -> None:
    assert events(CONTACTS) == [
        ("101", "contact_created"),
        ("101", "lead"),
        ("101", "marketingqualifiedlead"),
        ("101", "opportunity"),
        ("101", "customer"),
        ("102", "contact_created"),
        ("102", "lead"),
        ("103", "contact_created"),
    ]


def test_stages_not_reached_and_contacts_met_before_are_set_aside() -> None:
    lifecycle, customers = CONTACTS.read().quality
    assert lifecycle.read == 4 * 6
    assert lifecycle.set_aside["duplicate"] == Counted(6, (2, 2, 2, 2, 2))
    assert lifecycle.set_aside["not_reached"] == Counted(1 + 4 + 5, (0, 1, 1, 1, 1))
    assert customers.set_aside == {"duplicate": Counted(1, (2,))}


def test_contacts_are_customers_with_their_stage_and_source_and_no_name() -> None:
    customers = CONTACTS.read().customers
    assert customers is not None
    assert pa.table(customers.table).to_pylist()[1:] == [
        {"contact": "102", "lifecycle_stage": "Lead", "original_source": "Paid Social"},
        {"contact": "103", "lifecycle_stage": "Subscriber", "original_source": "Direct Traffic"},
    ]


def test_close_date_of_an_open_deal_is_a_forecast_and_no_event() -> None:
    assert events(DEALS) == [
        ("101", "deal_created"),
        ("101", "deal_won"),
        ("102", "deal_created"),
        ("103", "deal_created"),
        ("103", "deal_won"),
        ("104", "deal_created"),
        ("104", "deal_lost"),
    ]
    (quality,) = DEALS.read().quality
    assert quality.set_aside == {
        "expected_close": Counted(1, (1,)),
        "duplicate": Counted(2, (4, 4)),
    }


def test_only_deals_won_in_the_currency_of_the_map_are_worth_something() -> None:
    found, (quality,) = DEALS.read().events, DEALS.read().quality
    assert found is not None
    assert pa.table(found.table)["amount"].drop_null().to_pylist() == [59.9]
    assert quality.noticed == {
        "several_contacts": Counted(1, (1,)),
        "other_currency": Counted(1, (2,)),
    }


def test_answers_on_a_scale_nobody_stated_are_set_aside() -> None:
    found = ANSWERS.read()
    assert found.feedback is not None
    table = pa.table(found.feedback.table)
    assert table.select(["contact", "question", "score"]).to_pylist() == [
        {"contact": "101", "question": "nps", "score": "10"},
        {"contact": "102", "question": "ces", "score": "2"},
    ]
    assert found.quality[0].set_aside == {
        "unknown_scale": Counted(1, (2,)),
        "not_answered": Counted(1, (3,)),
    }
    assert "comment" not in table.column_names


def test_scale_of_any_survey_may_be_stated() -> None:
    stated = replace(ANSWERS, scales={"CSAT": (0, 2)}).read().feedback
    assert stated is not None
    assert [(one.id, one.kind) for one in stated.questions] == [("csat", "csat")]
    assert pa.table(stated.table)["contact"].to_pylist() == ["103"]


def test_contacts_deals_and_answers_are_joined_as_one(tmp_path: Path) -> None:
    lead, won = (
        Touchpoint(id=event, name=event, match=Rule(where=Condition(is_=event)))
        for event in ("lead", "deal_won")
    )
    shop = JourneyMap(
        id="shop",
        name="Shop",
        stages=(Stage(id="s", name="S", touchpoints=(lead, won)),),
        journey=JourneySettings(currency="EUR"),
    )
    found = ALL.read()
    journeys = join(shop, found.events, feedback=found.feedback, customers=found.customers)
    assert (journeys.n_customers, journeys.n_events, len(journeys.answers.score)) == (4, 4, 2)
    assert journeys.quality[0].set_aside == {}
    assert journeys.quality[0].first_at == 1_714_633_200_000_000


def test_contacts_without_an_id_or_a_readable_line_are_set_aside() -> None:
    lifecycle, customers = MALFORMED.read().quality
    assert (
        lifecycle.set_aside_rows("not_reached"),
        lifecycle.set_aside_rows("unreadable_row"),
    ) == (2, 1)
    assert customers.set_aside == {"no_customer": Counted(1, (1,)), "unreadable_row": Counted(1)}


def test_table_without_lifecycle_dates_is_refused() -> None:
    with pytest.raises(SourceError, match="has no date of a lifecycle stage and no `createdate`"):
        HubspotExport(contacts=pd.DataFrame({"id": [1]})).read()


def test_deals_of_nobody_are_refused() -> None:
    deals = pd.DataFrame({"dealId": [1], "createdate": ["2024-07-01T00:00:00Z"]})
    with pytest.raises(SourceError, match=r"no column for the associated contact\. Export one of"):
        HubspotExport(deals=deals).read()


def test_nothing_to_read_is_refused() -> None:
    with pytest.raises(ParameterError, match=r"There is nothing to read\. Give `contacts`"):
        HubspotExport()
