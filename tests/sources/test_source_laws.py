"""What holds for every source: no row is lost, and its card names every rule.

The examples of a source stand in its test file as `EXAMPLES`; the files they read lie in
`fixtures/`, in a folder of the source's name.
"""

from __future__ import annotations

from importlib import import_module

import pyarrow as pa
import pytest

from cjm_notebooks.catalogue import entries
from cjm_notebooks.events import Quality
from cjm_notebooks.sources import Import, Source, StreamedSource

EXAMPLES: dict[str, tuple[Source, ...]] = {
    id_: import_module(f"tests.sources.test_{id_.replace('-', '_')}").EXAMPLES
    for id_ in entries("sources", Source)
}

every_example = pytest.mark.parametrize(
    "source",
    [
        pytest.param(one, id=f"{id_}-{number}")
        for id_, examples in EXAMPLES.items()
        for number, one in enumerate(examples)
    ],
)


def rows_of(found: Import) -> int:
    tables = (found.events, found.feedback, found.customers, found.invitations)
    return sum(len(pa.table(one.table)) for one in tables if one is not None)


def left_out(quality: Quality) -> int:
    return sum(counted.rows for counted in quality.set_aside.values())


def test_every_source_has_examples() -> None:
    assert [id_ for id_, examples in EXAMPLES.items() if not examples] == []


@every_example
def test_rows_read_are_rows_yielded_and_rows_set_aside_by_name(source: Source) -> None:
    found = source.read()
    assert [q for q in found.quality if q.read != q.kept + left_out(q)] == []
    if found.quality:
        assert sum(quality.kept for quality in found.quality) == rows_of(found)


@every_example
def test_at_most_five_rows_are_named_and_each_was_read(source: Source) -> None:
    for quality in source.read().quality:
        for counted in (*quality.set_aside.values(), *quality.noticed.values()):
            assert len(counted.places) <= min(5, counted.rows)
            assert all(0 <= place < quality.read for place in counted.places)


@every_example
def test_each_rule_stands_on_the_card_or_in_the_settings(source: Source) -> None:
    known = f"{type(source).__doc__} {source!r}".replace("`", "'")
    rules = {rule for q in source.read().quality for rule in (*q.set_aside, *q.noticed)}
    assert [rule for rule in rules if f"'{rule}'" not in known] == []


@every_example
def test_export_read_twice_is_the_same(source: Source) -> None:
    assert source.read().quality == source.read().quality


@every_example
def test_export_read_as_a_stream_is_the_export_read_at_once(
    source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cjm_notebooks.events.sifting.ROWS", 2)
    monkeypatch.setattr("cjm_notebooks.sources.xes_log.ROWS", 2)
    if not isinstance(source, StreamedSource):
        return
    whole = source.read()
    with source.stream() as stream:
        batches = list(stream.batches)
        quality = stream.quality()
    assert whole.events is not None
    rows = pa.Table.from_batches(batches)
    assert quality.read == quality.kept + left_out(quality)
    assert quality.kept == len(rows)
    assert [rule for rule in quality.set_aside if f"`{rule}`" not in (source.__doc__ or "")] == []
    assert stream.events(whole.events.table) == whole.events
    if whole.quality:
        assert (quality,) == whole.quality
        assert rows.to_pylist() == pa.table(whole.events.table).to_pylist()
