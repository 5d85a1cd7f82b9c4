"""Small runs of audits, on the shop of `tests.journeys`.

`run(160, 40)` are 200 customers of whom 40 left at the cart.
"""

from __future__ import annotations

from cjm_notebooks import AuditResult, JourneyMap, audit
from cjm_notebooks.audits.findings import Findings, findings_of
from tests.audits import AS_OF, BUYS, BUYS_LATER, LEAVES_CART, events
from tests.journeys import ONE_EACH


def run(
    stay: int, leave: int, as_of: str = AS_OF, on: JourneyMap = ONE_EACH, **more: object
) -> AuditResult:
    recorded = events(*[BUYS] * (stay - 1), BUYS_LATER, *[LEAVES_CART] * leave)
    return audit(on, recorded, as_of=as_of, **more)


def findings(stay: int, leave: int, as_of: str = AS_OF, **more: object) -> Findings:
    return findings_of(run(stay, leave, as_of, **more))


def without(found: Findings, id_: str) -> Findings:
    """The same run, had it not found that."""
    kept = tuple(one for one in found.findings if one.id != id_)
    return found.model_copy(update={"findings": kept})


def came_out(found: Findings, check: str, outcome: str) -> Findings:
    """The same run, had that check come out so."""
    checks = tuple(
        one.model_copy(update={"outcome": outcome}) if one.id == check else one
        for one in found.checks
    )
    return found.model_copy(update={"checks": checks})


def estimated(found: Findings, id_: str, **numbers: object) -> Findings:
    """The same run, had that finding other numbers."""
    changed = tuple(
        one.model_copy(update=numbers) if one.id == id_ else one for one in found.findings
    )
    return found.model_copy(update={"findings": changed})


def described(found: Findings, **fields: object) -> Findings:
    """The same run with other fields in its manifest."""
    return found.model_copy(update={"manifest": found.manifest.model_copy(update=fields)})
