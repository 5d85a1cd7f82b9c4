"""Recorded events, feedback and customers: the tables as the caller has them."""

from __future__ import annotations

from cjm_notebooks.events.databases import Query
from cjm_notebooks.events.quality import Counted, Quality
from cjm_notebooks.events.tables import (
    ArrowStream,
    Clock,
    Customers,
    Events,
    Feedback,
    FeedbackKind,
    Question,
    Table,
    TimeUnit,
)

__all__ = [
    "ArrowStream",
    "Clock",
    "Counted",
    "Customers",
    "Events",
    "Feedback",
    "FeedbackKind",
    "Quality",
    "Query",
    "Question",
    "Table",
    "TimeUnit",
]
