"""What views are drawn with: short names, round numbers, rows below headings."""

from __future__ import annotations

import pandas as pd
import pytest

from cjm_notebooks import drawing
from cjm_notebooks.language import language, say

GERMAN = language("de")


def test_long_name_ends_in_an_ellipsis() -> None:
    assert drawing.short("Checks in", 9) == "Checks in"
    assert drawing.short("Checks in at the desk", 10) == "Checks in…"


def test_name_is_wrapped_between_words_and_cut_where_a_word_is_too_long() -> None:
    assert drawing.wrapped("Pass security and board", 8, 2) == "Pass\nsecurit…"
    assert drawing.wrapped("Look at the art", 7, 3) == "Look at\nthe art"
    assert drawing.wrapped("Look at the art", 7, 1) == "Look a…"


@pytest.mark.parametrize(
    ("across", "form", "ticks"),
    [
        ((0, 48_000), "count", ["0", "20,000", "40,000"]),
        ((0, 2.1), "count", ["0", "1", "2"]),
        ((-0.42, 0.6), "signed", ["+0.00", "+0.50"]),
        ((0, 10), "days", ["0", "5", "10"]),
    ],
)
def test_axis_has_a_few_round_numbers(
    across: tuple[float, float], form: str, ticks: list[str]
) -> None:
    plot = drawing.frame(100, across, (0, 1))
    drawing.label_numbers(plot, "some", form, drawing.ENGLISH)
    assert list(plot.xaxis[0].major_label_overrides.values()) == ticks


def test_axis_is_written_as_the_language_does() -> None:
    plot = drawing.frame(100, (0, 48_000), (0, 1))
    drawing.label_numbers(plot, "some", "count", GERMAN)
    assert list(plot.xaxis[0].major_label_overrides.values()) == ["0", "20.000", "40.000"]


def test_row_is_kept_free_above_each_group() -> None:
    assert drawing.under_headings(["web", "web", "care", "web"]) == (
        [1, 2, 4, 6],
        {0: "web", 3: "care", 5: "web"},
    )
    assert drawing.under_headings([]) == ([], {})


def test_hidden_and_missing_are_a_dash_and_names_stay_as_they_are() -> None:
    assert drawing.written(None, "count", GERMAN) == "–"
    assert drawing.written(pd.NA, "count", GERMAN) == "–"
    assert drawing.written(float("nan"), "percent", GERMAN) == "–"
    assert drawing.written("Success", "", GERMAN) == "Success"
    assert drawing.written(say("success"), "", GERMAN) == "Erfolg"


def test_interval_without_ends_is_none() -> None:
    assert drawing.interval(float("nan"), float("nan"), "percent") is None
    assert str(drawing.interval(0.25, 0.5, "percent")) == "25.0% to 50.0%"
