"""Data whose answer is known, exercises on them, and classes that work on these."""

from __future__ import annotations

from cjm_notebooks.teaching.answering import begin

__all__ = ["begin"]
