"""The templates there are, and what each says of itself.

Those of the kit lie in the package once installed, at the top of a checkout before. A project, or
whoever runs a server, adds folders of their own; of two with one name, theirs counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import nbformat
from pydantic import BaseModel, ConfigDict, ValidationError

from cjm_notebooks.audits.parameters import Parameter, parameters_of
from cjm_notebooks.errors import AuditError, did_you_mean

PACKAGE = Path(__file__).parent.parent
FOLDERS = (PACKAGE / "templates", PACKAGE.parent / "templates")

Need = Literal["map", "events", "feedback", "customers"]


class Template(BaseModel):
    """One notebook that answers one question.

    `answers` is that question, and `needs` what it cannot be answered without; both stand in the
    notebook's metadata under `cjm`. A notebook that says nothing of itself has its name as title.
    """

    model_config = ConfigDict(frozen=True)

    name: str
    title: str
    answers: str = ""
    needs: tuple[Need, ...] = ()
    parameters: tuple[Parameter, ...]


def template_path(template: str | Path, folders: Iterable[Path] = ()) -> Path:
    """The notebook of that name, such as `journey_audit`; a path to a notebook is kept.

    Raises  AuditError when there is no such template
    """
    if Path(template).suffix == ".ipynb" and Path(template).is_file():
        return Path(template)
    return template_named(str(template), folders)


def template_named(name: str, folders: Iterable[Path] = ()) -> Path:
    """The notebook of that name, and never one that a path leads to.

    Raises  AuditError when there is no such template
    """
    known = _notebooks(folders)
    if name not in known:
        msg = f"There is no template `{name[:80]}`. {did_you_mean(name[:80], known)}"
        raise AuditError(msg)
    return known[name]


def templates_in(folders: Iterable[Path] = ()) -> tuple[Template, ...]:
    """The kit's templates and those of `folders`, by title; notebooks that are none are left out.

    A notebook without a cell tagged `parameters` is no template.
    """
    found = []
    for path in _notebooks(folders).values():
        try:
            found.append(described(path))
        except AuditError:
            continue
    return tuple(sorted(found, key=lambda template: template.title))


def described(path: Path) -> Template:
    """What the template says of itself.

    Raises  AuditError when it is no template, or its metadata under `cjm` do not fit
    """
    parameters = parameters_of(path)
    own = nbformat.read(path, as_version=4).metadata.get("cjm", {})
    says = {key: own[key] for key in ("title", "answers", "needs") if key in own}
    try:
        return Template.model_validate(
            {"name": path.stem, "title": path.stem, **says, "parameters": parameters}
        )
    except ValidationError as cause:
        first = cause.errors()[0]
        place = ".".join(str(step) for step in first["loc"])
        msg = f"The metadata `cjm` of `{path.name}` do not fit at `{place}`: {first['msg']}."
        raise AuditError(msg) from cause


def _notebooks(folders: Iterable[Path]) -> dict[str, Path]:
    every = (*FOLDERS, *folders)
    return {path.stem: path for folder in every for path in sorted(folder.glob("*.ipynb"))}
