"""Rules join the designed map to recorded events; without a map, `draft` proposes a first one."""

from __future__ import annotations

from cjm_notebooks.matching.draft import draft

__all__ = ["draft"]
