"""A run of an audit, read from what it has left."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from string import Formatter

from pydantic import BaseModel, ConfigDict, ValidationError

from cjm_notebooks.audits.findings import Findings, Said, findings_of
from cjm_notebooks.audits.result import AuditResult
from cjm_notebooks.errors import AuditError
from cjm_notebooks.language import Language, Sentence
from cjm_notebooks.maps.files import read_text
from cjm_notebooks.maps.reading_errors import explained

FINDINGS, RECORD = "findings.json", "run.json"


class _Record(BaseModel):
    """What the record of a run says about its template."""

    model_config = ConfigDict(frozen=True)

    template: str = ""
    template_hash: str = ""


@dataclass(frozen=True)
class Run:
    """What a run found, what it is called, and the template if a record beside it names one."""

    name: str
    findings: Findings
    template: str = ""
    template_hash: str = ""


AnyRun = Run | Findings | AuditResult | str | PathLike[str]


def read_run(run: AnyRun) -> Run:
    """A run from its folder, from its `findings.json`, or from an audit just made.

    Raises  MapError when there is no such file; AuditError when it holds no findings
    """
    match run:
        case Run():
            return run
        case AuditResult():
            return read_run(findings_of(run))
        case Findings():
            return Run(f"{run.manifest.as_of:%Y-%m-%d}", run)
    file = Path(run) / FINDINGS if Path(run).is_dir() else Path(run)
    record = _record(file.with_name(RECORD))
    name = file.resolve().parent.name if file.name == FINDINGS else file.name.removesuffix(".json")
    return Run(name, _findings(file), record.template, record.template_hash)


def is_run(path: Path) -> bool:
    """Whether that is the folder or the findings of a run, rather than a map."""
    if path.is_dir():
        return True
    if path.suffix != ".json" or not path.is_file():
        return False
    try:
        fields = json.loads(read_text(path))
    except (ValueError, RecursionError):
        return False
    return isinstance(fields, dict) and {"manifest", "findings"} <= fields.keys()


def runs_in(folder: Path) -> Iterator[Path]:
    """Every run in or below the folder, by path; what is hidden is passed over."""
    for file in sorted(folder.rglob(FINDINGS)):
        if not any(part.startswith(".") for part in file.relative_to(folder).parts):
            yield file


def spoken(said: Said, language: Language) -> str:
    """The sentence in that language if it is one of ours, else as it stands in the file."""
    names = {name for _, name, _, _ in Formatter().parse(language.sentences.get(said.english, ""))}
    if said.english in language.sentences and names - {None} <= said.values.keys():
        return language.render(Sentence(said.english, said.values))
    return said.text


def _findings(file: Path) -> Findings:
    try:
        return Findings.model_validate_json(read_text(file))
    except ValidationError as error:
        msg = explained(error, f"`{file.name}` in `{file.parent}` is not what an audit has found")
        raise AuditError(msg) from None


def _record(file: Path) -> _Record:
    try:
        return _Record.model_validate_json(file.read_bytes())
    except (OSError, ValidationError):
        return _Record()
