"""What the acts of a recording say: clicks in anger or without effect, ways back, forms."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import floor
from typing import Literal

from cjm_notebooks.recordings.acts import Act, Recording

Name = Literal[
    "page_opened",
    "click",
    "rage_click",
    "dead_click",
    "quick_back",
    "scroll",
    "field_filled",
    "field_struggle",
    "script_error",
]
Dropped = Literal["duplicate", "same_page", "further_click", "further_scroll", "further_input"]
MOST_SCREENS = 10
AT_ONCE = 100  # milliseconds


@dataclass(frozen=True)
class Limits:
    """From where on it is one: all of them are defaults of this kit."""

    rage_clicks: int = 3
    rage_seconds: float = 1
    dead_seconds: float = 2
    quick_back_seconds: float = 5
    struggle_returns: int = 2


@dataclass(frozen=True)
class Sign:
    """What became of one act; `about` is the element or, of a scroll, how far it came."""

    act: Act
    name: Name
    page: Act | None
    about: str | None = None


@dataclass(frozen=True)
class Drop:
    act: Act
    rule: Dropped


@dataclass(frozen=True)
class _View:
    """One page, from when it was opened to when the next one was, if it was `left` for one."""

    page: Act | None
    acts: tuple[Act, ...]
    left: bool = False

    def of_kind(self, kind: str) -> list[Act]:
        return [act for act in self.acts if act.kind == kind]


def signs_of(recording: Recording, limits: Limits) -> Iterator[Sign | Drop]:
    """One for each act, page by page."""
    recording.changes.sort()
    recording.at_once.sort()
    acts, drops = _each_once(sorted(recording.acts, key=lambda act: act.when))
    yield from drops
    views, drops = _views(acts)
    yield from drops
    misled = _misled(views, limits)
    for view in views:
        if view.page is not None:
            yield Sign(view.page, "page_opened", view.page)
        yield from _clicks(view, recording, limits, misled)
        yield from _scrolls(view)
        yield from _inputs(view, limits)
        yield from (Sign(act, "script_error", view.page) for act in view.of_kind("error"))


def _each_once(acts: Iterable[Act]) -> tuple[list[Act], list[Drop]]:
    """What a recorder sent twice counts once."""
    seen: set[tuple[object, ...]] = set()
    kept, drops = [], []
    for act in acts:
        sent = (act.at, act.kind, act.node, act.address, act.top)
        if sent in seen:
            drops.append(Drop(act, "duplicate"))
        else:
            kept.append(act)
        seen.add(sent)
    return kept, drops


def _views(acts: Iterable[Act]) -> tuple[list[_View], list[Drop]]:
    """Pages in order; another snapshot of the page that is open opens none."""
    page: Act | None = None
    views, drops = [], []
    here: list[Act] = []
    for act in acts:
        if act.kind != "page":
            here.append(act)
        elif page is not None and act.address == page.address and not act.loaded:
            drops.append(Drop(act, "same_page"))
        else:
            views.append(_View(page, tuple(here), left=True))
            page, here = act, []
    return [*views, _View(page, tuple(here))], drops


def _misled(views: list[_View], limits: Limits) -> set[int]:
    """The rows of the last clicks before a page that was left at once for the one before."""
    rows: set[int] = set()
    for before, there, after in zip(views, views[1:], views[2:], strict=False):
        if before.page is None or there.page is None or after.page is None:
            continue
        stayed = after.page.at - there.page.at
        clicks = before.of_kind("click")
        is_back = before.page.address == after.page.address != there.page.address
        if clicks and is_back and stayed < limits.quick_back_seconds * 1000:
            rows.add(clicks[-1].row)
    return rows


def _clicks(
    view: _View, recording: Recording, limits: Limits, misled: set[int]
) -> Iterator[Sign | Drop]:
    for burst in _bursts(view.of_kind("click"), limits):
        first, *others = burst
        if others:
            name: Name = "rage_click"
        elif first.row in misled:
            name = "quick_back"
        elif _is_dead(first, view, recording, limits):
            name = "dead_click"
        else:
            name = "click"
        yield Sign(first, name, view.page, None if first.element is None else first.element.name)
        yield from (Drop(act, "further_click") for act in others)


def _bursts(clicks: list[Act], limits: Limits) -> list[list[Act]]:
    """Clicks on one element in quick succession together, every other click on its own."""
    starts = [
        at
        for at in range(len(clicks) - limits.rage_clicks + 1)
        if _is_rage(clicks[at : at + limits.rage_clicks], limits)
    ]
    follows = {at + more for at in starts for more in range(1, limits.rage_clicks)}
    bursts: list[list[Act]] = []
    for at, click in enumerate(clicks):
        if at in follows:
            bursts[-1].append(click)
        else:
            bursts.append([click])
    return bursts


def _is_rage(clicks: list[Act], limits: Limits) -> bool:
    """Three clicks into a field select its text."""
    element = clicks[0].element
    if element is not None and element.is_field:
        return False
    alike = all(click.node == clicks[0].node for click in clicks)
    return alike and clicks[-1].at - clicks[0].at <= limits.rage_seconds * 1000


def _is_dead(click: Act, view: _View, recording: Recording, limits: Limits) -> bool:
    """Nothing answered, though there was time to see an answer.

    A field answers with its cursor, and a link may have opened what is not recorded. Where the next
    thing recorded is another page, the click may have led there, however long that took.
    """
    element = click.element
    if element is not None and (element.is_field or element.is_link):
        return False
    waited = click.at + limits.dead_seconds * 1000
    if recording.until < waited or (view.left and click is view.acts[-1]):
        return False
    return not (
        _any_between(recording.changes, click.at, waited)
        or _any_between(recording.at_once, click.at, click.at + AT_ONCE)
    )


def _any_between(times: list[int], low: float, high: float) -> bool:
    """Whether any of the times, which ascend, lies there, ends included."""
    at = bisect_left(times, low)
    return at < len(times) and times[at] <= high


def _scrolls(view: _View) -> Iterator[Sign | Drop]:
    """The scroll that came furthest down first; the window is the measure."""
    deepest, reached = None, 1
    scrolls = view.of_kind("scroll")
    for act in scrolls:
        screen = min(floor(act.top / act.height + 0.5) + 1, MOST_SCREENS) if act.height else 1
        if screen > reached:
            deepest, reached = act, screen
    for act in scrolls:
        if act is deepest:
            yield Sign(act, "scroll", view.page, f"screen {reached}")
        else:
            yield Drop(act, "further_scroll")


def _inputs(view: _View, limits: Limits) -> Iterator[Sign | Drop]:
    """One for each field: its first input, a struggle where it was taken up again too often."""
    inputs = view.of_kind("input")
    returns = _returns(inputs)
    seen: set[int | None] = set()
    for act in inputs:
        if act.node in seen:
            yield Drop(act, "further_input")
            continue
        seen.add(act.node)
        struggled = returns[act.node] >= limits.struggle_returns
        name: Name = "field_struggle" if struggled else "field_filled"
        yield Sign(act, name, view.page, None if act.element is None else act.element.name)


def _returns(inputs: list[Act]) -> dict[int | None, int]:
    """How often each field was come back to from another one, or emptied again."""
    returns: dict[int | None, int] = {}
    filled: set[int | None] = set()
    before = None
    for act in inputs:
        came_back = act.node in returns and act.node != before
        emptied = act.is_empty and act.node in filled
        returns[act.node] = returns.get(act.node, 0) + came_back + emptied
        (filled.discard if act.is_empty else filled.add)(act.node)
        before = act.node
    return returns
