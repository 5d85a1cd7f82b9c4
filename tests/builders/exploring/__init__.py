"""Choices of journeys with enough customers to be shown, and with too few."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa

from cjm_notebooks import JourneyMap, Journeys
from cjm_notebooks.journeys import Segment
from tests.journeys import ONE_EACH, journeys

SAID = [
    *["home@1 cart@2 pay@3 paid@3.5 csat:pay=5@4"] * 6,
    *["home@1 help@2 csat:pay=2@4"] * 6,
    *["product@90"] * 3,
]


def shop(on: JourneyMap = ONE_EACH) -> Journeys:
    """Twelve customers who came home, six of whom paid, and three who are still open.

    The first come from Spain and France by turns; nobody but the last three is from Malta.
    """
    joined = journeys(*SAID, on=on)
    late = joined.at[joined.first] > 50 * 86_400_000_000
    codes = np.where(late, 2, np.cumsum(~late) % 2).astype(np.int32)
    return replace(joined, segments={"country": Segment(codes, ("ES", "FR", "MT"))})


def commented(*said: str) -> Journeys:
    """The shop, in which the first customers also said this, each a day later than the one before.

    All of it is about paying, beside a score of 3.
    """
    joined, n = shop(), len(said)
    customer = np.arange(n)
    answers = replace(
        joined.answers,
        customer=customer,
        question=np.full(n, 1, np.int32),
        touchpoint=np.full(n, 3, np.int32),
        score=np.full(n, 3.0),
        at=(customer + 4) * 86_400_000_000,
        weight=np.ones(n),
        comment=customer.astype(np.int32),
        comments=pa.array(said, pa.large_string()),
    )
    return replace(joined, answers=answers)
