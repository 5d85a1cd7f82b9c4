"""Python as a notebook has it: how values are written there, and what they are called."""

from __future__ import annotations

import json


def in_python(value: str | None) -> str:
    """A text as Python writes it."""
    return "None" if value is None else json.dumps(value, ensure_ascii=False)


def name_of(value: object, otherwise: str) -> str:
    """What the notebook calls this very value."""
    from IPython import get_ipython

    names = getattr(get_ipython(), "user_ns", {})
    mine = (name for name, held in names.items() if held is value and name[0] != "_")
    return next(mine, otherwise)
