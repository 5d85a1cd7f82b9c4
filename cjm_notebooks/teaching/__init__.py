"""Data whose answer is known, exercises on them, and classes that work on these."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cjm_notebooks.teaching.answering import begin

__all__ = ["begin"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        msg = f"module `cjm_notebooks.teaching` has no attribute `{name}`"
        raise AttributeError(msg)
    from cjm_notebooks.teaching import answering

    return getattr(answering, name)
