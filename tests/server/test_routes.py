"""What the editor asks the server, and what the server refuses."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import pytest

from cjm_notebooks.maps import JourneyMap, MeasuredMap
from cjm_notebooks.server.routes import ROUTES
from tests.server.conftest import Ask

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
          "channel": "carrier-pigeon"
        }
      ]
    }
  ]
}
"""
EVENTS = "person,what,when\nann,landed,2025-01-01T10:00\nann,paid,2025-01-02T10:00\n"


async def test_contradiction_stands_at_its_place(ask: Ask) -> None:
    _, found = await ask("lint", text=SHOP)
    (wrong,) = [one for one in found["problems"] if one["value"] == "carrier-pigeon"]
    assert wrong["place"] == "stages[0].touchpoints[0].channel"
    assert wrong["what"] == "No channel has that id."
    assert wrong["severity"] == "high"
    assert (found["unread"], found["journey_map"]) == (None, None)
    assert found["hash"] == JourneyMap.from_text(SHOP).content_hash()


async def test_findings_of_the_checks_that_need_only_the_map_are_problems_too(ask: Ask) -> None:
    _, found = await ask("lint", text=SHOP)
    assert any("review" in one["what"] or "review" in one["cure"] for one in found["problems"])


async def test_text_that_is_no_map_is_explained(ask: Ask) -> None:
    assert await ask("lint", text="{\n  ") == (
        200,
        {
            "problems": [],
            "unread": "`the file` is not JSON from line 2, column 3: Expecting property name "
            "enclosed in double quotes. Is it cut off, or is a comma or quotation mark missing?",
            "journey_map": None,
            "hash": None,
        },
    )


async def test_map_of_an_older_version_is_read_for_the_editor(ask: Ask) -> None:
    _, found = await ask("lint", text='{"schema_version": "0.9", "id": "old", "title": "Old"}')
    assert found["journey_map"] == {"schema_version": "1.0", "id": "old", "name": "Old"}


BEGINNINGS = {
    "html": b"<!doctype html>",
    "svg": b"<svg",
    "png": b"\x89PNG",
    "mmd": b"journey",
    "cjml": b"<?xml",
    "xlsx": b"PK",
    "csv": b"",
    "json": b"{",
}


async def test_map_is_written_in_every_format(ask: Ask) -> None:
    for kind, begins in BEGINNINGS.items():
        status, made = await ask("export", text=SHOP, path="shop.cjm.json", format=kind)
        content = base64.b64decode(made["content"])
        assert status == 200
        assert content.startswith(begins)
        assert kind in ("png", "xlsx") or b"Home" in content


async def test_numbers_beside_the_map_are_given_with_it(ask: Ask, root: Path) -> None:
    numbers = MeasuredMap(map_id="shop", map_hash="0", as_of="2025-01-31")
    numbers.save(root / "shop.measured.json")
    assert await ask("measured", path="shop.cjm.json") == (
        200,
        {"measured": numbers.fields(), "unread": None},
    )
    assert await ask("measured", path="other.cjm.json") == (
        200,
        {"measured": None, "unread": None},
    )
    (root / "shop.measured.json").write_text("{")
    _, broken = await ask("measured", path="shop.cjm.json")
    assert broken["measured"] is None
    assert "`shop.measured.json` is not JSON" in broken["unread"]


async def test_change_on_disk_is_told(ask: Ask, root: Path) -> None:
    assert await ask("changes", path="shop.cjm.json") == (200, {"map": None, "measured": None})
    (root / "shop.cjm.json").write_text(SHOP)
    _, seen = await ask("changes", path="shop.cjm.json")
    assert seen["map"] is not None
    assert seen["measured"] is None


async def test_map_is_drafted_beside_its_events_and_nothing_is_overwritten(
    ask: Ask, root: Path
) -> None:
    (root / "log").mkdir()
    (root / "log" / "web.csv").write_text(EVENTS)
    assert await ask("columns", path="log/web.csv") == (
        200,
        {
            "columns": ["person", "what", "when"],
            "rows": [["ann", "landed", "2025-01-01T10:00"], ["ann", "paid", "2025-01-02T10:00"]],
        },
    )
    wanted: dict[str, Any] = {
        "path": "log/web.csv",
        "customer": "person",
        "event": "what",
        "at": "when",
        "zone": "UTC",
        "name": "Web",
    }
    assert await ask("draft", **wanted) == (200, {"path": "log/web.cjm.json"})
    drafted = JourneyMap.load(root / "log" / "web.cjm.json")
    assert [one.name for one in drafted.touchpoints] == ["Landed", "Paid"]
    _, again = await ask("draft", **wanted)
    assert again["path"] != "log/web.cjm.json"
    status, refused = await ask("draft", **{**wanted, "at": "whenn"})
    assert (status, "Did you mean `when`?" in refused["message"]) == (422, True)


async def test_presets_are_listed_with_their_stages(ask: Ask) -> None:
    _, found = await ask("presets")
    assert {"aarrr", "c5", "saas"} <= {one["id"] for one in found["presets"]}
    _, made = await ask("preset", id="aarrr", name="My map")
    assert JourneyMap.from_text(made["text"]).name == "My map"


async def test_nothing_outside_the_folder_is_read(ask: Ask) -> None:
    for path in ("../secret.csv", "/etc/../../secret.csv", "a/./b.csv", "a\\..\\b.csv", "a//b.csv"):
        for route in ("columns", "measured", "changes"):
            status, refused = await ask(route, path=path)
            assert status == 400
            assert refused["message"] == "Name a file under the folder of this server."


async def test_link_that_leads_out_and_hidden_files_are_not_read(
    ask: Ask, root: Path, tmp_path: Path
) -> None:
    outside = tmp_path / "secret.csv"
    outside.write_text(EVENTS)
    (root / "link.csv").symlink_to(outside)
    (root / ".hidden.csv").write_text(EVENTS)
    for path in ("link.csv", ".hidden.csv", "missing.csv"):
        assert (await ask("columns", path=path))[0] == 404


async def test_body_of_another_shape_is_refused(ask: Ask) -> None:
    for raw, place in (("{", "the body"), ('{"text": 1}', "text"), ('{"text": "", "a": 1}', "a")):
        status, refused = await ask("lint", raw=raw)
        assert status == 400
        assert f"The request does not fit at `{place}`" in refused["message"]


async def test_table_of_no_known_kind_is_refused(ask: Ask, root: Path) -> None:
    (root / "notes.txt").write_text("a")
    status, refused = await ask("columns", path="notes.txt")
    assert status == 422
    assert "`notes.txt` is of a kind that cannot be read here." in refused["message"]


async def test_no_route_answers_somebody_unknown(jp_base_url: str, http_server_client: Any) -> None:
    for route in ROUTES:
        address = f"{jp_base_url}cjm-notebooks/{route}"
        refused = await http_server_client.fetch(
            address, method="POST", body="{}", raise_error=False
        )
        assert refused.code == 403


async def test_every_route_asks_whether_this_person_may(
    ask: Ask, jp_serverapp: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, str]] = []

    def refuse(_: object, __: object, ___: object, action: str, resource: str) -> bool:
        asked.append((action, resource))
        return False

    monkeypatch.setattr(type(jp_serverapp.authorizer), "is_authorized", refuse)
    for route in ROUTES:
        status, _ = await ask(route)
        assert status == 403
        assert asked[-1] == ("write" if route == "draft" else "read", "contents")
