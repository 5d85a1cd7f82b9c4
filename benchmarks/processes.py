"""Measurements in processes of their own: ours in this environment, the peers' in theirs."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
REQUIREMENTS = Path(__file__).parent / "requirements.txt"
PEERS = ROOT / ".venv-peers"
AT_HOME = {"ours", "limit"}
LONGEST_SECONDS = 900


@dataclass(frozen=True)
class Measurement:
    """What one side took for one question; `failed` says why there is no answer."""

    side: str
    question: str
    mode: str
    found: dict[str, Any] | None
    failed: str = ""


def measure(side: str, question: str, mode: str, log: Path) -> Measurement:
    python = sys.executable if side in AT_HOME else str(PEERS / "bin" / "python")
    command = [python, "-W", "ignore", "-m", "benchmarks.measuring", side, question, mode, str(log)]
    try:
        ran = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, timeout=LONGEST_SECONDS
        )
    except subprocess.TimeoutExpired:
        return Measurement(side, question, mode, None, f"over {LONGEST_SECONDS} s")
    if ran.returncode:
        last = (ran.stderr.strip().splitlines() or [f"ended with {ran.returncode}"])[-1]
        return Measurement(side, question, mode, None, last)
    return Measurement(side, question, mode, json.loads(ran.stdout.strip().splitlines()[-1]))


def peers_environment() -> None:
    environment(PEERS, REQUIREMENTS)


def environment(folder: Path, requirements: Path) -> None:
    """Make an environment for others' libraries unless it holds what `requirements` asks for."""
    wanted, stamp = requirements.read_text(), folder / "requirements.txt"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print(f"Setting up {folder.name}, once; this takes a few minutes.")
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    install = [folder / "bin" / "pip", "install", "--quiet", "--requirement", requirements]
    subprocess.run(install, check=True)
    stamp.write_text(wanted)


def wrong_answers() -> list[list[str]]:
    """Peer, question, true answer and what the peer said, for small logs counted by hand."""
    command = [PEERS / "bin" / "python", "-W", "ignore", "-m", "benchmarks.wrong_answers"]
    ran = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(ran.stdout.strip().splitlines()[-1])
