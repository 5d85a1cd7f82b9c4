"""Whether anybody can see and touch a widget of this kernel."""

from __future__ import annotations

import os


def is_watched() -> bool:
    """Whether a front end shows what runs here, and not only a notebook that is run to be read.

    JupyterLab, Notebook and VS Code let the code they run ask for input; papermill and nbconvert
    do not, since nobody would answer. Voila does not either and still shows widgets, and says to
    the kernel that it is there.
    """
    from IPython import get_ipython

    if os.environ.get("SERVER_SOFTWARE", "").startswith("voila"):
        return True
    kernel = getattr(get_ipython(), "kernel", None)
    return bool(getattr(kernel, "_allow_stdin", True))
