"""The map as a widget, and with events the builder of its rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from os import PathLike
from typing import Any

import traitlets
from anywidget import AnyWidget

from cjm_notebooks.builders.building import Questions, Rules, moved
from cjm_notebooks.builders.building.rules import changed_map, counts_rest_on
from cjm_notebooks.builders.building.written import Json
from cjm_notebooks.builders.front_end import is_watched
from cjm_notebooks.builders.scripts import script
from cjm_notebooks.errors import JourneyError, ParameterError, did_you_mean
from cjm_notebooks.events import Events, Feedback
from cjm_notebooks.journeys.inventory import Inventory
from cjm_notebooks.maps import JourneyMap, MeasuredMap
from cjm_notebooks.matching import bind

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
KINDS = ("preview", "dismiss", "bind", "unbind", "accept", "refuse", "assign", "period")


class MapBuilder(AnyWidget):
    """A journey map to build by hand, in step with Python both ways.

    `map` is always the map that the screen shows; setting it redraws the screen. With `events` the
    rules of the map are built too: what was recorded and is on no touchpoint yet, what a rule would
    claim before it is kept, and suggestions. `channel` names a column of the events that tells
    apart where they happened. With `feedback` the questions of the survey find their touchpoints.

    What the screen sends and the model cannot hold is in `unreadable`, and `map` stays as it was.
    What else cannot be done is a sentence in `failure`.

    Raises  MapError when the map cannot be read
            SourceError when events or feedback cannot be read
            RuleError when a rule of the map cannot be applied to the events
    """

    _esm = script("widget.js")

    fields = traitlets.Dict().tag(sync=True)
    unreadable = traitlets.Unicode().tag(sync=True)
    problems: traitlets.List[Json] = traitlets.List().tag(sync=True)
    measured = traitlets.Any(allow_none=True).tag(sync=True)
    readonly = traitlets.Bool().tag(sync=True)
    inventory = traitlets.Any(allow_none=True).tag(sync=True)
    coverage = traitlets.Any(allow_none=True).tag(sync=True)
    suggestions: traitlets.List[Json] = traitlets.List().tag(sync=True)
    questions: traitlets.List[Json] = traitlets.List().tag(sync=True)
    preview = traitlets.Any(allow_none=True).tag(sync=True)
    failure = traitlets.Unicode().tag(sync=True)
    answered = traitlets.Int().tag(sync=True)

    def __init__(
        self,
        journey_map: JourneyMap | str | PathLike[str] | None = None,
        events: Events | None = None,
        feedback: Feedback | None = None,
        *,
        channel: str | None = None,
        measured: MeasuredMap | None = None,
        readonly: bool = False,
    ) -> None:
        self._path = None if isinstance(journey_map, JourneyMap) else journey_map
        self._map = _opened(journey_map)
        self._measured = measured
        self._rules = None if events is None else Rules(Inventory(events, channel))
        self._questions = None if feedback is None else Questions.of(feedback)
        self._counted_for: tuple[object, ...] | None = None
        super().__init__(
            fields=self._map.fields(),
            measured=None if measured is None else measured.fields(),
            readonly=readonly,
            inventory=None,
            coverage=None,
            preview=None,
        )
        self._show_parts()
        self._show_counts()
        self.observe(self._on_fields, "fields")
        self.on_msg(self._on_message)

    @property
    def map(self) -> JourneyMap:
        """The map as it is on the screen, or as it last was when that could be read."""
        return self._map

    @map.setter
    def map(self, journey_map: JourneyMap) -> None:
        self._map = journey_map
        self.unreadable = ""
        self.fields = journey_map.fields()
        self._refresh()

    @property
    def recorded(self) -> Inventory | None:
        """The events as the builder counts them, to ask more of them."""
        return None if self._rules is None else self._rules.inventory

    @property
    def refused(self) -> frozenset[tuple[str, str]]:
        """Pairs of event and touchpoint that are not suggested any more."""
        return frozenset() if self._rules is None else self._rules.refused

    def save(self, path: str | PathLike[str] | None = None) -> None:
        """Write the map; without a path to the file that it came from.

        Raises  ParameterError when it came from no file and no path is given
                MapError when the file cannot be written
        """
        to = path if path is not None else self._path
        if to is None:
            msg = "This map came from no file. Give a path, such as `shop.cjm.json`."
            raise ParameterError(msg)
        self._map.save(to)
        self._path = to

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """The widget where somebody can touch it, and always a picture for those who cannot."""
        data, metadata = super()._repr_mimebundle_(**kwargs) or ({}, {})
        if not is_watched():
            data.pop(WIDGET_VIEW, None)
        is_of_map = self._measured is not None and self._measured.map_id == self._map.id
        picture = self._map.picture(self._measured if is_of_map else None)
        return {**data, **picture._repr_mimebundle_()}, metadata

    def _on_fields(self, change: Mapping[str, Any]) -> None:
        """What the screen made of the map."""
        fields = change["new"]
        if fields == self._map.fields():
            self.unreadable = ""
            return
        try:
            self._map = JourneyMap.from_fields(fields, "The map on the screen")
        except JourneyError as error:
            self.unreadable = str(error)
            return
        self.unreadable = ""
        self._refresh()

    def _on_message(self, _: object, asked: object, __: object) -> None:
        """What the screen asks for; what cannot be done is answered with a sentence."""
        message = asked if isinstance(asked, Mapping) else {}
        if self._rules is None or self.coverage is not None:
            self.failure = ""
        try:
            self._do(message)
        except JourneyError as error:
            self.failure = str(error)
        number = message.get("number")
        if isinstance(number, int):
            self.answered = number

    def _do(self, message: Mapping[str, Any]) -> None:
        kind = str(message.get("kind"))
        match kind:
            case "dismiss":
                self.preview = None
            case "preview":
                self.preview = self._rules_there().preview(self._map, message)
            case "bind" | "unbind":
                change = {"target": message.get("target"), kind: message.get("values")}
                self.map, _ = changed_map(self._map, change)
            case "accept":
                target = str(message.get("touchpoint"))
                self.map = bind(self._map, target, {"event": message.get("event")})
            case "refuse":
                refused = message.get("event"), message.get("touchpoint")
                self._rules = self._rules_there().without(*refused)
                self.suggestions = self._rules.suggestions(self._map)
            case "assign":
                question, touchpoint = str(message.get("question")), message.get("touchpoint")
                self.map = moved(self._map, question, touchpoint)
            case "period":
                self._rules = self._rules_there().during(message.get("from"), message.get("to"))
                self._show_counts(again=True)
            case _:
                msg = f"The builder cannot do `{kind}`. {did_you_mean(kind, KINDS)}"
                raise ParameterError(msg)

    def _rules_there(self) -> Rules:
        if self._rules is None:
            msg = "The builder has no events to count. Give it some: `cjm.MapBuilder(m, events)`."
            raise ParameterError(msg)
        return self._rules

    def _refresh(self) -> None:
        self._show_parts()
        try:
            self._show_counts()
        except JourneyError as error:
            self.coverage, self._counted_for = None, None
            self.failure = str(error)

    def _show_parts(self) -> None:
        self.problems = [asdict(problem) for problem in self._map.problems()]
        if self._questions is not None:
            self.questions = self._questions.written(self._map)

    def _show_counts(self, *, again: bool = False) -> None:
        """Count anew where the map has changed in what the counts rest on."""
        rests_on = counts_rest_on(self._map)
        if self._rules is None or (rests_on == self._counted_for and not again):
            return
        self.coverage = self._rules.coverage(self._map)
        self.inventory = self._rules.rows(self._map)
        self.preview = None
        self.suggestions = self._rules.suggestions(self._map)
        self._counted_for = rests_on
        self.failure = ""


def _opened(journey_map: JourneyMap | str | PathLike[str] | None) -> JourneyMap:
    if journey_map is None:
        return JourneyMap(id="untitled-journey", name="Untitled journey")
    return journey_map if isinstance(journey_map, JourneyMap) else JourneyMap.load(journey_map)
