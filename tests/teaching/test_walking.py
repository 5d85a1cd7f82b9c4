"""A few customers on short ways whose every draw is known."""

from __future__ import annotations

import numpy as np
import pytest

from cjm_notebooks.teaching.asking import Ask, answered, with_bad
from cjm_notebooks.teaching.draws import Draws, Wait, between, chosen
from cjm_notebooks.teaching.walking import (
    DAY,
    HOUR,
    NEVER,
    WEEK,
    Chance,
    Dependent,
    Step,
    Strewn,
    Walk,
    drawn,
    marks_of,
    walked,
)

N = 10_000
WEB = {"web": 1.0}
MINUTE = Wait((60, 60))


def walk_of(*steps: Step, at: int = 0) -> Walk:
    marks = {"is=new": np.arange(N) < N // 2}
    return walked(Draws("test", 1, N), np.full(N, at, np.int64), marks, steps)


def count(walk: Walk, event: str) -> int:
    return len(walk.times(event).who)


def test_draws_for_one_purpose_do_not_hang_on_any_other() -> None:
    draws = Draws("test", 1, 5)
    assert (draws.uniform("a") == Draws("test", 1, 5).uniform("a")).all()
    assert (draws.uniform("a") != draws.uniform("b")).all()
    assert (draws.uniform("a") != Draws("other", 1, 5).uniform("a")).all()


def test_draw_falls_on_the_chance_it_lies_in() -> None:
    assert chosen((0.2, 0.3, 0.5), np.array([0, 0.19, 0.2, 0.49, 0.5, 0.99])).tolist() == [
        *(0, 0, 1, 1, 2, 2)
    ]


def test_waits_lie_evenly_between_their_quantiles() -> None:
    uniform = np.array([0, 0.25, 0.5, 0.75, 0.999])
    assert between(np.array([10, 20, 100]), uniform).tolist() == [10, 15, 20, 60, 99]


def test_who_leaves_does_nothing_further() -> None:
    walk = walk_of(Step("a", WEB, leave=Chance(1.0, {"is=new": -1.0})), Step("b", WEB))
    assert (count(walk, "a"), count(walk, "b")) == (N, N // 2)
    assert walk.times("b").who.max() == N // 2 - 1


def test_step_that_needs_a_mark_is_taken_by_those_who_have_it() -> None:
    walk = walk_of(Step("a", WEB, Chance(0.3)), Step("b", WEB, needs="a"))
    assert (walk.times("a").who == walk.times("b").who).all()


def test_each_wait_counts_from_the_step_before() -> None:
    walk = walk_of(Step("a", WEB, wait=MINUTE), Step("b", WEB, wait=MINUTE))
    assert (walk.times("b").at == 120).all()


def test_what_happens_aside_does_not_delay_the_way() -> None:
    walk = walk_of(Step("a", WEB, wait=MINUTE, aside=True), Step("b", WEB, wait=MINUTE))
    assert (walk.times("b").at == 60).all()


@pytest.mark.parametrize(("at", "share"), [(8 * HOUR, 1.0), (9 * HOUR, 0.0), (DAY + 8 * HOUR, 1.0)])
def test_chance_may_hang_on_the_hour(at: int, share: float) -> None:
    assert (Chance(0, hours={8: 1.0}).of(walk_of(at=at)) == share).all()


@pytest.mark.parametrize(("week", "share"), [(0, 0.0), (1, 0.5), (2, 1.0), (9, 1.0)])
def test_chance_may_rise_week_by_week_and_stays(week: int, share: float) -> None:
    assert (Chance(0, weeks=(0.0, 0.5, 1.0)).of(walk_of(at=week * WEEK)) == share).all()


def test_strewn_events_come_to_their_share_with_those_that_are_counted() -> None:
    walk = walk_of(Step("a", WEB), Step("b", WEB, Chance(0.1)))
    walk.strew(Strewn(0.2, {"c": "a"}, counted=("b",)))
    strewn = count(walk, "b") + count(walk, "c")
    assert strewn == pytest.approx(0.2 * (N + strewn), abs=1)


def test_segment_may_hang_on_another() -> None:
    segments = {
        "earlier": {"none": 0.5, "some": 0.5},
        "member": Dependent("earlier", {"none": {"yes": 0, "no": 1}, "some": {"yes": 1, "no": 0}}),
    }
    marks = marks_of(drawn(Draws("test", 1, N), segments), segments)
    assert (marks["member=yes"] == marks["earlier=some"]).all()


def test_who_answers_may_hang_on_what_they_think() -> None:
    walk = walk_of(Step("a", WEB))
    (said,) = answered(walk, [Ask("q", "t", "a", (0.5, 0.0, 0.5), answers=(1.0, 1.0, 0.0))])
    assert set(said.score.tolist()) == {1}
    assert len(said.who) == pytest.approx(N / 2, rel=0.05)


def test_comment_goes_with_the_scores_it_is_for() -> None:
    walk = walk_of(Step("a", WEB))
    texts = {(1, 1): ("bad",), (2, 3): ("fine", "good")}
    scores = (0.4, 0.3, 0.3)
    (said,) = answered(walk, [Ask("q", "t", "a", scores, comments=texts, comment=1.0)])
    words = np.array(said.comments)[said.comment]
    assert set(words[said.score == 1]) == {"bad"}
    assert set(words[said.score > 1]) == {"fine", "good"}


def test_scores_made_worse_keep_their_shape_within_each_group() -> None:
    assert with_bad((0.1, 0.1, 0.2, 0.2, 0.4), 0.6) == pytest.approx((0.3, 0.3, 0.1, 0.1, 0.2))


def test_nobody_leaves_unless_it_is_said() -> None:
    assert (NEVER.of(walk_of()) == 0).all()
