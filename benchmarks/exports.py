"""Large exports of web analytics, drawn at random with a seed, as NDJSON."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

SEED = 20261129
EVENTS = ("page_view", "page_view", "page_view", "scroll", "view_item", "add_to_cart", "purchase")
PAGES = [f"/shop/{kind}/{number}" for kind in ("boots", "tents", "ropes") for number in range(400)]
PLACES = [("Germany", "Bonn", "de-de"), ("Austria", "Graz", "de-at"), ("Japan", "Osaka", "ja-jp")]
BEGIN = datetime(2024, 7, 1, tzinfo=UTC)
EVENTS_PER_VISITOR = 15
LINES_AT_ONCE = 10_000


def write(path: Path, kind: str, size: int) -> int:
    """Write so many bytes of an export and say how many events that are."""
    draw, made, events = random.Random(SEED), KINDS[kind], 0
    visitors = size // 1_200 // EVENTS_PER_VISITOR
    with path.open("w", encoding="utf-8") as file:
        while file.tell() < size:
            numbers = range(events, events + LINES_AT_ONCE)
            file.writelines(f"{json.dumps(made(draw, n, visitors))}\n" for n in numbers)
            events += LINES_AT_ONCE
    return events


def ga4(draw: random.Random, number: int, visitors: int) -> dict[str, object]:
    """One event as the BigQuery export of GA4 has it."""
    visitor, event, page = draw.randrange(visitors), draw.choice(EVENTS), draw.choice(PAGES)
    country, city, language = draw.choice(PLACES)
    micros = 1_719_792_000_000_000 + number * 3_000_000 + draw.randrange(1_000_000)
    address = f"https://shop.example.org{page}?gclid=Cj0KCQ{draw.getrandbits(64):x}&utm_source=x"
    texts = {
        "page_location": address,
        "page_title": f"Shop: {page[6:].replace('/', ' no. ')}",
        "page_referrer": "https://www.example.com/search",
        "source": "google",
        "medium": "cpc",
    }
    numbers = {"ga_session_id": micros // 1_000_000, "engagement_time_msec": draw.randrange(60_000)}
    return {
        "event_date": "20240701",
        "event_timestamp": str(micros),
        "event_name": event,
        "event_params": [
            *({"key": key, "value": {"string_value": text}} for key, text in texts.items()),
            *({"key": key, "value": {"int_value": str(one)}} for key, one in numbers.items()),
        ],
        "event_bundle_sequence_id": str(number),
        "event_server_timestamp_offset": "2100",
        "user_pseudo_id": f"{1_000_000_000 + visitor * 7}.{1_719_000_000 + visitor}",
        "user_id": f"acc-{visitor}" if visitor % 3 == 0 else None,
        "privacy_info": {"analytics_storage": "Yes" if draw.random() < 0.88 else "No"},
        "device": {"category": draw.choice(("mobile", "desktop")), "language": language},
        "geo": {"country": country, "city": city},
        "platform": "WEB",
        "stream_id": "5551",
        "ecommerce": {"transaction_id": f"T-{number}" if event == "purchase" else "(not set)"},
        "items": [],
    }


def segment(draw: random.Random, number: int, visitors: int) -> dict[str, object]:
    """One call as Segment passes it on."""
    visitor, event, page = draw.randrange(visitors), draw.choice(EVENTS), draw.choice(PAGES)
    country, city, language = draw.choice(PLACES)
    at = (BEGIN + timedelta(seconds=number * 3, milliseconds=draw.randrange(1000))).isoformat()
    address = f"https://shop.example.org{page}?fbclid=IwAR{draw.getrandbits(64):x}"
    is_page = event == "page_view"
    return {
        "anonymousId": f"{visitor:08x}-aaaa-4bbb-8ccc-{visitor:012x}",
        "userId": f"acc-{visitor}" if visitor % 3 == 0 else None,
        "messageId": f"ajs-next-{number:032x}",
        "type": "page" if is_page else "track",
        "event": None if is_page else event.replace("_", " ").title(),
        "name": "Shop" if is_page else None,
        "context": {
            "ip": f"198.51.100.{visitor % 250}",
            "userAgent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)",
            "page": {
                "url": address,
                "path": page,
                "title": "Shop",
                "referrer": "https://a.example/",
            },
            "campaign": {"name": "summer", "source": "meta", "medium": "paid_social"},
            "library": {"name": "analytics.js", "version": "next-1.70.0"},
            "location": {"country": country, "city": city},
            "locale": language,
            "timezone": "Europe/Berlin",
        },
        "integrations": {"All": True},
        "properties": {
            "product_id": f"P-{draw.randrange(900)}",
            "revenue": draw.randrange(900) / 10,
            "currency": "EUR",
        },
        **dict.fromkeys(("timestamp", "originalTimestamp", "sentAt", "receivedAt"), at),
    }


KINDS: dict[str, Callable[[random.Random, int, int], dict[str, object]]] = {
    "ga4": ga4,
    "segment": segment,
}
