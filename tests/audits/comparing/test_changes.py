"""What became of a finding: told only where both runs can tell, and tested where there is noise."""

from __future__ import annotations

from math import erfc, sqrt

import pytest

from cjm_notebooks.audits.comparing.changes import changes
from cjm_notebooks.audits.findings import Findings
from tests.audits.comparing import came_out, described, estimated, findings, without

PEAK = "T03/cart/peak"
OPPOSITE = {
    "new": "fixed",
    "fixed": "new",
    "worse": "better",
    "better": "worse",
    "newly_told": "no_longer_told",
    "no_longer_told": "newly_told",
}


@pytest.fixture(scope="module")
def forty() -> Findings:
    return findings(160, 40)


@pytest.fixture(scope="module")
def sixty() -> Findings:
    return findings(140, 60)


def states(before: Findings, after: Findings) -> dict[str, str]:
    return {one.id: one.state for one in changes(before, after)}


def peak(before: Findings, after: Findings):
    return next(one for one in changes(before, after) if one.id == PEAK)


def test_forty_of_200_against_sixty_of_200_is_worse_by_the_textbook(forty, sixty) -> None:
    """Pooled share 100/400; z = 0.1 / sqrt(0.25 * 0.75 * 2 / 200) = 2.309; p = 0.0209."""
    change = peak(forty, sixty)
    z = 0.1 / sqrt(0.25 * 0.75 * (1 / 200 + 1 / 200))
    assert z == pytest.approx(2.309, abs=0.001)
    assert change.p == pytest.approx(erfc(z / sqrt(2)), rel=1e-6)
    assert change.p == pytest.approx(0.0209, abs=0.0001)
    assert (change.state, peak(sixty, forty).state) == ("worse", "better")


def test_forty_of_200_against_fifty_of_200_is_noise(forty) -> None:
    """Pooled share 90/400; z = 0.05 / sqrt(0.225 * 0.775 * 2 / 200) = 1.197; p = 0.231."""
    change = peak(forty, findings(150, 50))
    assert change.p == pytest.approx(0.231, abs=0.001)
    assert change.state == "within_noise"


def test_all_tests_of_a_comparison_are_corrected_together(forty, sixty) -> None:
    """A second test that finds nothing doubles the p-value of the first: 0.0209 becomes 0.0418."""
    second = forty.findings[[one.id for one in forty.findings].index(PEAK)].model_copy(
        update={"id": "T03/pay/peak"}
    )
    both = [one.model_copy(update={"findings": (*one.findings, second)}) for one in (forty, sixty)]
    change = peak(*both)
    assert change.p_adjusted == pytest.approx(2 * change.p)
    assert change.p_adjusted == pytest.approx(0.0418, abs=0.0002)


def test_a_shortfall_that_grows_is_worse_though_its_number_falls(forty) -> None:
    """Means of -0.6 and -1.2 with intervals of +-0.196: z = 0.6 / sqrt(2 * 0.1^2) = 4.24."""
    before, after = (gap_of(forty, gap) for gap in (-0.6, -1.2))
    (change,) = [one for one in changes(before, after) if one.id == PEAK]
    assert change.state == "worse"
    assert change.p == pytest.approx(erfc(4.2426 / sqrt(2)), rel=1e-3)


def gap_of(found: Findings, gap: float) -> Findings:
    """The run as if its peak were a gap on a scale, where lower is worse."""
    checks = tuple(
        one.model_copy(update={"worse": "lower"}) if one.id == "T03" else one
        for one in found.checks
    )
    changed = estimated(found, PEAK, value=gap, low=gap - 0.196, high=gap + 0.196)
    return changed.model_copy(update={"checks": checks})


def test_number_without_an_interval_has_changed_or_not(forty) -> None:
    later = estimated(forty, PEAK, low=None, high=None, value=0.9)
    assert peak(forty, later).state == "changed"
    assert peak(forty, later).p is None


def test_number_hidden_in_one_run_is_no_change_of_it(forty) -> None:
    hidden = estimated(forty, PEAK, value=None, low=None, high=None, n=None)
    assert peak(forty, hidden).state == "still_found"
    assert peak(hidden, forty).state == "still_found"
    assert peak(hidden, hidden).state == "unchanged"


def test_finding_that_a_check_no_longer_makes_is_fixed(forty) -> None:
    gone = came_out(without(forty, PEAK), "T03", "pass")
    assert peak(forty, gone).state == "fixed"
    assert peak(gone, forty).state == "new"


@pytest.mark.parametrize(
    ("outcome", "why"),
    [
        ("insufficient_data", "There was too little data for that check."),
        ("not_applicable", "That check did not apply."),
        ("error", "That check broke."),
    ],
)
def test_finding_gone_because_its_check_could_not_be_made_is_not_fixed(forty, outcome, why) -> None:
    gone = came_out(without(forty, PEAK), "T03", outcome)
    lost, told = peak(forty, gone), peak(gone, forty)
    assert (lost.state, str(lost.because)) == ("no_longer_told", why)
    assert (told.state, str(told.because)) == ("newly_told", why)


def test_finding_of_a_check_that_was_not_asked_can_no_longer_be_told(forty) -> None:
    asked = findings(160, 40, checks=["M15"])
    assert peak(forty, asked).state == "no_longer_told"
    assert str(peak(forty, asked).because) == "That check was not made."


def test_finding_gone_by_another_threshold_is_not_fixed(forty) -> None:
    """The one run calls a peak what is 2 points above the others, the other what is 90 points."""
    gone = came_out(without(forty, PEAK), "T03", "pass")
    thresholds = {**forty.manifest.checks, "T03": {"least_difference": 0.9}}
    assert peak(forty, described(gone, checks=thresholds)).state == "no_longer_told"


def test_finding_beyond_the_twenty_that_a_check_lists_is_not_fixed(forty) -> None:
    twenty = tuple(
        next(one for one in forty.findings if one.id == PEAK).model_copy(
            update={"id": f"T03/stage{number}/peak"}
        )
        for number in range(20)
    )
    full = without(forty, PEAK).model_copy(update={"findings": twenty})
    assert peak(forty, full).state == "no_longer_told"


def test_finding_about_a_stage_that_left_the_map_is_not_fixed(forty) -> None:
    gone = came_out(without(forty, PEAK), "T03", "pass")
    parts = tuple(one for one in forty.manifest.journey_map.parts if one.id != "cart")
    shorter = forty.manifest.journey_map.model_copy(update={"parts": parts, "sha256": "0"})
    change = peak(forty, described(gone, journey_map=shorter))
    assert (change.state, str(change.because)) == ("no_longer_told", "`cart` is not on that map.")


def test_a_run_compared_with_itself_has_no_change(forty) -> None:
    assert set(states(forty, forty).values()) == {"unchanged"}


def test_the_other_way_round_new_is_fixed_and_worse_is_better(forty, sixty) -> None:
    few = findings(8, 4)
    for before, after in ((forty, sixty), (forty, few), (sixty, few)):
        there, back = states(before, after), states(after, before)
        assert back == {id_: OPPOSITE.get(state, state) for id_, state in there.items()}
        assert set(there.values()) != {"unchanged"}


def test_what_needs_attention_comes_first(forty, sixty) -> None:
    first, *_, last = changes(forty, sixty)
    assert (first.state, last.state) == ("worse", "unchanged")
