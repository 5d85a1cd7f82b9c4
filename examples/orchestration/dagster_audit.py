"""The audit as a job of Dagster: `dagster dev -f dagster_audit.py`, or a schedule of it.

Dagster fills in the cell tagged `parameters` as papermill does, runs the notebook and keeps it. The
results are in `folder`. The kernel needs dagstermill beside the kit.
"""

from dagster import In, job
from dagstermill import ConfigurableLocalOutputNotebookIOManager, define_dagstermill_op

from cjm_notebooks.audits.templates import template_path

ASKED = ("map_file", "events_file", "customer", "at", "as_of", "folder", "name")

journey_audit = define_dagstermill_op(
    name="journey_audit",
    notebook_path=str(template_path("journey_audit")),
    output_notebook_name="notebook",
    ins={name: In(str) for name in ASKED},
)


@job(resource_defs={"output_notebook_io_manager": ConfigurableLocalOutputNotebookIOManager()})
def audit_job():
    journey_audit()
