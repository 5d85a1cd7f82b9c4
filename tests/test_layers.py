"""Each layer imports only layers below it, and each library stays behind its border."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "cjm_notebooks"
MODULES = sorted(set(PACKAGE.rglob("*.py")) - {PACKAGE / "__init__.py"})

LAYERS = [
    "_version",
    "__version__",
    "errors",
    "language",
    "catalogue",
    "statistics",
    "maps",
    "events",
    "recordings",
    "sources",
    "privacy",
    "intake",
    "identity",
    "matching",
    "journeys",
    "metrics",
    "engine",
    "gate",
    "checks",
    "inspection",
    "palette",
    "drawing",
    "views",
    "exhibits",
    "builders",
    "audits",
    "teaching",
    "collaboration",
    "server",
    "cli",
    "__main__",
]
ONLY_IN = {
    "distributed": {"audits"},
    "anywidget": {"builders"},
    "jupyter_ydoc": {"collaboration"},
    "pycrdt": {"collaboration"},
    "resvg_py": {"maps"},
    "bokeh": {"drawing", "views", "exhibits", "builders"},
    "ipywidgets": {"builders"},
    "jupyter_server": {"server"},
    "nbclient": {"audits", "teaching"},
    "nbconvert": {"audits"},
    "nbformat": {"audits", "teaching"},
    "papermill": {"audits"},
    "pyspark": {"engine"},
    "rich": {"cli", "engine"},
    "tornado": {"server"},
    "typer": {"cli"},
}
NOT_IN = {"maps": {"duckdb", "numpy", "pandas", "polars", "pyarrow", "scipy"}}
INSIDE_FUNCTIONS = {"distributed", "pyspark", "resvg_py"}


def imported(code: ast.AST) -> Iterator[str]:
    """Every name imported anywhere in `code`, inside functions too."""
    for node in ast.walk(code):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def imported_on_load(code: ast.Module) -> Iterator[str]:
    for statement in code.body:
        if isinstance(statement, ast.Import | ast.ImportFrom):
            yield from imported(statement)


def layers_in(names: Iterator[str]) -> set[str]:
    return {name.split(".")[1] for name in names if name.startswith("cjm_notebooks.")}


def libraries_in(names: Iterator[str]) -> set[str]:
    return {name.split(".")[0] for name in names}


def layer_of(module: Path) -> str:
    return module.relative_to(PACKAGE).with_suffix("").parts[0]


every_module = pytest.mark.parametrize(
    "module", MODULES, ids=lambda module: module.relative_to(PACKAGE).as_posix()
)


@every_module
def test_module_imports_only_its_own_and_lower_layers(module: Path) -> None:
    layer, code = layer_of(module), ast.parse(module.read_text("utf-8"))
    assert layer in LAYERS
    assert layers_in(imported(code)) <= set(LAYERS[: LAYERS.index(layer) + 1])


@every_module
def test_module_imports_only_the_libraries_of_its_layer(module: Path) -> None:
    layer, code = layer_of(module), ast.parse(module.read_text("utf-8"))
    elsewhere = {library for library, layers in ONLY_IN.items() if layer not in layers}
    assert not libraries_in(imported(code)) & (elsewhere | NOT_IN.get(layer, set()))
    assert not libraries_in(imported_on_load(code)) & INSIDE_FUNCTIONS


def test_import_inside_a_function_counts() -> None:
    code = ast.parse(
        "def draw():\n    from cjm_notebooks.views import leaving_bars\n    import bokeh"
    )
    assert layers_in(imported(code)) == {"views"}
    assert libraries_in(imported(code)) == {"cjm_notebooks", "bokeh"}
    assert libraries_in(imported_on_load(code)) == set()
