"""The columns of the events that the map asks for, as SQL."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cjm_notebooks.errors import ParameterError, RuleError, did_you_mean
from cjm_notebooks.events import Events
from cjm_notebooks.events.clock import Times, times
from cjm_notebooks.events.ledger import Ledger
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.matching.claims import claims_of, columns_of
from cjm_notebooks.privacy.permission import Consents, Permission, require_known

VALUE_SCALE = 1000


@dataclass(frozen=True, eq=False)
class Columns:
    """What is wanted of the events, as SQL over their ledger: alike for all and for any part.

    Attributes
    ----------
    named
        the column of each name that rules use; `event` is the declared event column.
    as_of
        microseconds, after which events are set aside.
    extra, sequence
        as in `Opened`.
    permission
        which events may be used.
    """

    events: Events
    clock: Times
    named: Mapping[str, str]
    as_of: int | None
    extra: Mapping[str, str]
    sequence: tuple[str, ...]
    permission: Permission

    @classmethod
    def of(
        cls,
        ledger: Ledger,
        journey_map: JourneyMap,
        events: Events,
        as_of: int | None,
        also: Iterable[str] = (),
        consents: Consents | None = None,
    ) -> Columns:
        """How to read the events that the map's rules and cut ask for, and the columns `also`.

        Raises  SourceError when a column is missing, its times cannot be read, or the map requires
                consent and nobody knows who gave it
                RuleError when a rule names a column that the table does not have
                ParameterError when there are amounts and the map states no currency
        """
        clock = times(ledger, events.clock)
        named = _named_by_rules(ledger, journey_map, events)
        named |= {name: ledger.column(name, "columns") for name in also if name not in named}
        extra = {}
        cut = journey_map.journey.cut
        if cut.by == "column":
            extra["cut"] = f"hash({ledger.column(str(cut.column), 'journey.cut.column')})"
        if events.value is not None:
            extra["value"] = _amount(ledger, journey_map, events.value)
        permission = Permission.of(ledger, journey_map.privacy, events.customer, as_of, consents)
        require_known(permission, ledger, journey_map.privacy)
        return cls(events, clock, named, as_of, extra, _sequence(ledger, events), permission)

    def view_times(self, ledger: Ledger) -> None:
        """Create the view `timed`: the ledger with `utc`, and what permission adds."""
        timed = f"SELECT *, {self.clock.utc} AS utc FROM {ledger.view}"
        ledger.connection.execute(f"CREATE TEMP VIEW timed AS {self.permission.over(timed)}")

    @property
    def distinct_values(self) -> str:
        """SQL for the distinct values of the columns that rules use."""
        values = ", ".join(f"{sql} AS k{place}" for place, sql in enumerate(self.named.values()))
        return f"SELECT DISTINCT {values} FROM timed"

    @property
    def kept(self) -> str:
        """SQL for the events kept, with the number of the combination of each."""
        on = " AND ".join(
            f"{column} IS NOT DISTINCT FROM k{place}"
            for place, column in enumerate(self.named.values())
        )
        until = "" if self.as_of is None else f" AND utc <= {self.as_of}"
        granted = self.permission.granted
        return f"timed JOIN combinations ON {on} WHERE utc IS NOT NULL{until} AND {granted}"

    def placed(self, ledger: Ledger) -> str:
        """The same with the place of each customer, as in `Opened`."""
        customer = ledger.column(self.events.customer, "customer")
        return f"(SELECT *, hash({customer}) AS h FROM {self.kept}) JOIN places USING (h)"


def names_wanted(ledger: Ledger, journey_map: JourneyMap, events: Events) -> tuple[str, ...]:
    """The caller's names of all columns that are asked for.

    Raises  SourceError when one of them is missing
            RuleError when it is a rule that names it
    """
    rules = [name for name in _named_by_rules(ledger, journey_map, events) if name != "event"]
    cut = journey_map.journey.cut
    roles = {
        "customer": events.customer,
        "at": events.at,
        "event": events.event,
        "sequence": events.sequence,
        "value": events.value,
        "journey.cut.column": str(cut.column) if cut.by == "column" else None,
    }
    consent = journey_map.privacy.consent_field
    if consent is not None and consent in ledger.types:
        roles["privacy.consent_field"] = consent
    named = {role: name for role, name in roles.items() if name is not None}
    for role, name in named.items():
        ledger.column(name, role)
    return tuple(dict.fromkeys([*named.values(), *rules]))


def _named_by_rules(ledger: Ledger, journey_map: JourneyMap, events: Events) -> dict[str, str]:
    """SQL column of each name that rules use; `event` is the declared event column."""
    columns = {"event": ledger.column(events.event, "event")}
    for name in columns_of(journey_map):
        if name == "event":
            continue
        if name not in ledger.types:
            users = [c.id for c in claims_of(journey_map) if name in c.rule.columns()]
            msg = (
                f"The rule of `{users[0]}` names the column `{name}`, which `{ledger.called}` "
                f"does not have. {did_you_mean(name, ledger.types)}"
            )
            raise RuleError(msg)
        columns[name] = ledger.column(name, "match")
    return columns


def _amount(ledger: Ledger, journey_map: JourneyMap, value: str) -> str:
    column = ledger.column(value, "value")
    if journey_map.journey.currency is None:
        msg = (
            f"`{value}` of `{ledger.called}` holds amounts, and map `{journey_map.id}` states no "
            "currency. Set `journey.currency`, such as `EUR`."
        )
        raise ParameterError(msg)
    return f"coalesce(CAST(round(TRY_CAST({column} AS DOUBLE) * {VALUE_SCALE}) AS BIGINT), 0)"


def _sequence(ledger: Ledger, events: Events) -> tuple[str, ...]:
    if events.sequence is None:
        return ()
    column = ledger.column(events.sequence, "sequence")
    return f"TRY_CAST({column} AS DOUBLE)", column
