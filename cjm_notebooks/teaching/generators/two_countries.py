"""A rail pass sold in two countries that feel alike and tick differently."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from cjm_notebooks.events import Question
from cjm_notebooks.teaching.asking import Ask, asks_of, extreme, with_bad
from cjm_notebooks.teaching.draws import Wait
from cjm_notebooks.teaching.generating import Plan, generated
from cjm_notebooks.teaching.generators import Generated, Generator
from cjm_notebooks.teaching.truth import Fact
from cjm_notebooks.teaching.walking import DAY, HOUR, Chance, Step

SCREEN = {"web": 0.6, "web_mobile": 0.4}
JAPAN, STATES = "country=JP", "country=US"
PAUSE = Wait((600, 3 * HOUR, 12 * HOUR, 2 * DAY))


@dataclass(frozen=True)
class TwoCountries(Generator):
    """Travellers from Japan and the United States on the same journey.

    They are equally satisfied. Americans use the ends of each scale more, by which their NPS is
    `style` higher (0.18 are 18 points). One thing is really worse in Japan: the form takes no other
    letters than A to Z, so that `bad_form` of the ratings there are bad and `form_drop` go no
    further, against `usual_drop` after every other event.
    """

    title: ClassVar[str] = "Two countries: one rail pass"

    style: float = 0.18
    bad_form: float = 0.55
    form_drop: float = 0.30
    usual_drop: float = 0.03

    def generate(self, customers: int, seed: int) -> Generated:
        plan = Plan(
            generator="two-countries",
            begins=date(2025, 3, 3),
            weeks=8,
            followed_weeks=4,
            segments={
                "country": {"JP": 0.5, "US": 0.5},
                "company": {"alone": 0.3, "a pair": 0.5, "a family": 0.2},
            },
            steps=self._steps(),
            asks=self._asks(),
            questions=(Question("rating", "csat", (1, 5)), Question("recommend", "nps", (0, 10))),
            facts=self._facts(),
        )
        return generated(self, plan, customers, seed)

    def _steps(self) -> tuple[Step, ...]:
        usual = Chance(self.usual_drop)
        form = Chance(self.usual_drop, {JAPAN: self.form_drop - self.usual_drop})

        def step(event: str, channels: Mapping[str, float], chance: float = 1) -> Step:
            leave = form if event == "name_form_opened" else usual
            return Step(event, channels, Chance(chance), PAUSE, leave)

        return (
            step("film_watched", {"video": 1}, 0.4),
            step("guide_read", SCREEN),
            step("map_viewed", SCREEN),
            step("timetable_viewed", SCREEN),
            step("pass_page_viewed", SCREEN),
            step("name_form_opened", SCREEN),
            step("paid", SCREEN),
            step("pass_mail_opened", {"email": 1}),
            step("pass_activated", {"app": 1}),
            step("gate_passed", {"in_store": 1}),
            step("seat_reserved", {"app": 1}, 0.4),
            step("help_desk_visited", {"service_desk": 1}, 0.3),
            step("route_mail_opened", {"email": 1}),
            step("forum_post", {"social": 1}, 0.25),
            Step("next_pass_ordered", SCREEN, wait=PAUSE),
        )

    def _asks(self) -> tuple[Ask, ...]:
        return tuple(self._asked(ask) for ask in asks_of("two-countries"))

    def _asked(self, ask: Ask) -> Ask:
        """The same view on another part of the scale; in Japan a really bad form."""
        if ask.question == "recommend":
            return replace(ask, instead={STATES: extreme(ask.scores, 7, 9, self.style)})
        instead = {STATES: extreme(ask.scores, 2, 4, self.style)}
        if ask.touchpoint == "name-form":
            instead[JAPAN] = with_bad(ask.scores, self.bad_form)
        return replace(ask, instead=instead)

    def _facts(self) -> tuple[Fact, ...]:
        return (
            Fact(
                id="response-style",
                kind="response_style",
                at="",
                sentence="Travellers of both countries are as satisfied; Americans use the ends "
                f"of the scale more, and so their NPS is {100 * self.style:.0f} points higher.",
                size=self.style,
                unit="difference of two NPS, 1 for 100 points",
                against=0.0,
                found_by=("G01",),
            ),
            Fact(
                id="pain-in-japan",
                kind="pain_of_a_group",
                at="touchpoints/name-form",
                sentence="The passenger form takes only the letters A to Z, and "
                f"{self.bad_form:.0%} of its ratings from Japan are bad.",
                size=self.bad_form,
                unit="share of ratings of 1 or 2 out of 5, in Japan",
                found_by=("G01", "E03"),
            ),
            Fact(
                id="lost-at-the-form",
                kind="worst_step",
                at="touchpoints/name-form",
                sentence=f"{self.form_drop:.0%} of the travellers from Japan go no further after "
                f"the form, of all others {self.usual_drop:.0%}.",
                size=self.form_drop,
                unit="share of the travellers from Japan who came there",
                against=self.usual_drop,
                found_by=("T03", "O01"),
            ),
        )
