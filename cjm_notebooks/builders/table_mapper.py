"""The mapper: what the columns of any table are, and the code that reads it so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import traitlets
from anywidget import AnyWidget

from cjm_notebooks.builders.front_end import is_watched
from cjm_notebooks.builders.mapping import Call, Layout, Looked, Yielded, yielded
from cjm_notebooks.builders.mapping.call import Reads
from cjm_notebooks.builders.mapping.given import Given
from cjm_notebooks.builders.mapping.guesses import layout_guess, likely_shape
from cjm_notebooks.builders.mapping.looked import COUNTED_LIVE
from cjm_notebooks.builders.mapping.picture import picture
from cjm_notebooks.builders.mapping.shapes import SHAPES
from cjm_notebooks.builders.mapping.written import (
    Json,
    written_look,
    written_rows,
    written_rule,
    written_yield,
)
from cjm_notebooks.builders.scripts import script
from cjm_notebooks.errors import JourneyError, ParameterError, did_you_mean
from cjm_notebooks.events import Customers, Table

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
NOTHING: Json = {
    "says": "", "scope": "", "period": "", "rules": [], "doubts": [], "code": "", "is_of_all": True,
}  # fmt: skip


class TableMapper(AnyWidget):
    """What each column of a table is, guessed with a reason, to be confirmed or changed.

    `layout` is what the screen says; setting it changes the screen and confirms all of it.
    `reader` is what reads the table so: an `EventTable`, `MilestoneTable` or `SurveyTable`, or a
    `Feedback` or `Customers` table; `code` is the same in Python. `yielded` is what comes of it,
    counted over the first `rows` until somebody asks for all.

    Raises  SourceError when the table cannot be read
            ParameterError when `rows` is not positive
    """

    _esm = script("mapper.js")

    seen = traitlets.Dict().tag(sync=True)
    asked = traitlets.Dict().tag(sync=True)
    answer = traitlets.Dict().tag(sync=True)

    def __init__(self, table: Table, *, rows: int = COUNTED_LIVE) -> None:
        self._given = Given.of(table)
        self._looked = Looked.at(self._given.table, rows, self._given.called)
        self._confirmed: frozenset[str] = frozenset()
        self._yielded: Yielded | None = None
        shape, _ = likely_shape(self._looked.inspection)
        guess = layout_guess(self._looked.inspection, SHAPES[shape])
        self._layout = self._looked.completed(guess)
        super().__init__(
            seen=written_look(self._looked, self._given),
            asked=self._asked(),
            answer=self._answer(),
        )
        self.observe(self._on_asked, "asked")
        self.on_msg(self._on_message)

    @property
    def layout(self) -> Layout:
        """What the screen says, with a guess for each question and comment not yet described."""
        return self._layout

    @layout.setter
    def layout(self, layout: Layout) -> None:
        completed = self._looked.completed(layout)
        self._counted(completed, self._looked.counted)
        self._layout, self._confirmed = completed, frozenset(completed.roles)
        self.asked = self._asked()
        self.answer = self._answer()

    @property
    def reader(self) -> Reads:
        """What reads the table as the layout says.

        Raises  ParameterError when something must be said first
        """
        return Call.of(self._layout).made(self._looked.table)

    @property
    def customers(self) -> Customers | None:
        """Who answered, to be joined beside the answers; None where no column is a segment of them.

        Raises  ParameterError when something must be said first
        """
        return Call.of(self._layout).customers(self._looked.table)

    @property
    def code(self) -> str:
        """The Python that makes the same reader; columns that nobody confirmed are marked.

        Raises  ParameterError when something must be said first
        """
        given = self._given
        return Call.of(self._layout).code(given.code, self.guessed, given.imports)

    @property
    def guessed(self) -> tuple[str, ...]:
        """The columns whose role nobody has confirmed or changed."""
        return tuple(column for column in self._layout.roles if column not in self._confirmed)

    @property
    def yielded(self) -> Yielded | None:
        """What comes of the rows that were counted last; None while the table cannot be read so."""
        return self._yielded

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """The widget where somebody can touch it, and always a picture for those who cannot."""
        data, metadata = super()._repr_mimebundle_(**kwargs) or ({}, {})
        if not is_watched():
            data.pop(WIDGET_VIEW, None)
        said = [self.answer[part] for part in ("problem", "says", "scope", "period")]
        shown = picture(
            self._looked.called,
            self._layout,
            self.guessed,
            [*said, *self.answer["doubts"]],
            self.answer["code"],
        )
        return {**data, "text/html": shown}, metadata

    def _asked(self) -> Json:
        return {**self._layout.written(), "confirmed": sorted(self._confirmed)}

    def _answer(self, *, of_all: bool = False) -> Json:
        """What comes of the layout, or the sentence that says why nothing does."""
        looked, self._yielded = self._looked, None
        said: Json = {
            **NOTHING,
            "asked": self._asked(),
            "layout": self._layout.written(),
            "guessed": list(self.guessed),
        }
        try:
            table = looked.table if of_all else looked.counted
            found = self._counted(self._layout, table)
            written = written_yield(self._layout, found, looked, of_all)
        except JourneyError as error:
            return {**said, "problem": str(error)}
        self._yielded = found
        return {**said, "problem": "", **written, "code": self.code}

    def _counted(self, layout: Layout, table: Table) -> Yielded:
        """What comes of the table, once those who answered can be read too."""
        call = Call.of(layout)
        self._looked.check_times(layout)
        customers = call.customers(table)
        if customers is not None:
            yielded(customers)
        return yielded(call.made(table))

    def _on_asked(self, change: Mapping[str, Any]) -> None:
        """What the screen says; what no table can be is answered with a sentence."""
        asked = change["new"]
        if asked == self._asked():
            return
        try:
            self._layout = self._looked.completed(Layout.read(asked))
        except JourneyError as error:
            self.answer = {**self.answer, **NOTHING, "asked": asked, "problem": str(error)}
            return
        self._confirmed = frozenset(map(str, asked.get("confirmed") or ()))
        self.answer = {**self._answer(), "asked": asked}

    def _on_message(self, _: object, asked: object, __: object) -> None:
        """What the screen asks for beside the counts of the rows that were looked at."""
        message = asked if isinstance(asked, Mapping) else {}
        wanted = str(message.get("wants"))
        try:
            found = self._found(wanted, message)
        except JourneyError as error:
            found = {"problem": str(error)}
        self.send({"wants": wanted, **found})

    def _found(self, wanted: str, message: Mapping[str, Any]) -> Json:
        match wanted:
            case "rows":
                return written_rows(self._looked)
            case "rule":
                rule = str(message.get("rule"))
                return written_rule(self._looked, self._layout, self._yielded, rule)
            case "all":
                self.answer = self._answer(of_all=True)
                return {}
        msg = f"The mapper has no `{wanted}`. {did_you_mean(wanted, ('rows', 'rule', 'all'))}"
        raise ParameterError(msg)
