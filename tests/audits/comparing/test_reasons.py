"""Why runs are not comparable, each reason in a sentence."""

from __future__ import annotations

from datetime import date

import pytest

from cjm_notebooks.audits.comparing.reasons import reasons
from cjm_notebooks.audits.comparing.runs import Run
from cjm_notebooks.audits.findings import Findings
from cjm_notebooks.audits.headline import Days
from cjm_notebooks.maps import Condition, Rule
from tests.audits.comparing import described, findings
from tests.journeys import ONE_EACH


@pytest.fixture(scope="module")
def spring() -> Findings:
    return findings(160, 40)


def said(before: Findings, after: Findings, **of_after: str) -> dict[str, bool]:
    """Each sentence, and whether it prevents a comparison."""
    found = reasons(Run("a", before, "journey_audit"), Run("b", after, **of_after))
    return {str(one.sentence): one.prevents for one in found}


def covering(found: Findings, first: date, last: date) -> Findings:
    days = found.headline.model_copy(update={"period": Days(first=first, last=last)})
    other = found.manifest.inputs[0].model_copy(update={"sha256": f"{first}{last}"})
    return described(found.model_copy(update={"headline": days}), inputs=(other,))


def with_map(found: Findings, **fields: object) -> Findings:
    return described(found, journey_map=found.manifest.journey_map.model_copy(update=fields))


def test_a_run_and_itself_are_comparable_without_a_word(spring) -> None:
    assert said(spring, spring) == {}


def test_other_rules_and_parts_of_the_map_are_named(spring) -> None:
    browse, cart, *rest = ONE_EACH.stages
    ruled = cart.touchpoints[0].model_copy(update={"match": Rule(where=Condition(is_="basket"))})
    stages = (
        cart.model_copy(update={"touchpoints": (ruled,)}),
        browse.model_copy(update={"touchpoints": browse.touchpoints[:1]}),
        *rest,
    )
    other = findings(160, 40, on=ONE_EACH.model_copy(update={"stages": stages}))
    words = said(spring, other)
    assert words["The map was changed. Gone from it: product."]
    assert words["The map was changed. Counted by another rule: cart."]
    assert words["The map was changed. Its stages stand in another order."]
    assert said(other, spring)["The map was changed. New on it: product."]


def test_new_texts_on_the_map_prevent_nothing(spring) -> None:
    renamed = findings(160, 40, on=ONE_EACH.model_copy(update={"objective": "Sell more"}))
    assert said(spring, renamed)["Only texts and claims of the map were changed."] is False


def test_map_without_its_parts_was_changed_in_ways_unknown(spring) -> None:
    old = with_map(spring, sha256="0", parts=())
    assert said(old, spring)["The map was changed, and how is not recorded."]


def test_two_maps_are_not_comparable(spring) -> None:
    assert said(spring, with_map(spring, id="hotel"))["The runs are of two maps, shop and hotel."]


def test_other_currency_and_unit_are_said(spring) -> None:
    dollars = with_map(
        spring, journey={**spring.manifest.journey_map.journey, "currency": "USD", "unit": "trip"}
    )
    words = said(spring, dollars)
    assert words["The map's `currency` was EUR and is USD."]
    assert words["The map's `unit` was customer and is trip."]


def test_other_zone_of_times_is_said(spring) -> None:
    (recorded,) = spring.manifest.inputs
    berlin = recorded.model_copy(update={"read_as": {**recorded.read_as, "zone": "Europe/Berlin"}})
    words = said(spring, described(spring, inputs=(berlin,)))
    assert words["The `zone` of `events` was – and is Europe/Berlin."]


def test_table_that_only_one_run_has_is_said(spring) -> None:
    assert said(spring, described(spring, inputs=()))[
        "Only one of the runs has the table `events`."
    ]


@pytest.mark.parametrize(
    ("last", "differs"),
    [(date(2025, 2, 3), False), (date(2025, 2, 7), True)],
    ids=["31 and 34 days", "31 and 38 days"],
)
def test_periods_more_than_15_percent_apart_are_of_other_length(spring, last, differs) -> None:
    """31 times 1.15 is 35.65 days."""
    january = covering(spring, date(2025, 1, 1), date(2025, 1, 31))
    longer = covering(spring, date(2025, 1, 1), last)
    lengths = [words for words in said(january, longer) if words.startswith("The periods differ")]
    assert bool(lengths) is differs


def test_weekly_audit_of_a_growing_file_shares_customers_and_that_is_said(spring) -> None:
    week_9 = covering(spring, date(2025, 1, 1), date(2025, 3, 4))
    week_10 = covering(spring, date(2025, 1, 1), date(2025, 3, 11))
    (words,) = said(week_9, week_10)
    assert words.startswith("The periods share 63 days, and so the customers of those days.")
    assert said(week_9, week_10)[words] is False
    apart = covering(spring, date(2025, 3, 5), date(2025, 5, 6))
    assert said(week_9, apart) == {}


def test_same_records_at_another_moment_are_said(spring) -> None:
    later = described(spring, as_of=spring.manifest.as_of.replace(month=5))
    assert list(said(spring, later)) == ["Both runs rest on the same records."]
    assert "The second run stands at an earlier moment than the first." in said(later, spring)


def test_same_file_read_further_shares_its_first_days(spring) -> None:
    """What was recorded after the moment of an audit is set aside, so that one file grows too."""
    days = spring.headline.model_copy(
        update={"period": Days(first=date(2025, 1, 1), last=date(2025, 2, 28))}
    )
    (words,) = said(spring.model_copy(update={"headline": days}), spring)
    assert words.startswith("The periods share 59 days")


def test_other_template_prevents_and_a_changed_one_does_not(spring) -> None:
    two = "The runs are of two templates, journey_audit and period_comparison."
    assert said(spring, spring, template="period_comparison")[two]
    old, new = (Run("a", spring, "journey_audit", hash_) for hash_ in ("0", "1"))
    (changed,) = reasons(old, new)
    assert (changed.prevents, str(changed.sentence)) == (
        False,
        "The template was changed in between.",
    )


def test_other_checks_thresholds_groups_and_versions_are_said(spring) -> None:
    checks = {**spring.manifest.checks, "C02": {"warn_share": 0.5}}
    del checks["X01"]
    other = described(spring, checks=checks, k_min=9, versions={"cjm_notebooks": "0.0.1"})
    words = said(spring, other)
    assert words["Checks that only one of the runs made: X01."] is False
    assert words["Checks that were made with other thresholds: C02."] is False
    assert words["One run hides groups below 5, the other below 9."] is False
    assert any("0.0.1 of the kit" in sentence for sentence in words)
