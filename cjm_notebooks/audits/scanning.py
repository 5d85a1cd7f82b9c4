"""Looking for personal data in all that an audit is given, and keeping it out of what it tells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np

from cjm_notebooks.events.content import Recorded
from cjm_notebooks.events.ledger import Ledger, open_table, workspace
from cjm_notebooks.journeys import Journeys
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.privacy.personal import PersonalData, find, mask, names_personal_data


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


def without_personal_names(journeys: Journeys) -> Journeys:
    """The same journeys, with a mark such as `[e-mail]` for personal data in names of events.

    Names that then read alike are one name.
    """
    masked = [mask(name)[0] for name in journeys.names]
    if masked == list(journeys.names):
        return journeys
    names = tuple(dict.fromkeys(masked))
    place = {name: number for number, name in enumerate(names)}
    now = np.array([place[name] for name in masked], np.int32)
    return replace(
        journeys,
        names=names,
        kinds=replace(journeys.kinds, name=now[journeys.kinds.name]),
        unmatched=replace(journeys.unmatched, name=now[journeys.unmatched.name]),
    )


def _in_quotes(journey_map: JourneyMap) -> Iterator[PersonalData]:
    quotes = {
        "evidence.quote": [item.quote for item in journey_map.evidence],
        "personas.quote": [persona.quote for persona in journey_map.personas],
    }
    for place, texts in quotes.items():
        yield from find(texts, place)


def _in_table(ledger: Ledger, name: str) -> Iterator[PersonalData]:
    for column, type_ in ledger.types.items():
        has_words = type_ in ("VARCHAR", "JSON") or "VARCHAR" in type_ or type_.startswith("ENUM")
        if not has_words and not names_personal_data(column):
            continue
        place = ledger.column(column, "column")
        texts = ledger.connection.execute(
            f"SELECT DISTINCT CAST({place} AS VARCHAR) AS said FROM {ledger.view} "
            "WHERE said IS NOT NULL ORDER BY said"
        ).fetchall()
        for item in find((text for (text,) in texts), column):
            yield replace(item, column=f"{name}.{column}")
