"""Write the schema of `findings.json` from its model: `python -m tools.write_findings_schema`."""

from __future__ import annotations

from pathlib import Path

from cjm_notebooks import audits
from cjm_notebooks.audits.findings import schema_text

if __name__ == "__main__":
    Path(audits.__file__).with_name("findings.schema.json").write_text(schema_text(), "utf-8")
