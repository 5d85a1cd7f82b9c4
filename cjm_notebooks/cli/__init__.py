"""The command `cjm`: maps, joins and audits from the terminal."""

from __future__ import annotations

from cjm_notebooks.cli.app import main

__all__ = ["main"]
