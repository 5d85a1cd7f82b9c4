"""Small audits, on the shop of `tests.journeys`, and what a notebook makes of them.

`events("home@1 cart@2", "home@1")` are two customers, and `answers("csat:cart=4@3")` one answer to
the question `csat` about the touchpoint `cart`; days count from the first of January 2025.
"""

from __future__ import annotations

import re
from pathlib import Path
from zipfile import ZipFile

import nbformat
import pandas as pd
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from cjm_notebooks import AuditResult, Events, Feedback, JourneyMap, Question
from cjm_notebooks.audits.page import page
from cjm_notebooks.language import language
from cjm_notebooks.maps import Expectation
from tests.journeys import ONE_EACH

DAY_0 = pd.Timestamp("2024-12-31", tz="UTC")
QUESTIONS = (Question("nps", "nps", (0, 10)), Question("csat", "csat", (1, 5)))
BUYS = "home@1 product@2 cart@3 pay@4 paid@5"
LEAVES_CART = "home@1 product@2 cart@3"
BUYS_LATER = "home@60 product@61 cart@62 pay@63 paid@64"
AS_OF = "2025-04-10"


def events(*customers: str, **columns: str) -> Events:
    """Recorded events; further `columns` hold the same text in every row."""
    rows = [
        (f"customer {number}", *word.split("@"))
        for number, words in enumerate(customers)
        for word in words.split()
    ]
    table = pd.DataFrame(rows, columns=["who", "event", "day"])
    table["at"] = DAY_0 + pd.to_timedelta(table.pop("day").astype(float), unit="D")
    return Events(table.assign(**columns), customer="who", at="at")


def answers(*words: str) -> Feedback:
    """One answer each, of one customer each."""
    rows = []
    for number, word in enumerate(words):
        asked, score, day = re.fullmatch(r"([\w:]+)=(\d+)@(\d+)", word).groups()
        question, _, touchpoint = asked.partition(":")
        at = DAY_0 + pd.Timedelta(days=int(day))
        rows.append((f"customer {number}", question, touchpoint or None, int(score), at))
    columns = ["who", "question", "touchpoint", "score", "at"]
    return Feedback(
        pd.DataFrame(rows, columns=columns),
        score="score",
        questions=QUESTIONS,
        question="question",
        customer="who",
        touchpoint="touchpoint",
        at="at",
    )


def claiming(
    emotion: float | None = None, expected: float | None = None, share: float | None = None
) -> JourneyMap:
    """The shop with an emotion and an expectation at its cart and a share expected to pay."""
    stages = []
    for stage in ONE_EACH.stages:
        touchpoints = tuple(
            one.model_copy(
                update={
                    "emotion": emotion,
                    "expectation": None
                    if expected is None
                    else Expectation(text="Quick.", value=expected, scale_min=1, scale_max=5),
                }
            )
            if one.id == "cart"
            else one
            for one in stage.touchpoints
        )
        update = {"touchpoints": touchpoints}
        if stage.id == "pay":
            update["expected_share"] = share
        stages.append(stage.model_copy(update=update))
    return ONE_EACH.model_copy(update={"stages": tuple(stages)})


def texts_in(folder: Path) -> dict[str, str]:
    """Every file below `folder` by its name, with the parts of workbooks as files of their own."""
    found = {}
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        if file.suffix == ".xlsx":
            with ZipFile(file) as book:
                for part in book.namelist():
                    found[f"{file.name}/{part}"] = book.read(part).decode("utf-8")
        elif file.suffix not in (".png", ".pdf"):
            found[file.name] = file.read_text("utf-8")
    return found


def page_of(result: AuditResult, code: str = "en") -> str:
    """The page of an audit, as if a notebook had shown each of its sections."""
    cells = [
        new_code_cell(
            f"# {section.name}",
            outputs=[new_output("display_data", data={"text/html": section.html})],
        )
        for section in result.sections(code)
    ]
    return page(new_notebook(cells=cells), language(code))


def short_template(folder: Path, *sources: str, declares: str = "") -> Path:
    """A template of a few cells; `declares` are lines of its parameters."""
    parameters = '# Parameters\nfolder: str = "."\nname: str = "audit"\nlanguage: str = "en"\n'
    cells = [
        new_markdown_cell("# A template"),
        new_code_cell((parameters + declares).strip(), metadata={"tags": ["parameters"]}),
        *(new_code_cell(source) for source in sources),
    ]
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number}"
    nbformat.write(new_notebook(cells=cells), folder / "short.ipynb")
    return folder / "short.ipynb"
