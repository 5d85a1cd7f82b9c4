"""One customer: from their id to what they did, and from the stable code back to the id."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from cjm_notebooks.errors import ParameterError
from cjm_notebooks.events import Events
from cjm_notebooks.events.ledger import open_table, workspace
from cjm_notebooks.journeys.joining.opening import code_of, stable_code
from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.tables import NONE, UNKNOWN_TIME

if TYPE_CHECKING:
    import pandas as pd


def timeline(journeys: Journeys, customer_id: str) -> pd.DataFrame:
    """All that one customer did and said, in order of time.

    `journey` counts the customer's journeys from 1 and is null for events that belong to none;
    `outcome` stands in the row of the moment it was reached. Answers of unknown time come last.

    Shape   one row per event, outcome and answer
    Raises  ParameterError when nobody has that id
    """
    import pandas as pd

    code = np.uint64(code_of(customer_id.strip()))
    place = int(np.searchsorted(journeys.customer_codes, code))
    if place == journeys.n_customers or journeys.customer_codes[place] != code:
        msg = f"There is no customer `{customer_id}` among the {journeys.n_customers:,} joined."
        raise ParameterError(msg)
    one = journeys.part(place, place + 1)
    tables = [_events(one), _unmatched(one), _outcomes(one), _answers(one)]
    columns = ["at", "journey", "event", "touchpoint", "outcome", "question", "score"]
    table = pd.concat([pd.DataFrame(table, columns=columns) for table in tables if table["at"]])
    known = table["at"] != UNKNOWN_TIME
    table["at"] = pd.to_datetime(table["at"].where(known), unit="us", utc=True)
    return table.sort_values("at", kind="stable").reset_index(drop=True)


def _events(one: Journeys) -> dict[str, list[object]]:
    ids = [touchpoint.id for touchpoint in one.map.touchpoints]
    return {
        "at": one.at.tolist(),
        "journey": (one.journey + 1).tolist(),
        "event": [one.names[name] for name in one.name],
        "touchpoint": [ids[touchpoint] for touchpoint in one.touchpoint],
    }


def _unmatched(one: Journeys) -> dict[str, list[object]]:
    stray = one.unmatched
    rows = np.flatnonzero(~stray.is_outcome)
    return {"at": stray.at[rows].tolist(), "event": [one.names[i] for i in stray.name[rows]]}


def _outcomes(one: Journeys) -> dict[str, list[object]]:
    reached = np.flatnonzero(one.outcome != NONE)
    return {
        "at": one.outcome_at[reached].tolist(),
        "journey": (reached + 1).tolist(),
        "outcome": [one.map.outcomes[one.outcome[journey]].id for journey in reached],
    }


def _answers(one: Journeys) -> dict[str, list[object]]:
    answers, ids = one.answers, [*(touchpoint.id for touchpoint in one.map.touchpoints), None]
    return {
        "at": answers.at.tolist(),
        "touchpoint": [ids[touchpoint] for touchpoint in answers.touchpoint],
        "question": [answers.questions[question].id for question in answers.question],
        "score": answers.score.tolist(),
    }


def customer_ids(events: Events, codes: np.ndarray) -> dict[int, str]:
    """The ids behind some `Journeys.customer_codes`, read anew from the events.

    Journeys hold no ids: who looks somebody up needs the data and leaves no trace in saved files.

    Raises  SourceError when the table cannot be read as named
    """
    with workspace() as connection:
        ledger = open_table(connection, events.table, "events")
        someone = ledger.id_text(events.customer, "customer")
        column = ledger.column(events.customer, "customer")
        connection.register("wanted", pa.table({"code": np.asarray(codes, np.uint64)}))
        found = connection.execute(
            f"SELECT code, min(id) FROM (SELECT {someone} AS id, {stable_code(someone)} AS code "
            f"FROM (SELECT DISTINCT {column} FROM {ledger.view})) JOIN wanted USING (code) "
            "GROUP BY code ORDER BY code"
        ).fetchall()
    return {int(code): str(id_) for code, id_ in found}
