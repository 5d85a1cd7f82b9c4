"""What a table tells about people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cjm_notebooks.errors import ParameterError, did_you_mean


@dataclass(frozen=True)
class Running:
    """Counts that run on from row to row, so that two neighbours tell of those between them.

    `along` is the column that says how far, in ascending order; `by` names the groups of rows that
    run on apart from each other over the same values of `along`.
    """

    counts: tuple[str, ...]
    along: str
    by: str


@dataclass(frozen=True)
class Published:
    """The columns of a table that count people, and what can be worked out from them.

    Attributes
    ----------
    counts
        columns that count customers, journeys or answers: whole numbers from 0 up.
    estimates
        per column of estimates the counts it rests on. Of two counts the first is read as part
        of the second, as hits are of trials, so that the rest is a group of people too.
    sums
        per total the parts that add up to it within a row.
    column_totals
        whether the sum of each count over the whole table is known or can be worked out.
    within
        columns whose values name groups of rows; the sum of each count over such a group is
        known too, as from the same report without a split.
    running
        counts whose differences between rows count people too.
    withheld
        columns that are never shown, since they tell of single people beside the others.

    Raises  ParameterError when an estimate or a sum names a column that is no count
    """

    counts: tuple[str, ...]
    estimates: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sums: tuple[tuple[str, tuple[str, ...]], ...] = ()
    column_totals: bool = True
    within: tuple[str, ...] = ()
    running: Running | None = None
    withheld: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        rests = [name for names in self.estimates.values() for name in names]
        added = [name for total, parts in self.sums for name in (total, *parts)]
        for name in [*rests, *added]:
            if name not in self.counts:
                hint = did_you_mean(name, self.counts)
                msg = f"`{name}` is used as a count and is not among the `counts`. {hint}"
                raise ParameterError(msg)

    @property
    def shares(self) -> tuple[tuple[str, str], ...]:
        """The pairs of hits and trials, each once."""
        pairs = [(names[0], names[1]) for names in self.estimates.values() if len(names) == 2]
        return tuple(dict.fromkeys(pairs))
