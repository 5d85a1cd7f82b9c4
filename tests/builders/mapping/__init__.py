"""Tables as people have them, small enough to count by hand."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa

ORDERS = """\
customer_id;event;when;channel;amount
c1;home;2024-07-01 10:00;web;
c1;cart;2024-07-01 10:05;web;12.5
c2;home;2024-07-02 10:00;app;free
;home;2024-07-02 10:00;app;
c3;cart;31.02.2024;app;3
c2;cart;2024-07-02 11:00;app;4
c3;home;2024-07-03 09:00;web;
c4;home;2024-07-03 09:30;web;
c4;cart;2024-07-03 09:40;web;20
c5;home;2024-07-04 09:30;web;
"""
"""Ten rows: one without a customer, one without a readable time, one amount that is no number."""


def bookings() -> pd.DataFrame:
    """Four bookings; two were paid, one was cancelled."""
    day = "2024-07-0{}T09:00:00Z"
    return pd.DataFrame(
        {
            "booking_no": ["b1", "b2", "b3", "b4"],
            "booked_at": [day.format(n) for n in (1, 2, 3, 4)],
            "paid_at": [day.format(5), None, day.format(7), None],
            "cancelled_at": [None, day.format(6), None, None],
            "branch": ["north", "south", "north", "north"],
        }
    )


def survey() -> pd.DataFrame:
    """Five people, two questions: one score is off its scale, one cell is empty."""
    return pd.DataFrame(
        {
            "respondent_id": ["r1", "r2", "r3", "r4", "r5"],
            "recommend": [10, 9, 3, 0, 7],
            "ease": [1, 5, 9, None, 4],
            "ease_comment": ["<b>slow</b>", "", "fine", "", ""],
            "country": ["DE", "FR", "DE", "DE", "FR"],
        }
    )


def answers() -> pa.Table:
    """Five answers to two questions, below one another; one names none."""
    return pa.table(
        {
            "customer_id": ["c1", "c1", "c2", "c2", "c3"],
            "question": ["nps", "ease", "nps", "ease", None],
            "score": [10, 3, 0, 5, 4],
        }
    )
