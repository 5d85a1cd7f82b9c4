"""How fast and how right the kit is, beside others. No side may report its use to anyone."""

import os

os.environ |= {"RETENTIONEERING_NO_TRACK": "1", "DO_NOT_TRACK": "1", "MPLBACKEND": "Agg"}
