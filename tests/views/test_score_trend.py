"""Lines of answers, each in a band of its own."""

from __future__ import annotations

import pytest

from cjm_notebooks.errors import ParameterError
from cjm_notebooks.views.score_trend import ScoreTrend
from tests.journeys import journeys
from tests.views import drawn, labels, readings

SAID = journeys("csat:pay=5@3", "csat:pay=2@40", "csat:home=3@3", "csat:home=3@40")
READ = readings(ScoreTrend(), SAID)


def test_line_falls_by_as_much_of_its_band_as_the_mean_of_its_scale() -> None:
    """Answers lie between 2 and 5, so that 5 is at the top of its band and 2 at the bottom."""
    plot = ScoreTrend().draw(**READ)
    assert labels(plot.yaxis[0]) == ["Home", "Pay"]
    assert labels(plot.xaxis[0]) == ["1970-01-01", "1970-02-01"]
    heights = [
        height
        for line in plot.renderers
        if type(line.glyph).__name__ == "Line"
        for height in line.data_source.data["mean_at"]
    ]
    assert heights == pytest.approx([0.4 / 3, 0.4 / 3, 1 - 0.4, 1 + 0.4])
    assert len(drawn(plot, "mean")["x"]) == 2


def test_summary_is_about_the_deepest_fall() -> None:
    assert list(map(str, ScoreTrend().summary(**READ))) == [
        "Most has changed at Pay: from 5.00 (1 answers) in the period from 1970-01-01 to 2.00 (1 "
        "answers) in that from 1970-02-01."
    ]


def test_number_of_lines_must_be_positive() -> None:
    with pytest.raises(ParameterError, match=r"`lines` is 0\. Give the number"):
        ScoreTrend(lines=0)
