"""Two or three sources of the same few people, as one set of tables."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pyarrow as pa
import pytest

from cjm_notebooks import join
from cjm_notebooks.errors import ParameterError, SourceError
from cjm_notebooks.events import Counted, Customers, Events, Feedback, Quality, Question
from cjm_notebooks.identity import IdImport, United, unite
from cjm_notebooks.sources import Import
from tests.journeys import ONE_EACH

NINE = 1_704_096_000_000_000  # 2024-01-01T08:00Z, nine o'clock in Berlin
VISITS = Events(
    pa.table(
        {
            "cookie": ["c1", "c1", "c2", None],
            "user": [None, "u1", None, None],
            "second": [1, 2, 3, 4],
            "what": ["home", "cart", "home", "home"],
            "source": ["google", "google", "mail", None],
        }
    ),
    customer="cookie",
    at="second",
    unit="s",
    event="what",
)
DEALS = Events(
    pa.table(
        {
            "contact": ["u1", "u2"],
            "at": ["2024-01-01 09:00", "2024-01-01 09:01"],
            "event": ["paid", "paid"],
            "amount": [20.0, None],
            "number": [1, 2],
        }
    ),
    customer="contact",
    at="at",
    zone="Europe/Berlin",
    value="amount",
    sequence="number",
)
CONTACTS = Customers(
    pa.table({"contact": ["u1", "u2"], "country": [None, "AT"], "age": ["30s", "40s"]}),
    customer="contact",
    segments=("country",),
)
READ = Quality("deals of crm.csv", read=3, kept=2, set_aside={"duplicate": Counted(1, (2,))})
WEB = IdImport("web", Import(events=VISITS), {"cookie": "cookie", "user": "user"})
CRM = IdImport(
    "crm", Import(events=DEALS, customers=CONTACTS, quality=(READ,)), {"user": "contact"}
)


def answers(source: str, **changes: object) -> IdImport:
    table = pa.table({"who": ["u1", None], "mark": [4, 2], "when": ["2024-01-02T00:00:00Z"] * 2})
    asked = Feedback(table, score="mark", questions=(Question("csat", "csat", (1, 5)),), at="when")
    return IdImport(source, Import(feedback=replace(asked, **changes)), {"user": "who"})


def frame(part: Events | Feedback | Customers | None) -> pd.DataFrame:
    assert part is not None
    table: pd.DataFrame = pa.table(part.table).to_pandas()
    return table.astype(object).where(table.notna(), None)


def test_events_of_all_sources_stand_in_one_table_under_one_customer() -> None:
    found = frame(unite([WEB, CRM]).imported.events)
    columns = ["recorded_by", "customer", "event", "at"]
    assert list(found[columns].itertuples(index=False, name=None)) == [
        ("web", "cookie:c1", "home", 1_000_000),
        ("web", "cookie:c1", "cart", 2_000_000),
        ("web", "cookie:c2", "home", 3_000_000),
        ("web", None, "home", 4_000_000),
        ("crm", "cookie:c1", "paid", NINE),
        ("crm", "user:u2", "paid", NINE + 60_000_000),
    ]
    assert found["source"].tolist() == ["google", "google", "mail", None, None, None]
    assert found["value"].tolist() == [None] * 4 + [20.0, None]
    assert found["sequence"].tolist() == [None] * 4 + [1, 2]


def test_no_column_of_ids_is_left() -> None:
    united = unite([WEB, CRM])
    assert not {"cookie", "user", "contact"} & {
        *frame(united.imported.events),
        *frame(united.imported.customers),
    }


def test_united_tables_are_joined_like_those_of_one_source() -> None:
    united = unite([WEB, CRM, answers("survey")])
    assert united.imported.events is not None
    journeys = join(
        ONE_EACH,
        united.imported.events,
        feedback=united.imported.feedback,
        customers=united.imported.customers,
    )
    assert (journeys.n_customers, journeys.n_journeys) == (4, 2)
    events, feedback, _ = journeys.quality
    assert (events.read, events.kept, events.set_aside_rows("no_customer")) == (6, 5, 1)
    assert (feedback.read, feedback.kept) == (2, 2)
    assert journeys.where("country", "AT").n_customers == 1


def test_who_was_found_where_and_what_each_source_set_aside_come_along() -> None:
    united = unite([WEB, CRM])
    rows = united.identities.matches.set_index(["source", "other"])
    assert rows.loc[("web", "crm"), ["customers", "matched"]].tolist() == [2, 1]
    assert united.imported.quality == (READ,)


def test_first_source_that_knows_an_attribute_is_believed() -> None:
    later = pa.table({"user": ["u1", "u2", "u3", None], "country": ["DE", "CH", "DE", "FR"]})
    shop = IdImport("shop", Import(customers=Customers(later, customer="user")), {"user": "user"})
    found = frame(unite([CRM, shop]).imported.customers)
    assert list(found.itertuples(index=False, name=None)) == [
        ("user:u1", "DE"),
        ("user:u2", "AT"),
        ("user:u3", "DE"),
    ]


def test_invitations_are_events_where_that_is_asked_for() -> None:
    sent = Events(
        pa.table({"who": ["u1"], "at": [1], "event": ["survey_sent"]}), "who", "at", unit="s"
    )
    mail = IdImport("mail", Import(invitations=sent), {"user": "who"}, with_invitations=True)
    found = frame(unite([WEB, mail]).imported.events)
    assert found["event"].tolist()[-1] == "survey_sent"
    assert (
        unite([WEB, replace(mail, with_invitations=False)]).imported.events
        == unite([WEB]).imported.events
    )


def test_answers_of_two_surveys_keep_their_questions() -> None:
    other = answers("shop", questions=(Question("ease", "ces", (1, 7)),))
    united = unite([WEB, answers("survey"), other])
    assert united.imported.feedback is not None
    assert [question.id for question in united.imported.feedback.questions] == ["csat", "ease"]
    found = frame(united.imported.feedback)
    assert found["question"].tolist() == ["csat", "csat", "ease", "ease"]
    assert found["customer"].tolist() == ["cookie:c1", None, "cookie:c1", None]


def test_one_question_with_two_meanings_is_refused() -> None:
    other = answers("shop", questions=(Question("csat", "csat", (1, 7)),))
    with pytest.raises(ParameterError, match="Two sources ask different questions with the id `cs"):
        unite([answers("survey"), other])


def test_answers_that_are_attached_differently_are_refused() -> None:
    several = [answers("a", customer="who"), answers("b", customer="who", attach_within_days=3)]
    with pytest.raises(ParameterError, match="within different numbers of days"):
        unite(several)


def test_sources_of_one_kind_alone_leave_the_others_out() -> None:
    united: United = unite([answers("survey")])
    assert (united.imported.events, united.imported.customers) == (None, None)


def test_table_without_any_of_the_ids_is_refused() -> None:
    with pytest.raises(
        ParameterError, match=r"The events of `crm` have no `mail` and no `phone`\. Name the column"
    ):
        unite([replace(CRM, ids={"email": "mail", "phone": "phone"})])


def test_import_needs_the_names_of_its_ids() -> None:
    with pytest.raises(ParameterError, match="`ids` of `crm` is empty"):
        replace(CRM, ids={})


def test_times_without_a_zone_are_refused_before_anything_is_joined() -> None:
    with pytest.raises(SourceError, match="have no zone"):
        unite([replace(CRM, imported=Import(events=replace(DEALS, zone=None)))])


def test_nothing_to_unite_is_refused() -> None:
    with pytest.raises(ParameterError, match="There is no table to link"):
        unite([])
