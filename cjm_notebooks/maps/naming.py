"""Ids made from names."""

from __future__ import annotations

import re
from collections.abc import Container
from unicodedata import normalize

LONGEST_ID = 60


def new_id(name: str, taken: Container[str] = (), otherwise: str = "map") -> str:
    """`name` in small letters with hyphens, numbered where that id is already taken.

    A name without letters A to Z or digits gets the id `otherwise`.
    """
    plain = normalize("NFKD", name[:LONGEST_ID]).encode("ascii", "ignore").decode().lower()
    base = re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or otherwise
    id_, number = base, 1
    while id_ in taken:
        number += 1
        id_ = f"{base}-{number}"
    return id_
