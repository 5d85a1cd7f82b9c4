"""The Explorer: choose journeys on the map, and everything else follows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import traitlets
from anywidget import AnyWidget

from cjm_notebooks.builders.exploring import Choice, Chosen, Stories
from cjm_notebooks.builders.exploring.measured import measured_map
from cjm_notebooks.builders.exploring.picture import picture
from cjm_notebooks.builders.exploring.voices import comments
from cjm_notebooks.builders.exploring.written import (
    Json,
    answer,
    drawing,
    has_comments,
    heard,
    offers,
    told,
)
from cjm_notebooks.builders.front_end import is_watched
from cjm_notebooks.builders.notebook import in_python, name_of
from cjm_notebooks.builders.scripts import script
from cjm_notebooks.errors import JourneyError, ParameterError, did_you_mean
from cjm_notebooks.exhibits import bokehjs
from cjm_notebooks.exhibits import script as drawing_script
from cjm_notebooks.exhibits import style as drawing_style
from cjm_notebooks.journeys import Journeys
from cjm_notebooks.language import language as language_of

KEPT = 4
NOTHING: dict[str, Json] = {"counts": {}, "shares": [], "voices": []}
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
CODE = """\
{imports}import cjm_notebooks as cjm
from cjm_notebooks.metrics.stage_reach import StageReach
from cjm_notebooks.metrics.time_to_outcome import TimeToOutcome

{chosen}
outcomes = cjm.measure(TimeToOutcome(), chosen)
{said}cjm.measure(StageReach(), chosen)
"""


class Explorer(AnyWidget):
    """Segment, period, stage or touchpoint: what is chosen on the map, in numbers and views.

    `choice` is what the screen shows; setting it changes the screen. `journeys` are the chosen
    ones and `code` is the Python that chooses them. Groups of fewer customers than the map's
    `k_min` are never shown.

    Raises  ParameterError when there are no journeys in memory to explore, or no such language
    """

    _esm = script("explorer.js")

    journey_map = traitlets.Dict().tag(sync=True)
    offers = traitlets.Dict().tag(sync=True)
    asked = traitlets.Dict().tag(sync=True)
    answer = traitlets.Dict().tag(sync=True)

    def __init__(self, journeys: Journeys, *, language: str = "en") -> None:
        if not isinstance(journeys, Journeys):
            msg = (
                f"The Explorer was given {type(journeys).__name__}. "
                "Give it the `Journeys` that `cjm.join` or `Journeys.open` returns."
            )
            raise ParameterError(msg)
        self._language = language_of(language)
        self._all = journeys
        self._whole = self._chosen = Chosen(Choice(), journeys)
        self._known: dict[Choice, Chosen] = {}
        self._stories = Stories()
        super().__init__(
            journey_map=journeys.map.fields(),
            offers=offers(journeys, self._language),
            asked=Choice().written(),
            answer=self._answer(),
        )
        self.observe(self._on_asked, "asked")
        self.on_msg(self._on_message)

    @property
    def choice(self) -> Choice:
        return self._chosen.choice

    @choice.setter
    def choice(self, choice: Choice) -> None:
        self._choose(choice)
        self.asked = choice.written()
        self.answer = self._answer()

    @property
    def journeys(self) -> Journeys:
        """The chosen ones."""
        return self._chosen.journeys

    @property
    def code(self) -> str:
        """The Python that chooses the same journeys and measures them."""
        choice = self.choice
        imports = f"{choice.imports}\n\n" if choice.imports else ""
        asks = has_comments(self._all)
        about = "" if choice.place is None else f", {in_python(choice.place)}"
        return CODE.format(
            imports=imports,
            chosen=choice.code(name_of(self._all, "journeys")),
            said=f"said = cjm.verbatims(chosen{about})\n" if asks else "",
        )

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """The widget where somebody can touch it, and always a picture for those who cannot."""
        data, metadata = super()._repr_mimebundle_(**kwargs) or ({}, {})
        if not is_watched():
            data.pop(WIDGET_VIEW, None)
        return {**data, "text/html": picture(self._chosen, self._language)}, metadata

    def _choose(self, choice: Choice) -> None:
        """Take the choice; the last few are remembered."""
        chosen = self._known.pop(choice, None) or Chosen.of(choice, self._all)
        self._known[choice] = chosen
        while len(self._known) > KEPT:
            del self._known[next(iter(self._known))]
        self._chosen = chosen

    def _answer(self) -> dict[str, Json]:
        return answer(self._chosen, self._whole, self.code, self._language)

    def _on_asked(self, change: Mapping[str, Any]) -> None:
        """What the screen chose; what cannot be used is answered with a sentence."""
        try:
            self._choose(Choice.read(change["new"]))
            answered = self._answer()
        except JourneyError as error:
            answered = {**self._answer(), **NOTHING, "problem": str(error)}
        self.answer = {**answered, "asked": change["new"]}

    def _on_message(self, _: object, asked: object, __: object) -> None:
        """What the screen asks for beside the numbers, as soon as it has room for it."""
        message = asked if isinstance(asked, Mapping) else {}
        try:
            found = self._found(message)
        except JourneyError as error:
            found = {"problem": str(error)}
        self.send({"wants": message.get("wants"), "of": message.get("of"), **found})

    def _found(self, message: Mapping[str, Any]) -> dict[str, object]:
        match message.get("wants"):
            case "view":
                shown = self._chosen.exhibit(str(message.get("view")), self._language)
                return {"view": drawing(shown)}
            case "map":
                return {
                    "measured": measured_map(self._chosen).model_dump(mode="json", by_alias=True)
                }
            case "story":
                place = message.get("place")
                story = self._stories.tell(self._chosen, place if isinstance(place, int) else 0)
                return {"story": told(story, self._language)}
            case "comments":
                return {"comments": heard(comments(self._chosen), self._language)}
            case "bokehjs":
                scripts = {"bokehjs": bokehjs(), "script": drawing_script()}
                return {**scripts, "style": drawing_style()}
        known = ("view", "map", "story", "comments", "bokehjs")
        wanted = str(message.get("wants"))
        msg = f"The Explorer has no `{wanted}` to give. {did_you_mean(wanted, known)}"
        raise ParameterError(msg)
