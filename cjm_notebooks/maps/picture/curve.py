"""The emotion curve of a table, one piece a cell, so that it fits columns of any width.

Each piece is drawn in a box 100 wide and 60 high and stretched to its cell; the ends of two pieces
meet on the border between them. Beside it the cell says the same in words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cjm_notebooks.maps.picture.emotion import Felt

MIDDLE, STEP = 30, 13
HEIGHT = 84
PIECE = f'<svg width="100%" height="{HEIGHT}" fill="none" stroke="currentColor" aria-hidden="true">'
STRETCHED = f'<svg viewBox="0 0 100 60" preserveAspectRatio="none" width="100%" height="{HEIGHT}">'


def pieces(felt: Sequence[Felt]) -> list[str]:
    """An `<svg>` for each cell; nothing for a cell without an emotion."""
    ends = [None, *felt, None]
    return [
        _piece(before, here, after)
        for before, here, after in zip(ends[:-2], felt, ends[2:], strict=True)
    ]


def _piece(before: Felt | None, here: Felt, after: Felt | None) -> str:
    if here.claimed is None and here.measured is None:
        return ""

    def heights(of: Callable[[Felt], float | None]) -> list[tuple[float, float]]:
        """Where a line runs through this cell: its left end, its middle, its right end."""
        middle = of(here)
        if middle is None:
            return []
        sides = [(0, before), (100, after)]
        known = [(x, of(beside)) for x, beside in sides if beside]
        points = {x: (middle + there) / 2 for x, there in known if there is not None} | {50: middle}
        return [(x, MIDDLE - STEP * value) for x, value in sorted(points.items())]

    claimed = heights(lambda felt: felt.claimed)
    measured = heights(lambda felt: felt.measured)
    low, high = heights(lambda felt: felt.low), heights(lambda felt: felt.high)
    return (
        f'{PIECE}{STRETCHED}<path class="zero" d="M0 30h100"/>{_band(low, high)}'
        f"{_line(claimed, f'claimed {here.status}')}{_line(measured, 'measured')}"
        f"{_whisker(low, high)}</svg>{_dot(claimed, here.status)}{_diamond(measured)}</svg>"
    )


def _line(points: list[tuple[float, float]], kind: str) -> str:
    return f'<path class="{kind}" d="M{_joined(points)}"/>' if len(points) > 1 else ""


def _dot(points: list[tuple[float, float]], status: str) -> str:
    return "".join(
        f'<circle class="claimed {status}" cx="50%" cy="{_unstretched(y):g}" r="5"/>'
        for x, y in points
        if x == 50
    )


def _diamond(points: list[tuple[float, float]]) -> str:
    return "".join(
        f'<svg x="50%" y="{_unstretched(y):g}" overflow="visible">'
        '<path class="diamond" d="M0-6 6 0 0 6-6 0z"/></svg>'
        for x, y in points
        if x == 50
    )


def _unstretched(height: float) -> float:
    return round(height / 60 * HEIGHT, 1)


def _band(low: list[tuple[float, float]], high: list[tuple[float, float]]) -> str:
    if len(low) < 2 or len(high) < 2:
        return ""
    return f'<path class="band" d="M{_joined(low)}L{_joined(high[::-1])}z"/>'


def _whisker(low: list[tuple[float, float]], high: list[tuple[float, float]]) -> str:
    ends = dict(low).get(50), dict(high).get(50)
    if ends[0] is None or ends[1] is None:
        return ""
    return f'<path class="whisker" d="M50 {ends[0]:g}V{ends[1]:g}"/>'


def _joined(points: list[tuple[float, float]]) -> str:
    return "L".join(f"{x:g} {y:g}" for x, y in points)
