"""A sheet on which an SVG drawing comes about, in the colours of a light or a dark page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from cjm_notebooks.maps.picture.texts import POP, RIGHT_TO_LEFT, html, runs_right_to_left

Theme = Literal["auto", "light", "dark"]
Ink = Literal["paper", "ink", "muted", "line", "stage", "band", "claimed", "measured", "warn"]

FONTS = (
    "Inter, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'Noto Sans', 'Liberation Sans', "
    "'DejaVu Sans', sans-serif"
)
LIGHT: Mapping[Ink, str] = {
    "paper": "#ffffff",
    "ink": "#1f2328",
    "muted": "#59636e",
    "line": "#d8dee4",
    "stage": "#e7eff6",
    "band": "#f6e4d9",
    "claimed": "#0065a0",
    "measured": "#a84400",
    "warn": "#9a1f1f",
}
DARK: Mapping[Ink, str] = {
    "paper": "#15181c",
    "ink": "#e6eaef",
    "muted": "#a3adb8",
    "line": "#3a424b",
    "stage": "#1f2c38",
    "band": "#453226",
    "claimed": "#6cc0f5",
    "measured": "#ffa562",
    "warn": "#ff9a94",
}


@dataclass(frozen=True)
class Type:
    """How a text is set."""

    size: float = 12
    leading: float = 16
    bold: bool = False
    ink: Ink = "ink"


@dataclass
class Sheet:
    """Elements in the order in which they are drawn. `auto` follows the reader's own theme."""

    theme: Theme = "auto"
    elements: list[str] = field(default_factory=list)

    def text(self, x: float, y: float, width: float, words: str, type_: Type) -> None:
        """One line whose upper left corner is there; from right to left it begins at the right."""
        baseline = y + type_.leading - (type_.leading - type_.size) / 2 - type_.size * 0.2
        weight = ' font-weight="600"' if type_.bold else ""
        place, shown = f'x="{x:g}"', html(words)
        if runs_right_to_left(words):
            place, shown = f'x="{x + width:g}" text-anchor="end"', f"{RIGHT_TO_LEFT}{shown}{POP}"
        self.elements.append(
            f'<text {place} y="{baseline:g}" font-size="{type_.size:g}"{weight}'
            f"{self._fill(type_.ink)}>{shown}</text>"
        )

    def box(
        self, x: float, y: float, width: float, height: float, ink: Ink, radius: float = 0
    ) -> None:
        round_ = f' rx="{radius:g}"' if radius else ""
        self.elements.append(
            f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}"{round_}'
            f"{self._fill(ink)}/>"
        )

    def line(self, d: str, ink: Ink, width: float = 1, dashes: str = "") -> None:
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        self.elements.append(
            f'<path d="{d}" fill="none" stroke-width="{width:g}" stroke-linejoin="round"{dashed}'
            f' class="cjm-line-{ink}" stroke="{self._colours[ink]}"/>'
        )

    def shape(self, d: str, ink: Ink) -> None:
        self.elements.append(f'<path d="{d}"{self._fill(ink)}/>')

    def dot(self, x: float, y: float, ink: Ink, *, hollow: bool = False) -> None:
        self.elements.append(f'<circle cx="{x:g}" cy="{y:g}" r="5.5"{self._fill(ink)}/>')
        if hollow:
            self.elements.append(f'<circle cx="{x:g}" cy="{y:g}" r="3.25"{self._fill("paper")}/>')

    def diamond(self, x: float, y: float, ink: Ink) -> None:
        self.shape(f"M{x:g} {y - 6:g}l6 6-6 6-6-6z", ink)

    def svg(self, width: float, height: float, title: str, description: str) -> str:
        """The drawing, with what a screen reader says of it."""
        drawn = "\n".join(self.elements)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" '
            f'viewBox="0 0 {width:g} {height:g}" role="img" aria-labelledby="cjm-title cjm-desc" '
            f'font-family="{FONTS}">\n<title id="cjm-title">{html(title)}</title>\n'
            f'<desc id="cjm-desc">{html(description)}</desc>\n{self._style()}'
            f'<rect width="100%" height="100%"{self._fill("paper")}/>\n{drawn}\n</svg>\n'
        )

    @property
    def _colours(self) -> Mapping[Ink, str]:
        return DARK if self.theme == "dark" else LIGHT

    def _fill(self, ink: Ink) -> str:
        return f' class="cjm-{ink}" fill="{self._colours[ink]}"'

    def _style(self) -> str:
        if self.theme != "auto":
            return ""
        rules = "".join(
            f".cjm-{ink}{{fill:{colour}}}.cjm-line-{ink}{{stroke:{colour}}}"
            for ink, colour in DARK.items()
        )
        return f"<style>@media (prefers-color-scheme:dark){{{rules}}}</style>\n"
