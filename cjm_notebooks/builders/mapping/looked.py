"""A table that was looked at: its first rows, and how it seems to be laid out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from os import PathLike
from typing import Self

import pyarrow as pa

from cjm_notebooks.builders.mapping.given import LOOKED_AT
from cjm_notebooks.builders.mapping.guesses import question_guess
from cjm_notebooks.builders.mapping.layout import Layout
from cjm_notebooks.errors import SourceError
from cjm_notebooks.events import Clock, Question, Table
from cjm_notebooks.events.clock import times
from cjm_notebooks.events.export import quoted
from cjm_notebooks.events.ledger import open_table, workspace
from cjm_notebooks.intake import Inspection, inspect
from cjm_notebooks.intake.opening import open_first
from cjm_notebooks.privacy.personal import mask_start, names_personal_data

COUNTED_LIVE = 100_000
SHOWN = 6
LONGEST = 80
MOST_QUESTIONS = 50


@dataclass(frozen=True, eq=False)
class FirstRows:
    """Rows in memory, called as the table they come from."""

    called: str
    rows: pa.Table

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self.rows.__arrow_c_stream__(requested_schema)


@dataclass(frozen=True, eq=False)
class Looked:
    """The first rows of a table, under the names of its columns.

    `called` is how a person knows the table; `is_whole` says that it has no other rows.
    """

    table: Table
    called: str
    inspection: Inspection
    first: pa.Table
    is_whole: bool

    @classmethod
    def at(cls, table: Table, rows: int = COUNTED_LIVE, called: str | None = None) -> Self:
        """Look at a table; one that can be read only once is kept.

        Memory  its first `rows`
        Raises  SourceError when it cannot be read
                ParameterError when `rows` is not positive
        """
        kept = pa.table(table) if isinstance(table, pa.RecordBatchReader) else table
        inspection = inspect(kept, min(rows, LOOKED_AT))
        with workspace() as connection:
            opened = open_first(connection, kept, rows)
            columns = (f"c{place} AS {quoted(name)}" for place, name in enumerate(opened.types))
            first = connection.sql(
                f"SELECT {', '.join(columns)} FROM first_rows ORDER BY row"
            ).to_arrow_table()
        is_whole = opened.rows == opened.seen
        return cls(kept, called or inspection.called, inspection, first, is_whole)

    @property
    def counted(self) -> Table:
        """What is counted while a layout is being made.

        A whole file is read anew, with the lines that are no row; other rows are in memory.
        """
        is_file = isinstance(self.table, (str, PathLike))
        return self.table if is_file and self.is_whole else FirstRows(self.called, self.first)

    def check_times(self, layout: Layout) -> None:
        """Raise SourceError where the zone, unit or format of times is missing, by their column.

        A source that makes rows of columns could only name its own.
        """
        columns = [*layout.all_of("time"), *layout.all_of("milestone")]
        with workspace() as connection:
            ledger = open_table(connection, FirstRows(self.called, self.first), "first")
            for column in columns:
                self._check_format(column, layout.time_format)
                times(ledger, Clock(column, layout.zone, layout.unit, layout.time_format))

    def _check_format(self, column: str, stated: str | None) -> None:
        """A format is wanted of texts that only formats read; of two nobody but a person knows."""
        known = next((one.formats for one in self.inspection.columns if one.name == column), ())
        if known and stated is None:
            first = "month" if known[0].startswith("%m") else "day"
            how = f"begin with the {first}" if len(known) == 1 else "may begin with day or month"
            say = " or ".join(f"`{one}`" for one in known)
            msg = f"Times in `{column}` {how}. Say how they are written: {say}."
            raise SourceError(msg)

    def shown(
        self, places: Iterable[int] = range(SHOWN), columns: Iterable[str] | None = None
    ) -> list[list[str]]:
        """Some of the rows in memory as texts, shortened, personal data masked."""
        there = [place for place in places if place < len(self.first)]
        rows = self.first if columns is None else self.first.select(list(columns))
        return [
            [_masked(name, value) for name, value in row.items()]
            for row in rows.take(there).to_pylist()
        ]

    def completed(self, layout: Layout) -> Layout:
        """The layout in the order of the table's columns, with a guess for what it leaves out.

        Guessed are each question, and of each comment the scores that it explains.
        """
        names = self.first.column_names
        order = sorted(
            layout.roles, key=lambda name: names.index(name) if name in names else len(names)
        )
        return replace(
            layout,
            roles={name: layout.roles[name] for name in order},
            questions={**self._questions(layout), **layout.questions},
            beside=self._beside(layout),
        )

    def _questions(self, layout: Layout) -> dict[str, Question]:
        scores, question = layout.all_of("score"), layout.one("question")
        known = self.first.column_names
        if question is None:
            return {
                score: question_guess(score, *self._range(score)[None])
                for score in scores
                if score in known and score not in layout.questions
            }
        if len(scores) != 1 or not {*scores, question} <= {*known}:
            return {}
        ranges = self._range(scores[0], quoted(question))
        return {
            id_: question_guess(id_, *ends)
            for id_, ends in ranges.items()
            if id_ and id_ not in layout.questions
        }

    def _range(
        self, score: str, by: str = "NULL"
    ) -> Mapping[str | None, tuple[float | None, float | None]]:
        """The lowest and the highest score, of each question where there is a column of them."""
        with workspace() as connection:
            connection.register("first_rows", self.first)
            number = f"TRY_CAST({quoted(score)} AS DOUBLE)"
            found = connection.execute(
                f"SELECT trim(CAST({by} AS VARCHAR)), min({number}), max({number}) "
                f"FROM first_rows GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT {MOST_QUESTIONS}"
            ).fetchall()
        return {id_: (low, high) for id_, low, high in found}

    def _beside(self, layout: Layout) -> dict[str, str]:
        """Comments explain the scores before them in the table, unless it is said otherwise."""
        if layout.shape != "respondents":
            return dict(layout.beside)
        scores, last = set(layout.all_of("score")), None
        beside: dict[str, str] = {}
        for name in self.first.column_names:
            last = name if name in scores else last
            if layout.roles.get(name) == "comment":
                said = layout.beside.get(name)
                chosen = said if said in scores else last
                beside |= {name: chosen} if chosen else {}
        return beside


def _masked(column: str, value: object) -> str:
    """What may be shown of a cell: nothing of several values in one, which people may type."""
    if isinstance(value, dict | list):
        return "…"
    text = "" if value is None else str(value)
    if names_personal_data(column):
        return f"{text[:1]}…" if text else ""
    start = mask_start(text, LONGEST + 1)
    return start if len(start) <= LONGEST else f"{start[:LONGEST]}…"
