"""Journeys as a number: the same again only when everything is."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import numpy as np

from cjm_notebooks.journeys.tables import NONE, arrays_of

if TYPE_CHECKING:
    from cjm_notebooks.journeys.journeys import Journeys


def digest(journeys: Journeys, *, without_the_end: bool = False) -> str:
    """SHA-256 of the map and of everything joined to it, whatever library it came from.

    `without_the_end` leaves out when the data ends: closed journeys that were only watched for
    longer are the same then.
    """
    found = sha256(journeys.map.content_hash().encode())
    end = 0 if without_the_end else journeys.end_of_data
    words = [journeys.names, [repr(question) for question in journeys.answers.questions]]
    words += [(name, *segment.values) for name, segment in journeys.segments.items()]
    for part in ([str(end)], *words):
        found.update("\0".join(part).encode() + b"\1")
    segments = journeys.segments.values()
    for table in (journeys, journeys.kinds, journeys.unmatched, journeys.answers, *segments):
        for name, array in arrays_of(table).items():
            if name == "comment":
                continue
            found.update(f"{name} {array.dtype.str} {array.shape}".encode())
            if name == "seen_until" and without_the_end:
                array = np.where(array == journeys.end_of_data, 0, array)
            found.update(np.ascontiguousarray(array).data)
    answers = journeys.answers
    said = np.flatnonzero(answers.comment != NONE)
    found.update(said.tobytes())
    for text in answers.said(said):
        found.update(f"{len(text)}:{text}".encode())
    return found.hexdigest()
