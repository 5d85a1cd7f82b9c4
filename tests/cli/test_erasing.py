"""`cjm erase`: who is taken out, and what is said of the rest."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cjm_notebooks.events import Events
from cjm_notebooks.maps.settings import Privacy
from cjm_notebooks.privacy.protecting import protect
from cjm_notebooks.privacy.pseudonyms import Key
from cjm_notebooks.sources import Import
from tests.commands import cjm

KEY = Key(b"0123456789abcdef0123456789abcdef")


@pytest.fixture(autouse=True)
def built(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A protected table of two customers, in a folder of its own."""
    monkeypatch.setenv("CJM_PSEUDONYM_KEY", KEY.secret.decode())
    table = pd.DataFrame({"who": ["C-1", "C-2", "C-1"], "what": "x", "at": "2025-03-01"})
    whole = Import(events=Events(table, "who", "at", "what", zone="UTC"))
    events = protect(whole, Privacy(), key=KEY).imported.events
    assert events is not None
    (folder / "built").mkdir()
    pq.write_table(pa.table(events.table), folder / "built" / "events.parquet")
    return folder / "built" / "events.parquet"


def test_dry_run_names_the_file_and_the_rows_and_leaves_both(built: Path) -> None:
    before = built.read_bytes()
    ran = cjm("erase", "C-1", "--dry-run")
    assert ran.code == 0
    assert "Would be erased" in ran.out
    assert "built/events.parquet" in ran.out
    assert built.read_bytes() == before


def test_customer_is_erased_and_is_not_found_again(built: Path) -> None:
    assert "Erased" in cjm("erase", "C-1", "built").out
    assert pq.read_table(built).num_rows == 1
    assert "No built file holds this customer." in cjm("erase", "C-1").out


def test_export_that_names_the_customer_is_told(folder: Path) -> None:
    (folder / "export.csv").write_text("who,what\nC-1,x\n")
    ran = cjm("erase", "C-1")
    assert "Also named in, and not changed\nexport.csv" in ran.out


def test_key_in_the_project_is_refused(folder: Path) -> None:
    (folder / "key").write_bytes(KEY.secret)
    ran = cjm("erase", "C-1", "--key", "key")
    assert ran.code == 2
    assert "where it would be passed on with the work" in ran.err
