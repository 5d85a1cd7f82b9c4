"""The workflow for every week: its commands are ours, and its limits stop what they should."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import yaml
from typer.core import TyperCommand

from tests.audits.comparing import run
from tests.commands import cjm
from tools.write_command_page import commands

ROOT = Path(__file__).parent.parent.parent
FILE = ROOT / "examples" / "weekly" / "audit.yml"
workflow = yaml.safe_load(FILE.read_text("utf-8"))
STEPS = workflow["jobs"]["audit"]["steps"]


def words_of(name: str) -> list[str]:
    """The words of the step that runs `cjm NAME`, after `cjm`."""
    (line,) = [step["run"] for step in STEPS if step.get("run", "").startswith(f"cjm {name} ")]
    return shlex.split(re.sub(r"\$\([^)]*\)", "2025-03-31", line))[1:]


def command(name: str) -> TyperCommand:
    return commands()[name]


@pytest.mark.parametrize("name", ["audit", "compare"])
def test_command_of_the_workflow_is_one_that_cjm_understands(name: str) -> None:
    asked, *words = words_of(name)
    with command(asked).make_context(asked, words) as context:
        assert context.params


def test_workflow_runs_each_week_and_keeps_the_folder_that_it_fetches() -> None:
    assert workflow[True]["schedule"] == [{"cron": "0 5 * * 1"}]
    (kept,) = [step["with"] for step in STEPS if "upload-artifact" in step.get("uses", "")]
    fetch = next(step["run"] for step in STEPS if step.get("id") == "last")
    assert kept["path"] == words_of("audit")[words_of("audit").index("--out") + 1]
    assert f"--name {kept['name']} --dir {words_of('compare')[1]}" in fetch


def test_audit_is_kept_before_anything_can_fail() -> None:
    uses = [step.get("uses", step.get("run", "")).split("@")[0] for step in STEPS]
    compare = next(place for place, text in enumerate(uses) if text.startswith("cjm compare"))
    assert uses.index("actions/upload-artifact") < compare


@pytest.mark.parametrize(("before", "code"), [((160, 40), 1), ((140, 60), 0), ((200, 0), 1)])
def test_workflow_fails_where_a_high_finding_is_new_or_worse(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: tuple[int, int], code: int
) -> None:
    """60 of 200 lost now: worse than 40 of 200, no change from 60, and new after none."""
    monkeypatch.chdir(tmp_path)
    run(*before, "2025-04-10").save("last-audit", "shop")
    run(140, 60, "2025-04-17").save("audit", "shop")
    assert cjm(*words_of("compare")).code == code


def test_page_about_it_quotes_the_workflow() -> None:
    page = (ROOT / "docs" / "comparing.md").read_text("utf-8")
    quoted = page.partition("```yaml\n")[2].partition("```")[0]
    assert quoted in FILE.read_text("utf-8")
