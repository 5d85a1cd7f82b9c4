"""What a learner is told at once: as text anywhere, and as a card in a notebook."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import Literal

State = Literal["right", "partly", "wrong", "open", "taken"]

WORDS: dict[State, tuple[str, str]] = {
    "right": ("Right", "#00734f"),
    "partly": ("Partly right", "#8a5a00"),
    "wrong": ("Not yet", "#a03a00"),
    "open": ("No answer yet", "#5b5b5b"),
    "taken": ("Taken down", "#0b5a91"),
}


@dataclass(frozen=True)
class Told:
    """Feedback on one question, or on all: a heading, and sentences under a word each.

    `paragraphs` are pairs such as ("What I saw", "Two touchpoints have no event."). Whatever they
    hold is text, in HTML too.
    """

    state: State
    heading: str
    paragraphs: tuple[tuple[str, str], ...] = ()

    def __repr__(self) -> str:
        lines = [f"{self.heading}: {WORDS[self.state][0]}"]
        lines += [f"  {word}: {text}" if word else f"  {text}" for word, text in self.paragraphs]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        word, color = WORDS[self.state]
        rows = "".join(
            f'<p style="margin:0.35em 0 0">{f"<strong>{escape(name)}.</strong> " if name else ""}'
            f"{_with_code(text)}</p>"
            for name, text in self.paragraphs
        )
        return (
            f'<section role="status" aria-label="{escape(self.heading)}" '
            f'style="border-left:6px solid {color};padding:0.5em 0.9em;max-width:46em;'
            'line-height:1.45">'
            f'<p style="margin:0"><strong>{escape(self.heading)}: {escape(word)}</strong></p>'
            f"{rows}</section>"
        )


def _with_code(text: str) -> str:
    """The text as HTML, with what stands between backticks as code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))
