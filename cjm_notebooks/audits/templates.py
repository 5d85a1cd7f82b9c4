"""Where the templates lie: in the package once installed, at the top of a checkout before."""

from __future__ import annotations

from pathlib import Path

from cjm_notebooks.errors import AuditError, did_you_mean

PACKAGE = Path(__file__).parent.parent
FOLDERS = (PACKAGE / "templates", PACKAGE.parent / "templates")


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
