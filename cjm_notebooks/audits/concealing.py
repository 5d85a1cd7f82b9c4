"""Nothing leaves an audit that tells of fewer people than the map's `k_min`.

Tables are suppressed as a whole. Checks judge what was measured, so that their findings may hold
numbers which a table hides; here these are taken out again, and with them every estimate beside.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import replace
from numbers import Integral, Real

import pandas as pd
from pandas.api.types import is_object_dtype, is_string_dtype

from cjm_notebooks.checks import COUNTS_OF_PEOPLE, Cell, Finding, Observation, Row
from cjm_notebooks.gate import Answerable, Gate
from cjm_notebooks.inspection import Checked
from cjm_notebooks.language import Sentence, say
from cjm_notebooks.metrics import AnyMetric, Metric
from cjm_notebooks.privacy.small_groups import Suppressed


def concealed_gate(gate: Gate, k_min: int) -> Gate:
    """The same decision, without how many records there are where they are few."""
    return replace(gate, questions=tuple(_concealed_answer(one, k_min) for one in gate.questions))


def concealed(checked: Checked, tables: Mapping[AnyMetric, Suppressed], k_min: int) -> Checked:
    """The same verdict, without hidden numbers and without what it was judged by."""
    reads = [tables[read] for read in checked.check.reads.values() if isinstance(read, Metric)]
    verdict = replace(
        checked.verdict,
        reason=checked.verdict.reason
        and _said(checked.verdict.reason, _small(checked.verdict.reason.values, k_min)),
        findings=tuple(_finding(finding, reads, k_min) for finding in checked.verdict.findings),
    )
    return replace(checked, verdict=verdict, observation=Observation())


def _concealed_answer(answer: Answerable, k_min: int) -> Answerable:
    if answer.n is None or not 1 <= answer.n < k_min:
        return answer
    return replace(answer, n=None, reason=say("Fewer than {k_min:count} records.", k_min=k_min))


def _finding(finding: Finding, tables: Iterable[Suppressed], k_min: int) -> Finding:
    tables = list(tables)
    rows = tuple(_row(row, tables, k_min) for row in finding.rows)
    sentences = (finding.what, finding.so_what, finding.advice)
    told = {name: value for sentence in sentences for name, value in sentence.values.items()}
    told["n"] = finding.n
    hidden = _small(told, k_min) | (_hidden_about(finding.targets, tables) & told.keys())
    if not hidden:
        return replace(finding, rows=rows)
    what, so_what, advice = (_said(sentence, hidden) for sentence in sentences)
    return replace(
        finding,
        what=what,
        so_what=so_what,
        advice=advice,
        value=None,
        n=None,
        low=None,
        high=None,
        rows=rows,
    )


def _row(row: Row, tables: Iterable[Suppressed], k_min: int) -> Row:
    return _without(row, _small(row, k_min) | _hidden_like(row, tables))


def _said(sentence: Sentence, hidden: Set[str]) -> Sentence:
    return replace(sentence, values=_without(sentence.values, hidden))


def _without(values: Mapping[str, Cell], hidden: Set[str]) -> dict[str, Cell]:
    """The values without those hidden and, if any was, without the estimates beside them."""
    if not hidden & values.keys():
        return dict(values)
    return {
        name: None if name in hidden or _is_estimate(value) else value
        for name, value in values.items()
    }


def _is_estimate(value: Cell) -> bool:
    return isinstance(value, Real) and not isinstance(value, Integral)


def _small(values: Mapping[str, Cell], k_min: int) -> set[str]:
    return {
        name
        for name, value in values.items()
        if name in COUNTS_OF_PEOPLE and isinstance(value, Real) and 1 <= value < k_min
    }


def _hidden_about(targets: Iterable[str], tables: Iterable[Suppressed]) -> set[str]:
    """The columns hidden in any row that names one of the targets."""
    wanted = set(targets)
    return {
        name
        for suppressed in tables
        for name in _hidden_in(suppressed, _texts(suppressed.table).isin(wanted).any(axis=1))
    }


def _hidden_like(row: Row, tables: Iterable[Suppressed]) -> set[str]:
    """The columns hidden in the rows that name all that `row` names."""
    hidden: set[str] = set()
    for suppressed in tables:
        texts = _texts(suppressed.table)
        shared = [name for name in texts.columns if isinstance(row.get(name), str)]
        if shared:
            same = (texts[shared] == pd.Series({name: row[name] for name in shared})).all(axis=1)
            hidden |= _hidden_in(suppressed, same)
    return hidden


def _hidden_in(suppressed: Suppressed, rows: pd.Series) -> set[str]:
    return set(suppressed.hidden.columns[suppressed.hidden[rows].any()])


def _texts(table: pd.DataFrame) -> pd.DataFrame:
    return table[[name for name in table.columns if _is_text(table[name])]]


def _is_text(column: pd.Series) -> bool:
    return is_object_dtype(column) or is_string_dtype(column)
