"""A page of ours in a real Chromium, with no network behind it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from shutil import which

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, sync_playwright

FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-first-run",
    "--no-sandbox",
]
ON_THE_PAGE = ("file:", "data:", "blob:", "about:")
WCAG_22_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@dataclass(frozen=True)
class OpenPage:
    """A page on the screen; what it asked of the network and what went wrong so far."""

    page: Page
    asked_outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("request", lambda request: self._note(request.url))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _note(self, address: str) -> None:
        if not address.startswith(ON_THE_PAGE):
            self.asked_outside.append(address)


@contextmanager
def open_page(
    path: Path, *, dark: bool = False, width: int = 1280, scripts: bool = True
) -> Iterator[OpenPage]:
    """Show the file `path`; needs Chromium, so mark the test `needs("chromium")`."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=which("chromium"), args=FLAGS)
        opened = OpenPage(
            browser.new_page(
                viewport={"width": width, "height": 800},
                color_scheme="dark" if dark else "light",
                reduced_motion="reduce",
                java_script_enabled=scripts,
            )
        )
        opened.page.goto(path.resolve().as_uri())
        try:
            yield opened
        finally:
            browser.close()


def axe(page: Page) -> list[str]:
    """What breaks WCAG 2.2 AA on the page, one line for each rule and element."""
    rules = {"runOnly": {"type": "tag", "values": WCAG_22_AA}}
    found = Axe().run(page, options=rules).response["violations"]
    return [f"{rule['id']}: {node['html']}" for rule in found for node in rule["nodes"]]


def screenshot(page: Page, path: Path) -> Path:
    """The whole page as a PNG file."""
    page.screenshot(path=path, full_page=True)
    return path
