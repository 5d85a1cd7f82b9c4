"""What each lane of a map shows at each touchpoint, line by line, as text.

Every picture draws these lines and adds none, so that table, drawing and page say the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from cjm_notebooks.errors import ParameterError, did_you_mean
from cjm_notebooks.language import N_, Language, Sentence, say
from cjm_notebooks.maps.journey_map import JourneyMap
from cjm_notebooks.maps.measured import Measured, MeasuredMap
from cjm_notebooks.maps.picture.cross_references import CrossReferences
from cjm_notebooks.maps.picture.emotion import Felt, felt_at
from cjm_notebooks.maps.picture.numbers import by_target, estimate_of, name_of, sureness_of
from cjm_notebooks.maps.picture.texts import link
from cjm_notebooks.maps.picture.words import (
    EMOTIONS,
    KINDS,
    LANES,
    LAYERS,
    MOMENTS,
    OPTIONALITIES,
    PROGRESS,
    SEVERITIES,
    STATUSES,
)
from cjm_notebooks.maps.stage import Stage
from cjm_notebooks.maps.touchpoint import Expectation, MomentOfTruth, PainPoint, Touchpoint


@dataclass(frozen=True)
class Line:
    """One thing that a lane shows: a text, and what is known about it.

    `written` by somebody as a description, `claimed` by somebody and open to research, or
    `measured`, which nobody typed.
    """

    text: str
    kind: Literal["written", "claimed", "measured"] = "written"
    notes: tuple[str, ...] = ()
    url: str = ""


@dataclass(frozen=True)
class Column:
    """A touchpoint, or a stage that has none yet, with the lines of each lane."""

    stage: Stage
    touchpoint: Touchpoint | None
    lanes: Mapping[str, tuple[Line, ...]]
    felt: Felt


def lanes_to_show(lanes: Sequence[str] | None, columns: Sequence[Column]) -> tuple[str, ...]:
    """The lanes asked for, below the touchpoints; else all that show something somewhere.

    Raises  ParameterError when there is no such lane
    """
    if lanes is None:
        return tuple(
            lane
            for lane in LANES
            if lane != "touchpoint" and any(column.lanes.get(lane) for column in columns)
        )
    for lane in lanes:
        if lane not in LANES:
            msg = f"There is no lane `{lane}`. {did_you_mean(lane, LANES)}"
            raise ParameterError(msg)
    return tuple(lane for lane in dict.fromkeys(lanes) if lane != "touchpoint")


@dataclass(frozen=True)
class Lanes:
    """One map with its numbers, in one language."""

    journey_map: JourneyMap
    measured: MeasuredMap | None
    language: Language

    def columns(self) -> tuple[Column, ...]:
        """Stage after stage, one column for each touchpoint."""
        return tuple(
            self._column(stage, touchpoint)
            for stage in self.journey_map.stages
            for touchpoint in stage.touchpoints or (None,)
        )

    def of_stage(self, stage: Stage) -> tuple[Line, ...]:
        return tuple(map(self.number, self._numbers["stage", stage.id]))

    def of_the_whole(self) -> tuple[Line, ...]:
        """What was measured about the map and its outcomes."""
        about = [*self._numbers["map", self.journey_map.id]]
        lines = [self.number(one) for one in about]
        for outcome in self.journey_map.outcomes:
            for one in self._numbers["outcome", outcome.id]:
                lines.append(self.number(one, f"{outcome.name}: "))
        return tuple(lines)

    def size(self) -> Sentence:
        return say(
            "Stages: {stages:count}, touchpoints: {touchpoints:count}.",
            stages=len(self.journey_map.stages),
            touchpoints=len(self.journey_map.touchpoints),
        )

    def number(self, number: Measured, opening: str = "") -> Line:
        text = f"{name_of(number, self.language)} {estimate_of(number, self.language)}"
        return Line(f"{opening}{text}", "measured", sureness_of(number, self.language))

    def _column(self, stage: Stage, touchpoint: Touchpoint | None) -> Column:
        if touchpoint is None:
            return Column(stage, None, {}, Felt())
        felt = felt_at(touchpoint, self._numbers["touchpoint", touchpoint.id])
        lanes: dict[str, Callable[[Touchpoint], Iterator[Line]]] = {
            "touchpoint": self._touchpoint,
            "measured": self._measured,
            "channel": self._channel,
            "department": self._department,
            "doing": lambda one: _written(one.doing),
            "thinking": lambda one: _written(one.thinking),
            "feeling": lambda one: _written(one.feeling),
            "expectation": self._expectation,
            "emotion": lambda one: self._emotion(one, felt),
            "pain_points": self._pain_points,
            "moments_of_truth": self._moment_of_truth,
            "opportunities": self._opportunities,
            "evidence": self._evidence,
            "backstage": self._backstage,
        }
        shown = {lane: tuple(lines(touchpoint)) for lane, lines in lanes.items()}
        return Column(stage, touchpoint, shown, felt)

    def _touchpoint(self, touchpoint: Touchpoint) -> Iterator[Line]:
        notes = (KINDS[touchpoint.kind], OPTIONALITIES[touchpoint.optionality])
        yield Line(touchpoint.name, notes=self._words(*notes))

    def _measured(self, touchpoint: Touchpoint) -> Iterator[Line]:
        numbers = self._numbers["touchpoint", touchpoint.id]
        elsewhere = felt_at(touchpoint, numbers).score
        for one in numbers:
            if one is not elsewhere and not _is_gap(one):
                yield self.number(one)

    def _channel(self, touchpoint: Touchpoint) -> Iterator[Line]:
        if channel := touchpoint.channel:
            yield Line(self._known.channel(channel))

    def _department(self, touchpoint: Touchpoint) -> Iterator[Line]:
        if department := touchpoint.department:
            yield Line(self._known.department(department))
        if following := touchpoint.handoff_to:
            yield Line(self._known.department(following), notes=self._words(N_("takes over next")))

    def _expectation(self, touchpoint: Touchpoint) -> Iterator[Line]:
        expected = touchpoint.expectation
        if expected:
            level = self._level(expected)
            yield Line(expected.text, "claimed", (*level, *self._standing(expected)))
        for one in self._numbers["touchpoint", touchpoint.id]:
            if _is_gap(one):
                yield self.number(one)

    def _level(self, expected: Expectation) -> tuple[str, ...]:
        if expected.value is None:
            return ()
        if expected.scale_min is None or expected.scale_max is None:
            return (self.language.render(say("level {value:days}", value=expected.value)),)
        level = say(
            "level {value:days} of {least:days} to {most:days}",
            value=expected.value,
            least=expected.scale_min,
            most=expected.scale_max,
        )
        return (self.language.render(level),)

    def _emotion(self, touchpoint: Touchpoint, felt: Felt) -> Iterator[Line]:
        if touchpoint.emotion is not None:
            word = self.language.render(EMOTIONS[round(touchpoint.emotion)])
            value = _signed(touchpoint.emotion, self.language)
            graded = self._support(touchpoint.evidence)
            status = self.language.render(STATUSES[touchpoint.emotion_status])
            yield Line(f"{word} ({value})", "claimed", (status, graded))
        if felt.score is not None and felt.measured is not None:
            score = self.number(felt.score)
            value = _signed(round(felt.measured, 2), self.language)
            yield Line(value, "measured", (score.text, *score.notes))

    def _pain_points(self, touchpoint: Touchpoint) -> Iterator[Line]:
        for one in touchpoint.pain_points:
            severity = self._words(SEVERITIES[one.severity]) if one.severity else ()
            yield Line(one.text, "claimed", (*severity, *self._standing(one)))

    def _moment_of_truth(self, touchpoint: Touchpoint) -> Iterator[Line]:
        moment = touchpoint.moment_of_truth
        if moment:
            kind = self.language.render(MOMENTS[moment.kind] if moment.kind else N_("believed"))
            named = (kind,) if moment.kind and moment.rationale else ()
            yield Line(moment.rationale or kind, "claimed", (*named, *self._standing(moment)))

    def _opportunities(self, touchpoint: Touchpoint) -> Iterator[Line]:
        for one in self._known.opportunities_at(touchpoint):
            yield Line(one.name, notes=self._words(PROGRESS[one.status]))

    def _evidence(self, touchpoint: Touchpoint) -> Iterator[Line]:
        for one in self._known.evidence_at(touchpoint):
            against = N_("speaks against it") if touchpoint.id in one.contradicts else ""
            counted = () if one.n is None else (self.language.render(say("n {n:count}", n=one.n)),)
            notes = (*counted, self._grade(one.strength), *self._words(against))
            yield Line(one.name or one.quote or one.id, notes=notes, url=link(one.url))

    def _backstage(self, touchpoint: Touchpoint) -> Iterator[Line]:
        for one in touchpoint.backstage:
            where = (self._known.department(one.department),) if one.department else ()
            system = (one.system,) if one.system else ()
            yield Line(one.action, notes=(*self._words(LAYERS[one.layer]), *where, *system))

    def _standing(self, claim: Expectation | PainPoint | MomentOfTruth) -> tuple[str, str]:
        """The status of a claim and the grade of its evidence, in words."""
        return self.language.render(STATUSES[claim.status]), self._support(claim.evidence)

    def _support(self, ids: tuple[str, ...]) -> str:
        known = self._known.evidence(ids)
        if not known:
            return self.language.render(say("no evidence"))
        return self._grade(min((one.strength for one in known if one.strength), default=None))

    def _grade(self, strength: str | None) -> str:
        graded = say("evidence {grade}", grade=strength) if strength else say("evidence ungraded")
        return self.language.render(graded)

    def _words(self, *words: str) -> tuple[str, ...]:
        return tuple(self.language.render(word) for word in words if word)

    @cached_property
    def _numbers(self) -> Mapping[tuple[str, str], tuple[Measured, ...]]:
        return by_target(self.measured)

    @cached_property
    def _known(self) -> CrossReferences:
        return CrossReferences(self.journey_map)


def _written(text: str) -> Iterator[Line]:
    if text:
        yield Line(text)


def _is_gap(number: Measured) -> bool:
    return number.measure.partition(":")[0] == "expectation-gap"


def _signed(value: float, language: Language) -> str:
    if value != round(value):
        return language.number(value, "signed")
    return f"{value:+.0f}" if value else "0"
