"""Writing to a terminal: plain text, tables, and colours that never carry meaning alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from unicodedata import category

from rich.console import Console
from rich.table import Table
from rich.text import Text

from cjm_notebooks.language import Sentence, language
from cjm_notebooks.maps.reading_errors import shortened

FINDINGS, WRONG_USE, UNREADABLE = 1, 2, 3
RIGHT = ">"
SIGNS = {
    "pass": ("✓", "green"),
    "warn": ("!", "yellow"),
    "fail": ("✗", "red"),
    "error": ("✗", "red"),
    "insufficient_data": ("?", "cyan"),
    "not_applicable": ("–", "dim"),
}
LOUD = {"critical": "bold red", "high": "red", "medium": "yellow"}
TURNS_TEXT_AROUND = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)


def out() -> Console:
    """What stands on the screen; made anew, since its width and target can change."""
    return Console(highlight=False)


def err() -> Console:
    return Console(stderr=True, highlight=False)


def say_plainly(text: str = "") -> None:
    out().print(Text(printable(text)), soft_wrap=True)


def complain(text: str) -> None:
    err().print(Text(printable(text)), soft_wrap=True)


def heading(text: str) -> None:
    out().print()
    out().print(Text(printable(text), style="bold"), soft_wrap=True)


def outcome(word: str) -> Text:
    sign, style = SIGNS[word]
    return Text(f"{sign} {word.replace('_', ' ')}", style=style)


def severity(word: str | None) -> Text:
    return Text(word or "", style=LOUD.get(word or "", ""))


def said(sentence: Sentence, code: str = "en") -> str:
    """The sentence in the language `code`, long names in it cut short."""
    values = {
        name: shortened(value) if isinstance(value, str) else value
        for name, value in sentence.values.items()
    }
    return language(code).render(Sentence(sentence.english, values))


def table(columns: Sequence[str], rows: Iterable[Sequence[str | Text]]) -> None:
    """Print rows under their columns; a column whose name begins with `>` is set to the right."""
    has_headings = any(name.removeprefix(RIGHT) for name in columns)
    drawn = Table(box=None, pad_edge=False, header_style="bold", show_header=has_headings)
    for name in columns:
        drawn.add_column(
            name.removeprefix(RIGHT),
            justify="right" if name.startswith(RIGHT) else "left",
            overflow="fold",
        )
    for row in rows:
        drawn.add_row(*(cell if isinstance(cell, Text) else _cell(cell) for cell in row))
    out().print(drawn)


def printable(text: str) -> str:
    """`text` without what would move the cursor or turn the line around."""
    return "".join("\ufffd" if _takes_over(sign) else sign for sign in text)


def _cell(text: str) -> Text:
    return Text(printable(text))


def _takes_over(sign: str) -> bool:
    return sign in TURNS_TEXT_AROUND or (category(sign) == "Cc" and sign != "\n")
