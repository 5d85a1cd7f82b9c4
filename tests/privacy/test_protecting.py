"""What is kept of an import, column by column and row by row."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjm_notebooks.errors import ParameterError, SourceError
from cjm_notebooks.events import Counted, Customers, Events, Feedback, Quality, Question
from cjm_notebooks.events.accounts import made
from cjm_notebooks.maps.settings import Privacy
from cjm_notebooks.privacy.protecting import Protected, protect
from cjm_notebooks.privacy.pseudonyms import Key
from cjm_notebooks.sources import Import

KEY = Key(b"0123456789abcdef0123456789abcdef")
AS_OF = date(2025, 3, 31)


def events(**columns: list[object]) -> Import:
    """Events on one day, `who` did `what`, with further columns."""
    rows = len(next(iter(columns.values()), [None]))
    usual = {"who": ["C-101"] * rows, "what": ["visit"] * rows, "at": ["2025-03-01"] * rows}
    table = pd.DataFrame({**usual, **columns})
    return Import(events=Events(pa.table(table), "who", "at", "what", zone="UTC"))


def left(protected: Protected) -> dict[str, list[object]]:
    part = protected.imported.events
    assert part is not None
    return pa.table(part.table).to_pydict()


def account(protected: Protected, table: str = "events") -> Quality:
    return next(one for one in protected.imported.quality if one.table == f"protected {table}")


def found(protected: Protected) -> list[tuple[str, str, int]]:
    return [(one.column, one.kind, one.count) for one in protected.found]


def test_finds_have_a_mark_in_their_place_and_are_counted() -> None:
    safe = protect(events(page=["/?gclid=Cj0KCQjw123", "/", "call 030 12345678"]), Privacy())
    assert left(safe)["page"] == ["/?[click id]", "/", "call [phone number]"]
    assert found(safe) == [("events.page", "click id", 1), ("events.page", "phone number", 1)]
    assert account(safe).noticed == {"masked_page": Counted(2, (0, 2))}


def test_column_named_like_personal_data_is_left_out_unless_the_map_keeps_it() -> None:
    imported = events(Vorname=["Ann", "", "Bo"], plz=["10115", "10115", ""])
    safe = protect(imported, Privacy(kept_fields=("plz",)))
    assert list(left(safe)) == ["who", "what", "at", "plz"]
    assert found(safe) == [("events.Vorname", "column name", 2), ("events.plz", "column name", 1)]
    assert account(safe).noticed == {"left_out_Vorname": Counted(2, (0, 2))}


def test_map_says_what_is_left_out_and_what_is_masked_instead() -> None:
    imported = events(note=["from ann@x.org", "fine"], region=["Berlin", "Bern"])
    fields = ("note", "region")
    safe = protect(imported, Privacy(pii_fields=fields, masked_fields=("note",)))
    assert left(safe)["note"] == ["from [e-mail]", "fine"]
    assert "region" not in left(safe)


def test_ids_get_pseudonyms_and_so_do_those_inside_other_texts() -> None:
    imported = events(
        who=["C-101", " C-102 ", ""],
        session_id=["C-101.7", "C-102.9", ""],
        page=["/account/C-101?tab=2", "/account/C-101", "/C-1012"],
        user_id=[7.0, None, 8.5],
    )
    one, two = KEY.pseudonym("C-101"), KEY.pseudonym("C-102")
    safe = protect(imported, Privacy(), key=KEY)
    assert left(safe)["who"] == [one, two, None]
    assert left(safe)["session_id"] == [KEY.pseudonym("C-101.7"), KEY.pseudonym("C-102.9"), None]
    assert left(safe)["page"] == [f"/account/{one}?tab=2", "/account/C-101", "/C-1012"]
    assert left(safe)["user_id"] == [KEY.pseudonym("7"), None, KEY.pseudonym("8.5")]
    assert account(safe).noticed["pseudonymised_who"] == Counted(2, (0, 1))
    assert account(safe).noticed["masked_page"] == Counted(1, (0,))


def test_customers_are_the_same_in_every_table_of_an_import() -> None:
    asked = Question("nps", "nps", (0, 10))
    answers = pa.table({"id": ["7"], "score": [9], "said": ["ask ann@x.org"]})
    imported = Import(
        events=Events(
            pa.table({"who": [7], "what": ["a"], "at": ["2025-03-01"]}),
            "who",
            "at",
            "what",
            zone="UTC",
        ),
        feedback=Feedback(answers, "score", (asked,), customer="id", comment="said"),
        customers=Customers(pa.table({"no": [7.0], "tier": ["gold"]}), "no"),
    )
    safe = protect(imported, Privacy(), key=KEY).imported
    parts = ((safe.events, "who"), (safe.feedback, "id"), (safe.customers, "no"))
    ids = [pa.table(part.table)[name].to_pylist() for part, name in parts if part is not None]
    assert ids == [[KEY.pseudonym("7")]] * 3
    assert safe.feedback is not None
    assert pa.table(safe.feedback.table)["said"].to_pylist() == ["ask [e-mail]"]


def test_comment_that_the_map_leaves_out_is_no_comment_any_more() -> None:
    answers = pa.table({"score": [9], "said": ["well done"], "tier": ["gold"]})
    asked = Question("nps", "nps", (0, 10))
    imported = Import(
        feedback=Feedback(answers, "score", (asked,), comment="said"),
        customers=Customers(answers, "tier", segments=("said", "score")),
    )
    safe = protect(imported, Privacy(pii_fields=("said",))).imported
    assert safe.feedback is not None
    assert safe.feedback.comment is None
    assert safe.customers is not None
    assert safe.customers.segments == ("score",)


@pytest.mark.parametrize(
    ("imported", "privacy", "message"),
    [
        (events(who=["ann@x.org"]), Privacy(), "`who` holds ids, of which some are of the kind em"),
        (events(), Privacy(pii_fields=("who",)), "`who` holds ids, which are personal data by the"),
        (events(order=["7"]), Privacy(pseudonym_fields=("order",)), "`order` holds ids, for which"),
    ],
)
def test_ids_that_are_personal_data_are_refused_without_a_key(
    imported: Import, privacy: Privacy, message: str
) -> None:
    with pytest.raises(ParameterError, match=message):
        protect(imported, privacy)
    assert protect(imported, privacy, key=KEY).imported.events is not None


def test_column_that_nothing_works_without_is_not_left_out() -> None:
    with pytest.raises(ParameterError, match="The map leaves out `what`, and it is the column of"):
        protect(events(), Privacy(pii_fields=("what",)))
    masked = protect(events(), Privacy(pii_fields=("what",), masked_fields=("what",)))
    assert left(masked)["what"] == ["visit"]


def test_lists_are_searched_too_and_become_texts() -> None:
    safe = protect(events(tags=[["a@x.org", "b"], [], None]), Privacy())
    assert left(safe)["tags"] == ['["[e-mail]","b"]', "[]", None]


def test_sentence_in_the_column_of_times_is_masked_and_times_stay() -> None:
    """4222222222222 ms since 1970 passes as the number of a card, and is a time."""
    times = ["2025-03-01", "asked by ann@x.org", "4222222222222", "2025-03-01 10:00 Europe/Berlin"]
    safe = protect(events(at=times), Privacy())
    assert left(safe)["at"] == [times[0], "asked by [e-mail]", times[2], times[3]]
    assert account(safe).noticed == {"masked_at": Counted(1, (1,))}


def test_bytes_cannot_be_searched_and_are_left_out() -> None:
    safe = protect(events(picture=[b"\x89PNG", None]), Privacy())
    assert "picture" not in left(safe)
    assert account(safe).noticed == {"left_out_picture": Counted(1, (0,))}


def test_rows_of_those_who_did_not_agree_go_and_are_counted() -> None:
    consent = ["Yes", "NO", "", "unset", "granted", None]
    privacy = Privacy(consent_required=True, consent_field="consent")
    safe = protect(events(consent=consent), privacy)
    assert left(safe)["consent"] == ["Yes", "granted"]
    assert account(safe).set_aside == {
        "consent_denied": Counted(1, (1,)),
        "consent_unknown": Counted(3, (2, 3, 5)),
    }
    assert (account(safe).read, account(safe).kept) == (6, 2)


def test_without_the_requirement_consent_is_counted_only() -> None:
    safe = protect(events(consent=["Yes", "no", ""]), Privacy(consent_field="consent"))
    assert len(left(safe)["consent"]) == 3
    assert account(safe).set_aside == {}
    assert account(safe).noticed == {
        "consent_denied": Counted(1, (1,)),
        "consent_unknown": Counted(1, (2,)),
    }


def test_consent_can_stand_with_the_customer() -> None:
    privacy = Privacy(consent_required=True, consent_field="agreed", consent_values=("ja",))
    imported = events(who=["1001", "1002", "1003"])
    described = pa.table({"no": [1001, 1002], "agreed": ["Ja", "nein"]})
    imported = Import(events=imported.events, customers=Customers(described, "no"))
    safe = protect(imported, privacy)
    assert left(safe)["who"] == ["1001"]
    assert account(safe).set_aside == {
        "consent_denied": Counted(1, (1,)),
        "consent_unknown": Counted(1, (2,)),
    }
    assert account(safe, "customers").set_aside == {"consent_denied": Counted(1, (1,))}


def test_consent_that_nobody_recorded_is_one_sentence() -> None:
    with pytest.raises(SourceError, match="has no column `consent`, nor has a table"):
        protect(events(), Privacy(consent_required=True, consent_field="consent"))


def test_rows_past_their_retention_go() -> None:
    """Thirty days before the end of 31 March is the end of 1 March."""
    at = ["2025-03-01T23:59:59Z", "2025-03-02T00:00:00Z", "2020-01-01T00:00:00Z"]
    safe = protect(events(at=at), Privacy(retention_days=30), as_of=AS_OF)
    assert left(safe)["at"] == at[1:2]
    assert account(safe).set_aside == {"past_retention": Counted(2, (0, 2))}


def test_retention_needs_to_know_until_when() -> None:
    with pytest.raises(ParameterError, match="keeps events for 30 days, and nobody says until"):
        protect(events(), Privacy(retention_days=30))


def test_what_is_gone_stands_in_no_byte_of_the_file(tmp_path: Path) -> None:
    """Arrow keeps a dictionary whole when rows are filtered; here it must not."""
    who, note = ["C-101", "C-102"], ["fine", "secret of somebody who said no"]
    imported = events(who=who, note=note, consent=["yes", "no"])
    assert imported.events is not None
    coded = pa.table(imported.events.table)
    for name in ("who", "note"):
        place = coded.column_names.index(name)
        coded = coded.set_column(place, name, coded[name].dictionary_encode())
    imported = Import(events=Events(coded, "who", "at", "what", zone="UTC"))
    privacy = Privacy(consent_required=True, consent_field="consent", kept_fields=("note",))
    safe = protect(imported, privacy, key=KEY).imported.events
    assert safe is not None
    pq.write_table(pa.table(safe.table), tmp_path / "e.parquet", compression="none")
    written = (tmp_path / "e.parquet").read_bytes()
    assert b"fine" in written
    assert [text for text in (b"secret", b"C-102", b"C-101") if text in written] == []


def test_table_carries_its_account_and_the_fingerprint_of_the_key(tmp_path: Path) -> None:
    before = Quality("events of shop.csv", read=3, kept=2, set_aside={"no_time": Counted(1, (2,))})
    imported = Import(events=events(note=["a@x.org", ""]).events, quality=(before,))
    safe = protect(imported, Privacy(), key=KEY)
    assert safe.imported.events is not None
    pq.write_table(pa.table(safe.imported.events.table), tmp_path / "e.parquet")
    carried = made(tmp_path / "e.parquet")
    assert carried.quality == safe.imported.quality == (before, account(safe))
    assert carried.key == KEY.fingerprint


def test_csv_is_read_as_join_reads_it(tmp_path: Path) -> None:
    file = tmp_path / "e.csv"
    file.write_text("who,what,at,mail\n007,visit,2025-03-01,a@x.org\n8,buy,2025-03-02\n")
    safe = protect(Import(events=Events(file, "who", "at", "what", zone="UTC")), Privacy())
    assert left(safe) == {"who": ["007"], "what": ["visit"], "at": ["2025-03-01"]}
    assert account(safe).set_aside == {"unreadable_row": Counted(1)}


TEXTS = st.sampled_from(["", "fine", "a@x.org", "/?fbclid=abcdef12", "C-101", None])
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "who": st.sampled_from(["C-101", "C-102", None]),
            "note": TEXTS,
            "consent": st.sampled_from(["yes", "no", None]),
            "at": st.sampled_from(["2025-03-01", "2020-01-01", "soon"]),
        }
    ),
    min_size=1,
    max_size=12,
)
STRICT = Privacy(consent_required=True, consent_field="consent", retention_days=100)


def table_of(rows: list[dict[str, object]]) -> Import:
    names = ("who", "note", "consent", "at")
    table = pa.table({n: pa.array([row[n] for row in rows], pa.string()) for n in names})
    return Import(events=Events(table, "who", "at", "note", zone="UTC"))


@given(ROWS, st.integers(0, 12))
def test_parts_of_a_table_are_protected_as_the_whole_is(
    rows: list[dict[str, object]], cut: int
) -> None:
    whole = protect(table_of(rows), STRICT, key=KEY, as_of=AS_OF)
    parts = [rows[:cut], rows[cut:]]
    safe = [protect(table_of(part), STRICT, key=KEY, as_of=AS_OF) for part in parts if part]
    tables = [pa.table(one.imported.events.table) for one in safe if one.imported.events]
    assert {table.schema.remove_metadata() for table in tables} == {
        pa.table(whole.imported.events.table).schema.remove_metadata()  # type: ignore[union-attr]
    }
    assert [row for table in tables for row in table.to_pylist()] == pa.table(
        whole.imported.events.table  # type: ignore[union-attr]
    ).to_pylist()
    total = account(safe[0])
    for one in safe[1:]:
        total += account(one)
    assert total == account(whole)


@given(ROWS)
def test_every_row_is_kept_or_set_aside_and_twice_is_as_good_as_once(
    rows: list[dict[str, object]],
) -> None:
    once = protect(table_of(rows), STRICT, key=KEY, as_of=AS_OF)
    counted = account(once)
    set_aside = sum(one.rows for one in counted.set_aside.values())
    assert counted.read == len(rows) == counted.kept + set_aside
    twice = protect(once.imported, STRICT, key=KEY, as_of=AS_OF)
    assert left(twice) == left(once)
    assert [item for item in twice.found if item.kind != "column name"] == []
