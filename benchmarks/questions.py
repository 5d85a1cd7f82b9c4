"""What every side is asked: the same log, the same six questions, in words that need no library."""

from __future__ import annotations

NAMES = [f"event_{number:02d}" for number in range(25)]
STAGES = [tuple(NAMES[low : low + 5]) for low in range(0, 25, 5)]
STAGE_OF = [place // 5 for place in range(25)]
STEPS = 12
FUNNEL = ["event_01", "event_06", "event_12", "event_18"]
CONVERSION = "event_24"
QUIET_DAYS = 7.0
QUIET_MICROSECONDS = round(QUIET_DAYS * 86_400_000_000)

QUESTIONS = {
    "transitions": "how often each event directly follows each other one in a journey (25 × 25)",
    "step_matrix": f"how many journeys are at each event with each of their first {STEPS} events",
    "funnel": f"how many journeys did {', '.join(FUNNEL)} in this order, others between",
    "waits": "seconds from stage to stage, the first direct crossing of a journey: n, median, mean",
    "returns": "how many journeys came to each event, and how many left it and came back",
    "markov": f"share of each event's removal effect on {CONVERSION}, absorbing chain of order one",
}
