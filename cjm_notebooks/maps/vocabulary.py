"""Words that every map may use without an entry of its own."""

from __future__ import annotations

CHANNELS = (
    "web",
    "web_mobile",
    "app",
    "email",
    "sms",
    "push",
    "phone",
    "chat",
    "chatbot",
    "video",
    "social",
    "messaging",
    "in_store",
    "service_desk",
    "kiosk",
    "letter",
    "parcel",
    "payment_terminal",
    "partner",
    "field_visit",
    "search",
    "ad",
    "review_site",
    "iot",
    "other",
)
DEPARTMENTS = (
    "marketing",
    "sales",
    "support",
    "collections",
    "logistics",
    "distribution",
    "care",
    "service",
    "it_operations",
    "product",
    "ux_design",
)
COMMON = {"Channel": CHANNELS, "Department": DEPARTMENTS}
