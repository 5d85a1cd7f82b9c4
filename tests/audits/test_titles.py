"""Every template of the kit gives its page a title, in each language."""

from __future__ import annotations

import nbformat

from cjm_notebooks import audit
from cjm_notebooks.audits.templates import FOLDERS
from cjm_notebooks.audits.titles import TITLES
from tests.audits import AS_OF
from tests.journeys import ONE_EACH

NOTEBOOKS = [
    nbformat.read(path, as_version=4) for folder in FOLDERS for path in folder.glob("*.ipynb")
]


def test_titles_of_all_templates_are_known_to_translators() -> None:
    assert {notebook.metadata.cjm.title for notebook in NOTEBOOKS} == set(TITLES)


def test_template_gives_its_own_title_to_the_page() -> None:
    for notebook in NOTEBOOKS:
        title = notebook.metadata.cjm.title
        source = "\n".join(cell.source for cell in notebook.cells)
        assert f'title="{title}"' in source or title == "Journey audit"


def test_title_stands_above_the_name_of_the_map() -> None:
    opening = audit(ONE_EACH, as_of=AS_OF).sections(title="Our question").opening.html
    assert '<p class="kicker">Our question</p>' in opening
