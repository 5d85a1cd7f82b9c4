"""The words of CJML, and of the tools that write it, beside those of a map."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import get_args

from cjm_notebooks.maps.journey_map import JourneyMap
from cjm_notebooks.maps.people import Actor
from cjm_notebooks.maps.touchpoint import Touchpoint
from cjm_notebooks.maps.vocabulary import CHANNELS

PHASES = ("journeyphase",)
ACTORS = ("enduser", "serviceprovider", "actor")
TOUCHPOINTS = (
    "plannedaction",
    "plannedcommunicationpoint",
    "actualaction",
    "actualcommunicationpoint",
    "touchpoint",
)
RECEIVER_LABEL = "x_receiver_label"
NEUTRAL = 3
CUSTOMER = "end_user"
CUSTOMERS = {"customer", "enduser", "user"}
CHANNEL_NAMES: Mapping[str, tuple[str, ...]] = {
    "web": ("internetViaPC", "Internet Globe"),
    "web_mobile": ("Internet Via Smartphone", "Internet Via Tablet"),
    "app": ("appOnSmartphone", "appOnTablet", "appOnPc"),
    "phone": ("phone", "Telephone"),
    "social": ("Social Media Message",),
    "messaging": ("message",),
    "in_store": ("faceToFace", "ShopCounter"),
    "service_desk": ("ServiceDesk",),
    "kiosk": ("selfServiceMachine",),
    "parcel": ("Parcel",),
    "payment_terminal": ("Payment Channel",),
}
NO_CHANNEL = {"", "unknown"}
RATINGS = {
    "very satisfied": "5",
    "satisfied": "4",
    "neutral": "3",
    "dissatisfied": "2",
    "very dissatisfied": "1",
}
NO_RATING = {"", "nan", "none", "null", "undefined"}


def _plain(word: str) -> str:
    return re.sub(r"[\W_]+", "", word).lower()


COMMON = {_plain(channel): channel for channel in CHANNELS} | {
    _plain(name): channel for channel, names in CHANNEL_NAMES.items() for name in names
}
KINDS = get_args(Touchpoint.model_fields["kind"].annotation)
STATUSES = get_args(JourneyMap.model_fields["status"].annotation)
ROLES = {
    _plain(role): role
    for words in get_args(Actor.model_fields["role"].annotation)
    for role in get_args(words)
}


def channel_name(channel: str) -> str:
    """What CJML calls a common channel; its own word where CJML has none."""
    return CHANNEL_NAMES.get(channel, (channel,))[0]


def common_channel(name: str) -> str | None:
    """The common channel that CJML calls so, in any spelling."""
    return COMMON.get(_plain(name))


def names_no_channel(name: str) -> bool:
    return _plain(name) in NO_CHANNEL


def role_called(word: str) -> str | None:
    plain = _plain(word)
    return CUSTOMER if plain in CUSTOMERS else ROLES.get(plain)


def rating_of(emotion: float) -> str:
    """The emotion plus 3, exactly: 0.1 is `3.1`."""
    return f"{(Decimal(repr(emotion)) + NEUTRAL).normalize():f}"


def emotion_of(rating: str) -> float | None:
    """The emotion that a rating from 1 to 5, in digits or words, stands for.

    Raises  ValueError when it is no such rating
    """
    plain = " ".join(rating.lower().replace(",", ".").split())
    if plain in NO_RATING:
        return None
    try:
        score = Decimal(RATINGS.get(plain, plain))
        if 1 <= score <= 5:
            return float(score - NEUTRAL)
    except InvalidOperation:
        pass
    raise ValueError(rating)
