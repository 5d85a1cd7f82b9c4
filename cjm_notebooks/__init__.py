"""Customer-journey mapping for Jupyter: the designed map joined to what customers did and said.

A `JourneyMap` says which stages and touchpoints there are and, by rules, which events belong to
them. `join` puts recorded `Events`, `Feedback` and `Customers` on that map and gives `Journeys`.
`measure` asks the journeys one question (a metric) and gives a table with an interval at every
estimate. `audit` asks them all, checks the map, the data and the experience, and gives findings.
`compare` says what changed between two maps, `compare_runs` between two audits. `TableMapper`,
`MapBuilder` and `Explorer` do it on the screen.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from cjm_notebooks._version import __version__

if TYPE_CHECKING:
    from cjm_notebooks.audits import AuditResult, audit
    from cjm_notebooks.audits.comparing import (
        RunComparison,
        RunTimeline,
        compare_runs,
        timeline_of_runs,
    )
    from cjm_notebooks.audits.decisions import Decision, Decisions
    from cjm_notebooks.audits.erasing import Erasure, erase
    from cjm_notebooks.builders.explorer import Explorer
    from cjm_notebooks.builders.map_builder import MapBuilder
    from cjm_notebooks.builders.table_mapper import TableMapper
    from cjm_notebooks.engine import (
        SavedPartials,
        SparkJourneys,
        difference,
        jackknife,
        join_on_spark,
        measure,
        measure_all,
    )
    from cjm_notebooks.errors import JourneyError, StaleError
    from cjm_notebooks.events import Customers, Events, Feedback, Query, Question
    from cjm_notebooks.intake import Inspection, inspect
    from cjm_notebooks.journeys import (
        Inventory,
        JourneyParts,
        Journeys,
        customer_ids,
        join,
        join_in_parts,
        timeline,
        verbatims,
    )
    from cjm_notebooks.maps import JourneyMap, MeasuredMap, compare
    from cjm_notebooks.matching import bind, draft, unbind
    from cjm_notebooks.privacy.protecting import Protected, protect
    from cjm_notebooks.privacy.pseudonyms import Key

_HOME = {
    "audits": ("AuditResult", "audit"),
    "audits.comparing": ("RunComparison", "RunTimeline", "compare_runs", "timeline_of_runs"),
    "audits.decisions": ("Decision", "Decisions"),
    "audits.erasing": ("Erasure", "erase"),
    "builders.explorer": ("Explorer",),
    "builders.map_builder": ("MapBuilder",),
    "builders.table_mapper": ("TableMapper",),
    "engine": (
        "SavedPartials",
        "SparkJourneys",
        "difference",
        "jackknife",
        "join_on_spark",
        "measure",
        "measure_all",
    ),
    "errors": ("JourneyError", "StaleError"),
    "events": ("Customers", "Events", "Feedback", "Query", "Question"),
    "intake": ("Inspection", "inspect"),
    "journeys": (
        "Inventory",
        "JourneyParts",
        "Journeys",
        "customer_ids",
        "join",
        "join_in_parts",
        "timeline",
        "verbatims",
    ),
    "maps": ("JourneyMap", "MeasuredMap", "compare"),
    "matching": ("bind", "draft", "unbind"),
    "privacy.protecting": ("Protected", "protect"),
    "privacy.pseudonyms": ("Key",),
}
_MODULE_OF = {name: home for home, names in _HOME.items() for name in names}

__all__ = [
    "AuditResult",
    "Customers",
    "Decision",
    "Decisions",
    "Erasure",
    "Events",
    "Explorer",
    "Feedback",
    "Inspection",
    "Inventory",
    "JourneyError",
    "JourneyMap",
    "JourneyParts",
    "Journeys",
    "Key",
    "MapBuilder",
    "MeasuredMap",
    "Protected",
    "Query",
    "Question",
    "RunComparison",
    "RunTimeline",
    "SavedPartials",
    "SparkJourneys",
    "StaleError",
    "TableMapper",
    "__version__",
    "app",
    "audit",
    "bind",
    "compare",
    "compare_runs",
    "customer_ids",
    "dest",
    "difference",
    "draft",
    "erase",
    "inspect",
    "jackknife",
    "join",
    "join_in_parts",
    "join_on_spark",
    "labextension",
    "measure",
    "measure_all",
    "module",
    "protect",
    "src",
    "timeline",
    "timeline_of_runs",
    "unbind",
    "verbatims",
]


def __getattr__(name: str) -> object:
    if name not in _MODULE_OF:
        msg = f"module `cjm_notebooks` has no attribute `{name}`"
        raise AttributeError(msg)
    return getattr(import_module(f"cjm_notebooks.{_MODULE_OF[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])


def _jupyter_labextension_paths() -> list[dict[str, str]]:
    return [{"src": "labextension", "dest": "cjm-notebooks"}]


def _jupyter_server_extension_points() -> list[dict[str, object]]:
    from cjm_notebooks.server import JourneyApp

    return [{"module": "cjm_notebooks.server", "app": JourneyApp}]
