"""Run the benchmarks that take a minute, each in a process of its own.

The others take longer and write RESULTS.md: `python -m benchmarks.peers`, `benchmarks.scaling`,
`benchmarks.audit`, `benchmarks.batches`, `benchmarks.interactive`,
`benchmarks.jackknife_coverage`.
"""

import subprocess
import sys

for script in ("import_time", "interval_coverage"):
    subprocess.run([sys.executable, "-m", f"benchmarks.{script}"], check=True)
