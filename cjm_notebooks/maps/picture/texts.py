"""Text that anybody may have typed, made fit to be shown: nothing in it is markup or a link."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from unicodedata import bidirectional
from urllib.parse import urlsplit

UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Control characters, halves of characters and what XML forbids."""
SPACES = re.compile("[ \t\n\x0b\x0c\r\x85\u2028\u2029]+")
ISOLATES = re.compile("[\u2066-\u2069]")
FIRST_STRONG, RIGHT_TO_LEFT, POP = "\u2068", "\u2067", "\u2069"
NO_BREAK = "\N{NO-BREAK SPACE}"
SAFE_SCHEMES = {"http", "https", "mailto"}


def readable(text: str) -> str:
    """`text` with a replacement character for each that cannot be shown."""
    return UNSHOWABLE.sub("\ufffd", text)


def cut(text: str, longest: int) -> str:
    """At most `longest` characters, the last an ellipsis where some are left out."""
    short = text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"
    return readable(short).strip()


def one_line(text: str, longest: int) -> str:
    """The same with single spaces between its words."""
    head = SPACES.sub(" ", text[: 4 * longest])
    return cut(head if len(text) <= 4 * longest else f"{head} …", longest)


def unbroken(text: str, longest: int = 28) -> str:
    """`text` in which no line ends, if it is short."""
    return text if len(text) > longest else text.replace(" ", NO_BREAK)


def joined(notes: Iterable[str]) -> str:
    return " · ".join(map(unbroken, notes))


def isolated(text: str) -> str:
    """`text` in a sentence of ours, whose direction it cannot turn."""
    return f"{FIRST_STRONG}{ISOLATES.sub('', text)}{POP}"


def html(text: str) -> str:
    return escape(readable(text))


def runs_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction is one of Arabic, Hebrew and the like."""
    kinds = (bidirectional(sign) for sign in text[:200])
    return next((kind for kind in kinds if kind in {"L", "R", "AL"}), "L") != "L"


def link(url: str) -> str:
    """`url` if it leads to a page or a mail, else nothing."""
    try:
        scheme = urlsplit(url.strip()).scheme.lower()
    except ValueError:
        return ""
    is_plain = url.isprintable() and " " not in url.strip()
    return url.strip() if scheme in SAFE_SCHEMES and is_plain else ""
