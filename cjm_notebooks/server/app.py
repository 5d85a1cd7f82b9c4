"""The extension as Jupyter Server loads it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from jupyter_server.extension.application import ExtensionApp
from traitlets import Float, Int, List, Unicode

from cjm_notebooks.server.exercises import EXERCISES
from cjm_notebooks.server.routes import ROUTES
from cjm_notebooks.server.runs.over_time import OVER_TIME
from cjm_notebooks.server.runs.routes import RUN_ROUTES
from cjm_notebooks.server.runs.supervisor import Supervisor

PREFIX = "cjm-notebooks"
OF_THE_PROJECT = "templates"


class JourneyApp(ExtensionApp):
    """Answers the editor of maps, and runs audits for people in JupyterLab."""

    name = "cjm_notebooks"
    handlers: list[Any] = [
        (rf"{PREFIX}/{name}", route)
        for name, route in (ROUTES | RUN_ROUTES | OVER_TIME | EXERCISES).items()
    ]

    runs_folder = Unicode("audits", help="Where runs go, below the folder of the server.").tag(
        config=True
    )
    template_folders = List(
        Unicode(),
        help="Folders with more templates; `templates` below the folder of the server always is.",
    ).tag(config=True)
    most_at_once = Int(
        max(1, (os.cpu_count() or 2) // 2), min=1, help="Runs that go on at the same time."
    ).tag(config=True)
    most_waiting = Int(20, min=0, help="Runs that may wait for their turn.").tag(config=True)
    longest_minutes = Float(60.0, help="A run that takes longer is ended.").tag(config=True)

    def initialize_settings(self) -> None:
        assert self.serverapp is not None
        root = Path(self.serverapp.root_dir)
        self.settings["cjm_template_folders"] = (
            *map(Path, self.template_folders),
            root / OF_THE_PROJECT,
        )
        self.settings["cjm_supervisor"] = Supervisor(
            folder=root / self.runs_folder,
            most_at_once=self.most_at_once,
            most_waiting=self.most_waiting,
            longest_minutes=self.longest_minutes,
        )
