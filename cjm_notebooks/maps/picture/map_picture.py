"""A map with its numbers beside it, ready to be shown or written."""

from __future__ import annotations

from dataclasses import dataclass
from os import PathLike
from pathlib import Path

from pydantic import JsonValue

from cjm_notebooks.errors import ParameterError, did_you_mean
from cjm_notebooks.language import Language, language
from cjm_notebooks.maps.files import write_bytes, write_text
from cjm_notebooks.maps.journey_map import JourneyMap
from cjm_notebooks.maps.measured import MeasuredMap
from cjm_notebooks.maps.picture.lanes import Lanes, lanes_to_show
from cjm_notebooks.maps.picture.numbers import numbers_table
from cjm_notebooks.maps.picture.page import page
from cjm_notebooks.maps.picture.payload import MIME_TYPE, payload
from cjm_notebooks.maps.picture.png import png
from cjm_notebooks.maps.picture.sheet import Theme
from cjm_notebooks.maps.picture.svg import MapDrawing
from cjm_notebooks.maps.picture.table import MapTable, style
from cjm_notebooks.maps.picture.texts import isolated, one_line

ENDINGS = (".html", ".svg", ".png")
LONGEST_NAME = 120


@dataclass(frozen=True)
class MapPicture:
    """What `JourneyMap.picture` gives back; a notebook shows it by itself.

    Attributes
    ----------
    lanes
        ids of the lanes to show, in their order; all that show something when none are named.

    Raises  ParameterError when the numbers are of another map, or there is no such lane or language
    """

    journey_map: JourneyMap
    measured: MeasuredMap | None = None
    lanes: tuple[str, ...] | None = None
    code: str = "en"

    def __post_init__(self) -> None:
        measured, known = self.measured, self.journey_map
        if measured is not None and measured.map_id != known.id:
            msg = (
                f"The numbers are of the map `{measured.map_id}`, and this is `{known.id}`. "
                "Give those of this map."
            )
            raise ParameterError(msg)
        lanes_to_show(self.lanes, ())
        language(self.code)

    def html(self) -> str:
        """A table without scripts, for a cell, a mail or a page of your own."""
        return MapTable(self._source, self.lanes).html()

    def page(self) -> str:
        """A whole page that opens anywhere and asks nobody for anything."""
        return page(self._source, self.lanes)

    def svg(self, theme: Theme = "auto") -> str:
        """A drawing; `auto` is light or dark as the reader's screen is."""
        return MapDrawing(self._source, self.lanes, theme).svg()

    def png(self, theme: Theme = "light") -> bytes:
        """The drawing as an image."""
        return png(self.svg(theme))

    def save(self, path: str | PathLike[str]) -> None:
        """Write a page, a drawing or an image; the ending of `path` says which.

        Raises  ParameterError when it ends in none of .html, .svg and .png
        """
        ending = Path(path).suffix.lower()
        if ending == ".html":
            write_text(path, self.page())
        elif ending == ".svg":
            write_text(path, self.svg())
        elif ending == ".png":
            write_bytes(path, self.png())
        else:
            msg = f"`{Path(path).name}` is no picture. {did_you_mean(ending, ENDINGS)}"
            raise ParameterError(msg)

    def payload(self) -> dict[str, JsonValue]:
        """Map, numbers and problems, as the component reads them."""
        return payload(self.journey_map, self.measured)

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> dict[str, JsonValue]:
        return {MIME_TYPE: self.payload(), "text/html": self.html(), "text/plain": self._in_short()}

    def _in_short(self) -> str:
        name = isolated(one_line(self.journey_map.name, LONGEST_NAME))
        return f"{name}. {self._language.render(self._source.size())}"

    @property
    def _source(self) -> Lanes:
        return Lanes(self.journey_map, self.measured, self._language)

    @property
    def _language(self) -> Language:
        return language(self.code)


def numbers_bundle(measured: MeasuredMap) -> dict[str, JsonValue]:
    """How a measured map shows itself where its map is not at hand."""
    table = numbers_table(measured, {}, language("en"))
    short = f"{len(measured.targets)} numbers about the map {measured.map_id}, {measured.as_of}"
    return {
        "text/html": f'<div class="cjm-map"><style>{style()}</style>{table}</div>',
        "text/plain": short,
    }
