"""R05: groups so small that the people in them can be recognised."""

from __future__ import annotations

from dataclasses import dataclass

from cjm_notebooks.checks import (
    Check,
    Finding,
    Observation,
    SmallGroups,
    Verdict,
    require_rising,
    shown,
)
from cjm_notebooks.language import N_, say


@dataclass(frozen=True)
class _Table:
    table: str
    hidden_cells: int


@dataclass(frozen=True)
class SmallCells(Check[_Table]):
    """Whether groups below `floor` people may be shown.

    A run hides the groups below the `k_min` of the map, and as much around them as would give
    them away. So all is well when `k_min` is at least `floor`; how much was hidden is told. For
    sensitive data (health, religion, children) a floor of 10 is usual.

    Unit      people in the smallest group shown
    Findings  one, with the tables that have hidden cells, those with most first
    Skips     when the run made no table
    """

    id = "R05"
    passed = N_("No table shows a group smaller than is safe.")
    failed = N_("Tables may show groups so small that people can be recognised.")
    why = N_("Whoever knows one fact about a customer finds the others in a group of one or two.")
    severity = "critical"
    worse = "lower"
    source = "Willenborg and de Waal 2001, Elements of statistical disclosure control; 5 and 10: D"
    limits = N_("It cannot know what a reader already knows, or what other reports show.")
    reads = {"small_groups": "small_groups"}

    floor: int = 5

    def __post_init__(self) -> None:
        require_rising(floor=self.floor)

    def inspect(self, small_groups: SmallGroups) -> Observation[_Table]:
        if not small_groups.hidden:
            return Observation(missing=say("The run made no table that could show a group."))
        tables = [_Table(table, cells) for table, cells in small_groups.hidden.items() if cells]
        by_cells = sorted(tables, key=lambda table: (-table.hidden_cells, table.table))
        return Observation(rows=tuple(by_cells), value=small_groups.k_min)

    def judge(self, observation: Observation[_Table]) -> Verdict:
        k_min = observation.value or 0
        cells = sum(table.hidden_cells for table in observation.rows)
        hidden = say("Cells hidden because of small groups: {cells:count}.", cells=cells)
        if k_min >= self.floor:
            return Verdict.of((), hidden)
        finding = Finding(
            key="floor",
            outcome="fail",
            what=say(
                "The map allows groups of {k_min:count} people to be shown, where {floor:count} "
                "is the least that is safe.",
                k_min=k_min,
                floor=self.floor,
            ),
            so_what=say("A reader can find out what single customers did or said."),
            advice=say(
                "Set `privacy.k_min` of the map to {floor:count} or more, and merge small groups.",
                floor=self.floor,
            ),
            value=k_min,
            threshold=self.floor,
            rows=shown(observation.rows),
        )
        return Verdict.of([finding], hidden)
