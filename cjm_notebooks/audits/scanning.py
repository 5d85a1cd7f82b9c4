"""Looking for personal data in all that an audit is given, before anything is made of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from cjm_notebooks.events.content import Recorded
from cjm_notebooks.events.ledger import Ledger, open_table, workspace
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.privacy.personal import PersonalData, find, names_personal_data


def personal_data(
    journey_map: JourneyMap, inputs: Mapping[str, Recorded]
) -> tuple[PersonalData, ...]:
    """What is found in the columns of the tables, used or not, and in the quotes of the map.

    Each distinct text counts once, and is forgotten; only a masked sample is kept.
    """
    found = list(_in_quotes(journey_map))
    with workspace() as connection:
        for name, tables in inputs.items():
            found += _in_table(open_table(connection, tables.table, name), name)
    return tuple(found)


def _in_quotes(journey_map: JourneyMap) -> Iterator[PersonalData]:
    quotes = {
        "evidence.quote": [item.quote for item in journey_map.evidence],
        "personas.quote": [persona.quote for persona in journey_map.personas],
    }
    for place, texts in quotes.items():
        yield from find(texts, place)


def _in_table(ledger: Ledger, name: str) -> Iterator[PersonalData]:
    for column, type_ in ledger.types.items():
        if type_ != "VARCHAR" and not names_personal_data(column):
            continue
        place = ledger.column(column, "column")
        texts = ledger.connection.execute(
            f"SELECT DISTINCT CAST({place} AS VARCHAR) AS said FROM {ledger.view} "
            "WHERE said IS NOT NULL ORDER BY said"
        ).fetchall()
        for item in find((text for (text,) in texts), column):
            yield replace(item, column=f"{name}.{column}")
