"""Exhibits in a notebook of a real JupyterLab."""

from __future__ import annotations

import pytest

from cjm_notebooks.catalogue import entries
from cjm_notebooks.exhibits import exhibit
from cjm_notebooks.views import View
from tests.browser.lab import Lab, Person, notebook_in, run_cell
from tests.browser.test_exhibits import CUSTOMERS, DARK_INK, LIGHT_INK, wait_for
from tests.views import readings

LOADED = "from IPython.display import HTML\nfrom cjm_notebooks.exhibits import load\n\nload()"
GO_DARK = "jupyterapp.commands.execute('apputils:change-theme', {theme: 'JupyterLab Dark'})"


@pytest.mark.needs("chromium", "jupyterlab")
def test_chart_in_a_notebook_goes_dark_with_jupyterlab(lab: Lab, person: Person) -> None:
    funnel = entries("views", View)["stage-funnel"]()
    drawn = exhibit(funnel, readings(funnel, CUSTOMERS)).html(level=2)
    page = person.open(notebook_in(lab, LOADED, f"HTML({drawn!r})"))
    run_cell(page, 0)
    run_cell(page, 1)
    wait_for(page, "stage-funnel", DARK_INK)
    page.evaluate(GO_DARK)
    wait_for(page, "stage-funnel", LIGHT_INK)
    wait_for(page, "stage-funnel", DARK_INK, gone=True)
