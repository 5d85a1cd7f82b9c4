"""The document that two people edit at once, as the server of jupyter-collaboration holds it.

`jupyter_ydoc` loads every entry point while it is imported itself, `YJourney` too, so it has to be
imported before anything of this package is.
"""

from __future__ import annotations

import jupyter_ydoc  # noqa: F401

from cjm_notebooks.collaboration.document import YJourney

__all__ = ["YJourney"]
