"""A Chromium of this machine that draws or prints one of our pages, without a network."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

from cjm_notebooks.errors import AuditError

NAMES = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
    *("microsoft-edge", "msedge"),
)
USUAL_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
FLAGS = (
    "--headless=new",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-first-run",
)
LONGEST = 120.0
PATIENCE = 10_000


@cache
def browser() -> str | None:
    """The program, or None where there is none; `CJM_BROWSER` names another."""
    named = os.environ.get("CJM_BROWSER", "")
    found = [which(name) for name in ((named,) if named else NAMES)]
    places = [place for place in USUAL_PLACES if not named and Path(place).is_file()]
    return next(filter(None, [*found, *places]), None)


def printed(page: Path) -> bytes:
    """The page as a PDF with tags and an outline, as a printer would show it.

    Raises  AuditError when there is no browser, or it does not do it
    """
    with _workplace() as work:
        document = work / "page.pdf"
        _told(work, page, "--no-pdf-header-footer", f"--print-to-pdf={document}")
        if not document.exists():
            msg = f"The browser has not printed `{page.name}`. Open the page and print it there."
            raise AuditError(msg)
        return document.read_bytes()


def as_drawn(page: Path) -> str:
    """The document of the page after its scripts have run.

    Raises  AuditError when there is no browser, or it does not do it
    """
    with _workplace() as work:
        return _told(work, page, "--dump-dom")


@contextmanager
def _workplace() -> Iterator[Path]:
    """The browser may still write into its profile when it has answered."""
    with TemporaryDirectory(prefix="cjm-", ignore_cleanup_errors=True) as work:
        yield Path(work)


def _told(work: Path, page: Path, *more: str) -> str:
    program = browser()
    if program is None:
        msg = "This needs Chromium, Chrome or Edge. Install one, or name it in `CJM_BROWSER`."
        raise AuditError(msg)
    as_root = ["--no-sandbox"] if getattr(os, "geteuid", lambda: 1)() == 0 else []
    asked = [program, *FLAGS, *as_root, f"--user-data-dir={work / 'profile'}"]
    asked += [f"--virtual-time-budget={PATIENCE}", *more, page.resolve().as_uri()]
    try:
        done = subprocess.run(asked, capture_output=True, timeout=LONGEST, check=True)
    except (OSError, subprocess.SubprocessError) as cause:
        msg = f"`{program}` could not draw `{page.name}`: {cause}. Open the page in it to see why."
        raise AuditError(msg) from cause
    return done.stdout.decode("utf-8", "replace")
