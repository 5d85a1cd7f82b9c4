"""A map as an HTML table without scripts: it reads well where its style is taken away as well."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import groupby

from cjm_notebooks.language import N_, say
from cjm_notebooks.maps.picture.curve import pieces
from cjm_notebooks.maps.picture.lanes import Column, Lanes, Line, lanes_to_show
from cjm_notebooks.maps.picture.texts import cut, html, one_line, unbroken
from cjm_notebooks.maps.picture.words import BASES, LANES, STATES

MOST_LINES = 6
MOST_PROBLEMS = 20
LONGEST_NAME = 200


@cache
def style() -> str:
    """The style sheet of tables, light and dark."""
    return files(__package__).joinpath("table.css").read_text("utf-8")


@dataclass(frozen=True)
class MapTable:
    """The table of one map; a text longer than `longest` characters is cut."""

    source: Lanes
    lanes: Sequence[str] | None = None
    longest: int = 280
    has_name: bool = True

    def html(self) -> str:
        columns = self.source.columns()
        name = html(one_line(self.source.journey_map.name, LONGEST_NAME))
        shown = f'<p dir="auto" class="name"><strong>{name}</strong></p>'
        heading = shown if self.has_name else ""
        return (
            f'<div class="cjm-map"><style>{style()}</style>\n{heading}{self._facts()}'
            f"{self._grid(columns, name) if columns else self._empty()}{self._problems()}</div>"
        )

    def _facts(self) -> str:
        known, language = self.source.journey_map, self.source.language
        said = [
            language.render(STATES[known.state]),
            language.render(BASES[known.derived_basis()]),
            *(one_line(persona.name, LONGEST_NAME) for persona in known.personas),
        ]
        facts = " · ".join(f"<bdi>{html(fact)}</bdi>" for fact in said)
        numbers = "".join(map(self._line, self.source.of_the_whole()))
        whole = f'<div class="whole">{numbers}</div>' if numbers else ""
        return f'<p class="facts">{facts}</p>{self._key()}{whole}'

    def _key(self) -> str:
        if self.source.measured is None:
            return ""
        claimed = self._words(N_("claimed by the map"))
        measured = self._words(N_("measured, not typed by anybody"))
        return (
            f'<p class="key"><span class="claims">○</span> {claimed} · '
            f'<span class="sign">◆</span> {measured}</p>'
        )

    def _empty(self) -> str:
        return f"<p>{self._words(N_('The map has no stage yet.'))}</p>"

    def _grid(self, columns: tuple[Column, ...], name: str) -> str:
        lanes = lanes_to_show(self.lanes, columns)
        rows = "\n".join(self._row(lane, columns) for lane in lanes)
        groups = [list(group) for _, group in groupby(columns, lambda column: id(column.stage))]
        widths = "".join(f'<colgroup span="{len(group)}"></colgroup>' for group in groups)
        stages = "".join(map(self._stage, groups))
        touchpoints = "".join(map(self._touchpoint, columns))
        return (
            f'<div class="scroll" role="region" tabindex="0" aria-label="{name}">'
            f'<table aria-label="{name}" style="--columns: {len(columns)}">'
            f"<colgroup></colgroup>{widths}\n<thead>\n"
            f'<tr class="stages"><th scope="row">{self._words(N_("Stage"))}</th>{stages}</tr>\n'
            f'<tr><th scope="row">{self._words(LANES["touchpoint"])}</th>{touchpoints}</tr>\n'
            f"</thead>\n<tbody>\n{rows}\n</tbody>\n</table></div>"
        )

    def _stage(self, group: list[Column]) -> str:
        stage = group[0].stage
        goal = Line(stage.customer_goal)
        lines = [*([goal] if goal.text else []), *self.source.of_stage(stage)]
        name = f'<div dir="auto">{html(one_line(stage.name, LONGEST_NAME))}</div>'
        below = "".join(map(self._line, lines))
        return f'<th scope="colgroup" colspan="{len(group)}">{name}{below}</th>'

    def _touchpoint(self, column: Column) -> str:
        if column.touchpoint is None:
            return f'<th scope="col"><i>{self._words(N_("No touchpoint yet"))}</i></th>'
        return f'<th scope="col">{self._lines(column.lanes["touchpoint"])}</th>'

    def _row(self, lane: str, columns: tuple[Column, ...]) -> str:
        curve = [""] * len(columns)
        if lane == "emotion":
            curve = pieces([column.felt for column in columns])
        cells = "".join(
            f"<td>{piece}{self._lines(column.lanes.get(lane, ()))}</td>"
            for column, piece in zip(columns, curve, strict=True)
        )
        return f'<tr class="{lane}"><th scope="row">{self._words(LANES[lane])}</th>{cells}</tr>'

    def _lines(self, lines: Sequence[Line]) -> str:
        left_out = len(lines) - MOST_LINES
        shown = "".join(map(self._line, lines[: MOST_LINES if left_out > 1 else None]))
        if left_out <= 1:
            return shown
        more = self.source.language.render(say("and {more:count} more", more=left_out))
        return f"{shown}<div><small>{html(more)}</small></div>"

    def _line(self, line: Line) -> str:
        text = html(cut(line.text, self.longest))
        if line.url:
            text = f'<a href="{html(line.url)}" rel="noreferrer">{text}</a>'
        notes = " · ".join(map(_note, line.notes))
        below = f" <small>{notes}</small>" if notes else ""
        if line.kind == "measured":
            sign = f'<span class="sign">◆ {self._words(N_("measured"))}</span>'
            return f'<div class="measured">{sign} <b dir="auto">{text}</b>{below}</div>'
        return f'<div dir="auto">{text}</div>{below}'

    def _problems(self) -> str:
        problems = self.source.journey_map.problems()
        if not problems:
            return ""
        heading = say("Contradictions in the map: {problems:count}", problems=len(problems))
        listed = "".join(self._items(map(str, problems[:MOST_PROBLEMS])))
        if len(problems) > MOST_PROBLEMS:
            more = say("and {more:count} more", more=len(problems) - MOST_PROBLEMS)
            listed += f"<li>{html(self.source.language.render(more))}</li>"
        return (
            f'<div class="problems"><p><strong>⚠ {html(self.source.language.render(heading))}'
            f"</strong></p><ul>{listed}</ul></div>"
        )

    def _items(self, sentences: Iterator[str]) -> Iterator[str]:
        return (f'<li dir="auto">{html(cut(one, self.longest))}</li>' for one in sentences)

    def _words(self, sentence: str) -> str:
        return html(self.source.language.render(sentence))


def _note(note: str) -> str:
    return f"<bdi>{html(unbroken(one_line(note, LONGEST_NAME)))}</bdi>"
