"""A customer taken out of what was built: nowhere left, everybody else as before."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cjm_notebooks import Customers, Events, Feedback, Journeys, Question, audit, join
from cjm_notebooks.audits.erasing import ErasedFile, _drafted, _Places, _put, erase
from cjm_notebooks.audits.files.site import add_to_site
from cjm_notebooks.audits.running.record import Left, Record, Runner
from cjm_notebooks.errors import ParameterError, SourceError
from cjm_notebooks.events import Counted
from cjm_notebooks.events.accounts import NAME, Made, made
from cjm_notebooks.events.kept import kept, said_of
from cjm_notebooks.maps.settings import Privacy
from cjm_notebooks.privacy.protecting import protect
from cjm_notebooks.privacy.pseudonyms import Key
from cjm_notebooks.sources import Import
from tests.journeys import ONE_EACH

KEY = Key(b"0123456789abcdef0123456789abcdef")
OTHER = Key(b"fedcba9876543210fedcba9876543210")
ANN, BOB = "C-1001", "C-1002"
TABLE = pd.DataFrame(
    [
        (ANN, "home", "2025-03-01", "/"),
        (BOB, "home", "2025-03-01", "/"),
        (ANN, "ann's own event", "2025-03-02", f"/account/{ANN}"),
        (BOB, "paid", "2025-03-03", f"/account/{BOB}1"),
    ],
    columns=["who", "what", "at", "page"],
)
SAID = pd.DataFrame({"who": [ANN, BOB], "score": [1, 5], "said": ["never again, ann", "well done"]})
KNOWN = pd.DataFrame({"id": [ANN, BOB], "town": ["Annaberg", "Bern"]})
SCORES = (Question("csat", "csat", (1, 5)),)


def events(table: object) -> Events:
    return Events(table, customer="who", at="at", event="what", zone="UTC")  # type: ignore[arg-type]


def imported(folder: Path, key: Key | None = KEY) -> Path:
    """The events as an import leaves them, in a Parquet file without compression."""
    whole = Import(events=events(TABLE))
    safe = protect(whole, Privacy(), key=key, as_of=date(2025, 3, 31)).imported.events
    assert safe is not None
    pq.write_table(pa.table(safe.table), folder / "events.parquet", compression="none")
    return folder / "events.parquet"


def saved(folder: Path, who: str = "who") -> Path:
    joined = join(
        ONE_EACH,
        events(TABLE),
        feedback=Feedback(SAID, "score", SCORES, customer=who, comment="said"),
        customers=Customers(KNOWN, "id"),
    )
    joined.save(folder / "shop.journeys")
    return folder / "shop.journeys"


def test_rows_of_a_customer_are_gone_by_id_and_by_pseudonym(tmp_path: Path) -> None:
    for name, customer in (("id", ANN), ("pseudonym", KEY.pseudonym(ANN))):
        (tmp_path / name).mkdir()
        file = imported(tmp_path / name)
        found = erase(customer, [tmp_path / name], key=KEY)
        assert found.erased == (ErasedFile(file, 2),)
        assert pq.read_table(file)["who"].to_pylist() == [KEY.pseudonym(BOB)] * 2
        assert pq.read_table(file)["page"].to_pylist() == ["/", f"/account/{BOB}1"]


def test_no_byte_of_the_customer_is_left_and_the_account_says_how_many_rows(tmp_path: Path) -> None:
    file = imported(tmp_path)
    erase(ANN, [tmp_path], key=KEY)
    written = file.read_bytes()
    assert KEY.pseudonym(BOB).encode() in written
    assert [one for one in (KEY.pseudonym(ANN), ANN, "ann's") if one.encode() in written] == []
    account = made(file).quality[-1]
    assert (account.read, account.kept, account.set_aside) == (4, 2, {"erased": Counted(2)})
    assert made(file).key == KEY.fingerprint
    assert [one.name for one in tmp_path.iterdir()] == ["events.parquet"]


def test_file_still_says_how_it_is_read(tmp_path: Path) -> None:
    """As `cjm import` writes it: beside the account, and packed as before."""
    table = pa.table({"who": [ANN, BOB], "what": ["home"] * 2, "at": ["2025-03-01"] * 2})
    file = tmp_path / "events.parquet"
    with pq.ParquetWriter(file, table.schema, compression="zstd") as written:
        written.write_table(table)
        written.add_key_value_metadata(
            {**said_of("events", events(table)), NAME: Made(key=KEY.fingerprint).text()}
        )
    erase(ANN, [tmp_path], key=KEY)
    part, left = kept(file)
    assert (part, left) == ("events", events(file))
    assert made(file).key == KEY.fingerprint
    assert pq.read_metadata(file).row_group(0).column(0).compression == "ZSTD"


def test_numbers_and_other_columns_lead_to_a_customer_too(tmp_path: Path) -> None:
    file = tmp_path / "mine.parquet"
    rows = {"no": [42, 7, 42], "of": [7.0, 42.0, None], "note": ["x", "y", "no 42 here"]}
    pq.write_table(pa.table(rows), file)
    assert erase("42", [tmp_path]).erased == ()
    assert erase("42", [file]).erased == (ErasedFile(file, 3),)


def test_numbers_that_no_float_holds_are_in_nobodys_way(tmp_path: Path) -> None:
    """Nanoseconds since 1970 are above 2^53."""
    at = [1_767_580_620_000_000_001, 1_767_580_620_000_000_002]
    file = tmp_path / "events.parquet"
    pq.write_table(pa.table({"who": [ANN, BOB], "at": at}), file)
    assert erase(ANN, [file]).erased == (ErasedFile(file, 1),)
    assert pq.read_table(file)["at"].to_pylist() == at[1:]


def test_dry_run_says_the_same_and_changes_nothing(tmp_path: Path) -> None:
    files = [imported(tmp_path), saved(tmp_path)]
    before = [file.read_bytes() for file in files]
    would = erase(ANN, [tmp_path], key=KEY, dry_run=True)
    assert [file.read_bytes() for file in files] == before
    assert erase(ANN, [tmp_path], key=KEY).erased == would.erased
    assert len(would.erased) == 2


def test_saved_journeys_are_those_of_a_join_without_the_customer(tmp_path: Path) -> None:
    file = saved(tmp_path)
    assert erase(ANN, [file]).erased == (ErasedFile(file, 3),)
    left = Journeys.open(file)
    without = join(
        ONE_EACH,
        events(TABLE[TABLE["who"] != ANN]),
        feedback=Feedback(SAID[1:], "score", SCORES, customer="who", comment="said"),
        customers=Customers(KNOWN[1:], "id"),
    )
    for name in ("customer_codes", "starts", "at", "outcome", "is_open", "value"):
        assert np.array_equal(getattr(left, name), getattr(without, name)), name
    assert left.answers.comments.to_pylist() == ["well done"]
    assert left.segment("town").values == ("Bern",)
    assert [one.read - one.kept for one in left.quality] == [2, 1, 1]


def test_no_byte_of_the_customer_is_left_in_saved_journeys(tmp_path: Path) -> None:
    file = saved(tmp_path)
    words = (b"never again", b"Annaberg", b"ann's own event")
    assert all(word in file.read_bytes() for word in words)
    erase(ANN, [tmp_path])
    assert [word for word in words if word in file.read_bytes()] == []
    assert b"well done" in file.read_bytes()


def test_what_was_made_of_a_changed_file_is_named_with_its_command(tmp_path: Path) -> None:
    file = imported(tmp_path)
    result = audit(ONE_EACH, events(file), as_of=datetime(2025, 3, 31, tzinfo=UTC), views=["waits"])
    result.save(tmp_path / "audit", "shop")
    (tmp_path / "audit" / "shop.html").write_text("<p>the page</p>")
    other = audit(ONE_EACH, events(TABLE), as_of=datetime(2025, 3, 31, tzinfo=UTC), views=["waits"])
    other.save(tmp_path / "other", "shop")
    (made_again,) = erase(ANN, [tmp_path], key=KEY).remade
    assert (made_again.kind, made_again.folder) == ("audit", tmp_path / "audit")
    assert made_again.pages == (tmp_path / "audit" / "shop.html",)
    assert json.loads((tmp_path / "audit" / "findings.json").read_text())["privacy"]


def test_export_that_names_the_customer_is_told_and_not_touched(tmp_path: Path) -> None:
    TABLE.to_csv(tmp_path / "export.csv", index=False)
    (tmp_path / "notes.txt").write_text(f"call {ANN}2 back")
    before = (tmp_path / "export.csv").read_bytes()
    found = erase(ANN, [tmp_path])
    assert (found.erased, found.elsewhere) == ((), (tmp_path / "export.csv",))
    assert (tmp_path / "export.csv").read_bytes() == before


def test_pseudonyms_need_their_key(tmp_path: Path) -> None:
    imported(tmp_path)
    for key in (None, OTHER):
        with pytest.raises(ParameterError, match=f"fingerprint {KEY.fingerprint}. Give that key"):
            erase(ANN, [tmp_path], key=key)


def test_nothing_is_changed_when_one_file_cannot_be_written(tmp_path: Path) -> None:
    good = imported(tmp_path)
    before = good.read_bytes()
    bad = tmp_path / "torn.parquet"
    bad.write_bytes(before[: len(before) // 2])
    with pytest.raises(SourceError, match=r"torn\.parquet` cannot be written anew"):
        erase(ANN, [good, bad], key=KEY)
    assert good.read_bytes() == before
    assert {one.name for one in tmp_path.iterdir()} == {"events.parquet", "torn.parquet"}


@pytest.mark.parametrize(("customer", "message"), [(" ", "the id is empty"), (ANN, "no `nowhere`")])
def test_erasing_nobody_or_nowhere_is_one_sentence(customer: str, message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        erase(customer, ["nowhere"])


def test_row_of_another_customer_stays_and_no_longer_names_the_erased_one(tmp_path: Path) -> None:
    """Two rows of Ann; one of Bob names her; an id that hers begins is nobody of hers."""
    table = pa.table(
        {
            "who": [ANN, BOB, f"{ANN}-B", ANN],
            "what": ["home"] * 4,
            "at": ["2025-03-01"] * 4,
            "note": ["x", f"sent by {ANN}, twice", f"{ANN}2", f"I am {ANN}"],
        }
    )
    file = tmp_path / "events.parquet"
    with pq.ParquetWriter(file, table.schema) as written:
        written.write_table(table)
        written.add_key_value_metadata(
            {**said_of("events", events(table)), NAME: Made(key=None).text()}
        )
    assert erase(ANN, [file]).erased == (ErasedFile(file, 2, mentions=1),)
    left = pq.read_table(file)
    assert left["who"].to_pylist() == [BOB, f"{ANN}-B"]
    assert left["note"].to_pylist() == ["sent by [erased], twice", f"{ANN}2"]
    account = made(file).quality[-1]
    assert (account.set_aside, account.noticed) == (
        {"erased": Counted(2)},
        {"mention_erased": Counted(1)},
    )
    assert erase(ANN, [file]).erased == ()


def test_comment_of_another_customer_in_saved_journeys_no_longer_names_the_erased_one(
    tmp_path: Path,
) -> None:
    said = SAID.assign(said=["never again", f"ask {ANN}"])
    joined = join(
        ONE_EACH,
        events(TABLE),
        feedback=Feedback(said, "score", SCORES, customer="who", comment="said"),
    )
    file = tmp_path / "shop.journeys"
    joined.save(file)
    assert erase(ANN, [file]).erased == (ErasedFile(file, 3, mentions=1),)
    assert Journeys.open(file).answers.comments.to_pylist() == ["ask [erased]"]
    assert ANN.encode() not in file.read_bytes().replace(f"{BOB}".encode(), b"")


@pytest.mark.parametrize("who", ['O\'Hara "7"', "100%_x", "a.*b(c"])
def test_id_is_a_text_and_no_pattern(tmp_path: Path, who: str) -> None:
    file = tmp_path / "mine.parquet"
    pq.write_table(pa.table({"who": [who, "a--b(c", "100x_x", "O'Hara"]}), file)
    assert erase(who, [file]).erased == (ErasedFile(file, 1),)
    assert pq.read_table(file)["who"].to_pylist() == ["a--b(c", "100x_x", "O'Hara"]


def test_failure_to_replace_says_which_files_are_done_and_leaves_no_draft(tmp_path: Path) -> None:
    first, second = tmp_path / "a.parquet", tmp_path / "b" / "b.parquet"
    second.parent.mkdir()
    for file in (first, second):
        pq.write_table(pa.table({"who": [ANN, BOB]}), file)
    drafts = _drafted(_Places.of([first, second]), [ANN], dry_run=False)
    second.unlink()
    second.mkdir()
    with pytest.raises(
        SourceError, match=r"b\.parquet` cannot be replaced: .*already from `.*a\.p"
    ):
        _put(drafts)
    assert pq.read_table(first)["who"].to_pylist() == [BOB]
    assert [one.name for one in second.parent.iterdir()] == ["b.parquet"]


def test_copy_of_the_page_in_a_site_is_named_and_another_page_is_not(tmp_path: Path) -> None:
    file = imported(tmp_path)
    for number, given in ((1, file), (2, tmp_path / "other.parquet")):
        run = tmp_path / f"run{number}"
        run.mkdir()
        (run / "shop.html").write_text("<p>the page</p>")
        record = Record(
            id=f"id{number}",
            name="shop",
            template="journey_audit",
            template_hash="0",
            title="Shop",
            parameters={"events": str(given), "language": "en"},
            status="done",
            started_at=datetime(2025, 4, number, tzinfo=UTC),
            runner=Runner.this(),
            files=Left(page="shop.html"),
            folder=run,
        )
        record.save()
        add_to_site(tmp_path / "site", record)
    remade = erase(ANN, [tmp_path], key=KEY).remade
    assert [(one.kind, one.folder.name) for one in remade] == [("run", "run1"), ("site", "site")]
    assert remade[1].pages == (tmp_path / "site" / "pages" / "id1.html",)
    assert remade[1].command == f"cjm site {tmp_path / 'site'} {tmp_path / 'run1'}"
