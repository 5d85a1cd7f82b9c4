"""The lock holds a version for everything that pyproject.toml asks for."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

CHECKOUT = Path(__file__).parent.parent
PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["project"]
WANTED = sum(PROJECT["optional-dependencies"].values(), PROJECT["dependencies"])
LOCK = (CHECKOUT / "requirements" / "lock.txt").read_text("utf-8").splitlines()
LOCKED = [Requirement(line) for line in LOCK if not line.lstrip().startswith("#")]


@pytest.mark.parametrize("wanted", [Requirement(line) for line in WANTED], ids=str)
def test_lock_holds_a_version_that_the_project_accepts(wanted: Requirement) -> None:
    versions = [str(held.specifier)[2:] for held in LOCKED if held.name == wanted.name]
    assert versions, f"`{wanted.name}` is not locked; run `make lock`"
    assert all(version in wanted.specifier for version in versions)
