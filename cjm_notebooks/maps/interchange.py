"""A map in every kind of file that it can be read from and written to; the ending says the kind."""

from __future__ import annotations

from os import PathLike
from pathlib import Path

from cjm_notebooks.errors import ParameterError, did_you_mean
from cjm_notebooks.maps.cjml import from_cjml, to_cjml
from cjm_notebooks.maps.files import read_text
from cjm_notebooks.maps.journey_map import JourneyMap
from cjm_notebooks.maps.mermaid import from_mermaid, to_mermaid
from cjm_notebooks.maps.spreadsheet import read_spreadsheet, spreadsheet_of

JSON = (".json",)
SPREADSHEETS = (".csv", ".xlsx")
MERMAID = (".mmd", ".mermaid", ".md")
CJML = (".cjml", ".xml")
ENDINGS = (*JSON, *SPREADSHEETS, *MERMAID, *CJML)


def read_map(path: str | PathLike[str]) -> JourneyMap:
    """The map in a file of any kind.

    Raises  ParameterError when its ending is of no kind, MapError when it cannot be read
    """
    name = Path(path).name
    ending = ending_of(name)
    if ending in SPREADSHEETS:
        return read_spreadsheet(path)
    if ending in MERMAID:
        return from_mermaid(read_text(path), name)
    if ending in CJML:
        return from_cjml(read_text(path), name)
    return JourneyMap.load(path)


def written_as(journey_map: JourneyMap, name: str) -> bytes:
    """What a file called `name` holds when it holds this map; `name` may be the ending alone.

    Raises  ParameterError when the ending is of no kind, MapError when a cell cannot hold a text
    """
    ending = ending_of(name)
    if ending in SPREADSHEETS:
        return spreadsheet_of(journey_map, name)
    if ending in MERMAID:
        return to_mermaid(journey_map).encode()
    if ending in CJML:
        return to_cjml(journey_map).encode()
    return journey_map.canonical_text().encode()


def ending_of(name: str) -> str:
    _, dot, last = name.rpartition(".")
    ending = f"{dot}{last}".lower()
    if ending not in ENDINGS:
        msg = f"`{name}` ends like no map. {did_you_mean(ending, ENDINGS)}"
        raise ParameterError(msg)
    return ending
