"""The extension as Jupyter Server loads it."""

from __future__ import annotations

from typing import Any

from jupyter_server.extension.application import ExtensionApp

from cjm_notebooks.server.routes import ROUTES

PREFIX = "cjm-notebooks"


class JourneyApp(ExtensionApp):
    """Answers the editor of maps: what is wrong with one, and what it is in other formats."""

    name = "cjm_notebooks"
    handlers: list[Any] = [(rf"{PREFIX}/{name}", route) for name, route in ROUTES.items()]
