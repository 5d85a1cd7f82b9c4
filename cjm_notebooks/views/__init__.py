"""The contract of a view: one bokeh figure, with sentences and a table that say the same.

A view declares what it `reads`, as a check does, and draws nothing but that: no measuring, no
`show`, no globals. `table` holds what is drawn, one row a mark; `summary` says the main number
first, with what it rests on. Both are what people read who cannot see the figure, and the figure's
hover shows the rows of the table.

`table` and `summary` take the readings; `draw` takes the `language` of its words too. A cell of the
table is a name, a number that `columns` says how to write, or a sentence.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, ClassVar, Self

from cjm_notebooks.checks import Reading
from cjm_notebooks.drawing import Column, Series
from cjm_notebooks.language import Sentence

if TYPE_CHECKING:
    import pandas as pd
    from bokeh.plotting import figure


class View(ABC):
    """One picture of a journey.

    Attributes
    ----------
    title
        a sentence marked with `N_`.
    reads
        name of an argument of `draw`, `summary` and `table` -> a metric, or one of `Given`; a
        property where it depends on the fields.
    series
        name of a group of renderers -> its entry in the legend. A figure may lack some.
    columns
        the columns of `table`: their headings, marked with `N_`, and the form of their numbers.
    only_if_named
        whether an audit draws it only where it is asked for, as one that has to be told something.
    """

    title: ClassVar[str]
    series: ClassVar[Mapping[str, Series]]
    columns: ClassVar[Mapping[str, Column]]
    only_if_named: ClassVar[bool] = False

    @property
    @abstractmethod
    def reads(self) -> Mapping[str, Reading]: ...

    @classmethod
    def examples(cls) -> tuple[Self, ...]:
        return (cls(),)

    draw: Callable[..., figure]
    summary: Callable[..., tuple[Sentence, ...]]
    table: Callable[..., pd.DataFrame]
