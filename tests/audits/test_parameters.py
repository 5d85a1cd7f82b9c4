"""A template says what it may be asked, and values are checked before any kernel starts."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import nbformat
import numpy as np
import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from cjm_notebooks.audits.parameters import Parameter, Value, parameters_of, validated
from cjm_notebooks.errors import AuditError, JourneyError, ParameterError, SourceError

SOURCE = """\
# Parameters
map_file: str = ""  # the journey map
unit: str = ""  # the unit of times
as_of: str = ""  # the end of the data
steps: int = 12  # has a "#" in its help
share: float = 0.5
show: bool = True
checks: list[str] = [
    "C01",
    "C02",
]  # spread over lines
settings: dict[str, str] = {"hotel": "H2"}
"""
DESCRIBED = {
    "map_file": {
        "label": "Journey map",
        "kind": "file",
        "required": True,
        "suffixes": [".cjm.json"],
    },
    "unit": {"choices": ["", "s", "ms"]},
    "as_of": {"kind": "moment"},
}


def template(folder: Path, source: str = SOURCE, **more: object) -> Path:
    cell = new_code_cell(source, metadata={"tags": ["parameters"]})
    notebook = new_notebook(cells=[cell], metadata={"cjm": {"parameters": DESCRIBED | more}})
    nbformat.write(notebook, folder / "short.ipynb")
    return folder / "short.ipynb"


@pytest.fixture
def short(tmp_path: Path) -> Path:
    (tmp_path / "shop.cjm.json").write_text("{}")
    return template(tmp_path)


def checked(short: Path, **given: object) -> dict[str, Value]:
    usual = {"map_file": short.with_name("shop.cjm.json")}
    return validated(short, parameters_of(short), usual | given)


def test_parameters_are_read_with_type_default_help_and_what_the_metadata_adds(short: Path) -> None:
    declared = {parameter.name: parameter for parameter in parameters_of(short)}
    assert declared["map_file"] == Parameter(
        name="map_file",
        type="str",
        default="",
        help="the journey map",
        label="Journey map",
        kind="file",
        required=True,
        suffixes=(".cjm.json",),
    )
    assert declared["steps"].help == 'has a "#" in its help'
    assert declared["checks"].default == ["C01", "C02"]
    assert declared["checks"].help == "spread over lines"
    assert declared["settings"].default == {"hotel": "H2"}


@pytest.mark.parametrize(
    ("name", "given", "plain"),
    [
        ("steps", np.int64(3), 3),
        ("share", np.float32(0.25), 0.25),
        ("share", 1, 1.0),
        ("show", np.bool_(False), False),
        ("as_of", date(2025, 3, 31), "2025-03-31"),
        ("as_of", pd.Timestamp("2025-03-31T18:00Z"), "2025-03-31T18:00:00+00:00"),
        ("as_of", datetime(2025, 3, 31, tzinfo=UTC), "2025-03-31T00:00:00+00:00"),
        ("checks", ("C01",), ["C01"]),
    ],
)
def test_values_become_plain_python(short: Path, name: str, given: object, plain: Value) -> None:
    value = checked(short, **{name: given})[name]
    assert value == plain
    assert type(value) is type(plain)


def test_what_was_not_given_is_left_to_the_template(short: Path) -> None:
    assert set(checked(short)) == {"map_file"}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"mapfile": "x"}, r"`short` has no parameter `mapfile`\. Did you mean `map_file`\?"),
        ({"steps": "twelve"}, r"`steps` is `twelve`\. Give a whole number\."),
        ({"steps": True}, r"`steps` is `True`\. Give a whole number\."),
        ({"share": float("nan")}, r"`share` is `nan`\. Give a number\."),
        ({"show": 1}, r"`show` is `1`\. Give True or False\."),
        ({"checks": ["C01", 2]}, r"`checks` is .*\. Give a list of texts\."),
        ({"settings": {"a": 1}}, r"`settings` is .*\. Give texts by name\."),
        ({"unit": "sec"}, r"`unit` is `sec`\. Known: `s`, `ms`\."),
        ({"as_of": "yesterday"}, r"`as_of` is `yesterday`, which is no time"),
        ({"map_file": ""}, r"`map_file` is missing: the journey map\."),
    ],
)
def test_value_that_does_not_fit_is_refused_by_name(
    short: Path, given: dict[str, object], message: str
) -> None:
    with pytest.raises(ParameterError, match=message):
        checked(short, **given)


def test_missing_file_names_those_beside_it(short: Path) -> None:
    wrong = short.with_name("shp.cjm.json")
    with pytest.raises(
        SourceError, match=r"there is no such file\. Did you mean `shop\.cjm\.json`"
    ):
        checked(short, map_file=str(wrong))


def test_file_of_another_kind_is_refused(short: Path) -> None:
    with pytest.raises(ParameterError, match=r"`short\.ipynb`, which cannot be read here\. Give "):
        checked(short, map_file=short)


def test_missing_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "shop.cjm.json").write_text("{}")
    with_folder = template(tmp_path, SOURCE + 'home: str = ""', home={"kind": "folder"})
    with pytest.raises(SourceError, match=r"`home` is `.*nowhere`, which is no folder"):
        checked(with_folder, home=tmp_path / "nowhere")


@pytest.mark.parametrize(
    "line", ["steps = 12", "steps: int", "def ask(): ...", "steps: complex = 1", "steps: int = f()"]
)
def test_parameters_cell_holds_nothing_but_parameters(tmp_path: Path, line: str) -> None:
    with pytest.raises(AuditError, match=r"`short\.ipynb` holds `.*`\. Write each parameter as"):
        parameters_of(template(tmp_path, line))


def test_template_has_one_parameters_cell(tmp_path: Path) -> None:
    nbformat.write(new_notebook(cells=[new_code_cell("x = 1")]), tmp_path / "bare.ipynb")
    with pytest.raises(AuditError, match=r"`bare\.ipynb` has 0 cells tagged `parameters`"):
        parameters_of(tmp_path / "bare.ipynb")


@pytest.mark.parametrize("content", [b"no JSON", b"\xff\xfe", b"[]", b"{}"])
def test_what_is_no_notebook_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "odd.ipynb").write_bytes(content)
    with pytest.raises(JourneyError, match=r"`odd\.ipynb` is no notebook\. Give a file"):
        parameters_of(tmp_path / "odd.ipynb")
