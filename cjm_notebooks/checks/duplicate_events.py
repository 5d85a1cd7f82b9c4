"""D03: events that were recorded twice."""

from __future__ import annotations

from dataclasses import dataclass

from cjm_notebooks.checks import (
    Check,
    Finding,
    Observation,
    Verdict,
    exceeded,
    require_rising_shares,
    shown,
    table_of,
)
from cjm_notebooks.events import Quality
from cjm_notebooks.language import N_, say


@dataclass(frozen=True)
class _Repeats:
    handling: str
    rows: int
    events: int
    share: float


@dataclass(frozen=True)
class DuplicateEvents(Check[_Repeats]):
    """Share of the events that repeat an earlier one.

    A duplicate has the customer, the time and every column that a rule names in common with an
    earlier event. Duplicates that the reading set aside count once everywhere, so they are worth
    a warning at most.

    Unit      share of the events with a customer and a time, 0 to 1
    Findings  one, with the number of duplicates
    Skips     without events
    """

    id = "D03"
    passed = N_("Events were recorded once.")
    failed = N_("Some events were recorded more than once.")
    why = N_("An event that is sent twice looks like a customer who did something twice.")
    severity = "medium"
    source = "0.5 % and 2 %, for senders that deliver at least once: D"
    limits = N_("It cannot tell two deliveries from two deeds in the same instant.")
    reads = {"quality": "quality"}

    warn_share: float = 0.005
    fail_share: float = 0.02

    def __post_init__(self) -> None:
        require_rising_shares(warn_share=self.warn_share, fail_share=self.fail_share)

    def inspect(self, quality: tuple[Quality, ...]) -> Observation[_Repeats]:
        account = table_of(quality, "events")
        if account is None:
            return Observation(not_applicable=say("No events were joined."))
        aside = account.set_aside_rows("duplicate")
        rows = aside or account.noticed_rows("duplicate")
        events = account.kept + aside
        if not events:
            return Observation(missing=say("The table of events holds no event."))
        repeats = _Repeats("set aside" if aside else "kept", rows, events, rows / events)
        return Observation((repeats,), value=repeats.share)

    def judge(self, observation: Observation[_Repeats]) -> Verdict:
        (repeats,) = observation.rows
        kept = repeats.handling == "kept"
        alarm = exceeded(repeats.share, self.warn_share, self.fail_share if kept else 1)
        if alarm is None:
            return Verdict.of(())
        finding = Finding(
            key="duplicates",
            outcome=alarm[0],
            targets=("events",),
            what=say(
                "{share:percent} of {events:count} events repeat an earlier one.",
                share=repeats.share,
                events=repeats.events,
            ),
            so_what=say("They count twice in every number of events, repeats and transitions.")
            if kept
            else say("They were set aside and count once, but the export still repeats itself."),
            advice=say("Remove repeats by the sender's message id, or set duplicates aside."),
            value=repeats.share,
            threshold=alarm[1],
            rows=shown([repeats]),
        )
        return Verdict.of([finding])
