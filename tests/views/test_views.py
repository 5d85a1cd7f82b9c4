"""What holds for every view: nothing crashes it, nothing stays unsaid, every language is spoken."""

from __future__ import annotations

import re

import pytest
from bokeh.core.validation import check_integrity
from bokeh.models import ColumnDataSource

from cjm_notebooks import measure
from cjm_notebooks.catalogue import entries
from cjm_notebooks.language import language
from cjm_notebooks.maps import JourneyMap, Stage
from cjm_notebooks.metrics import Metric
from cjm_notebooks.privacy.small_groups import suppress
from cjm_notebooks.views import View
from cjm_notebooks.views.emotion_curve import EmotionCurve
from cjm_notebooks.views.journey_map import JourneyMap as JourneyMapView
from tests.journeys import journeys, touchpoint
from tests.views import claimed_shop, headings, labels, readings

VIEWS = [example for view in entries("views", View).values() for example in view.examples()]
DRAWN_WITHOUT_DATA = {EmotionCurve, JourneyMapView}
CUSTOMERS = journeys(
    "home@1 product@2 cart@3 pay@4 paid@4.5 csat:cart=2@5 csat:pay=4@5",
    "home@1 cart@2 home@3 odd@3.5 csat:cart=3@5 csat:pay=5@5",
    "product@1 cart@2 rage_click:a#buy@2.2 click:a#buy@2.3 scroll:screen_3@2.4 cancelled@3",
    "home@95",
    on=claimed_shop(),
)

every_view = pytest.mark.parametrize("view", VIEWS, ids=lambda view: type(view).__name__)


@every_view
def test_everything_in_the_legend_can_be_drawn_and_hidden(view: View) -> None:
    named = {model.name for model in view.draw(**readings(view, CUSTOMERS)).references()}
    assert named & view.series.keys()
    assert named - {None, "cell"} <= view.series.keys()


@every_view
def test_bokeh_finds_nothing_amiss_in_the_drawing(view: View) -> None:
    issues = check_integrity(view.draw(**readings(view, CUSTOMERS)).references())
    assert not [*issues.error, *issues.warning]


@every_view
def test_table_has_the_columns_that_the_view_has_headings_for(view: View) -> None:
    table = view.table(**readings(view, CUSTOMERS))
    assert list(table.columns) == list(view.columns)
    assert len(table) > 0


@every_view
def test_axes_carry_words(view: View) -> None:
    plot = view.draw(**readings(view, CUSTOMERS))
    shown = [axis for axis in [*plot.xaxis, *plot.yaxis] if axis.visible]
    assert all(axis.axis_label or labels(axis) for axis in shown)


@every_view
def test_where_nobody_was_seen_nothing_is_drawn_and_that_is_said(view: View) -> None:
    read = readings(view, journeys())
    assert view.summary(**read)
    assert headings(view.draw(**read)) == ["Nothing to draw"] or type(view) in DRAWN_WITHOUT_DATA


@every_view
def test_reports_with_everything_hidden_can_be_drawn(view: View) -> None:
    read = readings(view, CUSTOMERS)
    hidden = {
        name: suppress(measure(metric, CUSTOMERS), metric.published, 1_000).table
        for name, metric in view.reads.items()
        if isinstance(metric, Metric)
    }
    view.draw(**read | hidden)
    assert view.summary(**read | hidden)
    view.table(**read | hidden)


@every_view
def test_german_is_drawn_in_german_numbers(view: View) -> None:
    plot = view.draw(**readings(view, CUSTOMERS), language=language("de"))
    found = [
        cell
        for source in plot.select(type=ColumnDataSource)
        for cells in source.data.values()
        for cell in cells
        if isinstance(cell, str)
    ]
    assert [text for text in found if re.search(r"\d\.\d", text)] == []


@every_view
def test_hundreds_of_touchpoints_keep_a_row_or_a_column_each_and_their_names_short(
    view: View,
) -> None:
    stages = tuple(
        Stage(
            id=f"s{stage}",
            name="Stage " * 30,
            touchpoints=tuple(
                touchpoint(f"a_touchpoint_with_a_name_that_goes_on_and_on_{stage}_{number}")
                for number in range(30)
            ),
        )
        for stage in range(10)
    )
    huge = JourneyMap(id="huge", name="Huge", stages=stages)
    first, second = (stages[stage].touchpoints[0].id for stage in (0, 1))
    read = readings(view, journeys(f"{first}@1 {second}@2 csat:{first}=3@1", on=huge))
    plot = view.draw(**read)
    longest = max((len(label) for axis in plot.axis for label in labels(axis)), default=0)
    assert longest <= 70
