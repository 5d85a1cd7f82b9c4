"""What the map says customers feel, beside what they answered, on one scale from -2 to 2."""

from __future__ import annotations

import pandas as pd

from cjm_notebooks.drawing.remembering import remembered
from cjm_notebooks.language import say
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.maps.picture import words

STATUSES = {status: say(word) for status, word in words.STATUSES.items()}


@remembered
def emotions_of(journey_map: JourneyMap, csat: pd.DataFrame) -> pd.DataFrame:
    """One row a touchpoint, in map order: the emotion it claims and the mean of the answers.

    Of several questions about a touchpoint the one with most answers counts. `felt`, `felt_low`
    and `felt_high` are its mean and interval, moved from the scale of the question to -2..2.
    `status` is that of the claim.
    """
    claims = pd.DataFrame(
        [
            {
                "stage": stage.name,
                "touchpoint": touchpoint.id,
                "name": touchpoint.name,
                "claimed": touchpoint.emotion,
                "status": None if touchpoint.emotion is None else touchpoint.emotion_status,
            }
            for stage in journey_map.stages
            for touchpoint in stage.touchpoints
        ],
        columns=["stage", "touchpoint", "name", "claimed", "status"],
    ).astype({"claimed": float})
    most = csat[csat["touchpoint"].notna()].sort_values("n", ascending=False, kind="stable")
    asked = most.drop_duplicates("touchpoint").set_index("touchpoint")
    answers = asked.reindex(claims["touchpoint"]).reset_index(drop=True)
    low, high = (answers[f"scale_{end}"].to_numpy(float) for end in ("low", "high"))
    felt = {
        name: (answers[column].to_numpy(float) - low) / (high - low) * 4 - 2
        for name, column in (("felt", "mean"), ("felt_low", "low"), ("felt_high", "high"))
    }
    return pd.concat([claims, answers], axis=1).assign(**felt)
