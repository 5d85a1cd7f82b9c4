"""Counts that run on from row to row must not tell of a few people between two rows."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from cjm_notebooks.privacy import Published, Running
from cjm_notebooks.privacy.small_groups import suppress

RULE = Published(
    counts=("reached",),
    column_totals=False,
    running=Running(counts=("reached",), along="days", by="outcome"),
    withheld=("at_risk",),
)


def curve(paid, lost=None):
    """Cumulative counts of two outcomes on the same days."""
    days = list(range(1, len(paid) + 1))
    parts = {"paid": paid, "lost": lost or [0] * len(paid)}
    return pd.concat(
        pd.DataFrame({"outcome": name, "days": days, "reached": reached, "at_risk": 100})
        for name, reached in parts.items()
    )


def days_kept(table, k_min=5):
    shown = suppress(table, RULE, k_min).table
    return sorted(set(shown["days"]))


def test_a_day_on_which_a_few_arrived_waits_until_there_are_enough():
    assert days_kept(curve(paid=[5, 7, 9, 11, 20])) == [1, 4, 5]


def test_all_outcomes_keep_the_same_days():
    assert days_kept(curve(paid=[10, 20, 30], lost=[0, 3, 6])) == [1, 3]


def test_the_last_day_stays_and_pushes_out_the_one_too_near_to_it():
    assert days_kept(curve(paid=[10, 20, 22])) == [1, 3]


def test_a_few_in_all_are_hidden_and_not_shown_as_a_step():
    shown = suppress(curve(paid=[1, 3]), RULE, 5).table
    assert shown["days"].tolist() == [2, 2]
    assert shown["reached"].isna().tolist() == [True, False]


def test_what_is_withheld_is_never_shown():
    assert suppress(curve(paid=[10]), RULE, 5).table["at_risk"].isna().all()


grows = st.lists(st.integers(0, 8), min_size=1, max_size=12)


@given(paid=grows, lost=grows)
def test_no_two_days_tell_of_fewer_than_five_people(paid, lost):
    length = min(len(paid), len(lost))
    running = [pd.Series(each[:length]).cumsum().tolist() for each in (paid, lost)]
    shown = suppress(curve(*running), RULE, 5).table
    for _, rows in shown.groupby("outcome"):
        steps = rows["reached"].dropna().astype(int).diff().dropna()
        assert [step for step in steps if 0 < step < 5] == []
