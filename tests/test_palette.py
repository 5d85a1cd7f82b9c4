"""Colours that carry a meaning can be seen on a white page and on a dark one."""

from __future__ import annotations

import pytest

from cjm_notebooks import palette

DARK_PAGES = ("#15181c", "#111111")
HUES = (palette.BLUE, palette.GREEN, palette.VERMILION, palette.PURPLE, palette.GREY)


def luminance(color: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    shares = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("page", [palette.PAPER, *DARK_PAGES])
@pytest.mark.parametrize("hue", HUES)
def test_hue_stands_out_on_every_page(hue: str, page: str) -> None:
    assert contrast(hue, page) >= 3


def test_words_can_be_read_on_paper() -> None:
    assert contrast(palette.INK, palette.PAPER) >= 7
    assert contrast(palette.MUTED, palette.PAPER) >= 4.5
