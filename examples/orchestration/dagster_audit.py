"""The audit as a job of Dagster: `dagster dev -f dagster_audit.py`, or a schedule of it.

Dagster puts its own cell in place of the one tagged `parameters`, so that each parameter is an
input here, with the template's default. The results are in `folder`. The kernel `python3` needs
dagstermill beside the kit.
"""

from dagster import In, job
from dagstermill import ConfigurableLocalOutputNotebookIOManager, define_dagstermill_op

from cjm_notebooks.audits.parameters import parameters_of
from cjm_notebooks.audits.templates import template_path

TEMPLATE = template_path("journey_audit")

journey_audit = define_dagstermill_op(
    name="journey_audit",
    notebook_path=str(TEMPLATE),
    output_notebook_name="notebook",
    ins={one.name: In(default_value=one.default) for one in parameters_of(TEMPLATE)},
)


@job(resource_defs={"output_notebook_io_manager": ConfigurableLocalOutputNotebookIOManager()})
def audit_job():
    journey_audit()
