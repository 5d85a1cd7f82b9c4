"""The rules by which rows are counted or set aside, in words."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "no_customer": ("No customer", "The column of the customer is empty."),
    "no_time": ("No time", "The column of the time is empty."),
    "unreadable_time": (
        "Unreadable time",
        "It is not written as was said; without a word on it, times are such as "
        "`2025-03-31 09:00`.",
    ),
    "unreadable_row": ("Unreadable row", "The line has more or fewer cells than the header."),
    "not_reached": ("Not reached", "The column of that event is empty: it did not happen."),
    "no_score": ("No score", "The cell is empty: nothing was answered."),
    "unreadable_score": ("Unreadable score", "It is no number."),
    "off_scale": ("Off the scale", "The number is not on the scale of its question."),
    "no_question": ("No question", "The column of the question is empty."),
    "no_weight": ("No weight", "The weight is empty, zero or no number."),
    "no_event_name": ("No event name", "The column of the event is empty; rules can still use it."),
    "unreadable_value": ("Unreadable value", "It is no number, and counts as nothing."),
    "at_midnight": (
        "At midnight",
        "The time is 00:00:00. If it is a day without a time, the order within it is not known.",
    ),
    "mixed_zones": ("Zone not stated", "Other times state an offset; these are read in your zone."),
    "clock_shown_twice": ("Clock shown twice", "In an autumn night; read as the first of the two."),
    "clock_left_out": (
        "Clock left out",
        "In a spring night; moved on by the hour that is missing.",
    ),
}
"""Rule, name, and why a row is in it."""


def in_words(rule: str) -> tuple[str, str]:
    """The name of a rule and why a row is in it; a rule that a source made up has only a name."""
    return WORDS.get(rule, (rule.replace("_", " ").capitalize(), ""))
