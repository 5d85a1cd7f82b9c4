"""How long an audit takes as a notebook with its page, and where the time goes.

    python -m benchmarks.audit --millions 1

Each part is timed where it runs: a kernel is started, the kit is imported in it, and the parts of
`audit` are made one by one in a program of their own. The last line is the whole run.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

from benchmarks.generate import log_of
from benchmarks.results import table, write_section
from benchmarks.shop import shop
from cjm_notebooks.audits.running.kernel import execute
from cjm_notebooks.audits.running.run import run_template

HEADING = "Audit"
AS_OF = "2024-03-01"
ROOT = Path(__file__).parents[1]
IMPORTS = "import cjm_notebooks as cjm; cjm.audit; import cjm_notebooks.audits.tables"
PARTS = """
import json, sys
from time import perf_counter
from cjm_notebooks import Events, JourneyMap, join, audit
from cjm_notebooks.audits import auditing
from cjm_notebooks.audits.moment import moment
from cjm_notebooks.engine import measure_all

journey_map = JourneyMap.load(sys.argv[1])
events = Events(sys.argv[2], customer="customer", at="at")
spent = dict.fromkeys(("join", "metrics", "checks", "charts", "texts"), 0.0)

def timed(name, function):
    def timing(*given, **more):
        begun = perf_counter()
        try:
            return function(*given, **more)
        finally:
            spent[name] += perf_counter() - begun
    return timing

auditing.join = timed("join", auditing.join)
auditing.measure_all = timed("metrics", auditing.measure_all)
auditing.inspect_all = timed("checks", auditing.inspect_all)
begun = perf_counter()
result = audit(journey_map, events, as_of=sys.argv[3])
whole = perf_counter() - begun
spent["rest of the audit"] = whole - spent["join"] - spent["metrics"] - spent["checks"]
sections = result.sections()
for section in ("opening", "gate", "questions", "found", "actions", "checks", "limits", "manifest"):
    timed("texts", lambda: getattr(sections, section))()
timed("charts", lambda: sections.exhibits)()
print(json.dumps(spent))
"""


def seconds_of_cell(source: str) -> float:
    """A notebook of one cell, from the start of its kernel to its end."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "one.ipynb"
        nbformat.write(new_notebook(cells=[new_code_cell(source)]), file)
        begun = perf_counter()
        execute(file, file, {}, on_cell=lambda cell: None)
        return perf_counter() - begun


def parts(journey_map: Path, log: Path) -> dict[str, float]:
    command = [sys.executable, "-c", PARTS, str(journey_map), str(log), AS_OF]
    ran = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, float] = json.loads(ran.stdout.strip().splitlines()[-1])
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--millions", type=float, default=1)
    asked = parser.parse_args()
    log = log_of(round(asked.millions * 1e6))
    with TemporaryDirectory() as folder:
        journey_map = Path(folder) / "shop.cjm.json"
        shop(outcome=True).save(journey_map)
        start = seconds_of_cell("1 + 1")
        imports = max(0.0, seconds_of_cell(IMPORTS) - start)
        found = {"kernel": start, "imports": imports, **parts(journey_map, log)}
        given = {"map_file": str(journey_map), "events_file": str(log), "as_of": AS_OF}
        given |= {"customer": "customer", "at": "at"}
        begun = perf_counter()
        run_template("journey_audit", given, Path(folder) / "out", "shop")
        whole = perf_counter() - begun
    found["notebook, page and files"] = whole - sum(found.values())
    lines = [[name, f"{spent:.2f}", f"{spent / whole:.0%}"] for name, spent in found.items()]
    text = table(["part", "seconds", "share"], [*lines, ["whole run", f"{whole:.2f}", "100%"]])
    intro = (
        f"`journey_audit` on {asked.millions:g} million events and a map of 25 touchpoints, wall "
        "time: from the start of its kernel to the page in its place. The last part is what "
        "is left "
        "of the whole: the notebook between its cells, the export of the page, the writing."
    )
    print(text)
    write_section(HEADING, f"{intro}\n\n{text}")


if __name__ == "__main__":
    main()
