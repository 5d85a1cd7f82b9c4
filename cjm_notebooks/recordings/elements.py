"""The elements of a recorded page: which one was meant by a click, and what to call it.

Names are made of what developers wrote, tags, ids, names and classes, and never of a text that
visitors see or type. Numbers in them become `*`: `#row-17` and `#row-18` are one element, and no
order number is passed on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeGuard

ELEMENT = 2  # type of a node in a snapshot
ROOTS = ("html", "body")
FIELDS = frozenset({"input", "select", "textarea", "label", "option"})
PRESSED = frozenset({"button", "submit", "reset", "image"})  # inputs that are no field
MEANT = FIELDS | {"a", "button", "summary"}
ROLES = frozenset(
    {"button", "link", "tab", "checkbox", "radio", "switch", "menuitem", "option", "slider"}
)
KEPT = ("data-testid", "data-test", "id", "name", "class", "type", "role", "href", "target")
NUMBER = re.compile(
    r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?=[a-f]*\d)[0-9a-f]{6,}|(?<=[-_:.])\d+|\d{3,}",
    re.IGNORECASE,
)
UNFIT = re.compile(r"[^\w.*-]+")
LONGEST = 40


@dataclass(frozen=True)
class Element:
    """What was meant by a click or an input: its name, and how it answers without a change."""

    name: str
    is_field: bool
    is_link: bool


@dataclass
class _Node:
    parent: int | None
    tag: str | None  # None for what is no element: a document, a text
    attributes: dict[str, str]


class Elements:
    """The nodes of the page that is open, by their numbers in the recording."""

    def __init__(self) -> None:
        self._nodes: dict[int, _Node] = {}

    def open(self, root: object) -> None:
        """Forget the last page and take all nodes of this one."""
        self._nodes = {}
        self._take(root, None)

    def change(self, mutation: Mapping[str, Any]) -> None:
        """Take what was added, and attributes that were set."""
        for added in _listed(mutation.get("adds")):
            self._take(added.get("node"), added.get("parentId"))
        for changed in _listed(mutation.get("attributes")):
            node = self._nodes.get(changed.get("id", -1))
            if node is not None:
                node.attributes |= _kept(changed.get("attributes"))

    def is_page(self, number: object) -> bool:
        """Whether it is the page itself, or nothing known, rather than a part of it."""
        node = self._nodes.get(number) if _is_number(number) else None
        return node is None or node.tag is None or node.tag in ROOTS

    def meant(self, number: object) -> Element | None:
        """The element that answers to a click there: the link or button around an icon, say."""
        if not _is_number(number) or number not in self._nodes:
            return None
        above = [node for node in self._up(number) if node.tag is not None]
        if not above:
            return None
        first = next((at for at, node in enumerate(above) if _is_meant(node)), 0)
        node = above[first]
        is_pressed = node.attributes.get("type", "").lower() in PRESSED
        return Element(
            name=_name(node, above[first + 1 :]),
            is_field=node.tag in FIELDS and not is_pressed,
            is_link=any(_is_link(one) for one in above),
        )

    def _up(self, number: int) -> list[_Node]:
        found: list[_Node] = []
        at: int | None = number
        while at is not None and at in self._nodes and len(found) < len(self._nodes):
            found.append(self._nodes[at])
            at = self._nodes[at].parent
        return found

    def _take(self, root: object, parent: int | None) -> None:
        waiting = [(root, parent)]
        while waiting:
            node, above = waiting.pop()
            if not isinstance(node, dict) or not _is_number(node.get("id")):
                continue
            tag = node.get("tagName") if node.get("type") == ELEMENT else None
            self._nodes[node["id"]] = _Node(
                above,
                tag.lower() if isinstance(tag, str) else None,
                _kept(node.get("attributes")),
            )
            waiting += [(child, node["id"]) for child in _listed(node.get("childNodes"))]


def _is_number(number: object) -> TypeGuard[int]:
    return isinstance(number, int)


def _listed(parts: object) -> list[dict[str, Any]]:
    return [part for part in parts if isinstance(part, dict)] if isinstance(parts, list) else []


def _kept(attributes: object) -> dict[str, str]:
    if not isinstance(attributes, dict):
        return {}
    return {name: str(attributes[name]) for name in KEPT if attributes.get(name)}


def _is_meant(node: _Node) -> bool:
    return node.tag in MEANT or node.attributes.get("role") in ROLES


def _is_link(node: _Node) -> bool:
    """A link leads out of sight: to a new window, a download, a mail."""
    href = node.attributes.get("href", "")
    return node.tag == "a" and bool(href) and not href.startswith("javascript:") and href[-1] != "#"


def _name(node: _Node, above: list[_Node]) -> str:
    """Like a selector: `button#pay`, `input[iban]`, `#cart a.remove`."""
    attributes = node.attributes
    if id_ := next(filter(None, (_written(attributes.get(name)) for name in KEPT[:3])), ""):
        return f"{node.tag}#{id_}"
    if name := _written(attributes.get("name")):
        return f"{node.tag}[{name}]"
    classes = map(_written, attributes.get("class", "").split())
    first = next((f".{one}" for one in classes if one and "*" not in one), "")
    ids = (_written(one.attributes.get("id")) for one in above)
    around = next((f"#{id_} " for id_ in ids if id_), "")
    return f"{around}{node.tag}{first}"


def _written(text: str | None) -> str:
    """The text without its numbers; nothing of one that is a number or an e-mail address."""
    if not text or "@" in text:
        return ""
    written = UNFIT.sub("-", NUMBER.sub("*", text))[:LONGEST].strip("-")
    return written if written.strip("*-_.") else ""
