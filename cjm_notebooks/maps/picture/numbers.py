"""Measured numbers in words: each with its interval, what it rests on, and its grade."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from cjm_notebooks.language import N_, Language, say
from cjm_notebooks.maps.measured import Measured, MeasuredMap
from cjm_notebooks.maps.picture.texts import html, one_line
from cjm_notebooks.maps.picture.words import MEASURES, VERDICTS

LONGEST_WORD = 80
HEADINGS = (
    (N_("Part of the map"), ""),
    (N_("Measured"), ""),
    (N_("Estimate"), "number"),
    (N_("Interval"), "number"),
    (N_("Rests on"), "number"),
    (N_("Evidence"), ""),
    (N_("The map's claim is"), ""),
)

ByTarget = Mapping[tuple[str, str], tuple[Measured, ...]]


def by_target(measured: MeasuredMap | None) -> ByTarget:
    """The numbers about each part, by its kind and id."""
    found: dict[tuple[str, str], tuple[Measured, ...]] = defaultdict(tuple)
    for number in () if measured is None else measured.targets:
        found[number.kind, number.target] += (number,)
    return found


def name_of(number: Measured, language: Language) -> str:
    """What was measured, and by which question where there are several."""
    name, _, question = number.measure.partition(":")
    known = MEASURES.get(name, name.replace("-", " "))
    return one_line(f"{language.render(known)} {question}", LONGEST_WORD)


def estimate_of(number: Measured, language: Language) -> str:
    return language.number(number.estimate, _form(number))


def interval_of(number: Measured, language: Language) -> str:
    if number.low is None or number.high is None:
        return "–"
    low, high = (language.number(end, _form(number)) for end in (number.low, number.high))
    return f"{low} – {high}"


def sureness_of(number: Measured, language: Language) -> tuple[str, ...]:
    """`95% interval 20.5% – 30.1%`, `n 400`, `grade A`, `expectation met`: what is known of it."""
    parts = [
        number.low is not None
        and say(
            "{confidence:whole_percent} interval {interval}",
            confidence=number.confidence,
            interval=interval_of(number, language),
        ),
        number.n is not None and say("n {n:count}", n=number.n),
        number.open is not None and say("{open:count} open", open=number.open),
        number.grade is not None and say("grade {grade}", grade=number.grade),
    ]
    known = tuple(language.render(part) for part in parts if part)
    return (*known, verdict_of(number, language)) if number.verdict else known


def verdict_of(number: Measured, language: Language) -> str:
    verdict = number.verdict or "–"
    return one_line(language.render(VERDICTS.get(verdict, verdict)), LONGEST_WORD)


def numbers_table(measured: MeasuredMap, names: Mapping[str, str], language: Language) -> str:
    """All numbers as an HTML table; `names` says what people call the parts, by id."""
    headings = "".join(
        f'<th scope="col" class="{kind}">{html(language.render(text))}</th>'
        for text, kind in HEADINGS
    )
    rows = "\n".join(
        _row(number, one_line(names.get(number.target, number.target), LONGEST_WORD), language)
        for number in measured.targets
    )
    return (
        f'<table class="numbers"><thead><tr>{headings}</tr></thead>\n'
        f"<tbody>\n{rows}\n</tbody></table>"
    )


def _row(number: Measured, name: str, language: Language) -> str:
    cells = (
        name_of(number, language),
        estimate_of(number, language),
        interval_of(number, language),
        language.number(number.n, "count"),
        number.grade or "–",
        verdict_of(number, language),
    )
    written = "".join(
        f'<td class="{kind}"><bdi>{html(cell)}</bdi></td>'
        for cell, (_, kind) in zip(cells, HEADINGS[1:], strict=True)
    )
    return f'<tr><th scope="row"><bdi>{html(name)}</bdi></th>{written}</tr>'


def _form(number: Measured) -> str:
    return "percent" if number.unit.startswith("share") else "decimal"
