"""Two runs of an audit laid side by side."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from pydantic import JsonValue

from cjm_notebooks.audits.comparing.changes import STATES, Change, State, changes, severity_rank
from cjm_notebooks.audits.comparing.reasons import Reason, reasons
from cjm_notebooks.audits.comparing.runs import AnyRun, Run, read_run, spoken
from cjm_notebooks.audits.findings import said_of
from cjm_notebooks.audits.markup import markup
from cjm_notebooks.audits.sections.wording import SEVERITIES as WORDS
from cjm_notebooks.checks import SEVERITIES, Severity
from cjm_notebooks.errors import ParameterError, did_you_mean
from cjm_notebooks.language import Sentence, language, say

if TYPE_CHECKING:
    import pandas as pd

SCHEMA_VERSION = "1.0"
COLUMNS = (
    "finding", "state", "severity_before", "severity", "value_before", "low_before", "high_before",
    "value", "low", "high", "p", "p_adjusted", "what", "because", "decision",
)  # fmt: skip
SETTLED: tuple[State, ...] = ("within_noise", "unchanged")


@dataclass(frozen=True)
class Limit:
    """When a comparison fails: at a finding so severe that is new, got worse, or just there."""

    kind: Literal["new", "worse", "any"]
    severity: Severity

    @classmethod
    def read(cls, text: str) -> Limit:
        """`new-high`, `worse-medium`, or `high`.

        Raises  ParameterError when it is none of them
        """
        kinds = ("new", "worse", "any")
        known = {
            word if kind == "any" else f"{kind}-{word}": cls(kind, word)  # type: ignore[arg-type]
            for word in SEVERITIES
            for kind in kinds
        }
        if text not in known:
            msg = f"There is no limit `{text[:80]}`. {did_you_mean(text, known)}"
            raise ParameterError(msg)
        return known[text]

    def is_met_by(self, change: Change) -> bool:
        """A finding that has become so severe is new at that severity, unless within noise."""
        least = SEVERITIES.index(self.severity)
        if severity_rank(change.after) < least:
            return False
        match self.kind:
            case "any":
                return True
            case "worse":
                return change.state == "worse"
        return change.state not in SETTLED and severity_rank(change.before) < least


@dataclass(frozen=True)
class RunComparison:
    """What became of each finding, and why the runs may not be comparable."""

    before: Run
    after: Run
    changes: tuple[Change, ...]
    reasons: tuple[Reason, ...]

    @property
    def is_comparable(self) -> bool:
        return not any(one.prevents for one in self.reasons)

    @property
    def tests(self) -> int:
        """How many differences were tested; their p-values are corrected together."""
        return sum(one.p is not None for one in self.changes)

    @property
    def counts(self) -> dict[State, int]:
        """How many findings of each state, without those that none has."""
        found = Counter(one.state for one in self.changes)
        return {state: found[state] for state in STATES if found[state]}

    def stated(self) -> Iterator[tuple[Change, str]]:
        """Each change, and its state in words to be translated."""
        yield from ((one, STATES[one.state]) for one in self.changes)

    def fails(self, limit: str) -> bool:
        """Whether there is what `limit` forbids, such as `new-high`, `worse-medium` or `high`.

        Raises  ParameterError when the limit is none of these
        """
        forbidden = Limit.read(limit)
        return any(forbidden.is_met_by(one) for one in self.changes)

    def in_words(self) -> tuple[Sentence, ...]:
        """Whether the runs are comparable and why not, then how many findings changed."""
        return tuple(self._sentences())

    def _sentences(self) -> Iterator[Sentence]:
        if not self.is_comparable:
            yield say("These runs are not comparable: their numbers answer different questions.")
        yield from (one.sentence for one in self.reasons)
        moved = sum(number for state, number in self.counts.items() if state not in SETTLED)
        yield say(
            "{moved:count} of {findings:count} findings changed; differences tested: "
            "{tests:count}.",
            moved=moved,
            findings=len(self.changes),
            tests=self.tests,
        )

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row a finding of either run, what needs attention first."""
        import pandas as pd

        return pd.DataFrame([_row(change) for change in self.changes], columns=list(COLUMNS))

    def fields(self) -> dict[str, JsonValue]:
        """The same for machines."""
        runs = {"before": self.before, "after": self.after}
        return {
            "schema_version": SCHEMA_VERSION,
            **{
                name: {"name": run.name, "as_of": run.findings.manifest.as_of.isoformat()}
                for name, run in runs.items()
            },
            "is_comparable": self.is_comparable,
            "reasons": [
                {
                    "about": one.about,
                    "prevents": one.prevents,
                    "sentence": said_of(one.sentence).model_dump(mode="json"),
                }
                for one in self.reasons
            ],
            "tests": self.tests,
            "counts": {str(state): number for state, number in self.counts.items()},
            "changes": [_fields(one) for one in self.changes],
        }

    def text(self) -> str:
        return json.dumps(self.fields(), indent=2, ensure_ascii=False) + "\n"

    def html(self, code: str = "en") -> str:
        """Sentences and a table, in the language `code`; needs no script and no style sheet."""
        words = language(code)
        environment = markup("cjm_notebooks.audits", "comparing", words)
        template = environment.get_template("comparison.html.j2")
        return template.render(
            comparison=self,
            severities=WORDS,
            what=lambda found: spoken(found.what, words),
            number=lambda value: words.number(value, "decimal"),
        )

    def _repr_html_(self) -> str:
        return self.html()


def compare_runs(before: AnyRun, after: AnyRun) -> RunComparison:
    """What changed from one run of an audit to another: new, fixed, worse, better, or noise.

    A run is its folder, its `findings.json`, or the result of `audit`. A finding is `fixed` when
    its check was made on enough data and no longer finds it; where that cannot be said, it `can no
    longer be told`. Numbers with intervals are tested, all p-values corrected together.

    Raises  MapError when there is no such file; AuditError when it holds no findings
    """
    old, new = read_run(before), read_run(after)
    return RunComparison(old, new, changes(old.findings, new.findings), reasons(old, new))


def _row(change: Change) -> dict[str, object]:
    before, after, last = change.before, change.after, change.last
    return {
        "finding": change.id,
        "state": change.state,
        "severity_before": before and before.severity,
        "severity": after and after.severity,
        "value_before": before and before.value,
        "low_before": before and before.low,
        "high_before": before and before.high,
        "value": after and after.value,
        "low": after and after.low,
        "high": after and after.high,
        "p": change.p,
        "p_adjusted": change.p_adjusted,
        "what": last.what.text,
        "because": None if change.because is None else str(change.because),
        "decision": last.decision and last.decision.choice,
    }


def _fields(change: Change) -> dict[str, JsonValue]:
    row = _row(change)
    said = None if change.because is None else said_of(change.because).model_dump(mode="json")
    what = change.last.what.model_dump(mode="json")
    return {**row, "what": what, "because": said}  # type: ignore[dict-item]
