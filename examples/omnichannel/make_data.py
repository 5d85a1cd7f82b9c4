"""Writes the four exports of 300 people who do not exist, always the same ones.

What is planted stands in `PEOPLE` and `PLANTED`, so that whoever reads the results can check them.
Nothing here is by chance but who is who, when they came and what their offers cost.
"""

from __future__ import annotations

import csv
import gzip
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

SEED = 20260105
SITE = "https://sonnendach.example.org"
START = datetime(2026, 1, 5, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
PEOPLE = {
    "looked": 60,  # at the site, and went
    "gave_up": 40,  # in the form
    "asked": 120,  # with the form; the site knows their number in the CRM
    "unlinked": 44,  # with the form; the site was never told the number
    "phoned": 36,  # and had declined to be measured
}
PLANTED = {
    "guide": {"looked": 20, "gave_up": 10, "asked": 60, "unlinked": 14},  # read it
    "two_browsers": {"asked": 20},
    "advised": {"asked": 110, "unlinked": 38, "phoned": 32},  # on the telephone
    "offered": {"asked": 100, "unlinked": 30, "phoned": 20},
    "won": {"asked": 48, "unlinked": 15, "phoned": 12},
    "lost": {"asked": 32, "unlinked": 9, "phoned": 4},
    "recorded": {"looked": 24, "gave_up": 30, "asked": 36},
    "dead_click": {"looked": 18},  # on the picture of the roof
    "quick_back": {"asked": 10},  # from the prices
    "struggle": {"gave_up": 24, "asked": 9},  # with the size of the roof
    "rage_click": {"gave_up": 15},  # on the button that sends the form
}
SCORES = {
    "won": [9, 10, 9, 10] * 6 + [7, 8] * 5 + [5, 6, 3] * 2,
    "lost": [9] + [7, 8, 7] + [0, 2, 4, 6, 5] * 2,
    "nobody knows": [10, 8, 6, 5, 3, 1],
}
TWICE = 12  # rows of GA4 that stand in two tables
COMMENTS = ("", "Alles bestens, danke!", "Nobody called me back.", "見積もりが遅かった。", "")
NAMES = ("Anna Muster", "Béla Nagy", "Chiyo 田中", "Dóra Kis", "Emil Österreicher")
COUNTRIES = ["Germany"] * 10 + ["Austria"] * 3 + ["Switzerland"] * 2


@dataclass
class Person:
    """Somebody who does not exist; `place` counts from 0 among those who did the same."""

    number: int
    did: str
    place: int
    first: datetime
    browsers: list[str] = field(default_factory=list)

    def is_in(self, planted: str) -> bool:
        """Whether this is one of the first people, as many as are planted."""
        return self.place < PLANTED[planted].get(self.did, 0)

    @property
    def is_lost(self) -> bool:
        """The next ones after those who were won."""
        won, lost = (PLANTED[name].get(self.did, 0) for name in ("won", "lost"))
        return won <= self.place < won + lost

    @property
    def account(self) -> int | None:
        return 5_000 + self.number if self.did in PLANTED["advised"] else None

    @property
    def country(self) -> str:
        return COUNTRIES[self.number % len(COUNTRIES)]

    @property
    def advised_at(self) -> datetime:
        return self.first + timedelta(days=2 + self.number % 3, hours=1)

    @property
    def offered_at(self) -> datetime:
        return self.advised_at + timedelta(days=4 + self.number % 5, hours=2)

    @property
    def decided_at(self) -> datetime:
        return self.offered_at + timedelta(days=6 + self.number % 15, hours=3)


def people() -> list[Person]:
    chance = Random(SEED)
    kinds = [(did, place) for did, count in PEOPLE.items() for place in range(count)]
    chance.shuffle(kinds)
    found = []
    for number, (did, place) in enumerate(kinds, 1):
        minutes = chance.randrange(70 * 24 * 60)
        one = Person(number, did, place, START + timedelta(minutes=minutes))
        if did != "phoned":
            browsers = 2 if one.is_in("two_browsers") else 1
            seconds = int(one.first.timestamp())
            one.browsers = [f"{chance.randrange(10**9, 10**10)}.{seconds}" for _ in range(browsers)]
        found.append(one)
    return found


# Google Analytics 4


def ga4(everyone: Iterable[Person]) -> list[dict[str, object]]:
    rows = [row for one in everyone for row in _visits(one)]
    rows.sort(key=lambda row: str(row["event_timestamp"]))
    known = [row for row in rows if row["user_pseudo_id"] is not None]
    return rows + known[:: len(known) // TWICE][:TWICE]


def _visits(one: Person) -> Iterator[dict[str, object]]:
    if one.did == "phoned":
        for name, page in (("session_start", "/"), ("page_view", "/"), ("page_view", "/preise")):
            yield _row(one, None, one.first - timedelta(hours=2), name, page)
        return
    at, browser = one.first, one.browsers[0]
    yield _row(one, browser, at, "session_start", "/")
    yield _row(one, browser, at, "page_view", "/")
    if one.is_in("guide"):
        yield _row(one, browser, at + timedelta(minutes=2), "page_view", "/ratgeber")
    if one.is_in("quick_back"):
        yield _row(one, browser, at + timedelta(seconds=20), "page_view", "/preise")
    if one.did != "looked":
        yield _row(one, browser, at + timedelta(minutes=5), "page_view", "/anfrage")
    if one.account is not None:
        known = one.account if one.did == "asked" else None
        yield _row(one, browser, at + timedelta(minutes=9), "generate_lead", "/anfrage", known)
    if one.did == "asked" and one.is_in("offered"):
        last = one.offered_at + timedelta(hours=5)
        yield _row(one, one.browsers[-1], last, "page_view", "/angebot", one.account)


def _row(
    one: Person,
    browser: str | None,
    at: datetime,
    event: str,
    page: str,
    account: int | None = None,
) -> dict[str, object]:
    microseconds = int(at.timestamp()) * 1_000_000
    visit = int(one.first.timestamp())
    click = f"?gclid=Cj0KCQ{one.number:06d}" if event == "session_start" else ""
    return {
        "event_date": f"{at.astimezone(BERLIN):%Y%m%d}",
        "event_timestamp": str(microseconds),
        "event_name": event,
        "event_params": [
            {"key": "ga_session_id", "value": {"int_value": str(visit)}},
            {"key": "page_location", "value": {"string_value": f"{SITE}{page}{click}"}},
        ],
        "user_id": None if account is None else str(account),
        "user_pseudo_id": browser,
        "privacy_info": {"analytics_storage": "No" if browser is None else "Yes"},
        "device": {"category": "mobile" if one.number % 3 else "desktop"},
        "geo": {"country": one.country},
        "platform": "WEB",
    }


# HubSpot


def contacts(everyone: Iterable[Person]) -> list[dict[str, object]]:
    rows = []
    for one in everyone:
        if one.account is None:
            continue
        reached = {
            "Create Date": one.first + timedelta(minutes=9),
            "Became a Lead Date": one.first + timedelta(minutes=9),
            "Became a Sales Qualified Lead Date": one.advised_at if one.is_in("advised") else None,
            "Became an Opportunity Date": one.offered_at if one.is_in("offered") else None,
            "Became a Customer Date": one.decided_at if one.is_in("won") else None,
        }
        name = NAMES[one.number % len(NAMES)]
        rows.append(
            {
                "Record ID": one.account,
                "First Name": name,
                "Email": f"{name.split()[0].lower()}.{one.number}@example.org",
                "Original Source": "Offline Sources" if one.did == "phoned" else "Organic Search",
                **{label: _local(at) for label, at in reached.items()},
            }
        )
    return [*rows, *rows[:2]]


def deals(everyone: Iterable[Person]) -> list[dict[str, object]]:
    chance = Random(SEED)
    rows = []
    for one in everyone:
        if not one.is_in("offered"):
            continue
        won, lost = one.is_in("won"), one.is_lost
        rows.append(
            {
                "dealId": 9_000 + one.number,
                "dealname": f"Roof of {NAMES[one.number % len(NAMES)]}",
                "pipeline": "default",
                "dealstage": "closedwon" if won else "closedlost" if lost else "contractsent",
                "amount": chance.randrange(14_000, 26_000, 100),
                "deal_currency_code": "EUR",
                "createdate": f"{one.offered_at:%Y-%m-%dT%H:%M:%SZ}",
                "closedate": f"{one.decided_at:%Y-%m-%dT%H:%M:%SZ}",
                "associated_contact_ids": one.account,
            }
        )
    return rows


def _local(at: datetime | None) -> str:
    return "" if at is None else f"{at.astimezone(BERLIN):%Y-%m-%d %H:%M}"


# Callexa


def answers(everyone: Iterable[Person]) -> list[dict[str, object]]:
    left = {name: list(scores) for name, scores in SCORES.items()}
    rows = []
    for one in everyone:
        came = "won" if one.is_in("won") else "lost" if one.is_lost else None
        if came is None:
            continue
        sent = one.decided_at + timedelta(days=3)
        score = left[came].pop() if left[came] else None
        rows.append(_answer(one.account, sent, score, f"kunde.{one.number}@example.org"))
    last = START + timedelta(days=100)
    rows += [_answer(None, last, score, "") for score in left["nobody knows"]]
    return rows


def _answer(account: int | None, sent: datetime, score: int | None, mail: str) -> dict[str, object]:
    answered = sent + timedelta(days=1, hours=2)
    return {
        "Kundennummer": account,
        "E-Mail": mail,
        "Gesendet am": "" if account is None else f"{sent.astimezone(BERLIN):%d.%m.%Y %H:%M}",
        "Datum": "" if score is None else f"{answered.astimezone(BERLIN):%d.%m.%Y %H:%M}",
        "Bewertung": score,
        "Kommentar": "" if score is None else COMMENTS[score % len(COMMENTS)],
        "Sprache": "de" if account is None or account % 5 != 2 else "ja",
    }


# rrweb

Node = dict[str, object]


def _node(number: int, tag: str, *inside: Node, **attributes: str) -> Node:
    parts = {"tagName": tag, "attributes": attributes, "childNodes": list(inside)}
    return {"type": 2, "id": number, **parts}


def _page(*inside: Node) -> Node:
    body = _node(2, "html", _node(3, "body", *inside))
    return {"type": 0, "id": 1, "childNodes": [body]}


ROOF, PRICES, FORM, AREA, NAME, SEND = 10, 11, 12, 20, 21, 22
PAGES = {
    "/": _page(
        _node(ROOF, "img", alt="Guten Tag, Anna Muster", **{"class": "roof"}),
        _node(PRICES, "a", id="prices", href=f"{SITE}/preise"),
        _node(FORM, "a", id="to-form", href=f"{SITE}/anfrage"),
    ),
    "/preise": _page(_node(30, "p")),
    "/anfrage": _page(
        _node(
            *(40, "form"),
            _node(AREA, "input", name="roof-area"),
            _node(NAME, "input", name="name"),
            _node(SEND, "button", id="send"),
            id="request",
        )
    ),
    "/danke": _page(_node(50, "p")),
}


def recordings(everyone: Iterable[Person]) -> list[dict[str, object]]:
    return [
        {"session_id": f"s-{one.number}", "client_id": one.browsers[0], "events": list(_acts(one))}
        for one in everyone
        if one.is_in("recorded")
    ]


def _acts(one: Person) -> Iterator[dict[str, object]]:
    begin = one.first
    yield from _open(begin, "/", one)
    yield _at(begin, 1, 1, positions=[{"x": 5, "y": 5, "id": ROOF, "timeOffset": 0}])
    if one.is_in("dead_click"):
        yield _at(begin, 4, 2, type=2, id=ROOF, x=300, y=200)
    if one.place % 2:
        yield _at(begin, 9, 3, id=1, x=0, y=1_400)
    if one.is_in("quick_back"):
        yield _at(begin, 20, 2, type=2, id=PRICES, x=80, y=700)
        yield from _open(begin + timedelta(seconds=20), "/preise", one)
        yield from _open(begin + timedelta(seconds=23), "/", one)
    if one.did == "looked":
        yield _at(begin, 60, 1, positions=[])
        return
    yield _at(begin, 298, 2, type=2, id=FORM, x=80, y=740)
    yield from _filled_in(begin + timedelta(minutes=5), one)


def _filled_in(begin: datetime, one: Person) -> Iterator[dict[str, object]]:
    """The size of the roof, which some do not know, and then the name."""
    yield from _open(begin, "/anfrage", one)
    area = ["1", "12", "", "9", "", "80"] if one.is_in("struggle") else ["8", "80"]
    for second, text in enumerate(area, 10):
        yield _at(begin, second, 5, id=AREA, text=text, isChecked=False)
    for second, text in enumerate(("A", "An", NAMES[one.number % len(NAMES)]), 30):
        yield _at(begin, second, 5, id=NAME, text=text, isChecked=False)
    clicks = [60.0, 60.3, 60.6, 60.9] if one.is_in("rage_click") else [60.0]
    for second in clicks:
        yield _at(begin, second, 2, type=2, id=SEND, x=100, y=400)
    if one.did == "asked":
        yield from _open(begin + timedelta(minutes=4), "/danke", one)
    else:
        busy = [{"id": SEND, "attributes": {"class": "busy"}}]
        yield _at(begin, 61, 0, texts=[], attributes=busy, removes=[], adds=[])
    yield _at(begin, 300, 1, positions=[])


def _open(at: datetime, page: str, one: Person) -> Iterator[dict[str, object]]:
    width, height = (390, 700) if one.number % 3 else (1280, 800)
    yield {"type": 1, "data": {}, "timestamp": _milliseconds(at)}
    meta = {"href": f"{SITE}{page}?gclid=Cj0KCQ{one.number:06d}", "width": width, "height": height}
    yield {"type": 4, "data": meta, "timestamp": _milliseconds(at)}
    snapshot = {"node": PAGES[page], "initialOffset": {"top": 0, "left": 0}}
    yield {"type": 2, "data": snapshot, "timestamp": _milliseconds(at) + 40}


def _at(begin: datetime, second: float, source: int, **data: object) -> dict[str, object]:
    when = begin + timedelta(seconds=second)
    return {"type": 3, "data": {"source": source, **data}, "timestamp": _milliseconds(when)}


def _milliseconds(at: datetime) -> int:
    return round(at.timestamp() * 1_000)


# Files


def write(folder: Path) -> None:
    everyone = people()
    _write_lines(folder / "ga4.ndjson.gz", ga4(everyone))
    _write_lines(folder / "recordings.ndjson.gz", recordings(everyone))
    _write_csv(folder / "contacts.csv", contacts(everyone))
    _write_csv(folder / "deals.csv", deals(everyone))
    _write_csv(folder / "callexa.csv", answers(everyone), delimiter=";")


def _write_lines(file: Path, rows: Iterable[Mapping[str, object]]) -> None:
    lines = (json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows)
    with file.open("wb") as raw, gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as zipped:
        zipped.write("".join(lines).encode())


def _write_csv(file: Path, rows: list[dict[str, object]], delimiter: str = ",") -> None:
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, list(rows[0]), delimiter=delimiter, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "data")
