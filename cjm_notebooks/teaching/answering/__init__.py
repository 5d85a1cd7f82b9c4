"""A learner's attempt: begun, checked while it lasts, handed in, read back and marked."""

from __future__ import annotations

from cjm_notebooks.teaching.answering.answers import answers_from
from cjm_notebooks.teaching.answering.attempt import Attempt, begin
from cjm_notebooks.teaching.answering.handout import Assignment, write_handout
from cjm_notebooks.teaching.answering.judging import Unfit
from cjm_notebooks.teaching.answering.marking import Result, mark_all

__all__ = [
    "Assignment",
    "Attempt",
    "Result",
    "Unfit",
    "answers_from",
    "begin",
    "mark_all",
    "write_handout",
]
