"""A real JupyterLab on this machine, and people who open it in a real Chromium."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from shutil import which
from urllib.error import URLError
from urllib.request import urlopen
from uuid import uuid4

import nbformat
from axe_playwright_python.sync_playwright import Axe
from nbformat import v4
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.chromium import FLAGS, WCAG_22_AA, OpenPage

PACKAGE = Path(__file__).parents[2] / "cjm_notebooks"
ONLY_THIS_MACHINE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
HERE = ("http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:", "about:")
TOKEN = "only-for-tests"
LONGEST_START = 120.0
COLLABORATION = {
    "server": ("jupyter_server_ydoc",),
    "lab": ("@jupyter/collaboration-extension", "@jupyter/docprovider-extension"),
}
SETTINGS = {
    "@jupyterlab/apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
}
ONLY_ON_REQUEST = {"@jupyterlab/docmanager-extension/plugin": {"autosave": False}}
KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}
CONNECTED = (
    "window.jupyterapp.shell.currentWidget?.context?.sessionContext?.session"
    "?.kernel?.connectionStatus === 'connected'"
)
NUMBERED = "[...document.querySelectorAll('.jp-Notebook .jp-InputPrompt')]"


@dataclass(frozen=True)
class Lab:
    """A running server; `root` is the folder that it serves."""

    address: str
    root: Path
    log: Path

    def page(self, file: str = "", workspace: str = "alone") -> str:
        tree = f"/tree/{file}" if file else ""
        return f"{self.address}/lab/workspaces/{workspace}{tree}?token={TOKEN}&reset"


@dataclass(frozen=True)
class Person(OpenPage):
    """Somebody at a browser of their own; console errors are among the `errors`."""

    lab: Lab | None = None
    name: str = "alone"
    told: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__post_init__()
        self.page.set_default_timeout(20_000)
        self.page.on("console", lambda said: self._hear(said.type, said.text))

    def _note(self, address: str) -> None:
        if not address.startswith(HERE):
            self.asked_outside.append(address)

    def _hear(self, kind: str, text: str) -> None:
        self.told.append(f"{kind}: {text}")
        if kind == "error":
            self.errors.append(text)

    def open(self, file: str = "") -> Page:
        """Show Lab with `file`, in this person's own workspace, laid out anew."""
        assert self.lab is not None
        open_lab(self.page, self.lab, file, workspace=self.name)
        return self.page


def open_lab(page: Page, lab: Lab, file: str = "", workspace: str = "alone") -> None:
    page.goto(lab.page(file, workspace))
    page.wait_for_selector("#jupyterlab-splash", state="detached", timeout=60_000)
    page.wait_for_selector(".jp-LauncherCard, .jp-Document, .jp-MainAreaWidget")


def axe_in(page: Page, selector: str) -> list[str]:
    """What breaks WCAG 2.2 AA inside what `selector` finds; the rest of Lab is not ours."""
    rules = {"runOnly": {"type": "tag", "values": WCAG_22_AA}}
    found = Axe().run(page, context=selector, options=rules).response["violations"]
    return [f"{rule['id']}: {node['html']}" for rule in found for node in rule["nodes"]]


def notebook_in(lab: Lab, *cells: str) -> str:
    """The file of a new notebook with these cells, none run; so each has a kernel of its own."""
    name = f"notebook-{uuid4().hex[:8]}.ipynb"
    written = [v4.new_code_cell(cell) for cell in cells]
    notebook = v4.new_notebook(cells=written, metadata={"kernelspec": KERNEL})
    nbformat.write(notebook, lab.root / name)
    return name


def run_cell(page: Page, number: int, timeout: int = 60_000) -> None:
    """Run that cell of the notebook and wait for its end.

    Lab asks which kernel to start if a cell is run before the one that it starts by itself is
    there, and loses a run that is asked for before that kernel's socket is up.
    """
    page.wait_for_function(CONNECTED, timeout=timeout)
    page.locator(".jp-Notebook .jp-Cell").nth(number).locator(".cm-content").click()
    page.keyboard.press("Shift+Enter")
    ended = f"at => /\\[\\d+\\]/.test({NUMBERED}[at]?.textContent)"
    page.wait_for_function(ended, arg=number, timeout=timeout)


@contextmanager
def jupyter_lab(place: Path, *, together: bool = False) -> Iterator[Lab]:
    """A JupyterLab that knows nothing of this machine's settings and serves `place`/root.

    It shows the front end as built in the source tree. People edit documents `together` only
    where that is asked for, even if jupyter-collaboration is installed.
    """
    root = place / "root"
    root.mkdir(parents=True, exist_ok=True)
    _configure(place, together)
    port = _free_port()
    lab = Lab(f"http://127.0.0.1:{port}", root, place / "server.log")
    asked = [
        *("jupyter", "lab", "--no-browser", "--allow-root", "--expose-app-in-browser"),
        *("--ip=127.0.0.1", f"--port={port}", "--ServerApp.port_retries=0"),
        *(f"--IdentityProvider.token={TOKEN}", f"--ServerApp.root_dir={root}"),
    ]
    with lab.log.open("wb") as log:
        command = [sys.executable, "-m", *asked]
        server = subprocess.Popen(
            command, env=_surroundings(place), cwd=root, stdout=log, stderr=subprocess.STDOUT
        )
    try:
        _wait_until_up(lab, server)
        yield lab
    finally:
        server.terminate()
        try:
            server.wait(15)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _configure(place: Path, together: bool) -> None:
    config, extensions = place / "config", place / "data" / "labextensions"
    extensions.mkdir(parents=True)
    (extensions / "cjm-notebooks").symlink_to(PACKAGE / "labextension")
    on = {"cjm_notebooks": True, **dict.fromkeys(COLLABORATION["server"], together)}
    _write(config / "jupyter_server_config.json", {"ServerApp": {"jpserver_extensions": on}})
    off = dict.fromkeys(COLLABORATION["lab"], not together)
    _write(config / "labconfig" / "page_config.json", {"disabledExtensions": off})
    saving = {} if together else ONLY_ON_REQUEST
    for name, settings in {**SETTINGS, **saving}.items():
        _write(place / "settings" / f"{name}.jupyterlab-settings", settings)


def _write(file: Path, content: object) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(content), "utf-8")


def _surroundings(place: Path) -> dict[str, str]:
    own = {
        "HOME": "home",
        "IPYTHONDIR": "ipython",
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_DATA_DIR": "data",
        "JUPYTER_RUNTIME_DIR": "runtime",
        "JUPYTERLAB_SETTINGS_DIR": "settings",
        "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
    }
    apart = {name: str(place / folder) for name, folder in own.items()}
    (place / "home").mkdir(exist_ok=True)
    return {**os.environ, **apart, "JUPYTER_PREFER_ENV_PATH": "0"}


def _free_port() -> int:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        return int(unused.getsockname()[1])


def _wait_until_up(lab: Lab, server: subprocess.Popen[bytes]) -> None:
    given_up = time.monotonic() + LONGEST_START
    while True:
        try:
            urlopen(f"{lab.address}/api?token={TOKEN}", timeout=2).close()
        except (URLError, OSError) as cause:
            if server.poll() is not None or time.monotonic() > given_up:
                msg = f"JupyterLab did not start:\n{lab.log.read_text('utf-8', 'replace')}"
                raise AssertionError(msg) from cause
            time.sleep(0.1)
        else:
            return


@contextmanager
def chromium() -> Iterator[Browser]:
    """One browser; each person has a context of it."""
    expect.set_options(timeout=15_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=which("chromium"), args=[*FLAGS, ONLY_THIS_MACHINE]
        )
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def person_at(
    lab: Lab, browser: Browser, name: str = "alone", *, dark: bool = False, width: int = 1400
) -> Iterator[Person]:
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
    )
    try:
        yield Person(context.new_page(), lab=lab, name=name)
    finally:
        context.close()
