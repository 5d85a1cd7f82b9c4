"""What a column seems to be for, by its name and its values, and why."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cjm_notebooks.intake.clocks import unit_of
from cjm_notebooks.intake.measuring import Column

WORDS = {
    "customer": """customer customers user users visitor client account contact person member
        respondent anonymous pseudo guest buyer patient passenger booking distinct kunde kunden
        kundin nutzer benutzer besucher konto mitglied gast teilnehmer""",
    "event": """event events action activity what happened step eventname ereignis aktion aktivität
        vorgang schritt was""",
    "channel": "channel kanal medium platform kontaktweg",
    "touchpoint": "touchpoint kontaktpunkt berührungspunkt",
    "value": """amount value revenue price total spend turnover betrag wert umsatz preis summe
        erlös""",
    "currency": "currency währung waehrung",
    "sequence": "sequence seq order position ordinal rank reihenfolge lfd ordering",
    "score": """score rating nps csat ces stars satisfaction recommend recommendation bewertung
        punkte note sterne zufriedenheit weiterempfehlung ease effort""",
    "question": "question frage",
    "comment": "comment comments verbatim remark kommentar anmerkung freitext bemerkung",
    "weight": "weight gewicht gewichtung",
    "time": """time timestamp date datetime at ts when datum zeit zeitpunkt zeitstempel uhrzeit am
        wann created occurred""",
    "id": "id ids key nr no number nummer uuid guid code kennung",
    "loaded": "updated modified loaded received sent ingested synced uploaded first",
    "channels": """web website online app mobile email e-mail mail phone telephone call store shop
        branch chat sms social post letter desktop tablet ios android filiale telefon brief
        laden""",
}
KNOWN = {role: frozenset(words.split()) for role, words in WORDS.items()}
ID_WORDS = KNOWN["id"]
NAMING = frozenset({"name", "type", "text", "code", "label", "title"})
BY_STANDARD = {
    "trace concept:name": ("customer", "The name of a trace in XES, which is one customer's."),
    "concept:name": ("event", "The name of an event in XES."),
    "time:timestamp": ("time", "The time of an event in XES."),
}
SEVERAL = ("score", "comment", "segment")
FEW = 50  # different values of a segment, at most
COUNTED = {"s": "seconds", "ms": "milliseconds", "us": "microseconds", "ns": "nanoseconds"}


@dataclass(frozen=True)
class Guess:
    """A role that a column could have; `strength` runs from 0 to 1."""

    role: str
    strength: float
    why: str


def guessed(columns: Sequence[Column]) -> list[tuple[str | None, str]]:
    """The role of each column, or None, and why; only scores, comments and segments repeat."""
    guesses = [(place, one) for place, column in enumerate(columns) for one in _guesses(column)]
    roles: dict[int, tuple[str | None, str]] = {}
    taken: set[str] = set()
    for place, guess in sorted(guesses, key=lambda pair: -pair[1].strength):
        if place in roles or (guess.role in taken and guess.role not in SEVERAL):
            continue
        roles[place] = (guess.role, guess.why)
        taken.add(guess.role)
    return [
        roles.get(place) or _left_over(column, "time" in taken)
        for place, column in enumerate(columns)
    ]


def _guesses(column: Column) -> Iterator[Guess]:
    if column.name in BY_STANDARD:
        yield Guess(BY_STANDARD[column.name][0], 1, BY_STANDARD[column.name][1])
    if not column.filled or column.is_nested:
        return
    words = _words(column.name)
    if column.is_time:
        yield from _of_time(column, words)
        return
    yield from _of_id(column, words)
    if column.is_number or column.most_are("comma"):
        yield from _of_number(column, words)
    if not column.is_number:
        yield from _of_text(column, words)


def _of_time(column: Column, words: set[str]) -> Iterator[Guess]:
    strength = 0.5 + 0.4 * bool(words & KNOWN["time"]) - 0.2 * bool(words & KNOWN["loaded"])
    yield Guess("time", strength, "Its values are times.")


def _of_id(column: Column, words: set[str]) -> Iterator[Guess]:
    of_customer = _known(words, "customer")
    others = words - of_customer - ID_WORDS
    counted, repeats = _counted(column), column.distinct < column.filled
    if of_customer and not others:
        strength = 0.95 if words & ID_WORDS or not words - of_customer else 0.8
        yield Guess("customer", strength, f"Named like the id of a customer; {counted}.")
    elif of_customer and words & ID_WORDS:
        yield Guess("customer", 0.6, f"Named much like the id of a customer; {counted}.")
    elif words and words <= ID_WORDS and repeats and column.distinct > 1:
        yield Guess("customer", 0.3, f"An id that several rows share: {counted}.")


def _of_number(column: Column, words: set[str]) -> Iterator[Guess]:
    unit = unit_of(column)
    if unit is not None and words & KNOWN["time"]:
        yield Guess("time", 0.85, f"Numbers that count {COUNTED[unit]} since 1970.")
        return
    if words & ID_WORDS or column.low is None or column.high is None:
        return
    span = f"from {column.low:g} to {column.high:g}"
    if words & KNOWN["score"] and column.low >= -10 and column.high <= 100:
        yield Guess("score", 0.9, f"Named like a score; numbers {span}.")
    elif re.fullmatch(r"q\d+\w?", column.name.casefold()) and 0 <= column.low <= column.high <= 10:
        yield Guess("score", 0.6, f"Named like a question of a survey; numbers {span}.")
    if words & KNOWN["value"]:
        yield Guess("value", 0.8, f"Named like an amount; numbers {span}.")
    if words & KNOWN["weight"]:
        yield Guess("weight", 0.8, f"Named like a weight; numbers {span}.")
    if words & KNOWN["sequence"] and column.all_are("whole"):
        yield Guess("sequence", 0.7, f"Named like an order of rows; whole numbers {span}.")


def _of_text(column: Column, words: set[str]) -> Iterator[Guess]:
    if words & KNOWN["value"] and column.most_are("comma"):
        yield Guess("value", 0.7, "Named like an amount, with a comma before its decimals.")
    if words & KNOWN["currency"] and column.most_are("code"):
        yield Guess("currency", 0.9, "Named like a currency; codes of three letters.")
    if words & KNOWN["comment"]:
        yield Guess("comment", 0.9, f"Named like what people said; {_counted(column)}.")
    elif column.most_are("sentence"):
        yield Guess("comment", 0.6, f"Whole sentences; {_counted(column)}.")
    if column.distinct <= max(column.filled / 2, FEW):
        yield from _of_repeated_text(column, words)


def _of_repeated_text(column: Column, words: set[str]) -> Iterator[Guess]:
    counted = _counted(column)
    if words & KNOWN["event"] and not words & ID_WORDS:
        weaker = 0.2 * bool(words & NAMING - {"name"}) + 0.4 * bool(words - KNOWN["event"] - NAMING)
        yield Guess("event", 0.9 - weaker, f"Named like what happened; {counted}.")
    for role, what in (("touchpoint", "a touchpoint"), ("question", "a question")):
        if words & KNOWN[role]:
            yield Guess(role, 0.8, f"Named like {what}; {counted}.")
    if words & KNOWN["channel"]:
        yield Guess("channel", 0.8, f"Named like a channel; {counted}.")
    elif (
        2 * len(KNOWN["channels"] & {value.casefold() for value in column.values})
        >= column.distinct
    ):
        yield Guess("channel", 0.5, f"Values such as `{column.values[0]}` are channels; {counted}.")
    if 2 <= column.distinct <= min(FEW, column.filled / 2):
        yield Guess("segment", 0.1, f"Few values, which rules and segments can name: {counted}.")


def _left_over(column: Column, has_time: bool) -> tuple[str | None, str]:
    if not column.filled:
        return None, "Empty in every row looked at."
    if column.is_nested:
        return None, "Holds columns of its own; only a source that knows them can read these."
    if column.is_time and has_time:
        return "milestone", "A further time of the row: a milestone, or when it was written."
    if column.distinct == 1:
        return None, f"One and the same value in {_rows(column.filled)}."
    if column.distinct == column.filled:
        return None, "Another value in every row."
    return None, f"Neither its name nor its values say what it is for; {_counted(column)}."


def _counted(column: Column) -> str:
    return f"{column.distinct:,} different in {_rows(column.filled)}"


def _rows(number: int) -> str:
    return "one row" if number == 1 else f"{number:,} rows"


def _known(words: set[str], role: str) -> set[str]:
    """Those words that name the role, alone or before a word for an id: `kundennummer`."""
    known = KNOWN[role]
    return {
        word
        for word in words
        if word in known
        or any(
            word.removesuffix(end).rstrip("n") in known for end in ID_WORDS if word.endswith(end)
        )
    }


def _words(name: str) -> set[str]:
    """`userId`, `user_id` and `User ID` are two words."""
    found = re.findall(r"[A-ZÄÖÜ]+(?![a-zäöüß])|[A-ZÄÖÜ]?[a-zäöüß]+|\d+", name)
    return {word.casefold() for word in found}
