"""A map in the formats that other programs read."""

from __future__ import annotations

from cjm_notebooks.errors import MapError, ParameterError
from cjm_notebooks.maps import JourneyMap, MeasuredMap
from cjm_notebooks.maps.interchange import written_as
from cjm_notebooks.maps.picture import MapPicture
from cjm_notebooks.server.bodies import Format


def exported(text: str, measured: str | None, kind: Format) -> bytes:
    """The bytes of the file; a picture shows what was measured, if it is of this map."""
    journey_map = JourneyMap.from_text(text.removeprefix("\ufeff"), "the map")
    match kind:
        case "html":
            return _picture(journey_map, measured).page().encode()
        case "svg":
            return _picture(journey_map, measured).svg().encode()
        case "png":
            return _picture(journey_map, measured).png()
    return written_as(journey_map, f".{kind}")


def _picture(journey_map: JourneyMap, measured: str | None) -> MapPicture:
    if measured is not None:
        try:
            numbers = MeasuredMap.from_text(measured, "the numbers beside the map")
            return MapPicture(journey_map, numbers)
        except (MapError, ParameterError):
            return MapPicture(journey_map)
    return MapPicture(journey_map)
