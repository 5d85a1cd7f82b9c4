"""The image of a map, made without a browser."""

from __future__ import annotations

import struct
import sys

import pytest

from cjm_notebooks.errors import MapError
from cjm_notebooks.maps.picture import png as module
from cjm_notebooks.maps.picture.png import png
from tests.maps.picture.shop import NUMBERS, SHOP

SHEET = '<svg xmlns="http://www.w3.org/2000/svg" width="{}" height="{}"/>'


def size_of(image):
    assert image.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", image[16:24])


def test_image_has_two_pixels_for_each_of_the_drawing():
    assert size_of(png(SHEET.format(300, 100))) == (600, 200)
    width, height = size_of(SHOP.picture(NUMBERS).png())
    assert (width, height > 1000) == (2 * (3 * 188 + 128 + 2 * 28), True)


def test_wide_image_stays_below_30_000_pixels():
    width, _ = size_of(png(SHEET.format(60_000, 100)))
    assert width == 30_000


def test_large_image_has_about_60_million_pixels():
    width, height = size_of(png(SHEET.format(10_000, 10_000)))
    assert 59_900_000 < width * height < 60_100_000


def test_dark_image_is_another_one():
    picture = SHOP.picture(lanes=["channel"])
    assert picture.png("dark") != picture.png("light")


def test_image_without_a_font_is_refused(monkeypatch):
    monkeypatch.setattr(module, "FONTS", "'No such typeface'")
    module.draws_letters.cache_clear()
    with pytest.raises(MapError, match=r"There is no font on this machine.*or write an SVG\."):
        png(SHEET.format(10, 10))
    module.draws_letters.cache_clear()


def test_image_without_its_package_is_refused(monkeypatch):
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    module.draws_letters.cache_clear()
    with pytest.raises(
        MapError, match=r"needs the package `resvg-py`\. Install it, or write an SVG"
    ):
        png(SHEET.format(10, 10))
    module.draws_letters.cache_clear()
