"""The numbers of a choice without any script, for whoever reads the notebook later."""

from __future__ import annotations

from html import escape

from cjm_notebooks.builders.exploring.chosen import Chosen
from cjm_notebooks.builders.exploring.measured import measured_map
from cjm_notebooks.builders.exploring.written import shares_in_words
from cjm_notebooks.language import N_, Language, Sentence, say

HEADINGS = (
    N_("Stage or outcome"),
    N_("Share of journeys"),
    N_("95 % interval"),
    N_("Reached"),
    N_("Of journeys"),
    N_("Still open"),
)
CELL = "padding:0.25rem 0.75rem 0.25rem 0;border-bottom:1px solid #8886;vertical-align:top"
NUMBER = f"{CELL};text-align:right;white-space:nowrap"


def picture(chosen: Chosen, language: Language) -> str:
    """The map with the numbers of the choice, then the choice itself and its shares in a table."""
    drawn = chosen.journeys.map.picture(measured_map(chosen), language=language.code)
    lines = "".join(f"<p>{escape(language.render(line))}</p>" for line in _sentences(chosen))
    return (
        f'<section class="cjm-explorer-picture" lang="{language.code}">'
        f"{drawn._repr_mimebundle_()['text/html']}{lines}{_table(chosen, language)}</section>"
    )


def _sentences(chosen: Chosen) -> tuple[Sentence, ...]:
    told = [part for part in chosen.choice.written().values() if part]
    which = say("Chosen: {choice}.", choice=", ".join(told)) if told else say("All journeys.")
    if chosen.problem:
        return which, chosen.problem
    counts = say(
        "{journeys:count} journeys of {customers:count} customers, {open:count} still open.",
        **chosen.counts,
    )
    return which, counts


def _table(chosen: Chosen, language: Language) -> str:
    if not chosen.shares:
        return ""
    headings = "".join(
        f'<th scope="col" style="{CELL}">{escape(language.render(text))}</th>' for text in HEADINGS
    )
    rows = "".join(
        f'<tr><th scope="row" style="{CELL};font-weight:400;text-align:left">'
        f"<bdi>{escape(name)}</bdi></th>"
        + "".join(f'<td style="{NUMBER}">{escape(cell)}</td>' for cell in cells)
        + "</tr>"
        for name, *cells in shares_in_words(chosen.shares, language)
    )
    return (
        '<table style="border-collapse:collapse;font-variant-numeric:tabular-nums">'
        f"<thead><tr>{headings}</tr></thead><tbody>{rows}</tbody></table>"
    )
