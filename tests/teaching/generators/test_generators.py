"""What holds of every generator."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from cjm_notebooks import audit, join
from cjm_notebooks.catalogue import entries
from cjm_notebooks.errors import ParameterError, SourceError
from cjm_notebooks.inspection import checks_of_a_map
from cjm_notebooks.teaching.defects import is_found
from cjm_notebooks.teaching.generators import Generated, Generator
from cjm_notebooks.teaching.handing_out import Handout, write
from cjm_notebooks.teaching.truth import Truth

GENERATORS = entries("teaching.generators", Generator)
DIGESTS = {
    "coffee-app": "6195b3ffa77e6efa10641dd28ea8af552c17f733391b58644d27bd81c17ca401",
    "null": "a3475ce73a3612f058bfc9631398d570df85e46073b2737e270cbcd0fb3ddddc",
    "two-countries": "c4711bdcf11f3ae3d4741e5a214d15ab8c5b5d2fa55aadd17e8a9f41e82b9257",
    "webshop": "43d22ea451b056b787db78c6484f0618cbe2d62eaa9bb68ff66e359454899f43",
}
"""Of the tables of 400 customers from seed 20. They are pinned: courses rest on them."""

every_generator = pytest.mark.parametrize("name", GENERATORS)


def generated(name: str, customers: int = 400, seed: int = 20) -> Generated:
    return GENERATORS[name]().generate(customers, seed)


def digest(given: Generated) -> str:
    """SHA-256 of every cell, row by row, whatever library holds them."""
    found = sha256()
    for tables in (given.events, given.feedback, given.customers):
        table = pa.table(tables.table)
        for name in table.column_names:
            column = table[name]
            if pa.types.is_timestamp(column.type):
                column = column.cast(pa.int64())
            found.update(repr((name, column.to_pylist())).encode())
    return found.hexdigest()


@every_generator
def test_same_seed_gives_the_same_bytes_on_every_machine(name: str) -> None:
    assert digest(generated(name)) == DIGESTS[name]


@every_generator
def test_another_seed_gives_another_data_set(name: str) -> None:
    assert digest(generated(name, seed=21)) != DIGESTS[name]


@every_generator
def test_right_map_has_no_contradiction_and_raises_no_check_of_its_design(name: str) -> None:
    given = generated(name)
    assert given.right_map.problems() == ()
    result = audit(given.right_map, as_of=given.as_of, checks=checks_of_a_map())
    raised = [one.check_id for one in result.checked if one.outcome in ("warn", "fail")]
    assert raised == []


@every_generator
def test_right_map_claims_every_event(name: str) -> None:
    given = generated(name)
    parts = (*given.right_map.touchpoints, *given.right_map.outcomes)
    claimed = {one.match.where.is_ for one in parts}
    assert set(given.events.table["event"].to_pylist()) == claimed


@every_generator
def test_every_seeded_defect_is_found_in_the_draft_and_none_in_the_right_map(name: str) -> None:
    given = generated(name, customers=12_000)
    tables = {"feedback": given.feedback, "customers": given.customers, "as_of": given.as_of}
    draft = audit(given.draft_map, given.events, **tables)
    right = audit(given.right_map, given.events, **tables)
    assert len(given.truth.defects) >= 10
    assert [one for one in given.truth.defects if not is_found(one, draft.findings)] == []
    assert [one for one in given.truth.defects if is_found(one, right.findings)] == []


@every_generator
def test_right_map_raises_nothing_that_was_not_planted(name: str) -> None:
    given = generated(name, customers=3000)
    result = audit(
        given.right_map,
        given.events,
        feedback=given.feedback,
        customers=given.customers,
        as_of=given.as_of,
    )
    planted = {check for fact in given.truth.facts for check in fact.found_by}
    raised = {one.check_id for one in result.checked if one.outcome in ("warn", "fail", "error")}
    assert raised <= planted


@every_generator
def test_draft_tells_nothing_that_research_has_found(name: str) -> None:
    given = generated(name)
    told = given.draft_map.canonical_text()
    found = [
        text
        for one in given.right_map.touchpoints
        for text in (*(pain.text for pain in one.pain_points), one.thinking)
        if text
    ]
    assert [text for text in found if text in told] == []
    assert all(one.emotion_status == "hypothesis" for one in given.draft_map.touchpoints)


@every_generator
def test_every_place_of_the_truth_is_on_its_map(name: str) -> None:
    given = generated(name)
    touchpoints = {f"touchpoints/{one.id}" for one in given.right_map.touchpoints}
    assert {fact.at for fact in given.truth.facts} <= touchpoints | {""}


@every_generator
@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_what_is_handed_out_is_read_back_and_holds_no_truth(
    name: str, kind: str, tmp_path: Path
) -> None:
    given = generated(name)
    handed = write(given, tmp_path, format=kind)
    files = {file.name for file in tmp_path.iterdir()}
    tables = {f"{table}.{kind}" for table in ("events", "feedback", "customers")}
    assert files == {*tables, "draft.cjm.json", "tables.json"}
    assert handed.draft_map == given.draft_map
    assert handed.as_of == given.as_of
    read, made = (
        join(one.draft_map, one.events, feedback=one.feedback, customers=one.customers)
        for one in (handed, given)
    )
    assert (read.at == made.at).all()
    assert (read.answers.score == made.answers.score).all()
    assert sorted(read.segments) == sorted(made.segments)


def test_truth_is_written_for_teachers_only(tmp_path: Path) -> None:
    given = generated("webshop")
    write(given, tmp_path, with_truth=True)
    assert Truth.read(tmp_path / "truth.json") == given.truth
    assert (tmp_path / "right.cjm.json").exists()


def test_folder_without_an_exercise_is_none(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"does not describe tables of an exercise\. Hand it out"):
        Handout.read(tmp_path)


@pytest.mark.parametrize("customers", [399, 1_000_001])
def test_too_few_or_too_many_customers_are_refused(customers: int) -> None:
    with pytest.raises(ParameterError, match=r"Give a number from 400 to 1,000,000\."):
        generated("null", customers)


def test_seed_is_a_number_of_four_bytes() -> None:
    with pytest.raises(ParameterError, match=r"Give a whole number from 0 to 4294967295\."):
        generated("null", seed=2**32)


def test_fact_that_is_planted_otherwise_changes_nothing_before_it() -> None:
    usual = GENERATORS["webshop"]()
    before = pa.array(["home_view", "product_view", "order_placed", "parcel_delivered"])
    one, other = (
        events.filter(pc.is_in(events["event"], before))
        for shop in (usual, replace(usual, in_time_effect=0.0))
        for events in [shop.generate(400, 20).events.table]
    )
    assert one.equals(other)
