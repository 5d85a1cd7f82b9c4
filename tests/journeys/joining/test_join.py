"""Joining a map to recorded events, feedback and customers."""

from datetime import UTC, datetime, timedelta

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import cjm_notebooks as cjm
from cjm_notebooks.errors import ParameterError, RuleError, SourceError
from cjm_notebooks.journeys.joining.opening import code_of

WHEN = datetime(2024, 7, 1, tzinfo=UTC)


def shop_map(**journey):
    return cjm.JourneyMap.model_validate(
        {
            "id": "shop",
            "name": "I buy shoes",
            "stages": [
                {
                    "id": "browse",
                    "name": "Browse",
                    "touchpoints": [
                        {"id": "a", "name": "A", "match": {"where": {"is": "A"}}},
                        {"id": "b", "name": "B", "match": {"where": {"is": "B"}}},
                    ],
                },
                {
                    "id": "buy",
                    "name": "Buy",
                    "touchpoints": [{"id": "c", "name": "C", "match": {"where": {"is": "C"}}}],
                },
            ],
            "outcomes": [
                {"id": "paid", "name": "Paid", "kind": "success", "match": {"where": {"is": "C"}}}
            ],
            "journey": journey,
        }
    )


def log(*rows, **more):
    """Rows of (customer, event, minute)."""
    who, what, minute = zip(*rows, strict=True)
    return pd.DataFrame(
        {"who": who, "what": what, "when": [WHEN + timedelta(minutes=m) for m in minute], **more}
    )


def joined(table, journey_map=None, **named):
    columns = {"customer": "who", "event": "what", "at": "when"} | named
    return cjm.join(journey_map or shop_map(), cjm.Events(table, **columns))


def paths(journeys):
    """Each journey as the text of its touchpoints, in the order of customers."""
    ids = [touchpoint.id for touchpoint in journeys.map.touchpoints]
    return [
        "".join(ids[place] for place in journeys.touchpoint[low:high])
        for low, high in zip(journeys.starts[:-1], journeys.starts[1:], strict=True)
    ]


def test_a_customer_who_returned_to_a_touchpoint_has_it_twice():
    assert paths(joined(log(("u", "A", 0), ("u", "B", 1), ("u", "A", 2)))) == ["aba"]


def test_unsorted_rows_come_out_in_the_order_of_time():
    assert paths(joined(log(("u", "C", 9), ("u", "A", 0), ("u", "B", 5)))) == ["abc"]


def test_ties_in_one_second_keep_the_order_of_the_rows_and_are_counted():
    journeys = joined(log(("u", "B", 0), ("u", "A", 0), ("u", "C", 0), ("u", "A", 0)))
    assert paths(journeys) == ["baca"]
    assert journeys.quality[0].noticed_rows("same_second") == 3


def test_a_declared_sequence_decides_ties_before_the_rows_do():
    table = log(("u", "B", 0), ("u", "A", 0), ("u", "C", 0), step=["10", "9", "11"])
    assert paths(joined(table, sequence="step")) == ["abc"]


def test_columns_named_index_and_event_type_mean_nothing():
    plain = log(("u", "A", 0), ("u", "B", 1), ("u", "C", 2))
    clashing = plain.assign(
        index=[9, 0, 4], event_type=["x", "path_end", "y"], row=0, stage="z", row_number=[3, 2, 1]
    ).rename(columns={"when": "at", "who": "customer"})
    journeys = joined(clashing, customer="customer", at="at")
    assert paths(journeys) == paths(joined(plain)) == ["abc"]


def test_the_event_column_may_be_called_event_type():
    table = log(("u", "A", 0), ("u", "B", 1), ("u", "C", 2)).rename(columns={"what": "event_type"})
    assert paths(joined(table, event="event_type")) == ["abc"]


def test_rows_without_customer_or_time_are_set_aside_by_name_and_place():
    table = pd.DataFrame(
        {
            "who": ["u", None, "u", "", "u"],
            "what": ["A", "B", "B", "C", None],
            "when": pd.Series([WHEN, WHEN, pd.NaT, WHEN, WHEN], dtype="datetime64[us, UTC]"),
        }
    )
    quality = joined(table).quality[0]
    assert (quality.read, quality.kept) == (5, 2)
    assert {rule: counted.rows for rule, counted in quality.set_aside.items()} == {
        "no_customer": 2,
        "no_time": 1,
    }
    assert quality.set_aside["no_customer"].places == (1, 3)
    assert quality.noticed_rows("no_event_name") == 1


def test_eleven_digit_times_are_read_in_the_stated_unit():
    table = pd.DataFrame({"who": ["u", "u"], "what": ["B", "A"], "when": [17198172001, 1719817200]})
    journeys = joined(table, unit="s")
    assert paths(journeys) == ["ab"]
    assert (journeys.at == np.array([1719817200, 17198172001]) * 1_000_000).all()


def test_a_second_touchpoint_before_the_first_stays_before_it():
    journeys = joined(log(("u", "B", 0), ("u", "A", 60), ("u", "B", 65)))
    assert paths(journeys) == ["bab"]


def test_the_same_id_as_number_and_as_text_is_one_customer():
    events = log((7, "A", 0), (7, "B", 1))
    feedback = pd.DataFrame({"who": ["7"], "score": [9]})
    journeys = cjm.join(
        shop_map(),
        cjm.Events(events, customer="who", event="what", at="when"),
        feedback=cjm.Feedback(
            feedback,
            score="score",
            customer="who",
            questions=(cjm.Question("recommend", "nps", (0, 10)),),
        ),
        customers=cjm.Customers(pd.DataFrame({"who": [7.0, None], "country": ["DE", "FR"]}), "who"),
    )
    assert journeys.n_customers == 1
    assert journeys.answers.customer.tolist() == [0]
    assert journeys.where("country", "DE").n_events == 2


@pytest.mark.parametrize(
    "as_table", [pl.from_pandas, pa.table, duckdb.from_df], ids=["polars", "pyarrow", "duckdb"]
)
def test_every_library_gives_the_same_journeys(as_table):
    table = log(("u", "A", 0), ("v", "B", 1), ("u", "C", 2))
    assert joined(as_table(table)).content_hash() == joined(table).content_hash()


def test_a_csv_a_parquet_file_and_a_table_give_the_same_journeys(tmp_path):
    table = log(("u", "A", 0), ("v", "B", 1), ("u", "C", 2))
    table.to_csv(tmp_path / "log.csv", index=False)
    table.to_parquet(tmp_path / "log.parquet")
    hashes = {
        joined(each).content_hash()
        for each in (table, tmp_path / "log.csv", tmp_path / "log.parquet")
    }
    assert len(hashes) == 1


def test_a_quiet_journey_is_lost_and_a_young_one_is_open():
    day = 24 * 60
    journeys = joined(log(("old", "A", 0), ("new", "A", 95 * day), ("end", "C", 100 * day)))
    state = dict(zip(paths_by_customer(journeys, ["old", "new", "end"]), [0, 1, 2], strict=True))
    assert journeys.is_open[list(state)].tolist() == [False, True, False]


def paths_by_customer(journeys, names):
    """Positions of the journeys of named customers, each of whom has one."""
    places = [
        int(np.searchsorted(journeys.customer_codes, np.uint64(code_of(name)))) for name in names
    ]
    return [int(np.flatnonzero(journeys.journey_customer == place)[0]) for place in places]


def test_an_inactivity_gap_begins_another_journey():
    table = log(("u", "A", 0), ("u", "B", 10), ("u", "A", 41), ("u", "C", 42))
    journeys = joined(table, shop_map(cut={"by": "inactivity", "inactivity": "PT30M"}))
    assert paths(journeys) == ["ab", "ac"]
    assert journeys.seen_until.tolist()[0] == journeys.at[2]
    assert journeys.outcome.tolist() == [-1, 0]


def test_orders_that_overlap_in_time_are_cut_by_their_column():
    table = log(("u", "A", 0), ("u", "A", 1), ("u", "C", 2), ("u", "B", 3), order=[1, 2, 1, 2])
    journeys = joined(table, shop_map(cut={"by": "column", "column": "order"}))
    assert paths(journeys) == ["ac", "ab"]


def test_a_starting_touchpoint_begins_another_journey():
    table = log(("u", "B", 0), ("u", "A", 1), ("u", "B", 2), ("u", "A", 3))
    journeys = joined(table, shop_map(cut={"by": "touchpoint", "touchpoint": "a"}))
    assert paths(journeys) == ["b", "ab", "a"]


def test_an_outcome_closes_a_journey_when_the_map_cuts_by_outcome():
    table = log(("u", "A", 0), ("u", "C", 1), ("u", "B", 2), ("u", "C", 3), ("u", "A", 4))
    journeys = joined(table, shop_map(cut={"by": "outcome"}))
    assert paths(journeys) == ["ac", "bc", "a"]
    assert journeys.outcome.tolist() == [0, 0, -1]


def test_the_first_outcome_decides_and_what_follows_stays_in_the_journey():
    journeys = joined(log(("u", "A", 0), ("u", "C", 1), ("u", "B", 2), ("u", "C", 3)))
    assert paths(journeys) == ["acbc"]
    assert journeys.outcome_at.tolist() == [journeys.at[1]]


def test_unmatched_events_are_kept_apart_and_counted():
    journeys = joined(log(("u", "A", 0), ("u", "zoom", 1), ("v", "zoom", 2)))
    assert [journeys.names[name] for name in journeys.unmatched.name] == ["zoom", "zoom"]
    assert (journeys.n_events, journeys.n_journeys, journeys.n_customers) == (1, 1, 2)


def test_duplicates_are_counted_and_set_aside_only_when_asked():
    table = log(("u", "A", 0), ("u", "B", 0), ("u", "A", 0), ("u", "A", 1))
    assert joined(table).quality[0].noticed_rows("duplicate") == 1
    without = joined(table, duplicates="set_aside")
    assert paths(without) == ["aba"]
    assert without.quality[0].set_aside_rows("duplicate") == 1


def test_what_was_recorded_after_as_of_is_set_aside():
    table = log(("u", "A", 0), ("u", "B", 10))
    events = cjm.Events(table, customer="who", event="what", at="when")
    journeys = cjm.join(shop_map(), events, as_of=WHEN + timedelta(minutes=5))
    assert paths(journeys) == ["a"]
    assert journeys.quality[0].set_aside_rows("after_as_of") == 1
    with pytest.raises(ParameterError, match="`as_of` is 2024-07-01T00:00:00 without a zone"):
        cjm.join(shop_map(), events, as_of=datetime.fromisoformat("2024-07-01"))


def test_feedback_belongs_to_what_it_names_or_else_to_the_last_touchpoint_before_it():
    events = log(("u", "A", 0), ("u", "B", 10), ("v", "C", 0))
    at = [WHEN + timedelta(minutes=m) for m in (5, 15, 20 * 1440, 15)]
    feedback = pd.DataFrame(
        {"who": ["u", "u", "u", "u"], "score": [1, 2, 3, 4], "when": at, "about": ["", "", "", "c"]}
    )
    journeys = cjm.join(
        shop_map(),
        cjm.Events(events, customer="who", event="what", at="when"),
        feedback=cjm.Feedback(
            feedback,
            score="score",
            customer="who",
            at="when",
            touchpoint="about",
            questions=(cjm.Question("stars", "stars", (1, 5)),),
            attach_within_days=7,
        ),
    )
    by_score = np.argsort(journeys.answers.score)
    assert journeys.answers.touchpoint[by_score].tolist() == [0, 1, -1, 2]


def test_scores_that_are_no_answer_are_set_aside_under_their_own_name():
    feedback = pd.DataFrame({"score": ["5", "0", "6", "7", "", "x", "4"]})
    journeys = cjm.join(
        shop_map(),
        feedback=cjm.Feedback(
            feedback,
            score="score",
            questions=(cjm.Question("food", "csat", (1, 5), "a", {0: "blank", 6: "never used"}),),
        ),
    )
    quality = journeys.quality[0]
    assert sorted(journeys.answers.score) == [4, 5]
    assert journeys.n_customers == 2
    assert {rule: counted.rows for rule, counted in quality.set_aside.items()} == {
        "blank": 1,
        "never_used": 1,
        "off_scale": 1,
        "no_score": 1,
        "unreadable_score": 1,
    }
    assert quality.read == quality.kept + sum(c.rows for c in quality.set_aside.values())


def test_nothing_to_join_is_refused():
    with pytest.raises(ParameterError, match="nothing to join"):
        cjm.join(shop_map())


def test_a_rule_that_names_a_missing_column_is_named_itself():
    journey_map = cjm.JourneyMap.model_validate(
        {
            "id": "m",
            "name": "M",
            "stages": [
                {
                    "id": "s",
                    "name": "S",
                    "touchpoints": [
                        {
                            "id": "t",
                            "name": "T",
                            "match": {"where": {"column": "chanel", "is": "web"}},
                        }
                    ],
                }
            ],
        }
    )
    with pytest.raises(RuleError, match=r"rule of `t` names the column `chanel`.*`channel`"):
        joined(log(("u", "A", 0), channel=["web"]), journey_map)


def test_a_customer_named_twice_among_the_customers_is_refused():
    with pytest.raises(SourceError, match=r"names 1 customers more than once, first in row 1"):
        cjm.join(
            shop_map(),
            cjm.Events(log(("u", "A", 0)), customer="who", event="what", at="when"),
            customers=cjm.Customers(pd.DataFrame({"who": ["u", "u"], "c": ["x", "y"]}), "who"),
        )


def test_an_event_table_of_which_nothing_is_left_says_why():
    with pytest.raises(SourceError, match=r"No event of .* is left: 1 by `no_customer` of 1"):
        joined(pd.DataFrame({"who": [None], "what": ["A"], "when": [WHEN]}))


def test_answers_to_a_question_that_is_not_described_are_refused():
    with pytest.raises(SourceError, match=r"question `fod`, which is not described.*`food`"):
        cjm.join(
            shop_map(),
            feedback=cjm.Feedback(
                pd.DataFrame({"q": ["fod"], "score": [1]}),
                score="score",
                question="q",
                questions=(cjm.Question("food", "csat", (1, 5)),),
            ),
        )


def test_a_segment_or_value_that_does_not_exist_names_the_nearest():
    journeys = cjm.join(
        shop_map(),
        cjm.Events(log(("u", "A", 0)), customer="who", event="what", at="when"),
        customers=cjm.Customers(pd.DataFrame({"who": ["u"], "country": ["DE"]}), "who"),
    )
    with pytest.raises(ParameterError, match=r"no segment `county`. Did you mean `country`"):
        journeys.where("county", "DE")
    with pytest.raises(ParameterError, match=r"no value `D`"):
        journeys.where("country", "D")
