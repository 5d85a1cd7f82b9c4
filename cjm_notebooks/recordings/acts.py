"""One recording, boiled down as it is read: what the visitor did, and when the page changed.

What was typed is looked at for one thing, whether the field is empty now, and dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, ClassVar, Literal

from cjm_notebooks.recordings.elements import Element, Elements

ActKind = Literal["page", "click", "scroll", "input", "error"]
SetAside = Literal[
    "movement", "page_change", "pointer", "other_record", "unreadable_row", "no_time"
]


class Type(IntEnum):
    """Of an event of rrweb."""

    DOM_LOADED = 0
    LOADED = 1
    FULL_SNAPSHOT = 2
    INCREMENTAL = 3
    META = 4
    CUSTOM = 5
    PLUGIN = 6


class From(IntEnum):
    """The source of an incremental event."""

    MUTATION = 0
    MOUSE_MOVE = 1
    MOUSE_INTERACTION = 2
    SCROLL = 3
    RESIZE = 4
    INPUT = 5
    TOUCH_MOVE = 6
    MEDIA = 7
    STYLE_RULE = 8
    CANVAS = 9
    DRAG = 12
    STYLE_DECLARATION = 13
    SELECTION = 14
    STYLE_SHEET = 15


CLICK = 2
MOVEMENTS = frozenset({From.MOUSE_MOVE, From.TOUCH_MOVE, From.DRAG})
CHANGES = frozenset(
    {
        *(From.MUTATION, From.MEDIA, From.STYLE_RULE, From.CANVAS),
        *(From.STYLE_DECLARATION, From.STYLE_SHEET),
    }
)


@dataclass(frozen=True)
class Act:
    """One thing that the visitor did, or that happened to them.

    `row` is that of the export, `at` in milliseconds since 1970. `address` is that of a page;
    `loaded` says that it was loaded and not only looked at again. `top` of a scroll and `height`
    and `width` of the window are in pixels.
    """

    row: int
    at: int
    kind: ActKind
    element: Element | None = None
    node: int | None = None
    address: str = ""
    loaded: bool = False
    top: float = 0
    height: float | None = None
    width: float | None = None
    is_empty: bool = False

    @property
    def when(self) -> tuple[int, int]:
        return self.at, self.row


Take = Callable[["Recording", int, int, Mapping[str, Any]], SetAside | None]


@dataclass
class Recording:
    """What is kept of one recording.

    Attributes
    ----------
    acts
        in the order of the rows.
    changes
        when the page changed.
    at_once
        when something came that a page does at once or not at all: it scrolled, a box was ticked.
    until
        the last time recorded.
    """

    id: str
    customer: str | None
    customer_key: str | None = None
    acts: list[Act] = field(default_factory=list)
    changes: list[int] = field(default_factory=list)
    at_once: list[int] = field(default_factory=list)
    until: int = 0

    def __post_init__(self) -> None:
        self._elements = Elements()
        self._loading = False
        self._height: float | None = None
        self._width: float | None = None

    def take(self, row: int, event: Mapping[str, Any]) -> SetAside | None:
        """Keep what the event says; the rule by which it is set aside, if it is no act."""
        if not isinstance(event.get("type"), int):
            return "unreadable_row"
        at, content = event.get("timestamp"), event.get("data")
        if not isinstance(at, int | float) or isinstance(at, bool) or not 0 < at < 1e14:
            return "no_time"
        self.until = max(self.until, int(at))
        known = content if isinstance(content, dict) else {}
        take = self._BY_TYPE.get(event["type"])
        return take(self, row, int(at), known) if take else "other_record"

    def _loads(self, _: int, at: int, __: Mapping[str, Any]) -> SetAside:
        self._loading = True
        self.changes.append(at)
        return "page_change"

    def _snapshot(self, _: int, __: int, content: Mapping[str, Any]) -> SetAside:
        self._elements.open(content.get("node"))
        return "page_change"

    def _page(self, row: int, at: int, content: Mapping[str, Any]) -> SetAside | None:
        self._height = _size(content.get("height")) or self._height
        self._width = _size(content.get("width")) or self._width
        return self._address(row, at, content)

    def _custom(self, row: int, at: int, content: Mapping[str, Any]) -> SetAside | None:
        """Whose recording it is, or the address of a page that was opened without loading."""
        payload = content.get("payload")
        if not isinstance(payload, dict):
            return "other_record"
        if self.customer is None and self.customer_key is not None:
            self.customer = text_of(payload.get(self.customer_key))
        return self._address(row, at, payload)

    def _address(self, row: int, at: int, content: Mapping[str, Any]) -> SetAside | None:
        address = content.get("href")
        if not isinstance(address, str) or not address:
            return "other_record"
        loaded, self._loading = self._loading, False
        self.acts.append(
            Act(
                *(row, at, "page"),
                address=address.partition("?")[0].partition("#")[0],
                loaded=loaded,
                height=self._height,
                width=self._width,
            )
        )
        return None

    def _plugin(self, row: int, at: int, content: Mapping[str, Any]) -> SetAside | None:
        payload = content.get("payload")
        if not isinstance(payload, dict) or payload.get("level") not in ("error", "assert"):
            return "other_record"
        self.acts.append(Act(row, at, "error"))
        return None

    def _incremental(self, row: int, at: int, content: Mapping[str, Any]) -> SetAside | None:
        source = content.get("source")
        if source in MOVEMENTS:
            return "movement"
        if source in CHANGES:
            if source == From.MUTATION:
                self._elements.change(content)
            self.changes.append(at)
            return "page_change"
        if source == From.MOUSE_INTERACTION:
            return self._click(row, at, content)
        if source == From.SCROLL:
            return self._scroll(row, at, content)
        if source == From.INPUT:
            return self._input(row, at, content)
        if source == From.RESIZE:
            self._height = _size(content.get("height")) or self._height
        if source == From.SELECTION:
            self.at_once.append(at)
        return "other_record"

    def _click(self, row: int, at: int, content: Mapping[str, Any]) -> SetAside | None:
        if content.get("type") != CLICK:
            return "pointer"
        node = content.get("id")
        self.acts.append(Act(row, at, "click", self._elements.meant(node), node))
        return None

    def _scroll(self, row: int, at: int, content: Mapping[str, Any]) -> SetAside | None:
        self.at_once.append(at)
        if not self._elements.is_page(content.get("id")):
            return "other_record"
        top = _size(content.get("y")) or 0
        self.acts.append(Act(row, at, "scroll", top=top, height=self._height))
        return None

    def _input(self, row: int, at: int, content: Mapping[str, Any]) -> SetAside | None:
        self.at_once.append(at)
        if content.get("userTriggered") is False:
            return "page_change"
        node = content.get("id")
        element = self._elements.meant(node)
        self.acts.append(Act(row, at, "input", element, node, is_empty=not content.get("text")))
        return None

    _BY_TYPE: ClassVar[Mapping[int, Take]] = {
        Type.DOM_LOADED: _loads,
        Type.LOADED: _loads,
        Type.FULL_SNAPSHOT: _snapshot,
        Type.INCREMENTAL: _incremental,
        Type.META: _page,
        Type.CUSTOM: _custom,
        Type.PLUGIN: _plugin,
    }


def text_of(id_: object) -> str | None:
    """An id as text: that of a number too, none of anything blank or nested."""
    if isinstance(id_, bool) or not isinstance(id_, str | int):
        return None
    return str(id_).strip() or None


def _size(pixels: object) -> float | None:
    return float(pixels) if isinstance(pixels, int | float) and pixels >= 0 else None
