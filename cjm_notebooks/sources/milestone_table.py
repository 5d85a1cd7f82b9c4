"""Any table with one customer a row and one column of times for each thing that happened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cjm_notebooks.errors import ParameterError
from cjm_notebooks.events import Counted, Events, Quality, Table, TimeUnit
from cjm_notebooks.events.glimpse import Glimpse
from cjm_notebooks.events.ledger import Ledger, literal, open_table, workspace
from cjm_notebooks.events.quality import PLACES
from cjm_notebooks.sources import Import, Recognised, Source


@dataclass(frozen=True)
class MilestoneTable(Source):
    """Events of a wide table: bookings, orders or applications with a time for each milestone.

    `milestones` names each event and the column of its time. Their order decides between milestones
    of one customer at the same time. `attributes` are columns that every event of the row carries,
    so that rules can use them. `time_format` says how the times are written, as in `Events`. Each
    cell of a milestone column is yielded as an event or, where it is empty, set aside as
    `not_reached`.

    Memory  the table and its events
    Raises  SourceError when the table cannot be read or has no column of that name
            ParameterError when `milestones` is empty
    """

    table: Table
    customer: str
    milestones: Mapping[str, str]
    attributes: tuple[str, ...] = ()
    zone: str | None = None
    unit: TimeUnit | None = None
    time_format: str | None = None

    def __post_init__(self) -> None:
        if not self.milestones:
            msg = "`milestones` is empty. Name each event and the column of its time."
            raise ParameterError(msg)

    @classmethod
    def recognises(cls, glimpse: Glimpse) -> Recognised | None:
        times = (*glimpse.with_role("time"), *glimpse.with_role("milestone"))
        customers = glimpse.with_role("customer")
        if len(times) < 2 or not customers or glimpse.with_role("event"):
            return None
        attributes = (*glimpse.with_role("channel"), *glimpse.with_role("segment"))
        settings = {
            "customer": customers[0].name,
            "milestones": {
                "_".join(one.name.casefold().split()): one.name
                for one in glimpse.columns
                if one in times
            },
            "attributes": tuple(one.name for one in attributes),
        }
        why = (
            f"One customer a row and {len(times)} columns of times, each of which may be an event."
        )
        return Recognised(0.4, why, {**settings, **glimpse.clock_of("time", "milestone")})

    def read(self) -> Import:
        event, at, sequence = (
            _unused(name, (self.customer, *self.attributes))
            for name in ("milestone", "reached_at", "milestone_number")
        )
        with workspace() as connection:
            ledger = open_table(connection, self.table, "wide")
            rows = ledger.query(
                f"SELECT {self._carried(ledger)}, cells.name AS {event}, cells.time AS {at}, "
                f"cells.number AS {sequence} FROM ({self._cells(ledger)}) AS cells "
                "WHERE cells.filled ORDER BY cells.row, cells.number"
            ).to_arrow_table()
            quality = self._account(ledger, len(rows))
        events = Events(
            rows,
            customer=self.customer,
            at=at,
            event=event,
            zone=self.zone,
            unit=self.unit,
            sequence=sequence,
            time_format=self.time_format,
        )
        return Import(events=events, quality=(quality,))

    def _carried(self, ledger: Ledger) -> str:
        """SQL of the caller's columns that every event keeps."""
        roles = dict.fromkeys(self.attributes, "attributes") | {self.customer: "customer"}
        return ", ".join(
            f"cells.{ledger.column(name, role)} AS {_quoted(name)}" for name, role in roles.items()
        )

    def _cells(self, ledger: Ledger) -> str:
        """SQL of one row for each cell of a milestone column."""
        return " UNION ALL ".join(
            f"SELECT *, {literal(name)} AS name, {number} AS number, {column} AS time, "
            f"coalesce(trim(CAST({column} AS VARCHAR)), '') <> '' AS filled FROM {ledger.view}"
            for number, (name, column) in enumerate(
                (name, ledger.column(column, f"milestones[{name}]"))
                for name, column in self.milestones.items()
            )
        )

    def _account(self, ledger: Ledger, events: int) -> Quality:
        empty = ledger.connection.execute(
            f"SELECT row FROM ({self._cells(ledger)}) WHERE NOT filled ORDER BY row, number"
        ).fetchnumpy()["row"]
        unreadable = len(ledger.unreadable) * len(self.milestones)
        set_aside = {
            "not_reached": Counted(len(empty), tuple(int(row) for row in empty[:PLACES])),
            "unreadable_row": Counted(unreadable),
        }
        return Quality(
            table=f"milestones of {ledger.called}",
            read=ledger.rows * len(self.milestones) + unreadable,
            kept=events,
            set_aside={rule: counted for rule, counted in set_aside.items() if counted.rows},
        )


def _unused(name: str, taken: Iterable[str]) -> str:
    """`name`, made longer until no other is the same but for capitals."""
    while name in {other.casefold() for other in taken}:
        name += "_"
    return name


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
