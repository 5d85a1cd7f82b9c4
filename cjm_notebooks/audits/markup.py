"""What all pages are written with: templates whose values are texts and never markup."""

from __future__ import annotations

from jinja2 import Environment, PackageLoader, StrictUndefined

from cjm_notebooks.language import Language, say


def markup(package: str, folder: str, language: Language) -> Environment:
    """The templates in `folder` of `package`; in them `_` speaks the language, and a name that
    nobody gave is an error.
    """
    environment = Environment(
        loader=PackageLoader(package, folder),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.globals.update(_=language.render, say=say)
    return environment
