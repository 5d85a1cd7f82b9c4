"""The audit: the map, the data and the experience of customers, asked everything at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

import pandas as pd

from cjm_notebooks.audits.concealing import concealed, concealed_gate
from cjm_notebooks.audits.decisions import Decisions, decided
from cjm_notebooks.audits.manifest import manifest
from cjm_notebooks.audits.measuring import MEASURES, measured_map
from cjm_notebooks.audits.moment import moment
from cjm_notebooks.audits.protection import protection
from cjm_notebooks.audits.result import AuditResult, extent_of, table_name
from cjm_notebooks.audits.scanning import personal_data, without_personal_names
from cjm_notebooks.catalogue import entries, id_of
from cjm_notebooks.checks import AnyCheck, Check, SmallGroups
from cjm_notebooks.engine import measure_all
from cjm_notebooks.errors import ParameterError, did_you_mean
from cjm_notebooks.events import Customers, Events, Feedback, Quality
from cjm_notebooks.events.accounts import carried
from cjm_notebooks.events.content import held
from cjm_notebooks.events.restricting import Given, restricted
from cjm_notebooks.gate import QUESTIONS, gate
from cjm_notebooks.inspection import inspect_all
from cjm_notebooks.journeys import join
from cjm_notebooks.journeys.joining.walking import nobody
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.metrics import AnyMetric, Metric
from cjm_notebooks.privacy.small_groups import Suppressed, suppress
from cjm_notebooks.views import View

T = TypeVar("T")


def audit(
    journey_map: JourneyMap,
    events: Events | None = None,
    *,
    feedback: Feedback | None = None,
    customers: Customers | None = None,
    as_of: datetime | date | str | None = None,
    checks: Sequence[str | AnyCheck] = (),
    views: Sequence[str | View] = (),
    project: Path | str | None = None,
    quality: Sequence[Quality] = (),
    k_min: int = 0,
    decisions: Decisions | None = None,
    only: Mapping[str, str] | None = None,
) -> AuditResult:
    """What is wrong with the map, its data and the experience of customers, and how sure that is.

    `as_of` is the moment the audit stands at, usually the end of the data; what was recorded later
    is set aside. `checks` are those to make, by id or slug, and `views` those to draw; without any,
    all are, but for views that are drawn only if named. One that has to be told something is given
    as itself, such as `SubgroupDifference(split="country")`. `project` is a folder whose own
    `checks/` and `views/` take part. `quality` is what a source counted before its tables came
    here. A `k_min` above that of the map hides more groups. `decisions` stand beside the findings
    they were taken on, and change none. `only` keeps to the customers or events with one value in
    a column, such as `{"country": "DEU"}`.

    Without any table the map alone is audited. Each metric that a check, a view or a question of
    the gate reads is measured once. No table and no finding tells of fewer people than `k_min`.
    Comments of customers are searched for personal data like any text, and read for nothing else;
    in names of events it is masked. What a table carries of its import and its protection is told.

    Raises  ParameterError when `as_of` is missing, a check or view is unknown, or there is nothing
            of what `only` names; what `join` raises
    """
    if as_of is None:
        msg = 'An audit needs `as_of`, the end of your data, such as `as_of="2025-03-31"`.'
        raise ParameterError(msg)
    at, home = moment(as_of), Path(project) if project else None
    every = [kind() for kind in entries("checks", Check, home).values()]
    asked, drawn = _checks(checks, every), _views(views, home)
    decisions = decisions or Decisions()
    events, feedback, customers = held(events), held(feedback), held(customers)
    given = {"events": events, "feedback": feedback, "customers": customers}
    whole = {name: tables for name, tables in given.items() if tables is not None}
    part, left_out = restricted(Given(events, feedback, customers), only or {})
    events, feedback, customers = part.events, part.feedback, part.customers

    unsaid = None if feedback is None else replace(feedback, comment=None)
    journeys = (
        without_personal_names(
            join(journey_map, events, feedback=unsaid, customers=customers, as_of=at)
        )
        if whole
        else nobody(journey_map)
    )
    reports = measure_all(_metrics(asked, drawn.values()), journeys)
    k_min = max(k_min, journey_map.privacy.k_min)
    shown = {metric: suppress(reports[metric], metric.published, k_min) for metric in reports}
    tables = {metric: suppressed.table for metric, suppressed in shown.items()}
    accounts = (*journeys.quality, *left_out, *quality)
    accounts += tuple(one for one in carried(whole.values()) if one not in accounts)
    found = personal_data(journey_map, part.tables)
    looked = AuditResult(
        manifest=manifest(journey_map, whole, asked, at, k_min, only or {}, decisions),
        journey_map=journey_map,
        extent=extent_of(journeys, k_min),
        gate=concealed_gate(gate(journey_map, reports), k_min),
        checked=(),
        measured=measured_map(journey_map, tables, accounts, at),
        quality=accounts,
        personal_data=found,
        protection=protection(journey_map, found, accounts, whole, k_min),
        small_groups=_small_groups(shown, k_min),
        reports=tables,
        views=drawn,
    )
    judged = _judged(looked, asked, reports, shown)
    known = {check.id for check in every}
    return replace(judged, decided=decided(decisions, judged.checked, known, at.date()))


def _judged(
    looked: AuditResult,
    asked: Sequence[AnyCheck],
    reports: Mapping[AnyMetric, pd.DataFrame],
    shown: Mapping[AnyMetric, Suppressed],
) -> AuditResult:
    """Checks judge by what was measured, and tell only what may be shown."""
    readings = looked.readings
    readings.update(reports.items())
    checked = inspect_all(asked, readings)
    k_min = looked.small_groups.k_min
    return replace(
        looked,
        checked=tuple(concealed(one, shown, k_min) for one in checked),
        tests=sum(len(one.observation.tests) for one in checked),
    )


def _small_groups(shown: Mapping[AnyMetric, Suppressed], k_min: int) -> SmallGroups:
    hidden = {table_name(metric): suppressed.hidden_cells for metric, suppressed in shown.items()}
    return SmallGroups(k_min, hidden)


def _checks(wanted: Sequence[str | AnyCheck], every: Sequence[AnyCheck]) -> list[AnyCheck]:
    by_name = {name: check for check in every for name in (check.id, id_of(type(check)))}
    chosen = [one if isinstance(one, Check) else _named(one, by_name, "check") for one in wanted]
    return sorted(dict.fromkeys(chosen or every), key=lambda check: check.id)


def _views(wanted: Sequence[str | View], project: Path | None) -> dict[str, View]:
    """In the order asked for; a second one of the same kind is told apart by a number."""
    every = {name: kind() for name, kind in entries("views", View, project).items()}
    chosen = [one if isinstance(one, View) else _named(one, every, "view") for one in wanted]
    usual = [view for view in every.values() if not view.only_if_named]
    found: dict[str, View] = {}
    for view in dict.fromkeys(chosen or usual):
        name = id_of(type(view))
        alike = sum(type(view) is type(other) for other in found.values())
        found[f"{name}-{alike + 1}" if alike else name] = view
    return found


def _named(name: str, known: Mapping[str, T], what: str) -> T:
    if name not in known:
        msg = f"There is no {what} `{name}`. {did_you_mean(name, known)}"
        raise ParameterError(msg)
    return known[name]


def _metrics(checks: Iterable[AnyCheck], views: Iterable[View]) -> tuple[AnyMetric, ...]:
    """Each metric that anything reads, once."""
    read = [*(check.reads for check in checks), *(view.reads for view in views)]
    metrics = [one for reads in read for one in reads.values() if isinstance(one, Metric)]
    metrics += [question.metric for question in QUESTIONS]
    metrics += [measured.metric for measured in MEASURES]
    return tuple(dict.fromkeys(metrics))
