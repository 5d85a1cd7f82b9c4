"""Run every benchmark beside this file, each in a process of its own."""

import subprocess
import sys
from pathlib import Path

for script in sorted(Path(__file__).parent.glob("[!_]*.py")):
    subprocess.run([sys.executable, "-m", f"benchmarks.{script.stem}"], check=True)
