"""D02: data from a time that is over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cjm_notebooks.checks import (
    Check,
    Finding,
    Observation,
    Verdict,
    exceeded,
    require_rising,
    shown,
)
from cjm_notebooks.events import Quality
from cjm_notebooks.language import N_, say

TIMED = ("events", "feedback")


@dataclass(frozen=True)
class _Source:
    table: str
    last: str
    days: float


@dataclass(frozen=True)
class StaleData(Check[_Source]):
    """How old the last record of the events and of the feedback is.

    The age is counted from the last record to the day of the audit. A table whose records have no
    time cannot be judged; then the check passes no verdict on the rest either, unless that is old.

    Unit      days, of the oldest table
    Findings  one per table that is too old
    Skips     when no table has times, or one has none and the others are fresh
    """

    id = "D02"
    passed = N_("The data reach up to the audit.")
    failed = N_("The data are outdated.")
    why = N_("Old records describe a journey that may no longer exist.")
    severity = "high"
    source = "30 and 90 days: D"
    limits = N_("It sees the last record, and no gaps before it.")
    reads = {"quality": "quality", "as_of": "as_of"}

    warn_days: float = 30
    fail_days: float = 90

    def __post_init__(self) -> None:
        require_rising(warn_days=self.warn_days, fail_days=self.fail_days)

    def inspect(self, quality: tuple[Quality, ...], as_of: datetime) -> Observation[_Source]:
        tables = [account for account in quality if account.table in TIMED]
        sources = [
            _source(account.table, account.last_at, as_of)
            for account in tables
            if account.last_at is not None
        ]
        if not sources:
            return Observation(missing=say("No record has a time."))
        oldest = max(source.days for source in sources)
        timeless = next((account.table for account in tables if account.last_at is None), None)
        if timeless is not None and oldest <= self.warn_days:
            return Observation(
                missing=say("The records of the {table} have no time.", table=timeless)
            )
        by_age = sorted(sources, key=lambda source: -source.days)
        return Observation(tuple(by_age), value=oldest)

    def judge(self, observation: Observation[_Source]) -> Verdict:
        return Verdict.of(self._findings(observation))

    def _findings(self, observation: Observation[_Source]) -> Iterator[Finding]:
        for source in observation.rows:
            alarm = exceeded(source.days, self.warn_days, self.fail_days)
            if alarm is None:
                continue
            yield Finding(
                key="old",
                outcome=alarm[0],
                targets=(source.table,),
                what=say(
                    "The last record of the {table} is {days:days} days older than the audit.",
                    table=source.table,
                    days=source.days,
                ),
                so_what=say("What has changed since then is not in any number."),
                advice=say(
                    "Export the {table} again, or say on the page that the audit looks back.",
                    table=source.table,
                ),
                value=source.days,
                threshold=alarm[1],
                rows=shown([source]),
            )


def _source(table: str, last_at: int, as_of: datetime) -> _Source:
    last = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=last_at)
    days = (as_of - last) / timedelta(days=1)
    return _Source(table, last.isoformat(timespec="seconds"), max(days, 0.0))
