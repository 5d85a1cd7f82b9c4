"""What pages of the kit's templates are called, to be translated."""

from __future__ import annotations

from cjm_notebooks.language import N_

USUAL_TITLE = N_("Journey audit")
TITLES = (
    USUAL_TITLE,
    N_("Campaign review"),
    N_("Channel hand-offs"),
    N_("Feedback review"),
    N_("Launch readiness"),
    N_("Loyalty programme"),
    N_("Period comparison"),
    N_("Retention drop"),
    N_("Satisfaction drop"),
    N_("Segment comparison"),
    N_("Service issues"),
    N_("Touchpoint deep dive"),
)
