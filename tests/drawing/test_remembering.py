"""What a chart and its table share is worked out once, and never for other numbers."""

import pandas as pd

from cjm_notebooks.drawing.remembering import remembered
from cjm_notebooks.exhibits import exhibit
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.views.emotion_curve import EmotionCurve

PAY = {"id": "pay", "name": "Pay", "emotion": 1}
MAP = JourneyMap.model_validate(
    {
        "id": "shop",
        "name": "Shop",
        "stages": [{"id": "buy", "name": "Buy", "touchpoints": [PAY]}],
    }
)
COLUMNS = ["question", "touchpoint", "scale_low", "scale_high", "n", "mean", "low", "high"]


def scores(mean: float) -> pd.DataFrame:
    return pd.DataFrame([["csat", "pay", 1.0, 5.0, 40, mean, mean - 1, mean + 1]], columns=COLUMNS)


def test_the_same_objects_are_worked_out_once() -> None:
    asked: list[object] = []

    @remembered
    def size(table: pd.DataFrame) -> int:
        asked.append(table)
        return len(table)

    one, equal = scores(3), scores(3)
    assert [size(one), size(one), size(equal), size(one)] == [1, 1, 1, 1]
    assert len(asked) == 3


def test_other_scores_of_the_same_map_are_drawn_and_told_anew() -> None:
    told = [
        exhibit(EmotionCurve(), {"journey_map": MAP, "csat": scores(mean)}).rows()[0][4]
        for mean in (3, 5, 3)
    ]
    assert told == ["+0.00", "+2.00", "+0.00"]
