"""Nobody can be recognised: personal data is found before it spreads, small groups are hidden.

`personal` finds personal data in texts and column names. `small_groups` hides what a table would
tell about a few people; `Published` is how a metric says which of its columns count people.
"""

from cjm_notebooks.privacy.published import Published, Running

__all__ = ["Published", "Running"]
