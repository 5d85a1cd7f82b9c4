"""One map in the hands of several: what differs is written, what stands in a file is given back."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jupyter_ydoc import ydocs
from pycrdt import Doc

from cjm_notebooks.collaboration import YJourney
from cjm_notebooks.collaboration.ordering import arranged, between

ROOT = Path(__file__).parents[2]
HOTEL = (ROOT / "examples/hotel/hotel.cjm.json").read_text("utf-8")
SHARED = json.loads((ROOT / "tests/twins/shared.json").read_text("utf-8"))
SHOP = """{
  "schema_version": "1.0",
  "id": "shop",
  "name": "Shop",
  "stages": [
    {
      "id": "browse",
      "name": "Browse",
      "touchpoints": [
        {
          "id": "home",
          "name": "Home",
          "pain_points": [
            {
              "text": "Slow"
            },
            {
              "text": "Loud"
            }
          ]
        },
        {
          "id": "search",
          "name": "Search"
        }
      ]
    },
    {
      "id": "buy",
      "name": "Buy"
    }
  ]
}
"""
Fields = dict[str, Any]


def holding(text: str) -> YJourney:
    document = YJourney()
    document.set(text)
    return document


def two_with(text: str) -> tuple[YJourney, YJourney]:
    one, other = holding(text), YJourney()
    other.ydoc.apply_update(one.ydoc.get_update())
    return one, other


def meet(one: YJourney, other: YJourney) -> Fields:
    """What both say once they know each other's edits."""
    mine, theirs = one.ydoc.get_update(), other.ydoc.get_update()
    one.ydoc.apply_update(theirs)
    other.ydoc.apply_update(mine)
    assert one.get() == other.get()
    return json.loads(one.get())


def edit(document: YJourney, change: Callable[[Fields], object]) -> None:
    fields = json.loads(document.get().removeprefix("\ufeff"))
    change(fields)
    document.set(json.dumps(fields))


def touchpoints(fields: Fields) -> dict[str, list[str]]:
    return {
        stage["id"]: [one["name"] for one in stage.get("touchpoints", [])]
        for stage in fields["stages"]
    }


@pytest.mark.parametrize("text", [SHOP, HOTEL], ids=["shop", "hotel"])
def test_file_is_given_back_as_it_was_read(text: str) -> None:
    assert holding(text).get() == text


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(json.loads(HOTEL)),
        "\ufeff" + SHOP,
        SHOP.replace("\n", "\r\n"),
        json.dumps({**json.loads(SHOP), "state": "as_is", "x_own": {"b": 1, "a": [2, True]}}),
        json.dumps({"schema_version": "0.9", "id": "old", "title": "Old", "stages": []}),
    ],
    ids=["one line", "byte order mark", "carriage returns", "defaults and own", "old version"],
)
def test_layout_of_ones_own_stays_until_something_is_changed(text: str) -> None:
    document = holding(text)
    assert document.get() == text
    edit(document, lambda fields: fields.update(objective="Fewer calls"))
    assert json.loads(document.get())["objective"] == "Fewer calls"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is not JSON"),
        (SHOP[:100], "is not JSON"),
        ("[]", "holds a list"),
        ('{"id": "shop"}', "has no `name`"),
        (SHOP.replace('"1.0"', '"9.0"'), "is newer than"),
        (SHOP.replace('"id": "shop"', '"id": "shop", "id": "shop"'), "says `id` twice"),
        (SHOP.replace('"name": "Buy"', '"title": "Buy"'), "has no field `title`"),
    ],
)
def test_text_that_is_no_map_is_kept_with_the_reason(text: str, reason: str) -> None:
    document = holding(text)
    assert document.get() == text
    assert reason in str(document.unread)


def test_map_opens_once_its_file_is_mended() -> None:
    document = holding(SHOP)
    document.set(SHOP[:-5])
    assert document.unread
    document.set(SHOP)
    assert (document.unread, document.get()) == (None, SHOP)


def test_same_text_again_changes_nothing() -> None:
    document = holding(HOTEL)
    before = document.ydoc.get_update()
    document.set(HOTEL)
    assert document.ydoc.get_update() == before


def test_same_file_makes_the_same_document_each_time() -> None:
    """Who comes back to a room that was built anew from the file must not find all twice."""
    updates = []
    for _ in range(2):
        ydoc: Doc[Any] = Doc(client_id=0)
        YJourney(ydoc).set(HOTEL)
        updates.append(ydoc.get_update())
    assert updates[0] == updates[1]


def test_touchpoint_that_one_moves_keeps_the_name_that_the_other_gives_it() -> None:
    one, other = two_with(SHOP)

    def move(fields: Fields) -> None:
        moved = fields["stages"][0]["touchpoints"].pop(0)
        fields["stages"][1]["touchpoints"] = [moved]

    edit(one, move)
    edit(other, lambda fields: fields["stages"][0]["touchpoints"][0].update(name="Landing page"))
    assert touchpoints(meet(one, other)) == {"browse": ["Search"], "buy": ["Landing page"]}


def test_both_who_insert_at_one_place_see_both() -> None:
    one, other = two_with(SHOP)
    for person, name in ((one, "A"), (other, "B")):
        new = {"id": f"by-{name.lower()}", "name": name}
        edit(person, lambda fields, new=new: fields["stages"][0]["touchpoints"].insert(1, new))
    found = touchpoints(meet(one, other))["browse"]
    assert (found[0], sorted(found[1:3]), found[3]) == ("Home", ["A", "B"], "Search")


def test_first_pain_point_of_each_stays_where_both_add_one() -> None:
    one, other = two_with(SHOP)
    for person, text in ((one, "Cold"), (other, "Dark")):
        pains = [{"text": text}]
        edit(
            person,
            lambda fields, pains=pains: fields["stages"][0]["touchpoints"][1].update(
                pain_points=pains
            ),
        )
    search = meet(one, other)["stages"][0]["touchpoints"][1]
    assert sorted(pain["text"] for pain in search["pain_points"]) == ["Cold", "Dark"]


def test_touchpoint_moved_into_a_stage_that_the_other_deletes_is_not_lost() -> None:
    one, other = two_with(SHOP)

    def move(fields: Fields) -> None:
        fields["stages"][1]["touchpoints"] = [fields["stages"][0]["touchpoints"].pop(0)]

    edit(one, move)
    edit(other, lambda fields: fields["stages"].pop(1))
    assert touchpoints(meet(one, other)) == {"browse": ["Search", "Home"]}


def test_outside_change_keeps_what_somebody_edits_meanwhile() -> None:
    one, other = two_with(SHOP)
    changed = SHOP.replace('"name": "Buy"', '"name": "Pay"').replace('"id": "buy"', '"id": "pay"')
    one.set(changed.replace('"text": "Loud"', '"text": "Noisy"'))
    edit(other, lambda fields: fields["stages"][1].update(customer_goal="Be quick"))
    edit(
        other,
        lambda fields: fields["stages"][0]["touchpoints"][0]["pain_points"][0].update(text="Late"),
    )
    fields = meet(one, other)
    assert fields["stages"][1] == {"id": "pay", "name": "Pay", "customer_goal": "Be quick"}
    pains = fields["stages"][0]["touchpoints"][0]["pain_points"]
    assert [pain["text"] for pain in pains] == ["Late", "Noisy"]


def test_map_that_fits_no_more_is_still_written_in_the_order_of_the_model() -> None:
    document = holding(SHOP)
    roots = document.ydoc.get("map", type=type(document.ystate))
    roots["name"] = ""
    assert list(json.loads(document.get())) == ["schema_version", "id", "name", "stages"]


@pytest.mark.parametrize("example", SHARED, ids=lambda example: example["why"])
def test_editor_and_server_make_the_same_document(example: dict[str, Any]) -> None:
    ydoc: Doc[Any] = Doc(client_id=0)
    document = YJourney(ydoc)
    document.set(example["text"])
    assert base64.b64encode(ydoc.get_update()).decode() == example["update"]
    roots = {name: ydoc.get(name, type=type(document.ystate)).to_py() for name in example["holds"]}
    assert roots == example["holds"]


def test_orders_leave_room_and_as_many_as_possible_stay() -> None:
    assert arranged([None] * 3) == ["a0", "a1", "a2"]
    assert arranged(["a0", None, "a1"]) == ["a0", "a0V", "a1"]
    assert arranged(["a2", "a0", "a1"]) == ["Zz", "a0", "a1"]
    assert arranged(["a0", "a0", "a1"]) == ["a0", "a0V", "a1"]


def test_there_is_always_room_between_two_orders() -> None:
    low, high = "a0", "a1"
    for number in range(200):
        middle = between(low, high)
        assert low < middle < high
        low, high = (middle, high) if number % 2 else (low, middle)
    first = last = "a0"
    for _ in range(4_000):
        ahead, behind = between(None, first), between(last, None)
        assert ahead < first
        assert behind > last
        first, last = ahead, behind


@pytest.mark.parametrize("first", ["jupyter_ydoc", "cjm_notebooks.collaboration.document"])
def test_document_loads_whichever_module_is_imported_first(first: str) -> None:
    asked = f"import {first}, jupyter_ydoc; print(jupyter_ydoc.ydocs['cjm'].__name__)"
    ran = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "YJourney"


def test_jupyter_knows_the_document_by_its_content_type() -> None:
    assert ydocs["cjm"] is YJourney
