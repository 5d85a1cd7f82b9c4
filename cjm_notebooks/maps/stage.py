"""The stage: a part of the journey in which the customer wants one thing."""

from __future__ import annotations

from typing import Literal

from cjm_notebooks.maps.part import Named
from cjm_notebooks.maps.touchpoint import Touchpoint
from cjm_notebooks.maps.values import DepartmentId, Duration, KpiId, Share


class Stage(Named):
    """A phase of the journey, with its touchpoints in order."""

    canonical: (
        Literal["awareness", "consideration", "purchase", "use", "retention", "advocacy", "exit"]
        | None
    ) = None
    """The stage of the full life cycle it corresponds to, so that maps can be set side by side."""
    super_stage: Literal["pre_purchase", "purchase", "post_purchase"] | None = None
    """Before, in or after the purchase. [LV16]"""
    customer_goal: str = ""
    """What the customer wants in this stage."""
    description: str = ""
    """What happens in it."""
    entry_condition: str = ""
    """When a customer is in it."""
    exit_condition: str = ""
    """When a customer has left it."""
    owner_department: DepartmentId | None = None
    """The department that answers for it. [NNG]"""
    kpis: tuple[KpiId, ...] = ()
    """Ids of the KPIs it is measured by."""
    expected_share: Share | None = None
    """The share of customers who are expected to come here, 0 to 1."""
    expected_duration: Duration | None = None
    """How long it is expected to last."""
    touchpoints: tuple[Touchpoint, ...] = ()
    """Its touchpoints, in order."""
