"""Submissions more alike than two people's work on different data: for a person to judge."""

from __future__ import annotations

import io
import tokenize
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import combinations

from nbformat import NotebookNode

from cjm_notebooks.teaching.classroom.copies import part_of
from cjm_notebooks.teaching.classroom.results import Collected

TOKENS_TOGETHER = 5
MOST_KEPT = 1_000
FEWEST_TO_COMPARE = 12
ALIKE_CODE = 0.8
ALIKE_ANSWERS = 2
UNTOLD = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.ENCODING, tokenize.ENDMARKER}
SPACING = {tokenize.INDENT, tokenize.DEDENT}


@dataclass(frozen=True)
class Alike:
    """Two students, the questions they answered to the letter alike, and how alike their code is.

    `code` is the share of runs of five words of the code of both that stand in the code of either.
    """

    first: str
    second: str
    answers: tuple[str, ...]
    code: float


def code_marks(notebook: NotebookNode, original: NotebookNode) -> tuple[int, ...]:
    """The runs of five words of the code that was not handed out, as numbers, sorted.

    Names and values count, layout and comments do not.
    """
    given = set(_runs(original.cells))
    return tuple(sorted(set(_runs(notebook.cells)) - given)[:MOST_KEPT])


def alike(collected: Sequence[Collected]) -> list[Alike]:
    """The pairs worth a look, the most alike first."""
    marks = {one.student: frozenset(one.code) for one in collected}
    answers = {one.student: {it.id: it.answer for it in one.questions} for one in collected}
    found = []
    for first, second in combinations(sorted(marks), 2):
        code = _likeness(marks[first], marks[second])
        same = tuple(
            id_
            for id_, answer in answers[first].items()
            if answer is not None and answers[second].get(id_) == answer
        )
        if code >= ALIKE_CODE or len(same) >= ALIKE_ANSWERS:
            found.append(Alike(first, second, same, code))
    return sorted(found, key=lambda one: (-one.code, -len(one.answers), one.first, one.second))


def _likeness(one: frozenset[int], other: frozenset[int]) -> float:
    if min(len(one), len(other)) < FEWEST_TO_COMPARE:
        return 0.0
    return len(one & other) / len(one | other)


def _runs(cells: Iterable[NotebookNode]) -> Iterable[int]:
    for cell in cells:
        if cell.cell_type == "code" and part_of(cell)[0] in ("answer", ""):
            words = _words(cell.source)
            for at in range(len(words) - TOKENS_TOGETHER + 1):
                run = "\0".join(words[at : at + TOKENS_TOGETHER])
                digest = blake2b(run.encode("utf-8", "replace"), digest_size=4).digest()
                yield int.from_bytes(digest, "big")


def _words(source: str) -> list[str]:
    words: list[str] = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type not in UNTOLD | SPACING:
                words.append(token.string)
    except (tokenize.TokenError, SyntaxError):
        return source.split()
    return words
