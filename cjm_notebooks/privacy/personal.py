"""Finding personal data in texts and in the names of columns, without showing it again.

Whatever has check digits or a grammar is told by these. What has none, a name in a sentence or a
rare illness, is not found: this is a net, not a proof.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from cjm_notebooks.privacy.patterns import COLUMN_NAMES, MAY_HOLD_SOME, RECOGNISERS, Kind

MARKS: dict[Kind, str] = {"email": "[e-mail]"}
LONGEST_FIND = 320  # letters of an e-mail address, at most; nothing else found is longer


@dataclass(frozen=True)
class PersonalData:
    """One kind of personal data in one column."""

    column: str
    kind: Kind
    count: int  # the texts that hold some; of a column name, those that are not empty
    sample_masked: str


def find(texts: Iterable[str], column: str) -> tuple[PersonalData, ...]:
    """The kinds of personal data in `texts` and in the name of their column.

    Empty   nothing for a column without texts, whatever its name
    Memory  one text at a time
    """
    counts: dict[Kind, int] = {}
    samples: dict[Kind, str] = {}
    suspicious = names_personal_data(column)
    for text in texts:
        found = _in_text(text)
        if suspicious and text.strip():
            found["column name"] = _masked(text.strip())
        for kind, sample in found.items():
            counts[kind] = counts.get(kind, 0) + 1
            samples.setdefault(kind, sample)
    return tuple(PersonalData(column, kind, counts[kind], samples[kind]) for kind in counts)


def mask(text: str) -> tuple[str, int]:
    """The text with a mark such as `[e-mail]` for all that `find` finds in it, and how many."""
    masks = 0
    while MAY_HOLD_SOME.search(text):
        text, claimed = _claimed(text)
        if not claimed:
            break
        masks += len(claimed)
    return text, masks


def mask_start(text: str, longest: int) -> str:
    """The same, but no more than `longest` letters of it, however long the text is."""
    looked_at = longest + LONGEST_FIND
    start, _ = mask(text[:looked_at])
    if len(text) > looked_at:
        start = start[:-LONGEST_FIND]
    return start[:longest]


def names_personal_data(column: str) -> bool:
    """Whether a column is named like personal data, in English or German.

    `customer_email` and `Geburtsdatum` are, `email_opened` and `event_name` are not: the last
    words of the name decide, and `name` only where it is the whole.
    """
    words = re.findall(r"[A-ZÄÖÜ]+(?![a-zäöüß])|[A-ZÄÖÜ]?[a-zäöüß]+", column)
    ends = {"".join(words[first:]).casefold() for first in range(len(words))}
    return bool(ends & COLUMN_NAMES) or column.casefold() == "name"


def _in_text(text: str) -> dict[Kind, str]:
    """Per kind the first find, masked."""
    found: dict[Kind, str] = {}
    if not MAY_HOLD_SOME.search(text):
        return found
    for kind, value in _claimed(text)[1]:
        found.setdefault(kind, _masked(value))
    return found


def _claimed(text: str) -> tuple[str, list[tuple[Kind, str]]]:
    """The text with marks for what the recognisers claim, and what that was."""
    found: list[tuple[Kind, str]] = []
    for recogniser in RECOGNISERS:
        kind, rest, parts = recogniser.kind, 0, []
        for match in recogniser.pattern.finditer(text):
            if recogniser.holds(match[0]):
                found.append((kind, match[0]))
                parts += [text[rest : match.start()], MARKS.get(kind, f"[{kind}]")]
                rest = match.end()
        text = "".join([*parts, text[rest:]])
    return text, found


def _masked(value: str) -> str:
    """The first letter, of an e-mail address on either side of the @; of a short value none."""
    before, at, after = value.partition("@")
    if at:
        return f"{_masked(before)}@{_masked(after)}"
    return f"{value[0]}…" if len(value) > 3 else "…"
