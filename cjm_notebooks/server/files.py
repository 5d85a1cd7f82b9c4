"""Files under the folder that the server shows, and no others."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from jupyter_core.paths import is_hidden
from jupyter_core.utils import ensure_async
from jupyter_server.services.contents.filemanager import FileContentsManager
from jupyter_server.utils import ApiPath, to_os_path
from tornado.web import HTTPError

MAP, MEASURED = ".cjm.json", ".measured.json"


class Contents(Protocol):
    """What the routes ask of the server's contents manager."""

    def get(
        self, path: str, content: bool = True, type: str | None = None, format: str | None = None
    ) -> Any: ...

    def save(self, model: Mapping[str, object], path: str) -> Any: ...

    def increment_filename(self, filename: str, path: str = "") -> Any: ...


def beside(path: str) -> str:
    """Where the numbers measured about the map at `path` are."""
    return path.removesuffix(MAP) + MEASURED


async def text_at(contents: Contents, path: str) -> str | None:
    """The text of a file, None where there is none."""
    try:
        model = await ensure_async(contents.get(within(path), type="file", format="text"))
    except HTTPError as error:
        if error.status_code == 404:
            return None
        raise
    text = model["content"]
    return text if isinstance(text, str) else None


async def last_change(contents: Contents, path: str) -> str | None:
    """When the file was changed last, None where there is none."""
    inside = within(path)
    try:
        model = await ensure_async(contents.get(inside, content=False, type="file"))
    except HTTPError as error:
        if error.status_code in (400, 404):
            return None
        raise
    return str(model["last_modified"].isoformat())


def file_at(contents: object, path: str) -> Path:
    """The file on this machine's disk, for what reads tables; links may not lead out."""
    file = _on_disk(contents, path)
    if not file.is_file():
        raise HTTPError(404, log_message="There is no such file in the folder of this server.")
    return file


def folder_at(contents: object, path: str) -> Path:
    """The folder on this machine's disk; links may not lead out."""
    folder = _on_disk(contents, path)
    if not folder.is_dir():
        raise HTTPError(404, log_message="There is no such folder in the folder of this server.")
    return folder


def _on_disk(contents: object, path: str) -> Path:
    if not isinstance(contents, FileContentsManager):
        msg = "This server keeps its files elsewhere. Copy the table to where a kernel can read it."
        raise HTTPError(400, log_message=msg)
    root = Path(contents.root_dir).resolve()
    found = Path(to_os_path(ApiPath(within(path)), contents.root_dir)).resolve()
    if not found.is_relative_to(root) or _is_kept_hidden(found, root, contents):
        raise HTTPError(404, log_message="There is no such file in the folder of this server.")
    return found


def _is_kept_hidden(file: Path, root: Path, contents: FileContentsManager) -> bool:
    return file.exists() and is_hidden(str(file), str(root)) and not contents.allow_hidden


def within(path: str) -> str:
    """`path` if it stays under the folder."""
    steps = path.strip("/").split("/")
    if any(step in ("", ".", "..") for step in steps) or "\\" in path or "\0" in path:
        raise HTTPError(400, log_message="Name a file under the folder of this server.")
    return "/".join(steps)
