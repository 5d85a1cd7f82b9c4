"""Tiny recordings, written the way somebody who watches them would tell them.

`recorded("open:/cart@0 click:pay@2 change@2.5 end@9")` is a visit to a page with a logo, a button
`pay`, a link `terms` and the fields `iban` and `holder`; times are seconds. `type:iban=DE@3` types,
`type:iban=@4` empties the field, `scroll:700@5` scrolls that many pixels down a window of 600,
`load:/cart@6` loads a page and `look:/cart@6` takes another snapshot of it.
"""

from __future__ import annotations

from cjm_notebooks.recordings.acts import Recording
from cjm_notebooks.recordings.signs import Limits, Sign, signs_of

PARTS: dict[str, dict[str, object]] = {
    "logo": {"tagName": "img", "attributes": {"class": "logo"}},
    "pay": {"tagName": "button", "attributes": {"id": "pay"}},
    "terms": {"tagName": "a", "attributes": {"id": "terms", "href": "https://shop.example.org/"}},
    "iban": {"tagName": "input", "attributes": {"name": "iban"}},
    "holder": {"tagName": "input", "attributes": {"name": "holder"}},
}
NUMBERS = {part: number for number, part in enumerate(PARTS, start=10)}
PAGE = {
    "type": 0,
    "id": 1,
    "childNodes": [
        {"type": 2, "id": NUMBERS[part], "childNodes": [], **node} for part, node in PARTS.items()
    ],
}


USUAL = Limits()


def recorded(words: str) -> Recording:
    recording = Recording("visit", None)
    for row, word in enumerate(words.split()):
        said, _, seconds = word.partition("@")
        what, _, about = said.partition(":")
        for event in _events(what, about):
            recording.take(row, {"timestamp": 1_000 + round(float(seconds) * 1000), **event})
    return recording


def signs(words: str, limits: Limits = USUAL) -> list[str]:
    """What was made of it, pages left out: `dead_click:button#pay@2`."""
    found = sorted(signs_of(recorded(words), limits), key=lambda one: one.act.when)
    return [
        f"{one.name}{f':{one.about}' if one.about else ''}@{(one.act.at - 1_000) / 1000:g}"
        for one in found
        if isinstance(one, Sign) and one.name != "page_opened"
    ]


def dropped(words: str, limits: Limits = USUAL) -> list[str]:
    """The rules by which acts were left out."""
    found = sorted(signs_of(recorded(words), limits), key=lambda one: one.act.when)
    return [one.rule for one in found if not isinstance(one, Sign)]


def _events(what: str, about: str) -> list[dict[str, object]]:
    if what in ("open", "load", "look"):
        meta = {"href": f"https://shop.example.org{about}", "width": 1000, "height": 600}
        loading: list[dict[str, object]] = [{"type": 1}] if what == "load" else []
        return [*loading, {"type": 4, "data": meta}, {"type": 2, "data": {"node": PAGE}}]
    part, _, text = about.partition("=")
    said: dict[str, dict[str, object]] = {
        "click": {"source": 2, "type": 2, "id": NUMBERS.get(part)},
        "type": {"source": 5, "id": NUMBERS.get(part), "text": text},
        "scroll": {"source": 3, "id": 1, "y": float(about) if what == "scroll" else 0},
        "change": {"source": 0},
        "select": {"source": 14},
        "end": {"source": 1},
    }
    return [{"type": 3, "data": said[what]}]
