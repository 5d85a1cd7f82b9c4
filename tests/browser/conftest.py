"""One JupyterLab and one browser for all tests of a file; each test brings its own people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser

from tests.browser.lab import Lab, Person, chromium, jupyter_lab, person_at

People = Callable[..., Person]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A JupyterLab in which everybody works alone."""
    with jupyter_lab(tmp_path_factory.mktemp("lab")) as running:
        yield running


@pytest.fixture(scope="module")
def shared_lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A JupyterLab in which people edit documents together."""
    with jupyter_lab(tmp_path_factory.mktemp("lab"), together=True) as running:
        yield running


@pytest.fixture
def person(lab: Lab, browser: Browser) -> Iterator[Person]:
    """Somebody in `lab`, whose page asks nobody outside this machine for anything."""
    with person_at(lab, browser) as somebody:
        yield somebody
        assert somebody.asked_outside == []


@pytest.fixture
def people(shared_lab: Lab, browser: Browser) -> Iterator[People]:
    """`people("Anna")` is Anna in `shared_lab`, at a browser of her own."""
    with ExitStack() as contexts:
        yield lambda name: contexts.enter_context(person_at(shared_lab, browser, name))
