"""Two runs side by side, and decisions on what a run has found."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import cjm_notebooks as cjm
from cjm_notebooks.audits.running.order import ordered
from cjm_notebooks.audits.running.recorded import record_of
from cjm_notebooks.server.runs.over_time import OVER_TIME
from tests.server.conftest import Ask

UNREVIEWED = "M01/map/never-reviewed"
PAY = {"id": "pay", "name": "Pay", "match": {"where": {"is": "pay"}}}
SHOP: dict[str, Any] = {
    "id": "shop",
    "name": "Shop",
    "stages": [{"id": "buy", "name": "Buy", "touchpoints": [PAY]}],
}
VISITS = pd.DataFrame(
    {"customer": ["a", "b", "c"], "event": "pay", "at": pd.Timestamp("2025-03-01", tz="UTC")}
)


def audited(root: Path, name: str, as_of: str, **more: str) -> str:
    """The folder of a run over the shop, with more said on its map."""
    file = root / "shop.cjm.json"
    file.write_text(json.dumps({**SHOP, **more}))
    folder = root / "audits" / name
    folder.mkdir(parents=True)
    asked = {"map_file": str(file), "as_of": as_of}
    record_of(ordered("journey_audit", asked, folder, "audit"), "running").model_copy(
        update={"status": "done"}
    ).save()
    events = cjm.Events(VISITS, customer="customer", at="at")
    cjm.audit(cjm.JourneyMap.load(file), events, as_of=as_of).save(folder, "audit")
    return f"audits/{name}"


async def test_a_finding_that_was_cured_is_fixed_in_the_later_run(ask: Ask, root: Path) -> None:
    before = audited(root, "first", "2025-03-31")
    after = audited(root, "second", "2025-04-30", last_reviewed="2025-04-15")
    _, found = await ask("compare", before=before, after=after)
    states = {one["finding"]: found["states"][one["state"]] for one in found["changes"]}
    assert states[UNREVIEWED] == "fixed"
    assert found["summary"]
    status, refused = await ask("compare", before=before, after="audits")
    assert (status, "findings.json" in refused["message"]) == (422, True)


async def test_a_decision_lies_beside_the_map_and_is_told_again(ask: Ask, root: Path) -> None:
    run = audited(root, "first", "2025-03-31")
    decision = {"finding": UNREVIEWED, "choice": "fix", "who": "Anna", "what": "Review in May"}
    _, told = await ask("decide", path=run, **decision)
    assert told["decisions"][UNREVIEWED] == {**decision, "on": date.today().isoformat()}  # noqa: DTZ011
    assert (root / "shop.decisions.json").is_file()
    assert (await ask("decisions", path=run))[1] == told


async def test_only_what_was_found_is_decided_on_and_by_somebody(ask: Ask, root: Path) -> None:
    run = audited(root, "first", "2025-03-31")
    unknown = {"finding": "M01/map/reviewed", "choice": "fix", "who": "Anna"}
    status, refused = await ask("decide", path=run, **unknown)
    assert (status, UNREVIEWED in refused["message"]) == (422, True)
    nobody = {"finding": UNREVIEWED, "choice": "fix", "who": ""}
    assert (await ask("decide", path=run, **nobody))[0] == 422
    assert not (root / "shop.decisions.json").exists()


@pytest.mark.parametrize("path", ["../first", "/etc", "audits/../../first"])
async def test_runs_outside_the_folder_are_refused(ask: Ask, root: Path, path: str) -> None:
    status, _ = await ask("compare", before=path, after=path)
    assert status in (400, 404)
    assert (await ask("decisions", path=path))[0] in (400, 404)


async def test_no_route_over_time_answers_without_a_token(
    jp_base_url: str, http_server_client: Any
) -> None:
    for route in OVER_TIME:
        refused = await http_server_client.fetch(
            f"{jp_base_url}cjm-notebooks/{route}", method="POST", body="{}", raise_error=False
        )
        assert refused.code == 403


async def test_whoever_may_not_write_files_may_not_decide(
    ask: Ask, jp_serverapp: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def may(_: object, __: object, ___: object, action: str, resource: str) -> bool:
        return (action, resource) != ("write", "contents")

    monkeypatch.setattr(type(jp_serverapp.authorizer), "is_authorized", may)
    assert (await ask("decide"))[0] == 403
