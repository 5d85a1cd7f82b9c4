"""The emotion curve of a drawing: what the map claims, and what was measured, with its interval."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain, groupby

from cjm_notebooks.maps.picture.emotion import BEST, WORST, Felt
from cjm_notebooks.maps.picture.sheet import Sheet, Type

CURVE_HEIGHT = 112
INSET, HALF_A_BAND, HALF_A_WHISKER = 12, 10, 4
SCALE = Type(10, 12, ink="muted")
MARKS = ((2.0, "+2"), (0.0, "0"), (-2.0, "−2"))

Point = tuple[float, float]


@dataclass(frozen=True)
class DrawnCurve:
    """Over the middle of each column, the first of which begins at `left`."""

    felt: Sequence[Felt]
    left: float
    column: float
    top: float

    def draw(self, sheet: Sheet) -> None:
        """The scale left of the columns, then band, lines and points, the claim in front."""
        self._draw_scale(sheet)
        low, high = self._runs(lambda one: one.low), self._runs(lambda one: one.high)
        claimed = self._runs(lambda one: one.claimed)
        measured = self._runs(lambda one: one.measured)
        for ends in zip(low, high, strict=True):
            sheet.shape(
                f"M{_joined(_widened(ends[0]))}L{_joined(_widened(ends[1])[::-1])}z", "band"
            )
        for run in measured:
            sheet.line(f"M{_joined(run)}", "measured", 1.5)
        for (x, y), (_, end) in zip(chain(*low), chain(*high), strict=True):
            bar = f"M{x - HALF_A_WHISKER:g} {{:g}}h{2 * HALF_A_WHISKER}"
            sheet.line(f"{bar.format(y)}{bar.format(end)}M{x:g} {y:g}V{end:g}", "measured", 1.25)
        for x, y in chain(*measured):
            sheet.diamond(x, y, "measured")
        for run in claimed:
            self._draw_claims(sheet, run)

    def _draw_claims(self, sheet: Sheet, run: list[Point]) -> None:
        """A line is broken, and a dot hollow, as long as the claim has not been validated."""
        first = round((run[0][0] - self.left) / self.column - 0.5)
        statuses = [felt.status for felt in self.felt[first : first + len(run)]]
        for (x, y), (end, height), status in zip(run, run[1:], statuses, strict=False):
            dashes = "" if status == "validated" else "6 4"
            sheet.line(f"M{x:g} {y:g}L{end:g} {height:g}", "claimed", 2.25, dashes)
        for (x, y), status in zip(run, statuses, strict=True):
            sheet.dot(x, y, "claimed", hollow=status != "validated")

    def _draw_scale(self, sheet: Sheet) -> None:
        right = self.left + len(self.felt) * self.column
        for value, name in MARKS:
            height = self._height(value)
            sheet.line(f"M{self.left:g} {height:g}H{right:g}", "line", 1, "2 4" if value else "")
            sheet.text(self.left - 22, height - 6, 18, name, SCALE)

    def _runs(self, of: Callable[[Felt], float | None]) -> list[list[Point]]:
        """Where neighbouring touchpoints have a value, one line runs through all of them."""
        numbered = groupby(enumerate(self.felt), lambda one: of(one[1]) is not None)
        return [
            [
                (self.left + (number + 0.5) * self.column, self._height(of(felt) or 0.0))
                for number, felt in run
            ]
            for is_known, run in numbered
            if is_known
        ]

    def _height(self, value: float) -> float:
        share = (BEST - value) / (BEST - WORST)
        return self.top + INSET + share * (CURVE_HEIGHT - 2 * INSET)


def _widened(run: list[Point]) -> list[Point]:
    """The band of a single touchpoint gets a width of its own."""
    if len(run) > 1:
        return run
    ((x, y),) = run
    return [(x - HALF_A_BAND, y), (x + HALF_A_BAND, y)]


def _joined(points: Sequence[Point]) -> str:
    return "L".join(f"{x:g} {y:g}" for x, y in points)
