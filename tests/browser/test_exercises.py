"""An exercise in a real JupyterLab, as a student does it: started, answered, hinted at, right."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.lab import CONNECTED, Lab, Person, axe_in, person_at

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.needs("jupyterlab")]

CARD = ".jp-LauncherCard[title='Begin an exercise on journey maps, with feedback at once']"
EXERCISE = "Is this change of the NPS real?"
WRONG = 'change = {"harbour": 1, "market": 2, "station": 3}'
RIGHT = (
    'change = {one: cjm.measure(scores, library.where("branch", one)).iloc[-1]["difference"] '
    "for one in BRANCHES}"
)


@pytest.fixture
def student(lab: Lab, browser: Browser) -> Iterator[Person]:
    with person_at(lab, browser, "student") as somebody:
        yield somebody
        assert somebody.asked_outside == []


def asked(page: Page) -> Locator:
    """The dialog, opened from the launcher by keys."""
    page.locator(CARD).focus()
    page.keyboard.press("Enter")
    dialog = page.locator(".jp-Dialog")
    expect(dialog.get_by_label("Student id")).to_be_focused()
    return dialog


def start(page: Page, student: str) -> None:
    """Choose the exercise, say who it is for and begin, by keys alone."""
    dialog = asked(page)
    page.keyboard.insert_text(student)
    page.keyboard.press("Tab")
    wanted = dialog.get_by_role("radio", name=EXERCISE)
    for _ in range(dialog.get_by_role("radio").count()):
        if wanted.is_checked():
            break
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    page.wait_for_function(CONNECTED, timeout=60_000)


def part(page: Page, file: Path, what: str, question: str = "") -> Locator:
    """The cell of the open notebook that is for this."""
    wanted = {"part": what, "question": question} if question else {"part": what}
    cells = nbformat.read(file, as_version=4).cells
    (at,) = (at for at, cell in enumerate(cells) if cell.metadata.get("cjm") == wanted)
    return page.locator(".jp-Notebook .jp-Cell").nth(at)


def go_to(page: Page, cell: Locator) -> None:
    """Run cell after cell until that one is reached."""
    for _ in range(40):
        if "jp-mod-selected" in (cell.get_attribute("class") or ""):
            return
        page.keyboard.press("Shift+Enter")
        page.wait_for_timeout(50)
    pytest.fail("The cell was never reached.")


def answer(page: Page, cell: Locator, source: str) -> None:
    """Write the answer over what stands in the selected cell, run it and the check below it."""
    page.keyboard.press("Enter")
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(source)
    expect(cell.locator(".cm-content")).to_contain_text(source[:20])
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("Shift+Enter")


def test_exercises_are_listed_with_minutes_and_what_they_teach(student: Person) -> None:
    page = student.open()
    dialog = asked(page)
    expect(dialog.get_by_role("radio")).to_have_count(5)
    expect(dialog.get_by_text(EXERCISE)).to_be_visible()
    expect(dialog.get_by_text("minutes")).to_have_count(5)
    assert axe_in(page, ".jp-Dialog-content") == []


def test_exercise_is_started_answered_and_checked_by_keys_alone(student: Person) -> None:
    page = student.open()
    assert student.lab is not None
    start(page, "ann")
    file = student.lab.root / "nps_change.ipynb"
    question, check = part(page, file, "answer", "q1"), part(page, file, "check", "q1")
    go_to(page, question)
    answer(page, question, WRONG)
    told = check.locator(".jp-OutputArea")
    expect(told).to_contain_text("Hint", timeout=60_000)
    expect(told).to_contain_text("What I saw")
    expect(told).to_contain_text("(1 of 3)")
    assert axe_in(page, ".jp-Notebook .jp-RenderedHTMLCommon section") == []
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    answer(page, question, RIGHT)
    expect(told).to_contain_text("3 of 3 points: Right", timeout=60_000)
    expect(told).not_to_contain_text("Hint")


def test_same_exercise_again_leaves_the_first_as_it_is(student: Person) -> None:
    assert student.lab is not None
    first = student.lab.root / "nps_change.ipynb"
    before = first.read_bytes() if first.exists() else None
    page = student.open()
    start(page, "bob")
    names = sorted(file.name for file in student.lab.root.glob("nps_change*.ipynb"))
    assert names[-1] == ("nps_change1.ipynb" if before else "nps_change.ipynb")
    assert before is None or first.read_bytes() == before
    newest = nbformat.read(student.lab.root / names[-1], as_version=4)
    assert 'student="bob"' in newest.cells[1].source
