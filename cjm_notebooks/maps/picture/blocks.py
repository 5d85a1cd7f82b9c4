"""The lines of a lane set in type: what stands in one cell of a drawing, and how high it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cjm_notebooks.language import Language, say
from cjm_notebooks.maps.picture.lanes import Line
from cjm_notebooks.maps.picture.sheet import Sheet, Type
from cjm_notebooks.maps.picture.texts import joined
from cjm_notebooks.maps.picture.typesetting import wrapped

PLAIN, NAME = Type(), Type(13, 18, bold=True)
NOTE = Type(11, 15, ink="muted")
NUMBER = Type(12, 16, bold=True, ink="measured")
MOST_LINES, MOST_ROWS, MOST_NOTE_ROWS = 4, 4, 4
GAP, BAR = 6, 9


@dataclass(frozen=True)
class Block:
    """The rows of one line, each with its type; beside what was measured stands a bar."""

    rows: tuple[tuple[str, Type], ...]
    has_bar: bool = False

    @property
    def height(self) -> float:
        return sum(type_.leading for _, type_ in self.rows)


def blocks(
    lines: Sequence[Line], width: float, language: Language, type_: Type = PLAIN
) -> tuple[Block, ...]:
    """At most four of the lines, and how many are left out."""
    left_out = len(lines) - MOST_LINES
    shown = [_block(line, width, type_) for line in lines[: MOST_LINES if left_out > 1 else None]]
    if left_out > 1:
        more = language.render(say("and {more:count} more", more=left_out))
        shown.append(Block(((more, NOTE),)))
    return tuple(shown)


def height_of(cell: Sequence[Block]) -> float:
    return sum(block.height for block in cell) + GAP * max(len(cell) - 1, 0)


def draw(sheet: Sheet, cell: Sequence[Block], x: float, y: float, width: float) -> None:
    for block in cell:
        indent = BAR if block.has_bar else 0
        if block.has_bar:
            sheet.box(x, y + 1, 3, block.height - 2, "measured", 1.5)
        for words, type_ in block.rows:
            sheet.text(x + indent, y, width - indent, words, type_)
            y += type_.leading
        y += GAP


def _block(line: Line, width: float, type_: Type) -> Block:
    is_measured = line.kind == "measured"
    type_, room = (NUMBER, width - BAR) if is_measured else (type_, width)
    notes = _rows(joined(line.notes), room, NOTE, MOST_NOTE_ROWS)
    return Block((*_rows(line.text, room, type_, MOST_ROWS), *notes), is_measured)


def _rows(text: str, room: float, type_: Type, most: int) -> Iterator[tuple[str, Type]]:
    return ((row, type_) for row in wrapped(text, room, type_.size, most, bold=type_.bold))
