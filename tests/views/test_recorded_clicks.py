"""The heat map of what recorded customers did."""

from __future__ import annotations

import pytest

from cjm_notebooks import Journeys
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.privacy.small_groups import suppress
from cjm_notebooks.views.recorded_clicks import RecordedClicks
from tests.journeys import journeys
from tests.views import claimed_shop, drawn, headings, labels, readings


def recorded(*customers: str) -> Journeys:
    return journeys(*customers, on=claimed_shop())


SEEN = recorded(
    "click:a#buy@1 scroll:screen_2@2",
    "click:a#buy@1 click:a#help@2 scroll:screen_12@3",
    "rage_click:img@1 click:a#buy@2",
    "rage_click:img@1 rage_click:a#help@2",
)
READ = readings(RecordedClicks(), SEEN)


def test_element_that_gave_most_trouble_comes_first_below_all_of_them() -> None:
    plot = RecordedClicks().draw(**READ)
    assert headings(plot) == ["Product"]
    assert labels(plot.yaxis[0]) == ["anywhere", "img", "a#help", "a#buy"]
    assert labels(plot.xaxis[0]) == [
        *("clicked", "clicked in anger", "scrolled"),
        *("screen 2 at most", "screen 12 at most"),
    ]


def test_cell_is_the_share_of_the_customers_recorded_at_its_touchpoint() -> None:
    plot = RecordedClicks().draw(**READ)
    trouble, use = drawn(plot, "trouble"), drawn(plot, "use")
    cells = zip(trouble["y"], trouble["x"], trouble["label"], strict=True)
    assert sorted(cells) == [(1, 1, "50%"), (2, 1, "50%"), (3, 1, "25%")]
    cells = zip(use["y"], use["x"], use["label"], strict=True)
    assert sorted(cells) == [
        *((1, 0, "75%"), (1, 2, "50%"), (1, 3, "25%"), (1, 4, "25%")),
        *((3, 0, "25%"), (4, 0, "75%")),
    ]
    assert trouble["alpha"][0] > trouble["alpha"][-1]


def test_table_says_of_how_many_each_share_is() -> None:
    table = RecordedClicks().table(**READ)
    (row,) = table[(table["element"] == "img")].to_dict("records")
    assert str(row["sign"]) == "clicked in anger"
    assert (row["touchpoint"], row["customers"], row["recorded"]) == ("Product", 2, 4)


def test_only_the_worst_elements_are_shown_and_all_of_them_count() -> None:
    plot = RecordedClicks(elements=1).draw(**READ)
    assert labels(plot.yaxis[0]) == ["anywhere", "img"]
    assert "75%" in drawn(plot, "use")["label"]
    assert labels(RecordedClicks(elements=0).draw(**READ).yaxis[0]) == ["anywhere"]


def test_summary_names_the_worst_element_of_each_trouble() -> None:
    (anger,) = map(str, RecordedClicks().summary(**READ))
    assert anger.startswith(
        "Most clicked in anger on img (Product): 2 of the 4 customers recorded there (50.0%, 95 %"
    )


def test_summary_without_trouble_says_so() -> None:
    read = readings(RecordedClicks(), recorded("click:a#buy@1"))
    assert list(map(str, RecordedClicks().summary(**read))) == [
        "No element is known to have given trouble."
    ]
    nobody = readings(RecordedClicks(), journeys("home@1"))
    assert list(map(str, RecordedClicks().summary(**nobody))) == [
        "No recorded event belongs to a touchpoint of the map."
    ]


def test_what_few_people_did_is_left_out_and_that_is_said() -> None:
    metric = RecordedClicks().reads["signs"]
    hidden = suppress(READ["signs"], metric.published, 3).table
    read = {**READ, "signs": hidden}
    shown = RecordedClicks().table(**read)
    assert (shown["customers"] >= 3).all()
    assert str(RecordedClicks().summary(**read)[-1]) == (
        "What very few people did is neither drawn nor counted here."
    )


def test_number_of_elements_is_not_negative() -> None:
    with pytest.raises(ParameterError, match=r"`elements` is -1\. Give how many to show"):
        RecordedClicks(elements=-1)
