"""A folder to work in, and a terminal wide enough for whole sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands import EVENTS, SHOP, write


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the command runs: a map and its events lie there."""
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "shop.cjm.json", SHOP)
    write(tmp_path / "events.csv", EVENTS)
    return tmp_path
