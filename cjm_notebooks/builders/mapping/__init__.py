"""Telling what the columns of a table are, without a screen.

Whatever the widget shows comes from here, so that a notebook without it gets the same.
"""

from __future__ import annotations

from cjm_notebooks.builders.mapping.call import Call
from cjm_notebooks.builders.mapping.layout import Layout
from cjm_notebooks.builders.mapping.looked import Looked
from cjm_notebooks.builders.mapping.yielded import Yielded, yielded

__all__ = ["Call", "Layout", "Looked", "Yielded", "yielded"]
