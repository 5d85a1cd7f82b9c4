"""D04: times that cannot be quite what happened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cjm_notebooks.checks import (
    Check,
    Finding,
    Observation,
    Verdict,
    require_rising_shares,
    shown,
    table_of,
)
from cjm_notebooks.events import Quality
from cjm_notebooks.language import N_, say


@dataclass(frozen=True)
class _Symptom:
    symptom: str
    rows: int
    share: float
    allowed: float


@dataclass(frozen=True)
class _Words:
    what: str
    so_what: str
    advice: str


WORDS: Mapping[str, _Words] = {
    "no_time": _Words(
        N_("Rows without a time that can be read: {rows:count} ({share:percent})."),
        N_("They are in no journey, so that journeys may look shorter than they were."),
        N_("Look at the rows named in the account of the data, and correct the export."),
    ),
    "after_as_of": _Words(
        N_("Rows later than the audit, which were set aside: {rows:count} ({share:percent})."),
        N_("Either the audit looks back on purpose, or the clock that wrote them was wrong."),
        N_("Compare the zone and the clock of the source with the day of the audit."),
    ),
    "mixed_zones": _Words(
        N_("Times without the offset that the others have: {rows:count} ({share:percent})."),
        N_("They were read in the stated zone; if that is wrong they are off by hours."),
        N_("Export all times with their offset."),
    ),
    "clock_left_out": _Words(
        N_("Times that no clock of the stated zone showed: {rows:count} ({share:percent})."),
        N_("The zone is probably wrong, and then every time is off by hours."),
        N_("Ask in which zone the source writes its times; often it is UTC."),
    ),
    "same_second": _Words(
        N_("{share:percent} of the events share their second with the customer's event before."),
        N_("Their order rests on a sequence column or the order of rows, and so do transitions."),
        N_("Export times with milliseconds, or name a column that holds the order."),
    ),
    "at_midnight": _Words(
        N_("{share:percent} of the events happened at 00:00:00."),
        N_(
            "The source keeps days, not times: waits are whole days and the order within a day "
            "is not known."
        ),
        N_("Export the time of day, or read waits in days only."),
    ),
}


@dataclass(frozen=True)
class DoubtfulTimes(Check[_Symptom]):
    """Signs that the times of events are not those at which things happened.

    Six signs are counted: rows without a readable time and rows after the audit as shares of all
    rows read; times without the offset that others have, times that a clock of the stated zone
    never showed, ties within one second of one customer and times at midnight sharp as shares of
    the events with a customer and a time. Unreadable times fail above `no_time_fail`; every other
    sign warns.

    Unit      share of rows, 0 to 1
    Findings  one per sign above its share
    Skips     without events
    """

    id = "D04"
    passed = N_("The times of events look sound.")
    failed = N_("Some times of events are doubtful.")
    why = N_("Order, waits and drop-off all rest on times.")
    severity = "high"
    source = "Signs known from event logs; all shares: D"
    limits = N_("It does not see a clock that is wrong by the same amount throughout.")
    reads = {"quality": "quality"}

    no_time: float = 0.0
    no_time_fail: float = 0.05
    after_as_of: float = 0.0
    mixed_zones: float = 0.0
    clock_left_out: float = 0.0
    same_second: float = 0.05
    at_midnight: float = 0.20

    def __post_init__(self) -> None:
        require_rising_shares(no_time=self.no_time, no_time_fail=self.no_time_fail)
        for sign in WORDS:
            require_rising_shares(**{sign: getattr(self, sign)})

    def inspect(self, quality: tuple[Quality, ...]) -> Observation[_Symptom]:
        account = table_of(quality, "events")
        if account is None:
            return Observation(not_applicable=say("No events were joined."))
        if not account.kept:
            return Observation(missing=say("The table of events holds no event."))
        lost = account.set_aside_rows("no_time") + account.set_aside_rows("unreadable_time")
        of_all = {"no_time": lost, "after_as_of": account.set_aside_rows("after_as_of")}
        of_events = {sign: account.noticed_rows(sign) for sign in WORDS if sign not in of_all}
        events = account.kept + account.set_aside_rows("duplicate")
        symptoms = [
            _Symptom(sign, rows, rows / of, getattr(self, sign))
            for counts, of in ((of_all, account.read), (of_events, events))
            for sign, rows in counts.items()
        ]
        return Observation(tuple(symptoms))

    def judge(self, observation: Observation[_Symptom]) -> Verdict:
        return Verdict.of(self._findings(observation))

    def _findings(self, observation: Observation[_Symptom]) -> Iterator[Finding]:
        for symptom in observation.rows:
            if symptom.share <= symptom.allowed:
                continue
            words = WORDS[symptom.symptom]
            unread = symptom.symptom == "no_time" and symptom.share > self.no_time_fail
            yield Finding(
                key=symptom.symptom,
                outcome="fail" if unread else "warn",
                targets=("events",),
                what=say(words.what, share=symptom.share, rows=symptom.rows),
                so_what=say(words.so_what),
                advice=say(words.advice),
                value=symptom.share,
                threshold=self.no_time_fail if unread else symptom.allowed,
                rows=shown([symptom]),
            )
