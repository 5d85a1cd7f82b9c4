"""The map as a picture: a table, a drawing, an image, a page. None needs a browser to be made."""

from __future__ import annotations

from cjm_notebooks.maps.picture.map_picture import MapPicture, numbers_bundle
from cjm_notebooks.maps.picture.words import LANES

__all__ = ["LANES", "MapPicture", "numbers_bundle"]
