"""A journal that was cut off in the middle of a line keeps all the others."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from cjm_notebooks.audits.batches.journal import Entry, entries_in, journal


def entry(name: str, status: str = "done") -> Entry:
    return Entry(key="k", name=name, own={}, status=status, attempts=1, ended_at=datetime.now(UTC))


def test_last_word_on_a_run_counts(tmp_path: Path) -> None:
    with journal(tmp_path / "new") as written:
        written.write(entry("a", "failed"))
        written.write(entry("b"))
        written.write(entry("a"))
    found = entries_in(tmp_path / "new")
    assert {name: one.status for name, one in found.items()} == {"a": "done", "b": "done"}


def test_torn_line_is_passed_over_and_what_follows_it_is_read(tmp_path: Path) -> None:
    with journal(tmp_path) as written:
        written.write(entry("a"))
    with (tmp_path / "batch.jsonl").open("a") as file:
        file.write('{"key": "k", "na')
    with journal(tmp_path) as written:
        written.write(entry("c"))
    assert list(entries_in(tmp_path)) == ["a", "c"]


def test_folder_without_a_journal_has_no_entries(tmp_path: Path) -> None:
    assert entries_in(tmp_path) == {}
