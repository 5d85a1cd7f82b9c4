"""The curves of Kaplan and Meier and of Aalen and Johansen, beside those of lifelines."""

from __future__ import annotations

import argparse
import json
import subprocess
from pathlib import Path

import numpy as np

from benchmarks.processes import ROOT, environment
from benchmarks.results import table, write_section

HEADING = "Survival beside lifelines"
LIFELINES = ROOT / ".venv-lifelines"
REQUIREMENTS = Path(__file__).parent / "survival_requirements.txt"
JOURNEYS = 20_000
OUTCOMES = 2
Sample = dict[str, list[int]]


def sample(outcomes: int) -> Sample:
    """Journeys that end at a time of their own (lifelines cannot take ties), some out of sight."""
    rng = np.random.default_rng(20240620)
    days = rng.permutation(JOURNEYS) + 1
    return {"days": days.tolist(), "ended": rng.integers(0, outcomes + 1, JOURNEYS).tolist()}


def ours(found: Sample, outcomes: int) -> np.ndarray:
    """float64, (outcomes, times). Cumulative incidence."""
    from cjm_notebooks.statistics.incidence import aalen_johansen

    days, ended = np.array(found["days"]), np.array(found["ended"])
    counts = [np.bincount(days[ended == how], minlength=JOURNEYS + 1)[1:] for how in range(3)]
    return aalen_johansen(np.stack(counts[1 : outcomes + 1]), counts[0]).cumulative


def of_lifelines(found: Sample, outcomes: int) -> list[list[float]]:
    """The same by lifelines, in its own environment."""
    from lifelines import AalenJohansenFitter, KaplanMeierFitter

    days, ended = found["days"], found["ended"]
    if outcomes == 1:
        survived = KaplanMeierFitter().fit(days, ended).survival_function_.iloc[1:, 0]
        return [(1 - survived).tolist()]
    curves = []
    for outcome in range(1, outcomes + 1):
        fitted = AalenJohansenFitter(calculate_variance=False).fit(days, ended, outcome)
        curves.append(fitted.cumulative_density_.iloc[1:, 0].tolist())
    return curves


def theirs(found: Sample, outcomes: int) -> np.ndarray:
    command = [LIFELINES / "bin" / "python", "-W", "ignore", "-m", "benchmarks.survival"]
    ran = subprocess.run(
        [*command, "--inside", str(outcomes)],
        cwd=ROOT,
        input=json.dumps(found),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return np.array(json.loads(ran.stdout))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inside", type=int, help=argparse.SUPPRESS)
    inside = parser.parse_args().inside
    if inside:
        print(json.dumps(of_lifelines(json.loads(input()), inside)))
        return
    environment(LIFELINES, REQUIREMENTS)
    rows = []
    for name, outcomes in (("Kaplan-Meier", 1), ("Aalen-Johansen", OUTCOMES)):
        found = sample(outcomes)
        away = np.abs(ours(found, outcomes) - theirs(found, outcomes)).max()
        rows.append([name, outcomes, f"{JOURNEYS:,}", f"{away:.1e}"])
    text = table(["curve", "outcomes", "journeys", "largest difference"], rows)
    print(text)
    write_section(HEADING, f"The largest difference to lifelines 0.30.3 at any time.\n\n{text}")


if __name__ == "__main__":
    main()
