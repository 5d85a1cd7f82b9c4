"""The audit: a library function, and the templates that ask it and show its answer.

`audit(...)` gives an `AuditResult`. `running.run.run_template` runs a notebook that calls it, and
leaves that notebook, a page, and the findings in a form for machines.
"""

from __future__ import annotations

from cjm_notebooks.audits.auditing import audit
from cjm_notebooks.audits.result import AuditResult

__all__ = ["AuditResult", "audit"]
