"""Patterns: what some journeys did in some order, written down once and found in all of them.

`cart -> [^help]* -> paid` is a journey that came to the cart and was then paid without asking for
help. A pattern is read over the events of a journey up to its outcome and, last, the outcome:

- `cart` is one event at a touchpoint, at any touchpoint of a stage, or the outcome of that id;
  `stage:cart` says which where an id is used twice, `"a name"` takes any name.
- `.` is any touchpoint, `[cart pay]` one of some, `[^help]` any touchpoint but; no outcome.
- `->` leads directly to the next event, `...` stands for any events between, none too.
- `?`, `*`, `+`, `{2}`, `{2,}`, `{2,4}` repeat what is before them, `|` is either of two, and
  parentheses hold together: repeats bind first, then `|`, then `->`.
- `^` is the start of the journey and `$` its end, which an open journey has not reached yet.
- `->{<2h}` bounds the time from one event to the next, also with `<=`, `>` and `>=`; a last
  `within 2 days` bounds the time from the first event of the match to its last.
"""

from cjm_notebooks.journeys.patterns.finding import Found, find, matches
from cjm_notebooks.journeys.patterns.pattern import (
    ANY,
    GAP,
    At,
    Bound,
    Either,
    Element,
    Pattern,
    Repeat,
    Sequence,
)
from cjm_notebooks.journeys.patterns.reading import parse

__all__ = [
    "ANY",
    "GAP",
    "At",
    "Bound",
    "Either",
    "Element",
    "Found",
    "Pattern",
    "Repeat",
    "Sequence",
    "find",
    "matches",
    "parse",
]
