"""Where the templates lie: in the package once installed, at the top of a checkout before."""

from __future__ import annotations

from pathlib import Path

import nbformat

from cjm_notebooks.errors import AuditError, did_you_mean

PACKAGE = Path(__file__).parent.parent
FOLDERS = (PACKAGE / "templates", PACKAGE.parent / "templates")


def title_of(template: str | Path) -> str:
    """The heading that a template begins with."""
    path = template_path(template)
    first = nbformat.read(path, as_version=4).cells[0].source
    heading = str(first).strip().partition("\n")[0]
    return heading.lstrip("# ") if heading.startswith("#") else path.stem


def template_path(template: str | Path) -> Path:
    """The notebook of that name, such as `journey_audit`; a path to a notebook is kept.

    Raises  AuditError when there is no such template
    """
    if Path(template).suffix == ".ipynb" and Path(template).is_file():
        return Path(template)
    known = {path.stem: path for folder in FOLDERS for path in sorted(folder.glob("*.ipynb"))}
    if str(template) not in known:
        msg = f"There is no template `{template}`. {did_you_mean(str(template), known)}"
        raise AuditError(msg)
    return known[str(template)]
