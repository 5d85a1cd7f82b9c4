"""Every error the package raises on purpose.

JourneyError
├── MapError        the journey map cannot be read or contradicts itself
├── SourceError     a file or table cannot be read as events, feedback or customers
├── RuleError       a matching rule cannot be applied
├── StaleError      saved journeys were made of another map or of other data
├── ParameterError  a metric, check, view or audit was given a value it cannot use
└── AuditError      an audit cannot be run or its files cannot be written
    └── TooManyError    as many runs wait as may
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class JourneyError(ValueError):
    """Base class: `except JourneyError` catches everything below."""


class MapError(JourneyError): ...


class SourceError(JourneyError): ...


class RuleError(JourneyError): ...


class StaleError(JourneyError): ...


class ParameterError(JourneyError): ...


class AuditError(JourneyError): ...


class TooManyError(AuditError): ...


def did_you_mean(wrong: str, known: Iterable[str]) -> str:
    """One sentence that names the nearest known words, or lists at most five that exist."""
    names = {name.casefold(): name for name in known}
    near = get_close_matches(wrong.casefold(), names, n=3)
    if near:
        return f"Did you mean {' or '.join(f'`{names[name]}`' for name in near)}?"
    if not names:
        return "There is none."
    some = ", ".join(f"`{name}`" for name in list(names.values())[:5])
    more = f" and {len(names) - 5} more" if len(names) > 5 else ""
    return f"Known: {some}{more}."
