"""The page of any notebook: one file, a title, the contents, and the code folded away."""

from __future__ import annotations

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from cjm_notebooks import exhibits
from cjm_notebooks.audits.page import page
from cjm_notebooks.language import language

ENGLISH = language("en")


def shown(source: str, html: str) -> dict[str, object]:
    output = new_output("display_data", data={"text/html": html})
    return new_code_cell(source, outputs=[output])


def test_contents_lead_to_each_heading_and_the_title_is_that_of_the_page() -> None:
    cells = [
        shown("a", '<h1 id="t"><bdi>Fish &amp; Chips</bdi></h1>'),
        shown("b", '<h2 id="x">A &lt; B</h2>'),
    ]
    written = page(new_notebook(cells=cells), ENGLISH)
    assert "<title>Fish &amp; Chips</title>" in written
    assert '<li><a href="#x">A &lt; B</a></li>' in written


def test_code_that_shows_nothing_is_folded_in_with_the_next_that_does() -> None:
    cells = [new_code_cell("x = '<b>'"), shown("x", "<p>shown</p>"), new_code_cell("last()")]
    written = page(new_notebook(cells=cells), ENGLISH)
    assert written.count('<details class="code">') == 2
    first = written.split('<details class="code">')[1]
    assert first.count("<pre") == 2
    assert "x = &#39;&lt;b&gt;&#39;" in first


def test_page_without_exhibits_carries_no_script() -> None:
    written = page(new_notebook(cells=[shown("a", "<p>plain</p>")]), ENGLISH)
    assert "<script" not in written
    assert len(written) < 50_000


def test_what_draws_exhibits_stands_on_the_page_once() -> None:
    loading = exhibits.load()._repr_html_()
    figure = '<figure class="cjm-exhibit"></figure>'
    cells = [shown("load()", loading), shown("load()", loading), shown("exhibit", figure)]
    written = page(new_notebook(cells=cells), ENGLISH)
    assert written.count(exhibits.script()) == 1
    assert written.count(exhibits.bokehjs()) == 1


def test_cells_for_the_notebook_alone_are_left_out() -> None:
    about = new_markdown_cell("# How to use this", metadata={"tags": ["only-in-notebook"]})
    note = new_markdown_cell("An *analyst's* note.")
    written = page(new_notebook(cells=[about, note]), ENGLISH)
    assert "How to use this" not in written
    assert "<em>analyst's</em> note." in written


def test_printed_text_and_values_are_text_on_the_page() -> None:
    cell = new_code_cell(
        "x",
        outputs=[
            new_output("stream", name="stdout", text="1 < 2"),
            new_output("execute_result", data={"text/plain": "<object>"}),
        ],
    )
    written = page(new_notebook(cells=[cell]), ENGLISH)
    assert "1 &lt; 2" in written
    assert "&lt;object&gt;" in written


def test_page_may_ask_nobody_for_anything() -> None:
    written = page(new_notebook(cells=[shown("a", "<p>x</p>")]), ENGLISH)
    assert "content=\"default-src 'none'; " in written
    assert "http://" not in written
    assert "https://" not in written
