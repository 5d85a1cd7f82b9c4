"""What became of each finding from one run to another, tested where there is an interval.

A share is tested by two-proportion z on the number of independent trials that its Wilson interval
stands for; any other estimate by z on the errors that its interval stands for. All p-values of one
comparison are corrected together. Without intervals on both sides a number has changed or not.

Runs on a growing file share customers, and are no independent samples. The variance of a difference
of two shares with n12 of the n1 and n2 trials in common is lower by 2 r n12 / (n1 n2) s^2, and the
correlation r within a customer, whose past is in both runs, is not negative. The tests leave that
term out, because the files of a run hold no customers: on such runs they find too little, never too
much.

Source  Benjamini and Hochberg 1995, Controlling the false discovery rate
        Derrick, Dobson-McKittrick, Toher and White 2015, Test statistics for comparing two
        proportions with partially overlapping samples
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Literal

import numpy as np

from cjm_notebooks.audits.decisions import JUDGED, tells_of_all
from cjm_notebooks.audits.findings import CheckMade, Findings, Found
from cjm_notebooks.checks import SEVERITIES, Direction
from cjm_notebooks.language import N_, Sentence, say
from cjm_notebooks.statistics.comparisons import two_proportions_p
from cjm_notebooks.statistics.corrections import benjamini_hochberg
from cjm_notebooks.statistics.differences import estimates_p
from cjm_notebooks.statistics.intervals import effective_trials

State = Literal[
    "new",
    "newly_told",
    "worse",
    "changed",
    "still_found",
    "within_noise",
    "unchanged",
    "better",
    "no_longer_told",
    "fixed",
]
STATES: dict[State, str] = {
    "new": N_("new"),
    "newly_told": N_("told for the first time"),
    "worse": N_("worse"),
    "changed": N_("changed, untested"),
    "still_found": N_("still found, its number hidden"),
    "within_noise": N_("within noise"),
    "unchanged": N_("unchanged"),
    "better": N_("better"),
    "no_longer_told": N_("can no longer be told"),
    "fixed": N_("fixed"),
}
FALSE_DISCOVERIES = 0.05
UNJUDGED = {
    "insufficient_data": N_("There was too little data for that check."),
    "not_applicable": N_("That check did not apply."),
    "error": N_("That check broke."),
}


@dataclass(frozen=True)
class Change:
    """One finding in both runs; `because` says why a run does not tell of it."""

    id: str
    state: State
    before: Found | None
    after: Found | None
    p: float | None = None
    p_adjusted: float | None = None
    because: Sentence | None = None

    @property
    def last(self) -> Found:
        """As the later of the runs that have it says it."""
        found = self.after or self.before
        assert found is not None
        return found


Pair = tuple[Found | None, Found | None]


def changes(before: Findings, after: Findings) -> tuple[Change, ...]:
    """Each finding of either run, what needs attention first."""
    old, new = ({one.id: one for one in run.findings} for run in (before, after))
    pairs = {id_: (old.get(id_), new.get(id_)) for id_ in sorted({*old, *new})}
    raw = [_p(*pair) for pair in pairs.values()]
    adjusted = benjamini_hochberg(raw).tolist()
    worse = {check.id: check.worse for run in (before, after) for check in run.checks}
    found = [
        _change(id_, pair, (p, p_adjusted), worse, (before, after))
        for (id_, pair), p, p_adjusted in zip(pairs.items(), raw, adjusted, strict=True)
    ]
    return tuple(sorted(found, key=_urgency))


def severity_rank(found: Found | None) -> int:
    """How severe it is, -1 for nothing."""
    return -1 if found is None or found.severity is None else SEVERITIES.index(found.severity)


def _change(
    id_: str,
    pair: Pair,
    ps: tuple[float, float],
    worse: Mapping[str, Direction],
    runs: tuple[Findings, Findings],
) -> Change:
    old, new = pair
    before, after = runs
    if old is None and new is not None:
        because = _untold(new, after, before)
        return Change(id_, "newly_told" if because else "new", old, new, because=because)
    if old is not None and new is None:
        because = _untold(old, before, after)
        return Change(id_, "no_longer_told" if because else "fixed", old, new, because=because)
    assert old is not None
    assert new is not None
    p, p_adjusted = (None if one != one else one for one in ps)
    state = _state(old, new, p_adjusted, worse.get(new.check, "higher"))
    return Change(id_, state, old, new, p, p_adjusted)


def _state(old: Found, new: Found, p_adjusted: float | None, worse: Direction) -> State:
    if (old.value, old.low, old.high, old.severity) == (new.value, new.low, new.high, new.severity):
        return "unchanged"
    if old.value is None or new.value is None:
        return "changed" if old.value is new.value else "still_found"
    if p_adjusted is None:
        return "changed"
    if p_adjusted > FALSE_DISCOVERIES:
        return "within_noise"
    return "worse" if (new.value > old.value) == (worse == "higher") else "better"


def _p(old: Found | None, new: Found | None) -> float:
    """NaN where there is nothing to test."""
    if old is None or new is None or old.low is None or new.low is None:
        return float("nan")
    if old.value is not None and old.value == new.value:
        return 1.0
    (a, low_a, high_a), (b, low_b, high_b) = _estimate(old), _estimate(new)
    if _is_share(old) and _is_share(new):
        n_a, n_b = effective_trials([a, b], [low_a, low_b], [high_a, high_b])
        p = float(two_proportions_p(a * n_a, n_a, b * n_b, n_b))
        if p == p:
            return p
    of_a, of_b = (np.array(low_a), np.array(high_a)), (np.array(low_b), np.array(high_b))
    return float(estimates_p(a, of_a, b, of_b))


def _estimate(found: Found) -> tuple[float, float, float]:
    """The value and the ends of its interval, NaN where there is none."""
    return _number(found.value), _number(found.low), _number(found.high)


def _number(value: float | None) -> float:
    return float("nan") if value is None else value


def _is_share(found: Found) -> bool:
    """Whether the finding's own sentence writes its value as a percentage."""
    return any(
        form == "percent" and found.what.values.get(name or "") == found.value
        for _, name, form, _ in Formatter().parse(found.what.english)
    )


def _untold(found: Found, here: Findings, there: Findings) -> Sentence | None:
    """Why the run `there` does not tell whether that finding of `here` is there too."""
    return next(_gaps(found, here, there), None)


def _gaps(found: Found, here: Findings, there: Findings) -> Iterator[Sentence]:
    check: CheckMade | None = next((one for one in there.checks if one.id == found.check), None)
    if check is None:
        yield say("That check was not made.")
        return
    if check.outcome not in JUDGED:
        yield say(UNJUDGED[check.outcome])
        return
    if not tells_of_all(check.outcome, sum(one.check == found.check for one in there.findings)):
        yield say("That check lists twenty findings at most, and did.")
    if here.manifest.checks.get(found.check) != there.manifest.checks.get(found.check):
        yield say("That check was made with other thresholds.")
    drawn, drawn_there = (
        {part.id for part in run.manifest.journey_map.parts} for run in (here, there)
    )
    for target in found.targets:
        if drawn_there and target in drawn - drawn_there:
            yield say("`{part}` is not on that map.", part=target)


def _urgency(change: Change) -> tuple[int, int, str]:
    return list(STATES).index(change.state), -severity_rank(change.last), change.id
