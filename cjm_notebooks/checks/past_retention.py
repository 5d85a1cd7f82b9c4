"""R03: data that should have been deleted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cjm_notebooks.checks import Check, Finding, Observation, Verdict, shown
from cjm_notebooks.events import Quality
from cjm_notebooks.language import N_, say
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.privacy import permission

TIMED = ("events", "feedback")


@dataclass(frozen=True)
class _Old:
    table: str
    rows: int
    since: str


@dataclass(frozen=True)
class PastRetention(Check[_Old]):
    """Rows older than the map allows to keep them, in the tables of this audit.

    They are counted back from the moment of the audit, and were set aside by the join. What an
    import left out is no longer there and counts for nothing.

    Unit      rows
    Findings  one per table that holds some
    Skips     when the map names no `retention_days`, or no table was joined
    """

    id = "R03"
    passed = N_("The tables hold nothing that is older than it may be.")
    failed = N_("The tables hold records that should have been deleted.")
    why = N_("What is no longer needed may not be kept, and can be lost to others.")
    severity = "high"
    source = "GDPR, article 5(1)(e), storage limitation"
    limits = N_("It sees the tables given, not where else copies of them lie.")
    reads = {"journey_map": "journey_map", "quality": "quality", "as_of": "as_of"}

    def inspect(
        self, journey_map: JourneyMap, quality: tuple[Quality, ...], as_of: datetime
    ) -> Observation[_Old]:
        days = journey_map.privacy.retention_days
        if days is None:
            return Observation(
                not_applicable=say("The map does not say how long records may be kept.")
            )
        timed = [account for account in quality if account.table in TIMED]
        if not timed:
            return Observation(missing=say("No data were joined."))
        since = (as_of.astimezone(UTC) - timedelta(days=days)).isoformat(timespec="seconds")
        counts = {one.table: one.set_aside_rows(permission.PAST_RETENTION) for one in timed}
        old = tuple(_Old(table, rows, since) for table, rows in counts.items() if rows)
        return Observation(old, value=sum(counts.values()))

    def judge(self, observation: Observation[_Old]) -> Verdict:
        return Verdict.of(_finding(row) for row in observation.rows)


def _finding(row: _Old) -> Finding:
    return Finding(
        key="old",
        outcome="fail",
        targets=(row.table,),
        what=say(
            "Rows of the {table} from before {since} that should have been deleted: {rows:count}.",
            table=row.table,
            since=row.since[:10],
            rows=row.rows,
        ),
        so_what=say("They are in no number here, and they are still kept."),
        advice=say(
            "Delete them where they lie, or import the {table} again, which leaves them out.",
            table=row.table,
        ),
        value=row.rows,
        threshold=0,
        rows=shown([row]),
    )
