"""`python -m cjm_notebooks` is the command `cjm`."""

from __future__ import annotations

from cjm_notebooks.cli import main

main()
