"""Views ready for a page: heading, summary, legend, chart, and the table that says the same.

An exhibit is HTML without any script of its own. The page carries once what `head` gives: the
style, BokehJS and the small script that draws every exhibit; in a notebook `load` brings it.
Without them the heading, the summary and the table remain.
"""

from __future__ import annotations

from cjm_notebooks.exhibits.exhibit import Exhibit, exhibit
from cjm_notebooks.exhibits.page import bokehjs, head, load, script, style

__all__ = ["Exhibit", "bokehjs", "exhibit", "head", "load", "script", "style"]
