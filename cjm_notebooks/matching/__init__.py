"""Rules join the designed map to recorded events: made, judged, drafted, suggested."""

from __future__ import annotations

from cjm_notebooks.matching.binding import bind, unbind
from cjm_notebooks.matching.draft import draft

__all__ = ["bind", "draft", "unbind"]
