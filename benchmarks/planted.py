"""How long it takes to generate customers whose truth is planted, and how much memory.

python -m benchmarks.planted
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from benchmarks.results import table, write_section

HEADING = "Planted truth"
ROOT = Path(__file__).parents[1]
SIZES = (3_000, 100_000, 1_000_000)
ONE = """
import resource, sys
from time import perf_counter, process_time
from cjm_notebooks.teaching.generators.webshop import Webshop

begun, spent = perf_counter(), process_time()
given = Webshop().generate(int(sys.argv[1]), 1)
wall, cpu = perf_counter() - begun, process_time() - spent
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(given.events.table.num_rows, given.feedback.table.num_rows, wall, cpu, peak)
"""


def line(customers: int) -> list[str]:
    """One size, in a program of its own."""
    command = [sys.executable, "-c", ONE, str(customers)]
    ran = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    events, answers, wall, cpu, peak = map(float, ran.stdout.split())
    counts = (customers, int(events), int(answers))
    return [*(f"{count:,}" for count in counts), f"{cpu:.1f}", f"{wall:.1f}", f"{peak:,.0f}"]


def main() -> None:
    columns = ["customers", "events", "answers", "CPU s", "wall s", "peak MB"]
    text = table(columns, [line(customers) for customers in SIZES])
    intro = "The webshop: events, feedback and customers as Arrow tables, with its maps and truth."
    print(text)
    write_section(HEADING, f"{intro}\n\n{text}")


if __name__ == "__main__":
    main()
