"""The same journeys and metrics where the events lie on Spark."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest

from cjm_notebooks import (
    Customers,
    Events,
    Feedback,
    JourneyMap,
    Journeys,
    Question,
    SavedPartials,
    SparkJourneys,
    join,
    join_on_spark,
    measure,
    measure_all,
)
from cjm_notebooks.engine.spark_frames import total_of
from cjm_notebooks.engine.spark_tasks import Summed
from cjm_notebooks.errors import JourneyError, ParameterError, RuleError, SourceError
from cjm_notebooks.events import Quality
from cjm_notebooks.journeys.choosing import microseconds
from cjm_notebooks.maps import Condition, Cut, Rule
from cjm_notebooks.maps.settings import Privacy
from cjm_notebooks.metrics import AnyMetric, Metric
from cjm_notebooks.metrics.coverage import Coverage
from cjm_notebooks.metrics.csat import Csat
from cjm_notebooks.metrics.drop_off import DropOff
from cjm_notebooks.metrics.stage_reach import StageReach
from cjm_notebooks.metrics.time_to_outcome import TimeToOutcome
from cjm_notebooks.metrics.visits import Visits
from cjm_notebooks.statistics.partials import Additive
from tests.engine.test_observing import assert_same, every_map, world
from tests.journeys import ONE_EACH, UNTIL_OUTCOME, shop, touchpoint
from tests.test_metric_laws import every_metric, metrics

pytestmark = pytest.mark.needs("java", "pyspark")

SOME: tuple[AnyMetric, ...] = (StageReach(), DropOff(), TimeToOutcome(), Visits(), Coverage())


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """Spark on two cores of this machine, whose clock is a quarter of an hour off the others."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("PYSPARK_PYTHON", sys.executable)
        environment.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        from pyspark.sql import SparkSession

        settings = {
            "spark.driver.host": "127.0.0.1",
            "spark.ui.enabled": "false",
            "spark.ui.showConsoleProgress": "false",
            "spark.sql.shuffle.partitions": "4",
            "spark.sql.codegen.wholeStage": "false",
            "spark.sql.session.timeZone": "Asia/Kathmandu",
        }
        builder = SparkSession.builder.master("local[2]")
        for name, value in settings.items():
            builder = builder.config(name, value)
        running = builder.getOrCreate()
        running.sparkContext.setLogLevel("OFF")
        yield running
        running.stop()


class BucketByBucket(SparkJourneys):
    """As with so many events that each group is joined in four steps and sums in a tree."""

    _tasks = 20
    _buckets_at_once = 1


@cache
def in_order() -> tuple[Events, Feedback, Customers]:
    """The world of all kinds of journeys, whose rows are numbered."""
    events, feedback, about = world()
    numbered = events.table.assign(number=range(len(events.table)))
    return replace(events, table=numbered, sequence="number"), feedback, about


@cache
def in_memory(journey_map: JourneyMap) -> tuple[dict[AnyMetric, pd.DataFrame], Journeys]:
    events, feedback, about = in_order()
    joined = join(journey_map, events, feedback=feedback, customers=about)
    return measure_all(metrics(), joined), joined


def sent(spark: Any, events: Events, parts: int = 3) -> Events:
    """The same events on Spark, in several parts and no order."""
    table = spark.createDataFrame(pa.table(events.table))
    return replace(events, table=table.repartition(parts))


@pytest.fixture(scope="module")
def on_spark(spark: Any) -> dict[str, tuple[dict[AnyMetric, pd.DataFrame], SparkJourneys]]:
    events, feedback, about = in_order()
    found = {}
    for journey_map, kind in ((ONE_EACH, SparkJourneys), (UNTIL_OUTCOME, BucketByBucket)):
        there = join_on_spark(journey_map, sent(spark, events), feedback=feedback, customers=about)
        journeys = kind(there.tables, there.sending)
        found[journey_map.content_hash()] = measure_all(metrics(), journeys), journeys
    return found


@every_map
@every_metric
def test_spark_reports_what_one_machine_reports(
    metric: AnyMetric, journey_map: JourneyMap, on_spark: Any
) -> None:
    got, _ = on_spark[journey_map.content_hash()]
    assert_same(metric, got[metric], in_memory(journey_map)[0][metric])


def without_places(accounts: tuple[Quality, ...]) -> list[Quality]:
    """The accounts with the places of rows in the first one, the events, left out."""
    events, *others = accounts
    counted = {
        name: {rule: replace(found, places=()) for rule, found in getattr(events, name).items()}
        for name in ("set_aside", "noticed")
    }
    return [replace(events, **counted), *others]


@every_map
def test_spark_gives_the_same_account_but_for_places(
    journey_map: JourneyMap, on_spark: Any
) -> None:
    _, journeys = on_spark[journey_map.content_hash()]
    assert journeys.quality == tuple(without_places(in_memory(journey_map)[1].quality))


def test_consent_and_retention_set_aside_on_spark_what_they_do_on_one_machine(spark: Any) -> None:
    events, feedback, _ = in_order()
    consent = [("yes", "no", "")[number % 3] for number in range(len(events.table))]
    events = replace(events, table=events.table.assign(agreed=consent))
    end = in_memory(ONE_EACH)[1].end_of_data
    as_of = datetime.fromtimestamp(end // 1_000_000 - 86_400, UTC)
    privacy = Privacy(consent_required=True, consent_field="agreed", retention_days=20)
    private = ONE_EACH.model_copy(update={"privacy": privacy})
    there = join_on_spark(private, sent(spark, events), feedback=feedback, as_of=as_of)
    here = join(private, events, feedback=feedback, as_of=as_of)
    got = measure(StageReach(), there)
    assert_same(StageReach(), got, measure(StageReach(), here))
    assert there.quality == tuple(without_places(here.quality))
    rules = {"consent_denied", "consent_unknown", "past_retention", "after_as_of"}
    assert rules <= set(there.quality[0].set_aside)


def test_a_split_on_spark_reports_each_group_below_the_other(on_spark: Any) -> None:
    _, journeys = on_spark[ONE_EACH.content_hash()]
    got = measure_all(SOME, journeys.split_by("country"))
    wanted = measure_all(SOME, in_memory(ONE_EACH)[1].split_by("country"))
    for metric in SOME:
        assert_same(metric, got[metric], wanted[metric])


def test_an_unknown_segment_is_named_before_anything_is_measured(on_spark: Any) -> None:
    _, journeys = on_spark[ONE_EACH.content_hash()]
    with pytest.raises(ParameterError, match=r"no segment `county`\. Did you mean `country`"):
        measure(StageReach(), journeys.split_by("county"))


def test_the_account_is_unknown_before_anything_was_measured(spark: Any) -> None:
    journeys = join_on_spark(ONE_EACH, sent(spark, in_order()[0]))
    with pytest.raises(ParameterError, match=r"Measure something first"):
        _ = journeys.quality


def test_saved_partials_are_refused(on_spark: Any, tmp_path: Path) -> None:
    _, journeys = on_spark[ONE_EACH.content_hash()]
    with pytest.raises(ParameterError, match=r"`saved` keeps partials .* Leave it out on Spark"):
        measure(StageReach(), journeys, saved=SavedPartials(tmp_path))


def test_a_customer_in_two_parts_is_refused(spark: Any) -> None:
    class Torn(SparkJourneys):
        def by_group(self) -> Any:
            return super().by_group().repartition(3)

    whole = join_on_spark(ONE_EACH, sent(spark, in_order()[0]))
    with pytest.raises(ParameterError, match=r"Customers of group \d+ are in two parts"):
        measure(StageReach(), Torn(whole.tables, whole.sending))


def assert_alike(spark: Any, journey_map: JourneyMap, events: Events, frame: Any = None) -> None:
    """Both report the same and give the same account."""
    here = join(journey_map, events)
    table = sent(spark, events).table if frame is None else frame
    there = join_on_spark(journey_map, replace(events, table=table))
    got = measure_all(SOME, there)
    for metric, wanted in measure_all(SOME, here).items():
        assert_same(metric, got[metric], wanted)
    assert there.quality == tuple(without_places(here.quality))


def ties(*rows: tuple[str, str, int], **extra: list[object]) -> Events:
    """Events of (customer, event, day); further columns by name."""
    who, what, days = zip(*rows, strict=True)
    at = pd.Series(days) * 86_400_000_000
    table = pd.DataFrame({"customer": who, "event": what, "at": at, **extra})
    return Events(table, customer="customer", at="at", unit="us")


def test_events_at_the_same_time_need_a_sequence(spark: Any) -> None:
    """Anna's two events of day 1 come in either order; Ben's are alike, Cleo's are two people's."""
    events = ties(
        ("anna", "home", 1), ("anna", "cart", 1), ("anna", "cart", 2), ("ben", "home", 3),
        ("ben", "home", 3), ("cleo", "home", 3), ("dora", "cart", 3), ("emil", "home", 4),
        ("emil", "home", 4), ("emil", "cart", 4),
    )  # fmt: skip
    with pytest.raises(
        SourceError,
        match=r"In `pyspark table` 5 events of one customer at the same time differ, first at "
        r"1970-01-02T00:00:00\+00:00\. Rows on Spark have no order: name a column that says",
    ):
        measure(StageReach(), join_on_spark(ONE_EACH, sent(spark, events)))


def test_events_alike_at_the_same_time_need_no_sequence(spark: Any) -> None:
    assert_alike(spark, ONE_EACH, ties(("ben", "home", 3), ("ben", "home", 3), ("a", "cart", 3)))


def test_a_sequence_that_leaves_it_open_is_refused(spark: Any) -> None:
    events = ties(("anna", "home", 1), ("anna", "cart", 1), number=["7", "7"])
    with pytest.raises(SourceError, match=r"2 events .* at the same time and of the same `number`"):
        measure(
            StageReach(),
            join_on_spark(ONE_EACH, sent(spark, replace(events, sequence="number"))),
        )


def test_a_sequence_in_words_decides_as_on_one_machine(spark: Any) -> None:
    days = [("anna", name, 1) for name in ("home", "cart", "help", "paid", "product")]
    events = ties(*days, number=["10", "9", "b", "a", None])
    assert_alike(spark, UNTIL_OUTCOME, replace(events, sequence="number"))


def test_amounts_at_the_same_time_need_a_sequence_only_where_it_matters(spark: Any) -> None:
    """Which of two payments ends a journey decides what it is worth."""
    rows = (("anna", "home", 1), ("anna", "paid", 2), ("anna", "paid", 2))
    events = replace(ties(*rows, amount=[0.0, 20.0, 5.5]), value="amount")
    assert_alike(spark, ONE_EACH, events)
    with pytest.raises(SourceError, match=r"2 events of one customer at the same time differ"):
        measure(StageReach(), join_on_spark(UNTIL_OUTCOME, sent(spark, events)))


def test_ids_are_read_as_on_one_machine(spark: Any) -> None:
    """42.0 is 42, and who has no id is nobody."""
    rows = [("", name, day) for day in range(1, 9) for name in ("home", "cart")]
    events = ties(*rows)
    whole = [42.0, 1e15, 0.1, -3.0, None, 1e17, 7.25, 3e-300] * 2
    for ids in (
        pa.array(whole, pa.float64()),
        pa.array([7, 42, 10**18, None] * 4, pa.int64()),
        pa.array([" 42", "42 ", "42", "", None, "Ä", "4 2", "42.0"] * 2),
        pa.array([True, False, None, True] * 4),
    ):
        table = pa.table(events.table).set_column(0, "customer", ids)
        at = pa.array([hour * 3_600_000_000 for hour in range(16)])
        assert_alike(spark, ONE_EACH, replace(events, table=table.set_column(2, "at", at)))


def test_rules_of_several_columns_and_journeys_cut_by_a_column(spark: Any) -> None:
    journey_map = shop(Cut(by="column", column="order no"))
    rule = Rule(where=Condition(all=(Condition(is_="cart"), Condition(column="site.id", is_=2))))
    stages = tuple(
        replace_model(stage, touchpoints=tuple(
            replace_model(t, match=rule) if t.id == "cart" else t for t in stage.touchpoints
        ))
        for stage in journey_map.stages
    )  # fmt: skip
    rows = [("anna", "home", 1), ("anna", "cart", 2), ("anna", "cart", 3), ("anna", "home", 4)]
    columns = {"order no": ["x", "y", "x", "y"] * 2, "site.id": [1, 2, 1, None] * 2}
    events = ties(*rows, *(("ben", *rest) for _, *rest in rows), **columns)
    assert_alike(spark, replace_model(journey_map, stages=stages), events)


def replace_model(model: Any, **changed: object) -> Any:
    return model.model_copy(update=changed)


NIGHT = datetime(2026, 10, 25, tzinfo=UTC)
TIMES = [NIGHT + timedelta(minutes=13 * step, microseconds=step) for step in range(24)]


def visits_at(at: pa.Array, **how: Any) -> Events:
    """One person's 24 visits, each 13 minutes and a microsecond after the one before."""
    names = ["home", "cart"] * 12
    table = pa.table({"who": ["anna"] * 24, "event": names, "at": at})
    return Events(table, customer="who", at="at", **how)


@pytest.mark.parametrize(
    "events",
    [
        visits_at(pa.array(TIMES, pa.timestamp("us", "UTC"))),
        visits_at(pa.array([microseconds(at, "at") for at in TIMES]), unit="us"),
        visits_at(pa.array([at.timestamp() for at in TIMES]), unit="s"),
        visits_at(pa.array([at.isoformat() for at in TIMES])),
        visits_at(pa.array([f"{at:%Y-%m-%d %H:%M:%S.%f}" for at in TIMES]), zone="Europe/Berlin"),
        visits_at(
            pa.array([at.isoformat()[: None if i % 9 else -6] for i, at in enumerate(TIMES)]),
            zone="Asia/Kathmandu",
        ),
        visits_at(pa.array([*map(str, TIMES[:-2]), "yesterday", None])),
    ],
    ids=["zoned", "microseconds", "seconds", "offsets", "night of 25 hours", "mixed", "unreadable"],
)
def test_every_kind_of_clock_is_read_to_the_microsecond(spark: Any, events: Events) -> None:
    assert_alike(spark, ONE_EACH, events)


def test_times_without_a_zone_are_those_of_the_zone_named(spark: Any) -> None:
    """Spark itself would take them for times of Kathmandu."""
    local = [at.replace(tzinfo=None) for at in TIMES]
    events = visits_at(pa.array(local, pa.timestamp("us")), zone="Europe/Berlin")
    rows = list(zip(*events.table.to_pydict().values(), strict=True))
    frame = spark.createDataFrame(rows, "who string, event string, at timestamp_ntz")
    assert_alike(spark, ONE_EACH, events, frame)


def test_dates_are_days_of_the_zone_named(spark: Any) -> None:
    days = [(NIGHT + timedelta(days=i)).date() for i in range(24)]
    assert_alike(spark, ONE_EACH, visits_at(pa.array(days), zone="America/New_York"))


def test_times_without_a_zone_are_counted_over_all_parts(spark: Any) -> None:
    texts = [at.isoformat()[: None if i else -6] for i, at in enumerate(TIMES)]
    events = sent(spark, visits_at(pa.array(texts)), parts=4)
    with pytest.raises(SourceError, match=r"`pyspark table` have no zone in 1 rows and one in 23"):
        measure(StageReach(), join_on_spark(ONE_EACH, events))


def test_what_comes_after_as_of_is_set_aside(spark: Any) -> None:
    events, until = visits_at(pa.array(TIMES, pa.timestamp("us", "UTC"))), TIMES[11]
    here = join(ONE_EACH, events, as_of=until)
    there = join_on_spark(ONE_EACH, sent(spark, events), as_of=until)
    pd.testing.assert_frame_equal(measure(Visits(), there), measure(Visits(), here))
    assert there.quality[0].set_aside_rows("after_as_of") == 12
    assert there.quality == tuple(without_places(here.quality))


def test_comments_stay_here_and_their_scores_count(spark: Any) -> None:
    events, feedback, _ = in_order()
    said = replace(feedback, table=pd.DataFrame(feedback.table).assign(why="Slow"), comment="why")
    there = join_on_spark(ONE_EACH, sent(spark, events), feedback=said)
    here = join(ONE_EACH, events, feedback=said)
    assert len(here.answers.comments) == len(here.answers.score) > 0
    assert there._said.answers is not None
    assert len(there._said.answers.comments) == 0
    assert_same(Csat(), measure(Csat(), there), measure(Csat(), here))


def test_feedback_and_customers_may_be_on_spark_too(spark: Any) -> None:
    """Cleo only answered, dora is only described."""
    events = ties(("anna", "home", 1), ("anna", "cart", 2), ("ben", "home", 3))
    answers = pd.DataFrame({"who": ["anna", "cleo", "ben"], "score": [9, 3, 7]})
    about = pd.DataFrame({"who": ["anna", "ben", "cleo", "dora"], "country": ["DE", "FR"] * 2})
    nps = (Question("nps", "nps", (0, 10)),)
    said = [(answers, about), tuple(map(spark.createDataFrame, map(pa.table, (answers, about))))]
    here, there = (
        {
            "feedback": Feedback(feedback, score="score", questions=nps, customer="who"),
            "customers": Customers(customers, "who"),
        }
        for feedback, customers in said
    )
    one, other = (
        join(ONE_EACH, events, **here),
        join_on_spark(ONE_EACH, sent(spark, events), **there),
    )
    wanted = measure_all(metrics(), one.split_by("country"))
    for metric, got in measure_all(metrics(), other.split_by("country")).items():
        assert_same(metric, got, wanted[metric])
    assert other.quality == tuple(without_places(one.quality))
    assert other.quality[2].noticed_rows("never_seen") == 1


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"customer": "custommer"}, r"has no column `custommer`, named as `customer`\. Did you me"),
        ({"at": "At"}, r"has no column `At`, named as `at`\. Did you mean `at`"),
        ({"sequence": "row"}, r"has no column `row`, named as `sequence`"),
        ({"value": "price"}, r"has no column `price`, named as `value`"),
    ],
)
def test_a_missing_column_is_named_before_spark_works(
    spark: Any, wrong: dict[str, str], says: str
) -> None:
    events = sent(spark, ties(("anna", "home", 1)))
    with pytest.raises(SourceError, match=rf"`pyspark table` {says}"):
        join_on_spark(ONE_EACH, replace(events, **wrong))


def test_a_column_that_only_a_rule_names_is_looked_for_too(spark: Any) -> None:
    home = replace_model(touchpoint("home"), match=Rule(where=Condition(column="page", is_="/")))
    stage = replace_model(ONE_EACH.stages[0], touchpoints=(home,))
    journey_map = replace_model(ONE_EACH, stages=(stage, *ONE_EACH.stages[1:]))
    with pytest.raises(RuleError, match=r"The rule of `home` names the column `page`"):
        join_on_spark(journey_map, sent(spark, ties(("anna", "home", 1))))


def test_a_column_that_is_there_twice_is_refused(spark: Any) -> None:
    events = sent(spark, ties(("anna", "home", 1)))
    twice = events.table.toDF("customer", "event", "at").selectExpr("*", "event AS event")
    with pytest.raises(SourceError, match=r"has 2 columns `event`\. Rename all but one"):
        join_on_spark(ONE_EACH, replace(events, table=twice))


def test_a_table_elsewhere_is_sent_to_join() -> None:
    with pytest.raises(SourceError, match=r"The events are a pandas table\. Give a Spark DataFra"):
        join_on_spark(ONE_EACH, ties(("anna", "home", 1)))


def test_no_rows_are_refused(spark: Any) -> None:
    events = sent(spark, ties(("anna", "home", 1)))
    nothing = replace(events, table=events.table.filter("event = 'cart'"))
    with pytest.raises(SourceError, match=r"`pyspark table` has a header and no rows"):
        measure(StageReach(), join_on_spark(ONE_EACH, nothing))


def test_rows_that_cannot_be_used_are_refused_all_together(spark: Any) -> None:
    events = sent(spark, ties(("", "home", 1), ("", "cart", 2)), parts=2)
    with pytest.raises(SourceError, match=r"No event of `pyspark table` is left: 2 by `no_cust"):
        measure(StageReach(), join_on_spark(ONE_EACH, events))


def test_events_that_change_meanwhile_are_refused(spark: Any, tmp_path: Path) -> None:
    later = tmp_path / "later"

    def fewer(batches: Any) -> Any:
        return (batch.slice(int(later.exists())) for batch in batches)

    events = sent(spark, ties(*((f"c{i}", "home", 1) for i in range(8))), parts=1)
    table = events.table.mapInArrow(fewer, events.table.schema)
    journeys = join_on_spark(ONE_EACH, replace(events, table=table))
    measure(StageReach(), journeys)
    later.touch()
    with pytest.raises(SourceError, match=r"had 8 events that can be read .* and now 7\. Write it"):
        measure(StageReach(), journeys)


def a_metric(error: type[Exception] | None) -> AnyMetric:
    """A metric as it would be written in a notebook, which no module on a worker holds."""

    @dataclass(frozen=True)
    class Heads(Additive):
        count: int

    @dataclass(frozen=True)
    class HeadCount(Metric[Heads]):
        def observe(self, journeys: Journeys) -> Heads:
            if error is not None and journeys.n_customers:
                msg = "`weight` is not there."
                raise error(msg)
            return Heads(journeys.n_customers)

        def report(self, partial: Heads, journey_map: JourneyMap) -> pd.DataFrame:
            return pd.DataFrame({"customers": [partial.count]})

    return HeadCount()  # type: ignore[return-value]


def test_a_metric_of_a_notebook_is_measured_on_spark(spark: Any) -> None:
    events = sent(spark, ties(*((f"c{i}", "home", 1) for i in range(50))))
    assert measure(a_metric(None), join_on_spark(ONE_EACH, events))["customers"].tolist() == [50]


@pytest.mark.parametrize(
    ("error", "raised", "says"),
    [
        (ParameterError, ParameterError, r"^`weight` is not there\.$"),
        (KeyError, SourceError, r"could not go through `pyspark table`: KeyError: '`weight` is no"),
    ],
)
def test_an_error_of_a_worker_arrives_as_one_sentence(
    spark: Any, error: type[Exception], raised: type[JourneyError], says: str
) -> None:
    journeys = join_on_spark(ONE_EACH, sent(spark, ties(("anna", "home", 1))))
    with pytest.raises(raised, match=says) as caught:
        measure(a_metric(error), journeys)
    assert len(str(caught.value).splitlines()) == 1


def test_a_worker_with_another_version_is_refused() -> None:
    (row,) = Summed(iter, version="0.0.0")(iter(()))
    with pytest.raises(SourceError, match=r"workers have cjm_notebooks .*, and it is 0\.0\.0 here"):
        total_of(row.to_pylist())
