"""What a view is given, and what it has drawn."""

from __future__ import annotations

from bokeh.models import Axis, ColumnDataSource
from bokeh.plotting import figure

from cjm_notebooks import JourneyMap, Journeys, measure
from cjm_notebooks.maps import Condition, Expectation, MomentOfTruth, PainPoint, Rule
from cjm_notebooks.metrics import Metric
from cjm_notebooks.views import View
from tests.journeys import ONE_EACH

RECORDED = Condition(matches="^(click|rage_click|dead_click|field_struggle|scroll):")


def readings(view: View, journeys: Journeys) -> dict[str, object]:
    """What the view reads, measured on these journeys."""
    return {
        name: measure(read, journeys) if isinstance(read, Metric) else journeys.map
        for name, read in view.reads.items()
    }


def drawn(plot: figure, name: str) -> dict[str, list[object]]:
    """The data behind the marks of this name."""
    found = [renderer for renderer in plot.renderers if renderer.name == name]
    assert found, f"Nothing called `{name}` is drawn."
    assert isinstance(found[0].data_source, ColumnDataSource)
    return {column: list(cells) for column, cells in found[0].data_source.data.items()}


def labels(axis: Axis) -> list[str]:
    return [str(label) for label in axis.major_label_overrides.values()]


def headings(plot: figure) -> list[str]:
    """The words that stand inside the frame and belong to no series."""
    found = (renderer.data_source.data.get("text", []) for renderer in plot.renderers)
    return [text for texts in found for text in texts]


def claimed_shop() -> JourneyMap:
    """The shop of `tests.journeys` with what its makers believe about it.

    What was recorded belongs to the product.
    """
    claims = {
        "home": {"emotion": 1, "emotion_status": "validated", "department": "web"},
        "product": {
            "pain_points": (PainPoint(text="Pictures load slowly"),),
            "department": "care",
            "match": Rule(where=Condition(any=(Condition(is_="product"), RECORDED))),
        },
        "cart": {
            "emotion": -1,
            "moment_of_truth": MomentOfTruth(),
            "department": "web",
            "expectation": Expectation(text="Quick", value=4, scale_min=1, scale_max=5),
        },
        "pay": {
            "department": "care",
            "expectation": Expectation(text="Safe", value=3, scale_min=1, scale_max=5),
        },
    }
    stages = tuple(
        stage.model_copy(
            update={
                "touchpoints": tuple(
                    touchpoint.model_copy(update=claims.get(touchpoint.id, {}))
                    for touchpoint in stage.touchpoints
                )
            }
        )
        for stage in ONE_EACH.stages
    )
    return ONE_EACH.model_copy(update={"stages": stages})
