"""An audit asks the map, the data and the experience everything at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from cjm_notebooks import AuditResult, audit
from cjm_notebooks.checks.change_over_time import ChangeOverTime
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.maps import Evidence
from cjm_notebooks.views.group_shares import GroupShares
from tests.audits import AS_OF, BUYS, BUYS_LATER, LEAVES_CART, answers, events, texts_in
from tests.journeys import ONE_EACH

FORTY_BUY_TWENTY_LEAVE = events(*[BUYS] * 39, BUYS_LATER, *[LEAVES_CART] * 20)

PROJECT_CHECK = '''
"""Z01: a check of the project's own."""

from dataclasses import dataclass

from cjm_notebooks.checks import Check, Observation, Verdict


@dataclass(frozen=True)
class {name}(Check[object]):
    """Always {outcome}."""

    id = "{id}"
    passed = "All is well."
    failed = "Nothing is well."
    why = "It is a test."
    severity = "low"
    source = "D"
    limits = "It sees nothing."
    reads = {{"journey_map": "journey_map"}}

    def inspect(self, journey_map):
        {body}

    def judge(self, observation):
        return Verdict("pass")
'''


def outcomes(result: AuditResult) -> dict[str, str]:
    return {one.check_id: one.outcome for one in result.checked}


def test_audit_finds_the_stage_where_journeys_end_and_says_how_many() -> None:
    result = audit(ONE_EACH, FORTY_BUY_TWENTY_LEAVE, as_of=AS_OF)
    (peak,) = [finding for finding in result.findings if finding.id == "T03/cart/peak"]
    assert peak.value == pytest.approx(20 / 60)
    assert peak.n == 60
    assert peak.severity == "high"


def test_every_check_is_made_and_the_worst_finding_comes_first() -> None:
    result = audit(ONE_EACH, FORTY_BUY_TWENTY_LEAVE, as_of=AS_OF)
    assert len(result.checked) == 32
    assert [one.check_id for one in result.checked] == sorted(outcomes(result))
    severities = ["critical", "high", "medium", "low", "info"]
    ranks = [severities.index(finding.severity) for finding in result.findings]
    assert ranks == sorted(ranks)
    assert result.worst_severity == result.findings[0].severity == "critical"


def test_events_alone_can_be_audited() -> None:
    result = audit(ONE_EACH, FORTY_BUY_TWENTY_LEAVE, as_of=AS_OF)
    assert outcomes(result)["F01"] == "not_applicable"
    assert outcomes(result)["X01"] == "not_applicable"
    assert result.extent.events == 260
    assert result.extent.answers == 0


def test_feedback_alone_can_be_audited() -> None:
    said = answers(*["csat:cart=4@3"] * 30, *["nps=9@3"] * 20, *["nps=3@3"] * 10)
    result = audit(ONE_EACH, feedback=said, as_of=AS_OF)
    for check in ("C01", "C02", "T03"):
        assert outcomes(result)[check] == "not_applicable"
    assert result.extent.answers == 60
    (nps,) = result.tables["nps"].to_dict("records")
    assert nps["nps"] == pytest.approx(100 * (20 - 10) / 30)


def test_map_alone_can_be_audited() -> None:
    result = audit(ONE_EACH, as_of=AS_OF)
    assert outcomes(result)["M01"] == "fail"
    assert outcomes(result)["T03"] == "not_applicable"
    assert result.gate.decision == "STOP"
    assert result.broken == ()


def test_check_or_view_that_has_to_be_told_something_is_given_as_itself() -> None:
    since = ChangeOverTime("2025-02-01", enough=1)
    periods = (("", "2025-02-01"), ("2025-02-01", ""))
    views = [GroupShares(periods=periods), "waits", GroupShares("return", periods=periods)]
    result = audit(ONE_EACH, FORTY_BUY_TWENTY_LEAVE, as_of=AS_OF, checks=[since], views=views)
    assert outcomes(result) == {"T04": "pass"}
    assert list(result.views) == ["group-shares", "waits", "group-shares-2"]
    assert result.manifest.checks["T04"]["since"] == "2025-02-01"


def test_what_was_not_told_what_to_compare_does_not_apply() -> None:
    result = audit(ONE_EACH, FORTY_BUY_TWENTY_LEAVE, as_of=AS_OF)
    told = {"A01", "F06", "G01", "K02", "M04", "T04"}
    assert {outcomes(result)[check] for check in told} == {"not_applicable"}
    assert "group-shares" not in result.views


def test_checks_are_chosen_by_id_or_by_name() -> None:
    result = audit(
        ONE_EACH, FORTY_BUY_TWENTY_LEAVE, as_of=AS_OF, checks=["drop-off-peak", "C01", "T03"]
    )
    assert list(outcomes(result)) == ["C01", "T03"]


def test_unknown_check_names_those_near_it() -> None:
    with pytest.raises(ParameterError, match=r"There is no check `T30`\. Did you mean .*`T03`"):
        audit(ONE_EACH, FORTY_BUY_TWENTY_LEAVE, as_of=AS_OF, checks=["T30"])


def test_views_are_drawn_in_the_order_asked_for_and_an_unknown_one_is_named() -> None:
    result = audit(ONE_EACH, FORTY_BUY_TWENTY_LEAVE, as_of=AS_OF, views=["waits", "coverage"])
    assert list(result.views) == ["waits", "coverage"]
    with pytest.raises(ParameterError, match=r"no view `wait`\. Did you mean `waits`\?"):
        audit(ONE_EACH, FORTY_BUY_TWENTY_LEAVE, as_of=AS_OF, views=["wait"])


def test_audit_without_a_moment_says_what_to_give() -> None:
    with pytest.raises(ParameterError, match=r'needs `as_of`.* such as `as_of="2025-03-31"`'):
        audit(ONE_EACH, FORTY_BUY_TWENTY_LEAVE)


def test_what_was_recorded_after_the_audit_is_set_aside_and_the_day_itself_counts() -> None:
    bought = events(*[BUYS] * 10)
    until_cart = audit(ONE_EACH, bought, as_of=date(2025, 1, 3))
    assert until_cart.extent.events == 30
    assert until_cart.quality[0].set_aside_rows("after_as_of") == 20


def test_more_groups_are_hidden_than_the_map_asks_for_but_never_fewer() -> None:
    assert audit(ONE_EACH, FORTY_BUY_TWENTY_LEAVE, as_of=AS_OF, k_min=50).small_groups.k_min == 50
    assert audit(ONE_EACH, FORTY_BUY_TWENTY_LEAVE, as_of=AS_OF, k_min=1).small_groups.k_min == 5


def test_the_checks_of_a_project_take_part_and_one_that_breaks_is_one_row(tmp_path: Path) -> None:
    folder = tmp_path / "checks"
    folder.mkdir()
    own = {"name": "HouseRule", "id": "Z01", "outcome": "passes", "body": "return Observation()"}
    (folder / "house_rule.py").write_text(PROJECT_CHECK.format(**own))
    broken = {"name": "BrokenRule", "id": "Z02", "outcome": "breaks", "body": "return 1 / 0"}
    (folder / "broken_rule.py").write_text(PROJECT_CHECK.format(**broken))
    result = audit(ONE_EACH, FORTY_BUY_TWENTY_LEAVE, as_of=AS_OF, project=tmp_path)
    assert outcomes(result)["Z01"] == "pass"
    assert [one.check_id for one in result.broken] == ["Z02"]
    assert "ZeroDivisionError" in str(result.broken[0].sentence)
    assert len(result.checked) == 34


def test_personal_data_is_found_in_columns_nobody_named_and_in_quotes_and_is_not_repeated() -> None:
    recorded = events(*[BUYS] * 10, note="ask jane.doe@example.com")
    quote = Evidence(id="talk", kind="interview", quote="call me at +49 30 901820")
    quoted = ONE_EACH.model_copy(update={"evidence": (quote,)})
    result = audit(quoted, recorded, as_of=AS_OF)
    assert {(one.column, one.kind) for one in result.personal_data} == {
        ("events.note", "email"),
        ("evidence.quote", "phone number"),
    }
    shown = " ".join(section.html for section in result.sections())
    assert "jane.doe" not in shown
    assert "901820" not in shown
    assert outcomes(result)["R01"] == "fail"


def test_a_table_that_can_be_read_only_once_is_enough() -> None:
    import pyarrow as pa

    once = pa.table(FORTY_BUY_TWENTY_LEAVE.table).to_reader()
    streamed = audit(ONE_EACH, replace(FORTY_BUY_TWENTY_LEAVE, table=once), as_of=AS_OF)
    held = audit(ONE_EACH, FORTY_BUY_TWENTY_LEAVE, as_of=AS_OF)
    assert streamed.extent == held.extent
    assert streamed.manifest.inputs[0].sha256 == held.manifest.inputs[0].sha256


def test_comments_are_searched_for_personal_data_and_stand_in_no_audit(tmp_path: Path) -> None:
    said = answers(*["csat:cart=4@3"] * 30)
    table = pd.DataFrame(said.table).assign(why="Ask Zoe, zoe@example.org, about it")
    commented = replace(said, table=table, comment="why")
    result = audit(ONE_EACH, FORTY_BUY_TWENTY_LEAVE, feedback=commented, as_of=AS_OF)
    assert [(one.column, one.kind, one.count) for one in result.personal_data] == [
        ("feedback.why", "email", 1)
    ]
    result.save(tmp_path, "shop")
    files = texts_in(tmp_path)
    assert any("feedback.why" in text for text in files.values())
    assert not any("Zoe" in text or "zoe@" in text for text in files.values())
