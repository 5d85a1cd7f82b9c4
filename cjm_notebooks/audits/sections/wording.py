"""How the page writes sentences, names and numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from string import Formatter

from markupsafe import Markup, escape

from cjm_notebooks.audits.sections.headings import HEADINGS
from cjm_notebooks.checks import Finding, Row
from cjm_notebooks.language import N_, Language, Sentence, say
from cjm_notebooks.maps import JourneyMap, Measured
from cjm_notebooks.maps.picture import words

SEVERITIES = {
    "critical": ("‼", N_("critical")),
    "high": ("▲", N_("high")),
    "medium": ("◆", N_("medium")),
    "low": ("●", N_("low")),
    "info": ("○", N_("for information")),
}
OUTCOMES = {
    "pass": ("✓", N_("passed")),
    "warn": ("!", N_("warning")),
    "fail": ("✗", N_("failed")),
    "insufficient_data": ("?", N_("too little data")),
    "not_applicable": ("–", N_("does not apply")),
    "error": ("⚠", N_("broke")),
}
STATUSES = {
    "GO": ("✓", N_("can be answered")),
    "THIN": ("≈", N_("only roughly")),
    "MISSING": ("–", N_("no data")),
}
DECISIONS = {
    "GO": ("✓", N_("There are data to go by.")),
    "GO-QUALITATIVE": ("≈", N_("There are no numbers to judge, only what people said.")),
    "STOP": ("✗", N_("There is too little to say anything; what follows is about the map alone.")),
}
CHOICES = {
    "accept": N_("accepted as it is"),
    "fix": N_("to be fixed"),
    "watch": N_("to be watched"),
    "reject": N_("rejected: no finding"),
}
STANDINGS = {
    "in_force": "",
    "expired": N_("That time is over: decide anew."),
    "no_longer_found": N_("It is no longer found."),
    "not_judged": N_("This run cannot tell whether it is still there."),
    "unknown": N_("There is no check that would find it: is its name right?"),
}
GRADES = {
    "A": N_("at least 100 records, the last at most 90 days old, that speak for all customers"),
    "B": N_("other records"),
    "C": N_("fewer than 30 records, or the last of them more than a year old"),
}
KINDS = {
    "column name": N_("a column named like personal data"),
    "email": N_("e-mail addresses"),
    "click id": N_("click ids of advertisements"),
    "IBAN": N_("bank accounts (IBAN)"),
    "payment card": N_("payment cards"),
    "IP address": N_("IP addresses"),
    "phone number": N_("phone numbers"),
}
TREATMENTS = {
    "left_out": N_("left out"),
    "masked": N_("masked"),
    "pseudonymised": N_("pseudonyms in place of ids"),
}
CONSENTS = {
    True: N_("Required: rows of customers who did not agree are left out."),
    False: N_("The map says that it is not required."),
    None: N_("The map does not say whether it is required."),
}
SIGNS = {"confirmed": "✓", "contradicted": "✗", "met": "✓", "exceeded": "✓", "missed": "✗"}
VERDICTS = {verdict: (sign, words.VERDICTS[verdict]) for verdict, sign in SIGNS.items()}
PARTS = ("stage", "touchpoint", "second", "from_touchpoint", "to_touchpoint", "department")
SHARES = ("share", "low", "high")
LEAST_P = 0.01
TOKEN = "\ue000{}\ue001"
TOKENS = re.compile("\ue000(\\d+)\ue001")
QUOTED = re.compile("`([^`]*)`")


@dataclass(frozen=True)
class Wording:
    """One language, and the names of one map."""

    language: Language
    journey_map: JourneyMap

    def said(self, sentence: Sentence) -> Markup:
        """The sentence, its names kept apart and called as the map calls them."""
        texts = {name: text for name, text in sentence.values.items() if isinstance(text, str)}
        tokens = {name: TOKEN.format(place) for place, name in enumerate(texts)}
        written = self.language.render(
            replace(sentence, values={**sentence.values, **tokens}),
        )
        names = [self.named(name, text) for name, text in texts.items()]
        marked = QUOTED.sub(lambda quoted: _quoted(quoted[1]), str(escape(written)))
        return Markup(TOKENS.sub(lambda token: str(names[int(token[1])]), marked))

    def named(self, kind: str, text: str) -> Markup:
        """A text by what it names: parts of the map have names, all else is as it is."""
        return self.place(text) if kind in PARTS else Markup("<bdi>{}</bdi>").format(text)

    def place(self, target: str) -> Markup:
        """The name of a part of the map."""
        return Markup("<bdi>{}</bdi>").format(self._names.get(target, target))

    def cell(self, row: Row, name: str) -> Markup:
        value = row[name]
        if value is None or value != value:
            return Markup('<span class="nothing">–</span>')
        if isinstance(value, str):
            return self.named(name, value)
        if isinstance(value, bool):
            return escape(self.language.render(N_("yes") if value else N_("no")))
        return escape(self.language.number(value, _form(row, name, value)))

    def heading(self, name: str) -> str:
        """What the page calls a column or a rule."""
        return self.language.render(HEADINGS.get(name, name.replace("_", " ").capitalize()))

    def number(self, number: int) -> str:
        return self.language.number(number, "count")

    def day(self, at: date) -> str:
        from babel.dates import format_date

        return format_date(at, "long", locale=self.language.code)

    def count(self, number: int | None, k_min: int) -> str:
        if number is None:
            return self.language.render(say("fewer than {k_min:count}", k_min=k_min))
        return self.number(number)

    def evidence(self, finding: Finding) -> str:
        """`58.3 % (57.9 % to 58.6 %, n 79,330)`, in the form that the finding's sentence uses.

        A number with nothing to rest on stands in that sentence and needs no second mention.
        """
        if finding.value is None or (finding.low is None and finding.n is None):
            return ""
        form = _form_in(finding.what, finding.value)
        more = [] if finding.p_adjusted is None else [_corrected_p(finding.p_adjusted)]
        return self._estimate(finding.value, finding.low, finding.high, finding.n, form, more)

    def estimate(self, number: Measured) -> str:
        """The same for a number of the measured map."""
        form = "percent" if number.unit.startswith("share") else "decimal"
        return self._estimate(number.estimate, number.low, number.high, number.n, form, [])

    def measure(self, number: Measured) -> str:
        """What was measured, and by which question where there are several."""
        name, _, question = number.measure.partition(":")
        return f"{self.language.render(words.MEASURES[name])} {question}".strip()

    def _estimate(
        self,
        value: float | None,
        low: float | None,
        high: float | None,
        n: int | None,
        form: str,
        more: Sequence[Sentence],
    ) -> str:
        value_, low_, high_ = (self.language.number(one, form) for one in (value, low, high))
        rests_on = (
            [] if low is None or high is None else [say("{low} to {high}", low=low_, high=high_)]
        )
        rests_on += [] if n is None else [say("n {n:count}", n=n)]
        written = ", ".join(self.language.render(one) for one in (*rests_on, *more))
        return f"{value_} ({written})" if written else value_

    @cached_property
    def _names(self) -> Mapping[str, str]:
        known = self.journey_map
        parts = (known, *known.stages, *known.touchpoints, *known.outcomes, *known.departments)
        return {part.id: part.name for part in parts}


def _quoted(text: str) -> str:
    return text if TOKENS.fullmatch(text) else f"<code>{text}</code>"


def _form(row: Row, name: str, value: float) -> str:
    if name.endswith("share") or (name in SHARES and "share" in row):
        return "percent"
    return "count" if value == int(value) else "decimal"


def _corrected_p(p: float) -> Sentence:
    if p < LEAST_P:
        return say("corrected p below {least:decimal}", least=LEAST_P)
    return say("corrected p {p:decimal}", p=p)


def _form_in(sentence: Sentence, value: float) -> str:
    """The form in which the sentence writes that value."""
    for _, name, form, _ in Formatter().parse(sentence.english):
        if name and form and sentence.values.get(name) == value:
            return form
    return "decimal"
