"""Feedback: each answer with its customer, its question and the touchpoint it is about."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

import duckdb
import numpy as np
import pyarrow as pa

from cjm_notebooks.errors import SourceError, did_you_mean
from cjm_notebooks.events import Counted, Feedback, Quality, Question
from cjm_notebooks.events.clock import times
from cjm_notebooks.events.ledger import Ledger, arrays, open_table
from cjm_notebooks.events.quality import PLACES
from cjm_notebooks.journeys.joining.opening import stable_code
from cjm_notebooks.journeys.tables import NO_COMMENTS, NONE, UNKNOWN_TIME, group_of
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.privacy.permission import Consents, Permission

BLANKS = "' ' || chr(9) || chr(10) || chr(13) || chr(160)"


@dataclass(frozen=True, eq=False)
class Read:
    """Answers in the order of their customers' stable codes, `code` uint64, (answers,)."""

    questions: tuple[Question, ...]
    code: np.ndarray
    question: np.ndarray
    touchpoint: np.ndarray
    score: np.ndarray
    at: np.ndarray
    weight: np.ndarray
    comment: np.ndarray
    comments: pa.LargeStringArray
    weighted: bool
    quality: Quality

    def between(self, low: int, high: int) -> Self:
        """The answers of groups `low` to `high` (exclusive)."""
        mine = slice(*np.searchsorted(group_of(self.code), [low, high]))
        names = ("code", "question", "touchpoint", "score", "at", "weight", "comment")
        return replace(self, **{name: getattr(self, name)[mine] for name in names})

    def without_comments(self) -> Self:
        return replace(self, comment=np.full_like(self.comment, NONE), comments=NO_COMMENTS)


def read_feedback(
    connection: duckdb.DuckDBPyConnection,
    journey_map: JourneyMap,
    feedback: Feedback,
    as_of: int | None = None,
    consents: Consents | None = None,
) -> Read:
    """Read and account for the answers, of those that may be used.

    Raises  SourceError when the table cannot be read or an answer's question is not described
    """
    ledger = open_table(connection, feedback.table, "feedback")
    privacy = journey_map.privacy
    permission = Permission.of(ledger, privacy, feedback.customer, as_of, consents)
    rows = _rows(ledger, feedback, permission)
    question = _question_places(ledger, feedback, rows["question"])
    reasons = _set_aside(feedback.questions, question, rows)
    kept = reasons == ""
    touchpoint, unknown = _touchpoints(journey_map, feedback.questions, question, rows)
    noticed = {rule: (rows["consent"] == rule) & kept for rule in permission.notices}
    noticed["unknown_touchpoint"] = unknown & kept
    quality = _account(ledger, reasons, rows, noticed)
    order = np.flatnonzero(kept)
    order = order[np.argsort(rows["code"][order], kind="stable")]
    comment, comments = _comments(ledger, feedback, order)
    return Read(
        questions=feedback.questions,
        code=rows["code"][order].astype(np.uint64),
        question=question[order].astype(np.int32),
        touchpoint=touchpoint[order],
        score=rows["score"][order],
        at=rows["at"][order],
        weight=rows["weight"][order],
        comment=comment,
        comments=comments,
        weighted=feedback.weight is not None,
        quality=quality,
    )


def _rows(ledger: Ledger, feedback: Feedback, permission: Permission) -> dict[str, np.ndarray]:
    """The columns that matter, one entry a row of the table, in its order."""
    clock = None if feedback.clock is None else times(ledger, feedback.clock)
    score = ledger.column(feedback.score, "score")
    customer = "'row ' || row"
    if feedback.customer is not None:
        someone = ledger.id_text(feedback.customer, "customer")
        customer = f"coalesce({someone}, 'row ' || row)"
    weight = "1.0"
    if feedback.weight is not None:
        weight = f"TRY_CAST({ledger.column(feedback.weight, 'weight')} AS DOUBLE)"
    columns = {
        "code": stable_code(customer),
        "score": f"coalesce(TRY_CAST({score} AS DOUBLE), 'NaN'::DOUBLE)",
        "no_score": f"{score} IS NULL OR trim(CAST({score} AS VARCHAR)) = ''",
        "question": _text(ledger, feedback.question, "question"),
        "touchpoint": _text(ledger, feedback.touchpoint, "touchpoint"),
        "at": f"coalesce(utc, {UNKNOWN_TIME})",
        "weight": f"coalesce({weight}, 'NaN'::DOUBLE)",
    }
    if permission.refuses:
        columns["refused"] = "coalesce(refused, '')"
    if permission.notices:
        columns["consent"] = "consent"
    named = ", ".join(f"{sql} AS {name}" for name, sql in columns.items())
    timed = f"SELECT *, {clock.utc if clock else 'NULL'}::BIGINT AS utc FROM {ledger.view}"
    query = f"SELECT {named} FROM ({permission.over(timed)}) ORDER BY row"
    return arrays(ledger.connection, query)


def _text(ledger: Ledger, name: str | None, role: str) -> str:
    return "''" if name is None else f"coalesce({ledger.id_text(name, role)}, '')"


def _comments(
    ledger: Ledger, feedback: Feedback, order: np.ndarray
) -> tuple[np.ndarray, pa.LargeStringArray]:
    """Where the comment of each answer is, and the comments in the order of the answers."""
    if feedback.comment is None:
        return np.full(len(order), NONE, dtype=np.int32), NO_COMMENTS
    column = ledger.column(feedback.comment, "comment")
    read = ledger.query(
        f"SELECT nullif(trim(CAST({column} AS VARCHAR), {BLANKS}), '') AS said "
        f"FROM {ledger.view} ORDER BY row"
    ).to_arrow_table()
    texts = read["said"].cast(pa.large_string()).take(pa.array(order)).combine_chunks()
    has_one = texts.is_valid().to_numpy(zero_copy_only=False)
    places = np.where(has_one, np.cumsum(has_one) - 1, NONE).astype(np.int32)
    return places, texts.drop_null()


def _question_places(ledger: Ledger, feedback: Feedback, asked: np.ndarray) -> np.ndarray:
    if feedback.question is None:
        return np.zeros(len(asked), dtype=np.int64)
    places = {question.id: place for place, question in enumerate(feedback.questions)}
    values, codes = np.unique(asked.astype(str), return_inverse=True)
    unknown = [value for value in values if value and value not in places]
    if unknown:
        msg = (
            f"`{ledger.called}` has answers to the question `{unknown[0]}`, which is not "
            f"described in `questions`. {did_you_mean(unknown[0], places)}"
        )
        raise SourceError(msg)
    return np.array([places.get(value, NONE) for value in values])[codes]


def _set_aside(
    questions: tuple[Question, ...], question: np.ndarray, rows: dict[str, np.ndarray]
) -> np.ndarray:
    """The name of the rule that leaves each row out, empty where it is kept."""
    score, weight = rows["score"], rows["weight"]
    reasons = np.full(len(score), "", dtype=object)
    for place, asked in enumerate(questions):
        mine = question == place
        low, high = asked.scale
        reasons[mine & ((score < low) | (score > high))] = "off_scale"
        for value, reason in asked.set_aside.items():
            reasons[mine & (score == value)] = reason.replace(" ", "_")
    reasons[~(weight > 0)] = "no_weight"
    reasons[np.isnan(score)] = "unreadable_score"
    reasons[rows["no_score"].astype(bool)] = "no_score"
    reasons[question == NONE] = "no_question"
    if "refused" in rows:
        refused = rows["refused"]
        reasons[refused != ""] = refused[refused != ""]
    return reasons


def _touchpoints(
    journey_map: JourneyMap,
    questions: tuple[Question, ...],
    question: np.ndarray,
    rows: dict[str, np.ndarray],
) -> tuple[np.ndarray, np.ndarray]:
    """Where each answer belongs, and whether it names a touchpoint that the map does not have.

    Raises  SourceError when a question is described as being about an unknown touchpoint
    """
    places = {touchpoint.id: place for place, touchpoint in enumerate(journey_map.touchpoints)}
    asked_in = {
        asked: places[touchpoint.id]
        for touchpoint in journey_map.touchpoints
        for asked in touchpoint.questions
    }
    about = np.full(len(questions) + 1, NONE, dtype=np.int32)
    for place, asked in enumerate(questions):
        if asked.touchpoint is not None and asked.touchpoint not in places:
            msg = (
                f"Question `{asked.id}` is about the touchpoint `{asked.touchpoint}`, which map "
                f"`{journey_map.id}` does not have. {did_you_mean(asked.touchpoint, places)}"
            )
            raise SourceError(msg)
        about[place] = (
            asked_in.get(asked.id, NONE) if asked.touchpoint is None else places[asked.touchpoint]
        )
    values, codes = np.unique(rows["touchpoint"].astype(str), return_inverse=True)
    named = np.array([places.get(value, NONE) for value in values], dtype=np.int32)[codes]
    unknown = (named == NONE) & (values[codes] != "")
    return np.where(named == NONE, about[question], named).astype(np.int32), unknown


def _account(
    ledger: Ledger,
    reasons: np.ndarray,
    rows: dict[str, np.ndarray],
    noticed: dict[str, np.ndarray],
) -> Quality:
    kept = reasons == ""
    times_of_kept = rows["at"][kept]
    known = times_of_kept[times_of_kept != UNKNOWN_TIME]
    if len(known) < len(times_of_kept):
        noticed["no_time"] = kept & (rows["at"] == UNKNOWN_TIME)
    set_aside = {
        str(reason): _counted(reasons == reason) for reason in np.unique(reasons[~kept].astype(str))
    }
    if ledger.unreadable:
        set_aside["unreadable_row"] = Counted(len(ledger.unreadable))
    return Quality(
        table="feedback",
        read=ledger.rows + len(ledger.unreadable),
        kept=int(kept.sum()),
        set_aside=set_aside,
        noticed={rule: _counted(rows_) for rule, rows_ in noticed.items() if rows_.any()},
        first_at=int(known.min()) if len(known) else None,
        last_at=int(known.max()) if len(known) else None,
    )


def _counted(chosen: np.ndarray) -> Counted:
    places = np.flatnonzero(chosen)
    return Counted(len(places), tuple(int(place) for place in places[:PLACES]))
