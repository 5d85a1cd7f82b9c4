"""What the data at hand can answer, said before anything is answered.

Each question of an audit is GO (enough answers for the interval to be as narrow as asked), THIN
(shown with its interval and without a verdict) or MISSING. The run is STOP only when nothing is GO
or THIN and there are fewer than 12 pieces of qualitative evidence, GO-QUALITATIVE when only those
are there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Literal

from cjm_notebooks.language import N_, Sentence, say
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.metrics import AnyMetric
from cjm_notebooks.metrics.coverage import Coverage
from cjm_notebooks.metrics.csat import Csat
from cjm_notebooks.metrics.drop_off import DropOff
from cjm_notebooks.metrics.expectation_gap import ExpectationGap
from cjm_notebooks.metrics.nps import Nps
from cjm_notebooks.metrics.stage_reach import StageReach
from cjm_notebooks.metrics.time_to_outcome import TimeToOutcome
from cjm_notebooks.metrics.waits import Waits

if TYPE_CHECKING:
    import pandas as pd

Status = Literal["GO", "THIN", "MISSING"]
Decision = Literal["GO", "GO-QUALITATIVE", "STOP"]

ENOUGH_ANSWERS = 30
ENOUGH_EVIDENCE = 12
QUALITATIVE = ("interview", "observation", "diary", "workshop", "expert")
ONE_PERSON_EACH = ("interview", "observation", "diary")
SHARE_HALF_WIDTH = 0.05
NPS_HALF_WIDTH = 10.0


@dataclass(frozen=True)
class Question:
    """One thing an audit may be asked, and the metric that would answer it.

    `n` names the column of the report that counts answers. With `half_width`, the interval from
    `low` to `high` has to be that narrow for a GO, in the row that has most answers.
    """

    id: str
    asks: str
    metric: AnyMetric
    n: str
    half_width: float | None = None


QUESTIONS: tuple[Question, ...] = (
    Question("coverage", N_("Does the map show what customers do?"), Coverage(), "all_events"),
    Question("reach", N_("How far do customers get?"), StageReach(), "journeys", SHARE_HALF_WIDTH),
    Question("drop-off", N_("Where do customers leave?"), DropOff(), "decided", SHARE_HALF_WIDTH),
    Question("waits", N_("Where do customers wait?"), Waits(), "journeys"),
    Question("outcome", N_("How do journeys come out, and when?"), TimeToOutcome(), "journeys"),
    Question("nps", N_("Would customers recommend us?"), Nps(), "n", NPS_HALF_WIDTH),
    Question("satisfaction", N_("How satisfied are customers, and where?"), Csat(), "n"),
    Question(
        "expectation",
        N_("Does the experience meet what customers expect?"),
        ExpectationGap(),
        "perceived_n",
    ),
)


@dataclass(frozen=True)
class Answerable:
    """How well the data can answer one question.

    `n` are the records at hand, None where they are too few to be told. `needed` are those that a
    GO takes: None for a GO, and where the interval is unknown.
    """

    question: Question
    status: Status
    n: int | None
    needed: int | None
    reason: Sentence


@dataclass(frozen=True)
class Gate:
    """The decision of the run, and each of its questions."""

    decision: Decision
    questions: tuple[Answerable, ...]
    qualitative_evidence: int


def gate(journey_map: JourneyMap, reports: Mapping[AnyMetric, pd.DataFrame]) -> Gate:
    """Judge which questions the measured reports can answer."""
    questions = tuple(_answerable(question, reports.get(question.metric)) for question in QUESTIONS)
    evidence = qualitative_evidence(journey_map)
    return Gate(_decision(questions, evidence), questions, evidence)


def qualitative_evidence(journey_map: JourneyMap) -> int:
    """Pieces of evidence from people rather than from records.

    An entry for interviews, observations or diaries counts as many pieces as its `n` says.
    """
    return sum(
        (item.n if item.kind in ONE_PERSON_EACH and item.n is not None else 1)
        for item in journey_map.evidence
        if item.kind in QUALITATIVE
    )


def _decision(questions: Sequence[Answerable], evidence: int) -> Decision:
    if any(question.status != "MISSING" for question in questions):
        return "GO"
    return "GO-QUALITATIVE" if evidence >= ENOUGH_EVIDENCE else "STOP"


def _answerable(question: Question, report: pd.DataFrame | None) -> Answerable:
    n = 0 if report is None or report.empty else int(report[question.n].max())
    if report is None or n == 0:
        reason = say("Nothing was recorded that could answer it.")
        return Answerable(question, "MISSING", 0, ENOUGH_ANSWERS, reason)
    if n < ENOUGH_ANSWERS:
        reason = say(
            "{n:count} records at most, and {needed:count} are needed.",
            n=n,
            needed=ENOUGH_ANSWERS,
        )
        return Answerable(question, "THIN", n, ENOUGH_ANSWERS, reason)
    if question.half_width is not None:
        half_width = _half_width(report[report[question.n] == n])
        if not half_width <= question.half_width:
            return _too_wide(question, n, half_width / question.half_width)
    return Answerable(question, "GO", n, None, say("{n:count} records.", n=n))


def _half_width(rows: pd.DataFrame) -> float:
    return float((rows["high"] - rows["low"]).max() / 2)


def _too_wide(question: Question, n: int, times: float) -> Answerable:
    """An interval that is `times` as wide as asked; its width falls with the root of n."""
    if times != times:
        reason = say("{n:count} records give no interval.", n=n)
        return Answerable(question, "THIN", n, None, reason)
    needed = ceil(n * times**2)
    reason = say(
        "{n:count} records leave too wide an interval, and about {needed:count} are needed.",
        n=n,
        needed=needed,
    )
    return Answerable(question, "THIN", n, needed, reason)
