"""The law that lets one metric run on one machine or on many: partials add."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Self

import numpy as np

from cjm_notebooks.errors import ParameterError


@dataclass(frozen=True)
class Additive:
    """Figures of some customers; `a + b` are the figures of both, field by field.

    Fields are numpy arrays, numbers or `Additive` themselves, or tuples of names that label their
    cells, which are alike on both sides and are kept. Integers add to the same bits in any order;
    a metric that reports floats declares its tolerance.

    Raises  ParameterError when two partials differ in kind, shape or labels
    """

    def __add__(self, other: Self) -> Self:
        if type(other) is not type(self):
            msg = (
                f"A `{type(self).__name__}` and a `{type(other).__name__}` do not add. "
                "Add partials of one metric only."
            )
            raise ParameterError(msg)
        return type(self)(*(self._sum(field.name, other) for field in fields(self)))

    def sealed(self) -> Self:
        """The same figures, taken as all there are of one whole group of customers.

        Only sealed groups tell how much customers differ, which intervals need as soon as one
        customer counts more than once. Seal every group once, then add; never mix sealed and
        unsealed.
        """
        nested = {name: part for name, part in vars(self).items() if isinstance(part, Additive)}
        return replace(self, **{name: part.sealed() for name, part in nested.items()})

    @property
    def has_repeats(self) -> bool:
        """Whether a customer counts more than once anywhere, so that intervals need groups."""
        return any(part.has_repeats for part in vars(self).values() if isinstance(part, Additive))

    def _sum(self, name: str, other: Self) -> object:
        ours, theirs = getattr(self, name), getattr(other, name)
        if isinstance(ours, tuple):
            return self._same_labels(name, ours, theirs)
        if not isinstance(ours, Additive | np.ndarray | np.number | int | float):
            msg = (
                f"`{type(self).__name__}.{name}` is a {type(ours).__name__}, which does not add. "
                "Make it an array, a number, an `Additive` or a tuple of names."
            )
            raise ParameterError(msg)
        if _shape(ours) != _shape(theirs):
            msg = (
                f"`{type(self).__name__}.{name}` has the shape {_shape(ours)} on one side and "
                f"{_shape(theirs)} on the other. Observe both with one map and one metric."
            )
            raise ParameterError(msg)
        return ours + theirs

    def _same_labels(self, name: str, ours: tuple[object, ...], theirs: object) -> object:
        if ours != theirs:
            msg = (
                f"`{type(self).__name__}.{name}` are other names on one side than on the other. "
                "Observe parts of the same journeys."
            )
            raise ParameterError(msg)
        return ours


def _shape(part: object) -> tuple[int, ...]:
    return part.shape if isinstance(part, np.ndarray) else ()
