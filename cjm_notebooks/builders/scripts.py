"""The scripts of the widgets, as they were built from `extension/`."""

from __future__ import annotations

from pathlib import Path

STATIC = Path(__file__).parent.parent / "static"
NOT_BUILT = (
    "export default { render({ el }) { "
    "el.textContent = 'The script of this widget is not built. Run `make extension`.'; } };"
)


def script(name: str) -> Path | str:
    """The file of a widget's script; a source checkout that was not built has one that says so."""
    file = STATIC / name
    return file if file.exists() else NOT_BUILT
