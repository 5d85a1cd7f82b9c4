"""What `jupyter_ydoc` makes of a `*.cjm.json` file."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any

from jupyter_ydoc.ybasedoc import YBaseDoc

from cjm_notebooks.collaboration.shape import in_order
from cjm_notebooks.collaboration.structure import Roots, fields_of
from cjm_notebooks.collaboration.writing import write
from cjm_notebooks.errors import MapError
from cjm_notebooks.maps.canonical import text_of
from cjm_notebooks.maps.journey_map import JourneyMap

TEXT, UNREAD = "text", "unread"
MARK = "\ufeff"  # what some editors put before the first letter of UTF-8


class YJourney(YBaseDoc):
    """A map that several people edit at once.

    A text that is no map is kept as it is, with the reason. A text in somebody's own layout is
    given back byte for byte until something in the map is changed.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._roots = Roots.of(self._ydoc)
        for root in (self._roots.map, self._roots.stages, self._roots.touchpoints):
            self.undo_manager.expand_scope(root)

    @property
    def version(self) -> str:
        return "1.0.0"

    @property
    def unread(self) -> str | None:
        """Why the text is no map; None when it is one."""
        return self._roots.source.get(UNREAD)

    def get(self) -> str:
        written = self._roots.source.get(TEXT)
        if self.unread is not None:
            return str(written)
        text = _text_of(fields_of(self._roots))
        return str(written) if written is not None and _said_by(written) == text else text

    def set(self, value: str) -> None:
        with self._ydoc.transaction():
            try:
                fields = _map_in(value).fields()
            except MapError as error:
                self._keep({TEXT: value, UNREAD: str(error)})
                return
            write(self._roots, fields)
            own_layout = _text_of(fields_of(self._roots)) != value
            self._keep({TEXT: value} if own_layout else {})

    def _keep(self, wanted: dict[str, str]) -> None:
        source = self._roots.source
        for name in (TEXT, UNREAD):
            if name not in wanted and name in source:
                del source[name]
            elif name in wanted and source.get(name) != wanted[name]:
                source[name] = wanted[name]

    def observe(self, callback: Callable[[str, Any], None]) -> None:
        self.unobserve()
        self._subscriptions[self._ystate] = self._ystate.observe(partial(callback, "state"))
        for name in ("map", "stages", "touchpoints", "source"):
            root = getattr(self._roots, name)
            self._subscriptions[root] = root.observe_deep(partial(callback, name))


def _map_in(text: str) -> JourneyMap:
    return JourneyMap.from_text(text.removeprefix(MARK), "the file")


@lru_cache(maxsize=8)
def _said_by(text: str) -> str | None:
    try:
        return _map_in(text).canonical_text()
    except MapError:
        return None


def _text_of(fields: dict[str, Any]) -> str:
    """The canonical text, also of what somebody has just made no map of."""
    try:
        return JourneyMap.from_fields(fields).canonical_text()
    except MapError:
        return text_of(in_order(fields, JourneyMap))
