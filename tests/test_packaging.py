"""What `pip install cjm_notebooks` brings: the front end built, small, and asking nobody."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

import cjm_notebooks

CHECKOUT = Path(__file__).parent.parent
STATIC = CHECKOUT / "cjm_notebooks" / "static"
LABEXTENSION = CHECKOUT / "cjm_notebooks" / "labextension"
IN_THE_WHEEL = ".data/data/share/jupyter/labextensions/cjm-notebooks"
LARGEST_SCRIPT = 150_000
ADDRESS = re.compile(r"https?://([A-Za-z0-9.-]+)")
NAMES_OF_FORMATS = {"www.w3.org", "json-schema.org"}

pytestmark = pytest.mark.needs("node")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    asked = ["pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    command = [sys.executable, "-m", *asked, "--wheel-dir", str(folder), str(CHECKOUT)]
    subprocess.run(command, check=True, cwd=folder)
    return ZipFile(next(folder.glob("*.whl")))


def test_wheel_holds_the_built_extension_where_jupyterlab_looks_for_it(wheel: ZipFile) -> None:
    names = wheel.namelist()
    described = next(name for name in names if name.endswith(f"{IN_THE_WHEEL}/package.json"))
    extension = json.loads(wheel.read(described))
    assert extension["version"] == cjm_notebooks.__version__
    entry = described.replace("package.json", extension["jupyterlab"]["_build"]["load"])
    assert entry in names
    assert any(name.endswith("jupyter_server_config.d/cjm_notebooks.json") for name in names)


def test_wheel_holds_the_scripts_and_none_of_their_sources(wheel: ZipFile) -> None:
    names = set(wheel.namelist())
    built = ("widget", "explorer", "mapper", "journey-map")
    scripts = {f"cjm_notebooks/static/{one}.js" for one in built}
    assert scripts <= names
    assert not [name for name in names if name.endswith((".ts", ".map")) or "node_modules" in name]
    assert not [name for name in names if name.startswith("cjm_notebooks/labextension")]


def test_wheel_calls_itself_what_the_extension_does(wheel: ZipFile) -> None:
    described = json.loads((CHECKOUT / "extension" / "package.json").read_text("utf-8"))
    assert described["version"] == cjm_notebooks.__version__
    assert wheel.filename is not None
    assert f"-{described['version']}-" in wheel.filename


@pytest.mark.parametrize("name", ["widget", "explorer", "journey-map"])
def test_script_is_below_150_kilobytes_as_it_travels(name: str) -> None:
    assert len(gzip.compress((STATIC / f"{name}.js").read_bytes())) < LARGEST_SCRIPT


def test_no_script_names_another_machine() -> None:
    scripts = [*STATIC.glob("*.js"), *LABEXTENSION.rglob("*.js")]
    assert scripts
    named = {host for file in scripts for host in ADDRESS.findall(file.read_text("utf-8"))}
    assert named <= NAMES_OF_FORMATS


def test_wheel_holds_every_notebook_that_the_kit_runs_or_hands_out(wheel: ZipFile) -> None:
    names = set(wheel.namelist())
    for folder in ("templates", "exercises"):
        here = {f"cjm_notebooks/{folder}/{one.name}" for one in (CHECKOUT / folder).glob("*.ipynb")}
        assert here
        assert here <= names
