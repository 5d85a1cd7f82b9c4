"""Each way of drawing a series has a picture of its own in the legend."""

from __future__ import annotations

from typing import get_args
from xml.etree import ElementTree

import pytest

from cjm_notebooks.drawing import Mark, Series
from cjm_notebooks.exhibits.swatch import swatch
from cjm_notebooks.palette import BLUE, INK

MARKS = get_args(Mark)


@pytest.mark.parametrize("mark", MARKS)
def test_picture_is_drawn_in_the_colour_of_the_series(mark: Mark) -> None:
    picture = ElementTree.fromstring(swatch(Series("some", BLUE, mark)))
    assert picture.get("aria-hidden") == "true"
    colors = {part.get(paint) for part in picture for paint in ("fill", "stroke")}
    assert BLUE in colors


def test_no_two_marks_look_alike() -> None:
    assert len({swatch(Series("some", BLUE, mark)) for mark in MARKS}) == len(MARKS)


def test_ink_is_the_colour_of_the_text_around_it() -> None:
    assert "currentColor" in swatch(Series("some", INK, "interval"))
    assert INK not in swatch(Series("some", INK, "interval"))
