"""Running a template leaves a notebook, a page and the results: all of them, or none."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import nbformat
import pytest

from cjm_notebooks.audits.running.record import Step
from cjm_notebooks.audits.running.run import RunFiles, run_template
from cjm_notebooks.errors import AuditError, ParameterError, SourceError
from tests.audits import AS_OF, BUYS, BUYS_LATER, LEAVES_CART, events, short_template
from tests.journeys import ONE_EACH


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The files of a small shop, and the parameters that name them."""
    home = tmp_path_factory.mktemp("shop {braces}")
    ONE_EACH.save(home / "shop.cjm.json")
    recorded = events(*[BUYS] * 39, BUYS_LATER, *[LEAVES_CART] * 20)
    recorded.table.to_csv(home / "log.csv", index=False)
    return {
        "map_file": str(home / "shop.cjm.json"),
        "events_file": str(home / "log.csv"),
        "customer": "who",
        "at": "at",
        "as_of": AS_OF,
    }


@pytest.fixture(scope="module")
def steps() -> list[Step]:
    return []


@pytest.fixture(scope="module")
def files(
    shop: dict[str, str], steps: list[Step], tmp_path_factory: pytest.TempPathFactory
) -> RunFiles:
    out = tmp_path_factory.mktemp("out {braces}") / "spring"
    return run_template("journey_audit", shop, out, "spring", progress=steps.append)


def test_run_leaves_five_files_and_nothing_else(files: RunFiles) -> None:
    left = {files.notebook, files.page, files.findings, files.measured, files.tables}
    assert len(left) == 5
    assert set(files.folder.iterdir()) == left


def test_findings_are_those_of_the_audit(files: RunFiles) -> None:
    found = json.loads(files.findings.read_text("utf-8"))
    assert "T03/cart/peak" in [finding["id"] for finding in found["findings"]]
    assert found["manifest"]["inputs"][0]["called"] == "log.csv"


def test_steps_count_up_and_name_what_each_cell_does(files: RunFiles, steps: list[Step]) -> None:
    assert [step.number for step in steps] == list(range(1, steps[0].total + 1))
    headings = [step.heading for step in steps]
    assert headings[2:5] == ["Read the map and the tables", "Audit", "What the data can answer"]
    assert headings[-1] == "The page"


def test_notebook_tells_the_folder_it_was_made_for_and_no_time_of_the_run(files: RunFiles) -> None:
    notebook = nbformat.read(files.notebook, as_version=4)
    (filled_in,) = [
        cell for cell in notebook.cells if "injected-parameters" in cell.metadata.get("tags", ())
    ]
    assert f'folder = "{files.folder}"' in filled_in.source
    assert "papermill" not in notebook.metadata
    assert not any({"papermill", "execution"} & set(cell.metadata) for cell in notebook.cells)


def test_running_again_gives_the_same_bytes(shop: dict[str, str], files: RunFiles) -> None:
    def digests() -> dict[str, str]:
        return {path.name: sha256(path.read_bytes()).hexdigest() for path in files.folder.iterdir()}

    before = digests()
    run_template("journey_audit", shop, files.folder, "spring")
    assert digests() == before


def test_page_is_one_small_file_with_its_code_folded_away(files: RunFiles) -> None:
    page = files.page.read_text("utf-8")
    assert len(page.encode()) < 2_000_000
    assert page.count("<h1") == 1
    assert page.count("Bokeh.embed") >= 1
    assert 'class="cjm-exhibit"' in page
    assert '<details class="code">' in page


def test_cell_that_fails_is_named_and_the_notebook_so_far_is_kept(tmp_path: Path) -> None:
    failing = short_template(tmp_path, "# Count\nprint(1)", "# Divide\n1 / 0", "# Never\nprint(3)")
    out = tmp_path / "out"
    with pytest.raises(AuditError) as raised:
        run_template(failing, {}, out, "spring")
    assert str(raised.value) == (
        "Cell 4 of 5 (“Divide”) stopped with ZeroDivisionError: division by zero. The notebook so "
        f"far is `spring.failed.ipynb` in `{out}`: open it and run that cell again."
    )
    assert [path.name for path in out.iterdir()] == ["spring.failed.ipynb"]
    kept = nbformat.read(out / "spring.failed.ipynb", as_version=4)
    assert "print(3)" in kept.cells[-1].source


def test_run_that_succeeds_takes_the_failed_notebook_away(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "spring.failed.ipynb").write_text("{}")
    (out / "kept.txt").write_text("not ours")
    run_template(short_template(tmp_path, "# Nothing\nprint(1)"), {}, out, "spring")
    assert sorted(path.name for path in out.iterdir()) == [
        "kept.txt",
        "spring.html",
        "spring.ipynb",
    ]


def test_error_of_the_kit_arrives_as_what_it_is(shop: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"`log\.csv` has no column `whom`.*Did you mean `who`"):
        run_template("journey_audit", {**shop, "customer": "whom"}, tmp_path / "out", "spring")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["spring.failed.ipynb"]


def test_wrong_parameters_start_no_kernel_and_leave_no_folder(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with pytest.raises(ParameterError, match=r"has no parameter `mapfile`"):
        run_template("journey_audit", {"mapfile": "x"}, out, "spring")
    with pytest.raises(ParameterError, match=r"no translation into `tlh`"):
        run_template(short_template(tmp_path, "# A\n1"), {"language": "tlh"}, out, "spring")
    with pytest.raises(ParameterError, match=r"`name` is `a/b`\. Give the beginning of a file"):
        run_template(short_template(tmp_path, "# A\n1"), {}, out, "a/b")
    assert not out.exists()


def test_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(AuditError, match=r"`.*taken` cannot be written: .*\. Check the folder"):
        run_template(short_template(tmp_path, "# A\n1"), {}, tmp_path / "taken", "spring")
