"""Finding personal data in texts and in the names of columns, without showing it again.

Whatever has check digits or a grammar is told by these. What has none, a name in a sentence or a
rare illness, is not found: this is a net, not a proof.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cjm_notebooks.privacy.patterns import COLUMN_NAMES, ID_NAMES, MAY_HOLD_SOME, RECOGNISERS, Kind
from cjm_notebooks.privacy.pseudonyms import PSEUDONYM

MARKS: dict[Kind, str] = {"email": "[e-mail]"}
MARK = re.compile(r"\[(?:e-mail|click id|IBAN|payment card|IP address|phone number)\]")
QUICK_LOOK = re.compile(MAY_HOLD_SOME)
LONGEST_FIND = 320  # letters of an e-mail address, at most; nothing else found is longer


@dataclass(frozen=True)
class PersonalData:
    """One kind of personal data in one column."""

    column: str
    kind: Kind
    count: int  # the texts that hold some; of a column name, those that are not empty
    sample_masked: str


@dataclass(frozen=True)
class Searched:
    """Texts in their order, each with marks such as `[e-mail]` in the place of finds, and these."""

    masked: tuple[str, ...]
    found: tuple[PersonalData, ...]


def search(texts: Iterable[str], column: str) -> Searched:
    """The texts masked, and the kinds of personal data in them and in the name of their column.

    Empty   nothing for a column without texts, whatever its name
    Memory  the texts once more where something was found in them
    """
    counts: dict[Kind, int] = {}
    samples: dict[Kind, str] = {}
    suspicious = names_personal_data(column)
    masked = list(texts)
    looked_at = range(len(masked)) if suspicious else _that_may_hold_some(masked)
    for place in looked_at:
        text = masked[place]
        masked[place], claimed = _searched(text)
        found: dict[Kind, str] = {}
        for kind, value in claimed:
            found.setdefault(kind, _masked(value))
        if suspicious and not _tells_nobody(text.strip()):
            found["column name"] = _masked(text.strip())
        for kind, sample in found.items():
            counts[kind] = counts.get(kind, 0) + 1
            samples.setdefault(kind, sample)
    kinds = tuple(PersonalData(column, kind, counts[kind], samples[kind]) for kind in counts)
    return Searched(tuple(masked), kinds)


def find(texts: Iterable[str], column: str) -> tuple[PersonalData, ...]:
    """The kinds of personal data in `texts` and in the name of their column, as `search` does."""
    return search(texts, column).found


def mask(text: str) -> tuple[str, int]:
    """The text with a mark such as `[e-mail]` for all that `find` finds in it, and how many."""
    masked, claimed = _searched(text)
    return masked, len(claimed)


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
    return bool(_ends(column) & COLUMN_NAMES) or column.casefold() == "name"


def names_somebody(column: str) -> bool:
    """Whether a column is named like ids of people or devices: `user_id`, `Kundennummer`."""
    return bool(_ends(column) & ID_NAMES)


def names_addresses(column: str) -> bool:
    """Whether a column is named like e-mail addresses: `email`, `RecipientEmail`, `E-Mail`."""
    return bool(_ends(column) & {"email", "emails", "mail", "emailaddress", "mailadresse"})


def _ends(column: str) -> set[str]:
    words = re.findall(r"[A-ZÄÖÜ]+(?![a-zäöüß])|[A-ZÄÖÜ]?[a-zäöüß]+", column)
    return {"".join(words[first:]).casefold() for first in range(len(words))}


def _tells_nobody(text: str) -> bool:
    """Whether there is nothing in a text but a pseudonym or a mark."""
    return not text or bool(PSEUDONYM.fullmatch(text) or MARK.fullmatch(text))


def _that_may_hold_some(texts: list[str]) -> list[int]:
    """Where the texts are that a quick look does not clear."""
    holds = pc.match_substring_regex(pa.array(texts, pa.string()), MAY_HOLD_SOME)
    return [int(place) for place in np.flatnonzero(holds.to_numpy(zero_copy_only=False))]


def _searched(text: str) -> tuple[str, list[tuple[Kind, str]]]:
    """The text with marks for all that is claimed, marks included, and what that was."""
    found: list[tuple[Kind, str]] = []
    while QUICK_LOOK.search(text):
        text, claimed = _claimed(text)
        if not claimed:
            break
        found += claimed
    return text, found


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
    before, at, after = re.sub("%(25)*40", "@", value).partition("@")
    if at:
        return f"{_masked(before)}@{_masked(after)}"
    return f"{value[0]}…" if len(value) > 3 else "…"
