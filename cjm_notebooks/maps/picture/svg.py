"""A map as one SVG drawing that needs nothing beside it: no script, no font, no network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby

from cjm_notebooks.language import N_, Language, say
from cjm_notebooks.maps.picture.blocks import NAME, NOTE, PLAIN, Block, blocks, draw, height_of
from cjm_notebooks.maps.picture.drawn_curve import CURVE_HEIGHT, DrawnCurve
from cjm_notebooks.maps.picture.lanes import Column, Lanes, Line, lanes_to_show
from cjm_notebooks.maps.picture.sheet import Sheet, Theme, Type
from cjm_notebooks.maps.picture.texts import joined, one_line
from cjm_notebooks.maps.picture.typesetting import length_of, wrapped
from cjm_notebooks.maps.picture.words import BASES, LANES, STATES

MARGIN, LABELS, COLUMN, PAD, LEAST_WIDTH = 28, 128, 188, 10, 720
TITLE, WARNING = Type(22, 30, bold=True), Type(12, 18, bold=True, ink="warn")
LABEL, GOAL = Type(12, 16, bold=True, ink="muted"), Type(12, 16, ink="muted")
LONGEST_NAME, MOST_PROBLEMS = 120, 3

Cells = Sequence[tuple[Block, ...]]


@dataclass
class MapDrawing:
    """Draws from the top down; `y` is how far it has come."""

    source: Lanes
    lanes: Sequence[str] | None = None
    theme: Theme = "auto"
    y: float = MARGIN
    sheet: Sheet = field(init=False)

    def __post_init__(self) -> None:
        self.sheet = Sheet(self.theme)

    def svg(self) -> str:
        self._draw_heading()
        if self._columns:
            self._draw_stages()
            self._draw_row(LANES["touchpoint"], [self._name_of(one) for one in self._columns])
            for lane in lanes_to_show(self.lanes, self._columns):
                self._draw_lane(lane)
        else:
            self._draw_text(self._language.render(N_("The map has no stage yet.")), PLAIN)
        self._draw_problems()
        described = self._language.render(self.source.size())
        return self.sheet.svg(self._width, self.y + MARGIN, self._name, described)

    def _draw_heading(self) -> None:
        for row in wrapped(self._name, self._width - 2 * MARGIN, TITLE.size, 2, bold=True):
            self._draw_text(row, TITLE)
        known, language = self.source.journey_map, self._language
        personas = [one_line(persona.name, LONGEST_NAME) for persona in known.personas]
        state, basis = STATES[known.state], BASES[known.derived_basis()]
        facts = [language.render(state), language.render(basis), *personas]
        for row in wrapped(" · ".join(facts), self._width - 2 * MARGIN, GOAL.size, 2):
            self._draw_text(row, GOAL)
        if self.source.measured is not None:
            self._draw_key()
        for line in self.source.of_the_whole():
            self._draw_number(line)
        self.y += 14

    def _draw_number(self, line: Line) -> None:
        """A number about the whole map, in one row."""
        room, number = self._width - 2 * MARGIN, Type(12, 18, bold=True, ink="measured")
        self.sheet.diamond(MARGIN + 5, self.y + 9, "measured")
        x: float = MARGIN + 16
        for words in wrapped(line.text, room / 2, number.size, 1, bold=True):
            self.sheet.text(x, self.y, room, words, number)
            x += length_of(words, number.size, bold=True) + 12
        for words in wrapped(joined(line.notes), MARGIN + room - x, NOTE.size, 1):
            self.sheet.text(x, self.y, MARGIN + room - x, words, Type(11, 18, ink="muted"))
        self.y += 18

    def _draw_key(self) -> None:
        """Which sign is claimed and which is measured."""
        claimed = self._language.render(N_("claimed by the map"))
        measured = self._language.render(N_("measured, not typed by anybody"))
        x: float = MARGIN + 16
        self.sheet.dot(MARGIN + 5, self.y + 8, "claimed", hollow=True)
        self.sheet.text(x, self.y, 300, claimed, GOAL)
        x += length_of(claimed, GOAL.size) + 18
        self.sheet.diamond(x + 5, self.y + 8, "measured")
        self.sheet.text(x + 16, self.y, 300, measured, GOAL)
        self.y += 22

    def _draw_stages(self) -> None:
        groups = [list(group) for _, group in groupby(self._columns, lambda one: id(one.stage))]
        cells = [self._stage(group) for group in groups]
        height = max(map(height_of, cells)) + 2 * PAD
        x: float = MARGIN + LABELS
        for group, cell in zip(groups, cells, strict=True):
            width = COLUMN * len(group)
            self.sheet.box(x + 1, self.y, width - 2, height, "stage", 6)
            draw(self.sheet, cell, x + PAD, self.y + PAD, width - 2 * PAD)
            x += width
        self._draw_label(self._language.render(N_("Stage")))
        self.y += height

    def _stage(self, group: list[Column]) -> tuple[Block, ...]:
        stage, room = group[0].stage, COLUMN * len(group) - 2 * PAD
        goal = [Line(stage.customer_goal)] if stage.customer_goal else []
        return (
            *blocks([Line(stage.name)], room, self._language, Type(14, 19, bold=True)),
            *blocks([*goal, *self.source.of_stage(stage)], room, self._language, GOAL),
        )

    def _name_of(self, column: Column) -> tuple[Block, ...]:
        none = (Line(self._language.render(N_("No touchpoint yet"))),)
        if column.touchpoint is None:
            return blocks(none, self._room, self._language, NOTE)
        return blocks(column.lanes["touchpoint"], self._room, self._language, NAME)

    def _draw_lane(self, lane: str) -> None:
        cells = [
            blocks(column.lanes.get(lane, ()), self._room, self._language)
            for column in self._columns
        ]
        if lane != "emotion":
            self._draw_row(LANES[lane], cells)
            return
        top = self.y
        self._draw_row(LANES[lane], cells, above=CURVE_HEIGHT)
        felt = [column.felt for column in self._columns]
        DrawnCurve(felt, MARGIN + LABELS, COLUMN, top).draw(self.sheet)

    def _draw_row(self, label: str, cells: Cells, above: float = 0) -> None:
        height = max(16, *map(height_of, cells)) + 2 * PAD + above
        bottom, left = self.y + height, MARGIN + LABELS
        borders = "".join(
            f"M{left + COLUMN * number:g} {self.y:g}V{bottom:g}" for number in range(1, len(cells))
        )
        self.sheet.line(f"M{MARGIN} {bottom:g}H{self._width - MARGIN:g}{borders}", "line")
        for number, cell in enumerate(cells):
            x = left + number * COLUMN + PAD
            draw(self.sheet, cell, x, self.y + PAD + above, self._room)
        self._draw_label(self._language.render(label))
        self.y = bottom

    def _draw_label(self, label: str) -> None:
        y = self.y + PAD
        for row in wrapped(label, LABELS - 2 * PAD, LABEL.size, 2, bold=True):
            self.sheet.text(MARGIN, y, LABELS - 2 * PAD, row, LABEL)
            y += LABEL.leading

    def _draw_problems(self) -> None:
        problems = self.source.journey_map.problems()
        if not problems:
            return
        self.y += 14
        counted = say("Contradictions in the map: {problems:count}", problems=len(problems))
        self._draw_text(self._language.render(counted), WARNING)
        for problem in problems[:MOST_PROBLEMS]:
            for row in wrapped(str(problem), min(self._width - 2 * MARGIN, 1200), PLAIN.size, 2):
                self._draw_text(row, PLAIN)
        if len(problems) > MOST_PROBLEMS:
            more = say("and {more:count} more", more=len(problems) - MOST_PROBLEMS)
            self._draw_text(self._language.render(more), NOTE)

    def _draw_text(self, words: str, type_: Type) -> None:
        self.sheet.text(MARGIN, self.y, self._width - 2 * MARGIN, words, type_)
        self.y += type_.leading

    @cached_property
    def _columns(self) -> tuple[Column, ...]:
        return self.source.columns()

    @property
    def _language(self) -> Language:
        return self.source.language

    @property
    def _name(self) -> str:
        return one_line(self.source.journey_map.name, LONGEST_NAME)

    @property
    def _width(self) -> float:
        return max(LEAST_WIDTH, 2 * MARGIN + LABELS + COLUMN * len(self._columns))

    @property
    def _room(self) -> float:
        return COLUMN - 2 * PAD
