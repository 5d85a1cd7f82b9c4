"""Customers who are asked, and what those say who answer.

What a customer thinks comes first and whether they say so second: `answers` may depend on the
score, and then those who answer are not like those who do not. Of the answers of one customer some
rest on the same draw, so that they are alike without changing how often each score is given.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from cjm_notebooks.teaching.draws import Draws, Ints, Marks, Wait, chosen
from cjm_notebooks.teaching.walking import DAY, HOUR, Walk

A_DAY_LATER = Wait((HOUR, 8 * HOUR, DAY, 2 * DAY))
ALIKE = 0.3
ANSWERS = Path(__file__).parent / "answers"
Texts = Mapping[tuple[int, int], tuple[str, ...]]


@dataclass(frozen=True)
class Ask:
    """One question after each event of a kind.

    `scores` are the chances of the scores from `lowest` up, `instead` those of customers with a
    mark, `answers` the chance to answer by the score or for all scores. `comments` are by the first
    and last score they go with; of those who answer the share `comment` says something.
    """

    question: str
    touchpoint: str
    after: str
    scores: tuple[float, ...]
    lowest: int = 1
    instead: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    answers: float | tuple[float, ...] = 0.3
    wait: Wait = A_DAY_LATER
    comments: Texts = field(default_factory=dict)
    comment: float = 0.4

    @property
    def purpose(self) -> str:
        return f"{self.question} {self.touchpoint} {self.after}"


@dataclass(frozen=True)
class Answered:
    """The answers to one question at one touchpoint; an empty text is no comment."""

    ask: Ask
    who: Ints
    at: Ints
    score: Ints
    comment: Ints
    comments: tuple[str, ...]


def answered(walk: Walk, asks: Sequence[Ask]) -> list[Answered]:
    own = walk.draws.uniform("own view")
    return [_answered(walk, ask, own) for ask in asks]


def _answered(walk: Walk, ask: Ask, own: np.ndarray) -> Answered:
    draws, asked = walk.draws, walk.times(ask.after)
    fresh = draws.uniform(f"{ask.purpose} view")
    view = np.where(draws.uniform(f"{ask.purpose} alike") < ALIKE, own, fresh)
    place = chosen(ask.scores, view)
    for mark, scores in ask.instead.items():
        place = np.where(walk.has(mark), chosen(scores, view), place)
    says = _says(draws, ask, place)[asked.who]
    who, at = asked.who[says], asked.at[says]
    at = at + ask.wait.of(draws.uniform(f"{ask.purpose} wait")[who])
    score = place[who] + ask.lowest
    comment, comments = _comments(draws, ask, who, score)
    return Answered(ask, who, at, score, comment, comments)


def _says(draws: Draws, ask: Ask, place: Ints) -> Marks:
    chance = np.broadcast_to(np.array(ask.answers, np.float64), (len(ask.scores),))[place]
    return np.asarray(draws.uniform(f"{ask.purpose} answers") < chance, np.bool_)


def _comments(draws: Draws, ask: Ask, who: Ints, score: Ints) -> tuple[Ints, tuple[str, ...]]:
    """Which text stands beside each score, 0 for none, and the texts."""
    texts = [""]
    comment = np.zeros(len(who), np.int64)
    pick = draws.uniform(f"{ask.purpose} text")[who]
    speaks = draws.uniform(f"{ask.purpose} comment")[who] < ask.comment
    for (low, high), own in ask.comments.items():
        fits = speaks & (score >= low) & (score <= high)
        comment[fits] = len(texts) + np.floor(pick[fits] * len(own)).astype(np.int64)
        texts += own
    return comment, tuple(texts)


def asks_of(generator: str) -> tuple[Ask, ...]:
    """What customers of one generator are asked, from the file of its name."""
    written = json.loads((ANSWERS / f"{generator}.json").read_text(encoding="utf-8"))
    scores = {name: tuple(chances) for name, chances in written["scores"].items()}
    return tuple(_ask(one, scores) for one in written["asks"])


def _ask(written: dict[str, Any], scores: Mapping[str, tuple[float, ...]]) -> Ask:
    answers = written["answers"]
    return Ask(
        question=written["question"],
        touchpoint=written["touchpoint"],
        after=written["after"],
        scores=scores[written["scores"]],
        lowest=written.get("lowest", 1),
        instead={mark: scores[name] for mark, name in written.get("instead", {}).items()},
        answers=tuple(answers) if isinstance(answers, list) else answers,
        comments={
            (int(low), int(high)): tuple(texts)
            for band, texts in written.get("comments", {}).items()
            for low, _, high in [band.partition("-")]
        },
    )


def with_bad(scores: tuple[float, ...], bad: float) -> tuple[float, ...]:
    """The same scores with so many of the two worst, each group as it was within itself."""
    return _weighed(scores, (2,), (bad, 1 - bad))


def extreme(scores: tuple[float, ...], low: int, high: int, gap: float) -> tuple[float, ...]:
    """The same views on a scale whose ends are used more.

    Of the scores from the place `low` to below `high` some move to the ends, four to the upper for
    each one to the lower, so that the upper end less the lower one grows by `gap`.
    """
    below, above = sum(scores[:low]), sum(scores[high:])
    down = gap / 3
    shares = (below + down, 1 - below - above - gap - 2 * down, above + gap + down)
    return _weighed(scores, (low, high), shares)


def _weighed(
    scores: tuple[float, ...], cuts: tuple[int, ...], shares: tuple[float, ...]
) -> tuple[float, ...]:
    """The scores in groups, cut at these places, that come to these shares."""
    ends = (0, *cuts, len(scores))
    groups = [scores[low:high] for low, high in pairwise(ends)]
    return tuple(
        chance * share / sum(group)
        for group, share in zip(groups, shares, strict=True)
        for chance in group
    )
