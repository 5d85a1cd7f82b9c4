"""A Jupyter server with our routes, in which nobody is let in without saying who they are."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from pytest_jupyter.jupyter_core import *  # noqa: F403  (as a plugin it would hold for all tests)
from pytest_jupyter.jupyter_server import *  # noqa: F403
from pytest_jupyter.pytest_tornasync import *  # noqa: F403

Answer = tuple[int, dict[str, Any]]
Ask = Callable[..., Awaitable[Answer]]


@pytest.fixture
def jp_server_config() -> dict[str, Any]:
    extensions = {"cjm_notebooks": True, "jupyter_server_terminals": False}
    server = {"jpserver_extensions": extensions, "allow_unauthenticated_access": False}
    return {"ServerApp": server}


@pytest.fixture
def ask(jp_fetch: Any) -> Ask:
    """`await ask("lint", text="{")` is the status and the answer."""

    async def asked(route: str, raw: str | None = None, **body: object) -> Answer:
        sent = json.dumps(body) if raw is None else raw
        response = await jp_fetch(
            "cjm-notebooks", route, method="POST", body=sent, raise_error=False
        )
        return response.code, json.loads(response.body)

    return asked


@pytest.fixture
def root(jp_root_dir: Path) -> Path:
    """The folder that the server shows."""
    return jp_root_dir
