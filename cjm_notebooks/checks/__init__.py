"""The contract of a check: look, and only after all checks have looked, judge.

`inspect(**readings)` returns an `Observation`: what was seen, row by row, and the hypothesis tests
that were made. When every check of a run has inspected, their p-values are corrected together;
then `judge(observation)` gives the `Verdict`. Both are pure. What a check reads stands in `reads`:
the name of an argument, and either a metric instance, which the run measures once for all who
read it, or the name of one of `Given`.

A check is a frozen dataclass whose fields are its thresholds. Its class attributes are its card.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Literal, Self, TypeVar

from cjm_notebooks.errors import ParameterError
from cjm_notebooks.events import Quality
from cjm_notebooks.language import Sentence
from cjm_notebooks.metrics import AnyMetric

if TYPE_CHECKING:
    import pandas as pd

Outcome = Literal["pass", "warn", "fail", "insufficient_data", "not_applicable", "error"]
Direction = Literal["higher", "lower"]
Alarm = Literal["warn", "fail"]
Severity = Literal["info", "low", "medium", "high", "critical"]
Given = Literal["journey_map", "quality", "as_of", "personal_data", "small_groups", "questions"]
Reading = AnyMetric | Given
Cell = str | int | float | bool | None
Row = Mapping[str, Cell]
R = TypeVar("R")

SEVERITIES: tuple[Severity, ...] = ("info", "low", "medium", "high", "critical")
MOST_ROWS = 20
COUNTS_OF_PEOPLE = frozenset(
    {
        "after_n",
        "before_n",
        "commented",
        "contacted",
        "customers",
        "decided",
        "ended",
        "events",
        "expected_n",
        "n",
        "negative",
        "perceived_n",
        "reached",
        "respondents",
        "rest_n",
        "watched",
    }
)
"""Names of columns and values that count people or what they did, wherever a check shows one.

Such a column, and an estimate beside it, is named as in the report it comes from, and its row
names the same stage, touchpoint, event or question: what is hidden there can be hidden here.
"""


@dataclass(frozen=True)
class SmallGroups:
    """What a run hid in its tables: the number of cells per table, for groups below `k_min`."""

    k_min: int
    hidden: Mapping[str, int]


@dataclass(frozen=True)
class Test:
    """One hypothesis test: what it was about, its raw p-value and the size of the effect.

    `p_adjusted` is None until the run has corrected all p-values together.
    """

    __test__: ClassVar[bool] = False

    target: str
    p: float
    effect: float
    statistic: str
    p_adjusted: float | None = None


@dataclass(frozen=True)
class Observation(Generic[R]):
    """What `inspect` saw: one row for each thing that can be wrong.

    `missing` says why nothing can be judged, `not_applicable` why there is nothing to judge; then
    the rest is empty and `judge` is not asked. `value`, `n`, `low` and `high` are the one number
    that sums it up, if there is one.
    """

    rows: tuple[R, ...] = ()
    tests: tuple[Test, ...] = ()
    value: float | None = None
    n: int | None = None
    low: float | None = None
    high: float | None = None
    missing: Sentence | None = None
    not_applicable: Sentence | None = None

    def p_adjusted(self, target: str) -> float | None:
        """The corrected p-value of the test of `target`, None where nothing was tested."""
        return next((test.p_adjusted for test in self.tests if test.target == target), None)


@dataclass(frozen=True)
class Finding:
    """One thing that a check found: what, how much, what it means and what to do.

    `key` is a short word that names what is wrong. `targets` are ids of the map (a stage, a
    touchpoint) or names of columns and tables; without any it is the map as a whole. `rows` show
    at most twenty of the things meant, worst first. The run gives the finding its `id`, which
    survives reruns, its `severity`, and its `owner` where the map names one.
    """

    key: str
    outcome: Alarm
    what: Sentence
    so_what: Sentence
    advice: Sentence
    targets: tuple[str, ...] = ()
    value: float | None = None
    n: int | None = None
    low: float | None = None
    high: float | None = None
    p_adjusted: float | None = None
    threshold: float | None = None
    rows: Sequence[Row] = ()
    owner: str | None = None
    severity: Severity | None = None
    id: str = ""


@dataclass(frozen=True)
class Verdict:
    """How a check came out; a failure or warning lists at least one finding.

    `unlisted` counts the findings beyond those that are listed.
    """

    outcome: Outcome
    reason: Sentence | None = None
    findings: tuple[Finding, ...] = ()
    unlisted: int = 0

    @classmethod
    def of(cls, findings: Iterable[Finding], reason: Sentence | None = None) -> Self:
        """As bad as the worst of the `findings`, of which twenty are listed; a pass without any."""
        found = tuple(findings)
        outcomes = {finding.outcome for finding in found}
        outcome: Outcome = "fail" if "fail" in outcomes else "warn" if outcomes else "pass"
        return cls(outcome, reason, found[:MOST_ROWS], len(found[MOST_ROWS:]))


class Check(ABC, Generic[R]):
    """One thing that can be wrong with a map, its data or the customers' experience.

    Attributes
    ----------
    id
        the id in the catalogue of checks, such as "C01"; the file's name is its slug.
    passed, failed, why
        sentences: how it is when all is well, how it is when not, and why anyone should care.
    severity
        of a failure; a warning counts one lower.
    worse
        which values of its findings are worse than others, so that two runs can be compared.
    source
        where the rule and its thresholds come from; `D` marks a default of this kit.
    limits
        what the check cannot show.
    reads
        name of an argument of `inspect` -> a metric to measure, or one of `Given`; a property where
        it depends on the fields.
    """

    id: ClassVar[str]
    passed: ClassVar[str]
    failed: ClassVar[str]
    why: ClassVar[str]
    severity: ClassVar[Severity]
    worse: ClassVar[Direction] = "higher"
    source: ClassVar[str]
    limits: ClassVar[str]

    @property
    @abstractmethod
    def reads(self) -> Mapping[str, Reading]: ...

    @classmethod
    def examples(cls) -> tuple[Self, ...]:
        return (cls(),)

    inspect: Callable[..., Observation[R]]

    @abstractmethod
    def judge(self, observation: Observation[R]) -> Verdict: ...


AnyCheck = Check[Any]


def rows_of(kind: type[R], report: pd.DataFrame) -> tuple[R, ...]:
    """One `kind` for each row of `report`, from the columns that its fields are named after."""
    columns = [report[name].tolist() for name in kind.__annotations__]
    return tuple(kind(*values) for values in zip(*columns, strict=True))


def shown(rows: Iterable[object]) -> tuple[Row, ...]:
    """The first twenty of some observed rows, as a finding shows them."""
    return tuple(dict(vars(row)) for row in islice(rows, MOST_ROWS))


def table_of(quality: Iterable[Quality], name: str) -> Quality | None:
    """The account of the table `name`, None when it was not joined."""
    return next((account for account in quality if account.table == name), None)


def exceeded(value: float, warn: float, fail: float) -> tuple[Alarm, float] | None:
    """The alarm that `value` raises and the threshold it is above, None where it is above none."""
    if value > fail:
        return "fail", fail
    return ("warn", warn) if value > warn else None


def require_rising(**thresholds: float) -> None:
    """Thresholds rise: none is below 0 or below the one before.

    Raises  ParameterError for the first that is
    """
    least, words = 0.0, "0"
    for name, value in thresholds.items():
        if not value >= least:
            msg = f"`{name}` is {value:g}. Give a number that is not below {words}."
            raise ParameterError(msg)
        least, words = value, f"the {value:g} of `{name}`"


def require_rising_shares(**thresholds: float) -> None:
    """Thresholds are shares from 0 to 1, none below the one before.

    Raises  ParameterError for the first that is not
    """
    require_rising(**thresholds)
    for name, value in thresholds.items():
        if value > 1:
            msg = f"`{name}` is {value:g}. Give a share from 0 to 1."
            raise ParameterError(msg)
