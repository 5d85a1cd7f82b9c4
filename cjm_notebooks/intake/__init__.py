"""What comes in from outside: what a file is, which source reads it, and its tables on disk.

`inspect` looks at the first rows of any file or table and guesses, with reasons; nothing that reads
tables later relies on a guess.
"""

from __future__ import annotations

from cjm_notebooks.events.glimpse import ColumnSeen
from cjm_notebooks.intake.fitting import Fit
from cjm_notebooks.intake.importing import Protection, Written, import_file
from cjm_notebooks.intake.inspection import Inspection, inspect

__all__ = ["ColumnSeen", "Fit", "Inspection", "Protection", "Written", "import_file", "inspect"]
