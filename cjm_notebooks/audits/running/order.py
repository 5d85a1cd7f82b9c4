"""What is to be run: a template and the values of its parameters, checked before it begins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cjm_notebooks.audits.parameters import Parameter, Value, parameters_of, validated
from cjm_notebooks.audits.templates import template_path, title_of
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.language import Language, language

FILLED_IN_HERE = ("folder", "name")


@dataclass(frozen=True)
class Order:
    """A run that can begin: its results go into the folder `out`, in files that begin with `name`.

    `values` are those given; the template's defaults stand for the others.
    """

    template: Path
    declared: tuple[Parameter, ...]
    values: Mapping[str, Value]
    out: Path
    name: str
    words: Language

    @property
    def template_hash(self) -> str:
        return sha256(self.template.read_bytes()).hexdigest()

    @property
    def title(self) -> str:
        """The heading that the template begins with."""
        return title_of(self.template)


def ordered(template: str | Path, parameters: Mapping[str, object], out: Path, name: str) -> Order:
    """The run of `template` with `parameters`.

    A template declares the parameters `folder` and `name`, which say where its results go; they
    are filled in here. If it declares `language`, the page is in that language.

    Raises  ParameterError when a parameter is unknown or does not fit; AuditError when there is no
            such template, or its file is none; SourceError when a file does not exist
    """
    source = template_path(template)
    declared = parameters_of(source)
    if Path(name).name != name:
        msg = f"`name` is `{name}`. Give the beginning of a file name, such as `spring`."
        raise ParameterError(msg)
    values = validated(source, declared, {**parameters, "folder": ".", "name": name})
    defaults = {parameter.name: parameter.default for parameter in declared}
    words = language(str((defaults | values).get("language", "en")))
    return Order(source, declared, values, out, name, words)
