"""Three branches of a city library that were asked twice: which change is real differs by seed.

Numbers of answers are quotas and not draws, so that each data set shows what it is made for: a
change that is less than its uncertainty, one that is more although the intervals of both waves
overlap, and one that is only another mix of the people asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import sqrt
from typing import ClassVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cjm_notebooks.events import Question
from cjm_notebooks.maps import Condition, JourneyMap, Outcome, Rule, Stage, Touchpoint
from cjm_notebooks.teaching.generators import Generated, Generator, require
from cjm_notebooks.teaching.tables import EPOCH, UTC_TIME, customers_in, events_in, feedback_in
from cjm_notebooks.teaching.truth import Fact, Kind, Truth

BRANCHES = ("harbour", "market", "station")
CARD, DAY_GUEST = "year card", "day guest"
WAVES = (date(2025, 3, 3), date(2025, 6, 2))
WAVE_DAYS = 28
ANSWERS = 0.4
FEW = 80
Z = 1.96
VARIANCE = 0.62
RECOMMEND = Question("recommend", "nps", (0, 10))
DETRACTORS, PASSIVES, PROMOTERS = (0, 7), (7, 9), (9, 11)
SILENT = -1
BORROW = 0.7
DECIDED = 0.7
"""The share of promoters and detractors together; all others are passives."""
MICROSECONDS_PER_DAY = 86_400_000_000
HALF_A_DAY = MICROSECONDS_PER_DAY // 2


@dataclass(frozen=True)
class Group:
    """People of one kind who were asked in one wave at one branch: how many, and their NPS."""

    branch: str
    wave: int
    ticket: str
    answers: int
    nps: float


@dataclass(frozen=True)
class Branches(Generator):
    """Visitors of a city library, asked in March and in June whether they would recommend it.

    Of the three branches, in an order that the seed decides, one has so few answers that its change
    cannot be told from none, one has risen by `clear` times what chance explains, and at one more
    holders of a year card were asked, who are happier, while neither group changed its mind.
    """

    title: ClassVar[str] = "City library: three branches, asked twice"
    fewest: ClassVar[int] = 3_000
    most: ClassVar[int] = 100_000

    clear: float = 1.2
    unclear: float = 0.3
    cards_before: float = 0.35
    cards_after: float = 0.75
    happier_with_card: float = 40

    def generate(self, customers: int, seed: int) -> Generated:
        require(self, customers, seed)
        draws = np.random.RandomState(seed)
        groups = tuple(self._groups(customers, draws))
        asked = _asked(groups, draws)
        journey_map = _map()
        return Generated(
            events=events_in(_events(asked, draws)),
            feedback=feedback_in(_feedback(asked), (RECOMMEND,)),
            customers=customers_in(asked.select(["customer", "branch", "ticket"])),
            as_of=date(2025, 7, 7),
            right_map=journey_map,
            draft_map=journey_map,
            truth=Truth(
                generator="branches",
                seed=seed,
                customers=len(asked),
                facts=self._facts(groups),
            ),
        )

    def _groups(self, customers: int, draws: np.random.RandomState) -> Iterator[Group]:
        few, risen, mixed = (BRANCHES[place] for place in draws.permutation(3))
        small = FEW + int(draws.randint(-8, 9))
        large = (round(customers * ANSWERS) - 2 * small) // 4
        levels = 18 + draws.randint(0, 17, 3)
        clear = self.clear + int(draws.randint(-4, 9)) / 100
        yield from _same_mix(few, small, int(levels[0]), self.unclear * _noise(small))
        yield from _same_mix(risen, large, int(levels[1]), clear * _noise(large))
        guests = int(levels[2]) - self.cards_before * self.happier_with_card
        cards_after = self.cards_after - int(draws.randint(0, 11)) / 100
        for wave, share in enumerate((self.cards_before, cards_after)):
            cards = round(large * share)
            yield Group(mixed, wave, CARD, cards, guests + self.happier_with_card)
            yield Group(mixed, wave, DAY_GUEST, large - cards, guests)

    def _facts(self, groups: tuple[Group, ...]) -> tuple[Fact, ...]:
        few, risen, mixed = dict.fromkeys(group.branch for group in groups)
        before, *_, after = (group.nps for group in groups if group.branch == risen)
        planted: tuple[tuple[str, Kind, str, str, float], ...] = (
            ("cannot-tell", "unclear_change", few, "changed by less than its uncertainty.", 0),
            ("risen", "real_change", risen, "risen by more than chance explains.", after - before),
            (
                "another-mix",
                "change_of_mix",
                mixed,
                "risen as more with a year card were asked.",
                0,
            ),
        )
        return tuple(
            Fact(
                id=id_,
                kind=kind,
                at=at,
                sentence=f"At {at} the NPS has {what}",
                size=size,
                unit="points of NPS, kind of ticket held fixed",
            )
            for id_, kind, at, what, size in planted
        )


def _same_mix(branch: str, answers: int, nps: float, rise: float) -> Iterator[Group]:
    """Both waves, half of the people with a year card, all of one opinion."""
    for wave in (0, 1):
        cards = answers // 2
        for ticket, count in ((CARD, cards), (DAY_GUEST, answers - cards)):
            yield Group(branch, wave, ticket, count, nps + wave * rise)


def _noise(answers: int) -> float:
    """Points of NPS: half the width of the 95 % interval of a change between two such waves."""
    return 100 * Z * sqrt(2 * VARIANCE / answers)


def _asked(groups: tuple[Group, ...], draws: np.random.RandomState) -> pa.Table:
    """One row a visitor, shuffled: of each group, and as many more as did not answer."""
    rows: list[tuple[str, str, int, int]] = []
    for group in groups:
        silent = round(group.answers * (1 - ANSWERS) / ANSWERS)
        scores = [*_scores(group, draws), *[SILENT] * silent]
        rows += [(group.branch, group.ticket, group.wave, score) for score in scores]
    order = draws.permutation(len(rows))
    branch, ticket, wave, score = zip(*(rows[place] for place in order), strict=True)
    width = len(str(len(rows)))
    days = draws.randint(0, WAVE_DAYS * 24 * 3600, len(rows))
    begins = np.array([(day - EPOCH).days for day in WAVES])[list(wave)]
    return pa.table(
        {
            "customer": [f"v{number + 1:0{width}}" for number in range(len(rows))],
            "branch": branch,
            "ticket": ticket,
            "score": score,
            "at": pa.array(begins * MICROSECONDS_PER_DAY + days * 1_000_000, UTC_TIME),
        }
    )


def _scores(group: Group, draws: np.random.RandomState) -> list[int]:
    """So many promoters and detractors that the NPS is that of the group, to half an answer."""
    promoters = round(group.answers * (DECIDED + group.nps / 100) / 2)
    detractors = round(group.answers * (DECIDED - group.nps / 100) / 2)
    passives = group.answers - promoters - detractors
    parts = ((DETRACTORS, detractors), (PASSIVES, passives), (PROMOTERS, promoters))
    return [int(score) for ends, count in parts for score in draws.randint(*ends, count)]


def _events(asked: pa.Table, draws: np.random.RandomState) -> pa.Table:
    """Everybody comes in, most borrow something, and all are sent the question an hour later."""
    borrows = draws.random_sample(len(asked)) < BORROW
    parts = [
        _recorded(asked, "door_counted", "store", 0),
        _recorded(asked.filter(pa.array(borrows)), "item_lent", "kiosk", 1_500),
        _recorded(asked, "question_sent", "email", 5_400),
    ]
    return pa.concat_tables(parts).sort_by([("at", "ascending"), ("customer", "ascending")])


def _recorded(asked: pa.Table, event: str, channel: str, seconds_later: int) -> pa.Table:
    at = pc.add(asked["at"], pa.scalar(seconds_later * 1_000_000, pa.duration("us")))
    return pa.table(
        {
            "customer": asked["customer"],
            "event": [event] * len(asked),
            "at": at,
            "channel": [channel] * len(asked),
        }
    )


def _feedback(asked: pa.Table) -> pa.Table:
    answered = asked.filter(pc.not_equal(asked["score"], SILENT))
    none = pa.nulls(len(answered), pa.string())
    return pa.table(
        {
            "customer": answered["customer"],
            "at": pc.add(answered["at"], pa.scalar(HALF_A_DAY, pa.duration("us"))),
            "touchpoint": none,
            "question": [RECOMMEND.id] * len(answered),
            "score": answered["score"],
            "comment": none,
        }
    ).sort_by([("at", "ascending"), ("customer", "ascending")])


def _map() -> JourneyMap:
    """Not a map to be proud of: the exercise is about the answers."""
    places = (
        ("arrive", "Comes in", "door_counted"),
        ("lend", "Borrows something", "item_lent"),
        ("asked", "Is asked for an opinion", "question_sent"),
    )
    touchpoints = tuple(
        Touchpoint(id=id_, name=name, match=Rule(where=Condition(is_=event)))
        for id_, name, event in places
    )
    visit = Stage(id="visit", name="A visit", touchpoints=touchpoints)
    lent = Outcome(id="lent", name="Borrowed something", match=touchpoints[1].match)
    return JourneyMap(
        id="library", name="A visit to the library", stages=(visit,), outcomes=(lent,)
    )
