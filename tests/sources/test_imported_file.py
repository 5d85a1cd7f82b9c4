"""What `cjm import` kept, read again: the contacts and deals of HubSpot's fixtures."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from cjm_notebooks.errors import SourceError
from cjm_notebooks.events import Customers, Events
from cjm_notebooks.events.accounts import made
from cjm_notebooks.sources.imported_file import ImportedFile

FOLDER = Path(__file__).parent / "fixtures" / "imported_file"
SHOP = ImportedFile(FOLDER / "shop.parquet")
EXAMPLES = (SHOP, ImportedFile(FOLDER / "shop.customers.parquet"))


def test_file_says_itself_how_it_is_read() -> None:
    assert SHOP.read().events == Events(
        FOLDER / "shop.parquet",
        customer="contact",
        at="reached",
        zone="Europe/Berlin",
        sequence="number",
    )


def test_tables_beside_it_come_along() -> None:
    found = SHOP.read()
    assert found.customers == Customers(FOLDER / "shop.customers.parquet", customer="contact")
    assert found.feedback is None
    assert found.invitations is None


def test_table_beside_others_can_be_read_alone() -> None:
    found = EXAMPLES[1].read()
    assert found.events is None
    assert found.customers == SHOP.read().customers


def test_account_of_the_import_is_in_the_file() -> None:
    told = {one.table: (one.read, one.kept) for one in made(FOLDER / "shop.parquet").quality}
    assert told["lifecycle of contacts.csv"] == (24, 8)
    assert told["deals of deals.csv"] == (10, 7)
    assert told["protected events"] == (15, 15)


def test_parquet_of_others_is_refused(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    pq.write_table(pa.table({"customer": ["ann"]}), tmp_path / "other.parquet")
    with pytest.raises(SourceError, match=r"`other\.parquet` does not say how it is read"):
        ImportedFile(tmp_path / "other.parquet").read()
    with pytest.raises(SourceError, match=r"There is no file `none\.parquet`"):
        ImportedFile(tmp_path / "none.parquet").read()
