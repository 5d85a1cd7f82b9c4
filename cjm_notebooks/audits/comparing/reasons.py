"""Why the numbers of two runs answer different questions, or need care when laid side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from pydantic import JsonValue

from cjm_notebooks.audits.comparing.runs import Run
from cjm_notebooks.audits.headline import Days
from cjm_notebooks.audits.manifest import AuditedPart, Manifest
from cjm_notebooks.language import Sentence, say

Subject = Literal[
    "map", "settings", "template", "checks", "tables", "period", "moment", "k_min", "version"
]

SAME_LENGTH = 1.15
MOST_NAMED = 5
KIT = "cjm_notebooks"


@dataclass(frozen=True)
class Reason:
    """`prevents` says that the runs are not comparable; else it is something to keep in mind."""

    about: Subject
    prevents: bool
    sentence: Sentence


def reasons(before: Run, after: Run) -> tuple[Reason, ...]:
    """Those that prevent a comparison first.

    Two periods are of other length when one is more than 15 % longer, so that months of 28 and 31
    days are alike: D.
    """
    old, new = before.findings.manifest, after.findings.manifest
    found = [
        *_of_maps(old, new),
        *_of_settings(old, new),
        *_of_templates(before, after),
        *_of_tables(old, new),
        *_of_periods(before, after),
        *_of_checks(old, new),
        *_of_moments(old, new),
        *_of_versions(old, new),
    ]
    return tuple(sorted(found, key=lambda one: not one.prevents))


def counted_alike(old: Manifest, new: Manifest) -> bool:
    """Whether both runs count by the same rules and settings of the same map."""
    found = (*_of_maps(old, new), *_of_settings(old, new))
    return not any(one.prevents for one in found)


def _of_maps(old: Manifest, new: Manifest) -> Iterator[Reason]:
    a, b = old.journey_map, new.journey_map
    if a.id != b.id:
        sentence = say("The runs are of two maps, {before} and {after}.", before=a.id, after=b.id)
        yield Reason("map", True, sentence)
    elif a.sha256 == b.sha256:
        return
    elif not a.parts or not b.parts:
        yield Reason("map", True, say("The map was changed, and how is not recorded."))
    else:
        changed = [*_of_parts(a.parts, b.parts)]
        yield from (Reason("map", True, sentence) for sentence in changed)
        if not changed:
            yield Reason("map", False, say("Only texts and claims of the map were changed."))


def _of_parts(
    before: tuple[AuditedPart, ...], after: tuple[AuditedPart, ...]
) -> Iterator[Sentence]:
    old, new = ({(one.kind, one.id): one for one in parts} for parts in (before, after))
    kept = [(old[key], one) for key, one in new.items() if key in old]
    orders = [[one.id for one in run.values() if one.kind == "stage"] for run in (old, new)]
    moved = [b.id for a, b in kept if a.stage != b.stage]
    ruled = [b.id for a, b in kept if a.rule != b.rule or (a.kind == "outcome" and a != b)]
    if names := _named(one.id for key, one in new.items() if key not in old):
        yield say("The map was changed. New on it: {parts}.", parts=names)
    if names := _named(one.id for key, one in old.items() if key not in new):
        yield say("The map was changed. Gone from it: {parts}.", parts=names)
    if names := _named(moved):
        yield say("The map was changed. In another stage: {parts}.", parts=names)
    if names := _named(ruled):
        yield say("The map was changed. Counted by another rule: {parts}.", parts=names)
    if sorted(orders[0]) == sorted(orders[1]) and orders[0] != orders[1]:
        yield say("The map was changed. Its stages stand in another order.")


def _of_settings(old: Manifest, new: Manifest) -> Iterator[Reason]:
    a, b = old.journey_map.journey, new.journey_map.journey
    for name in {**a, **b} if a and b else ():
        if a.get(name) != b.get(name):
            sentence = say(
                "The map's `{setting}` was {before} and is {after}.",
                setting=name,
                before=_shown(a.get(name)),
                after=_shown(b.get(name)),
            )
            yield Reason("settings", True, sentence)
    if old.confidence != new.confidence:
        sentence = say("The intervals have another confidence.")
        yield Reason("settings", True, sentence)


def _of_templates(before: Run, after: Run) -> Iterator[Reason]:
    if before.template and after.template and before.template != after.template:
        sentence = say(
            "The runs are of two templates, {before} and {after}.",
            before=before.template,
            after=after.template,
        )
        yield Reason("template", True, sentence)
    elif (
        before.template_hash
        and after.template_hash
        and (before.template_hash != after.template_hash)
    ):
        yield Reason("template", False, say("The template was changed in between."))


def _of_tables(old: Manifest, new: Manifest) -> Iterator[Reason]:
    a, b = ({one.table: one for one in run.inputs} for run in (old, new))
    for table in sorted(a.keys() ^ b.keys()):
        yield Reason(
            "tables", True, say("Only one of the runs has the table `{table}`.", table=table)
        )
    for table in sorted(a.keys() & b.keys()):
        was, now = a[table].read_as, b[table].read_as
        for name in {**was, **now}:
            if was.get(name) != now.get(name):
                sentence = say(
                    "The `{column}` of `{table}` was {before} and is {after}.",
                    column=name,
                    table=table,
                    before=_shown(was.get(name)),
                    after=_shown(now.get(name)),
                )
                yield Reason("tables", True, sentence)


def _of_periods(before: Run, after: Run) -> Iterator[Reason]:
    a, b = _period(before), _period(after)
    if a is None or b is None:
        return
    was, now = ((one.last - one.first).days + 1 for one in (a, b))
    if max(was, now) > SAME_LENGTH * min(was, now):
        sentence = say(
            "The periods differ in length: {before:count} days and {after:count} days.",
            before=was,
            after=now,
        )
        yield Reason("period", True, sentence)
    if a == b and _hashes(before) == _hashes(after):
        if before.findings.manifest != after.findings.manifest:
            yield Reason("period", False, say("Both runs rest on the same records."))
        return
    shared = (min(a.last, b.last) - max(a.first, b.first)).days + 1
    if shared > 0:
        sentence = say(
            "The periods share {shared:count} days, and so the customers of those days. The test "
            "takes them for different people, which finds too little and never too much.",
            shared=shared,
        )
        yield Reason("period", False, sentence)


def _of_checks(old: Manifest, new: Manifest) -> Iterator[Reason]:
    if names := _named(sorted(old.checks.keys() ^ new.checks.keys())):
        sentence = say("Checks that only one of the runs made: {checks}.", checks=names)
        yield Reason("checks", False, sentence)
    both = sorted(old.checks.keys() & new.checks.keys())
    if names := _named(id_ for id_ in both if old.checks[id_] != new.checks[id_]):
        sentence = say("Checks that were made with other thresholds: {checks}.", checks=names)
        yield Reason("checks", False, sentence)
    if old.k_min != new.k_min:
        sentence = say(
            "One run hides groups below {before:count}, the other below {after:count}.",
            before=old.k_min,
            after=new.k_min,
        )
        yield Reason("k_min", False, sentence)


def _of_moments(old: Manifest, new: Manifest) -> Iterator[Reason]:
    if new.as_of < old.as_of:
        sentence = say("The second run stands at an earlier moment than the first.")
        yield Reason("moment", False, sentence)


def _of_versions(old: Manifest, new: Manifest) -> Iterator[Reason]:
    was, now = (run.versions.get(KIT, "") for run in (old, new))
    if was != now:
        sentence = say(
            "The runs were made by versions {before} and {after} of the kit.", before=was, after=now
        )
        yield Reason("version", False, sentence)


def _period(run: Run) -> Days | None:
    headline = run.findings.headline
    return None if headline is None else headline.period


def _hashes(run: Run) -> list[str]:
    return [one.sha256 for one in run.findings.manifest.inputs]


def _named(names: Iterable[str]) -> str:
    """`a, b, c …`, with at most five of them; empty for none."""
    every = list(dict.fromkeys(names))
    return ", ".join(every[:MOST_NAMED]) + (" …" if len(every) > MOST_NAMED else "")


def _shown(value: JsonValue) -> str:
    """A setting as one reads it; what has parts of its own only by what is said in it."""
    if isinstance(value, dict):
        return ", ".join(_shown(one) for one in value.values() if one is not None) or "–"
    if isinstance(value, list):
        return ", ".join(map(_shown, value))
    return "–" if value is None or value == "" else str(value)[:80]
