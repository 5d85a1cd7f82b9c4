"""The kit held against planted truth: what it finds, what it claims, what its intervals hold.

    python -m benchmarks.truth --seeds 12 --nothing 60 --intervals 6

Data sets are generated from seeds 0, 1, 2, ... and audited with the right map and with the draft
map. The values of a million customers are counted when they are first asked for, and kept; with
`--many 200000` that takes a fifth of the time and holds the intervals against slightly less.
"""

from __future__ import annotations

import argparse
import shlex
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from time import perf_counter

from benchmarks.machine import described, today
from benchmarks.results import table
from benchmarks.truth_coverage import Held, coverage, summed, truth_of
from benchmarks.truth_findings import SIZES, Run, generator, run, tally
from cjm_notebooks.catalogue import entries
from cjm_notebooks.checks import Check
from cjm_notebooks.statistics.intervals import wilson

PAGE = Path(__file__).parent / "TRUTH.md"
FEWEST = 300
WANTED = (0.93, 0.97)
ABOUT_FACTS = """\
How many audits of freshly generated data found each fact, with an interval of 95 %. A fact whose
size lies at a threshold of its check is found by chance about half the time, however good the check
is: `response-style` (an effect of 0.23 where 0.2 counts) and `membership` (3 points, where from 5
points on a moment of truth counts as borne out)."""
ABOUT_CLAIMS = """\
Runs with at least one finding on the right map that follows from nothing planted, by check. Checks
that are not listed claimed nothing. Where much is planted, a correction that lets one discovery in
twenty be an accident lets some through."""
ABOUT_INTERVALS = f"""\
How many intervals hold the value of very many customers of the same generator: every interval of
every metric, with its usual settings and 95 %. Wanted are {WANTED[0]:.0%} to {WANTED[1]:.0%}.
Intervals of one data set hang together, so that a single line may be off by a few points. Lines of
fewer than {FEWEST} intervals are counted in the sum only."""
Counts = tuple[int, int]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=12, help="data sets of each generator")
    parser.add_argument("--nothing", type=int, default=60, help="data sets with nothing planted")
    parser.add_argument("--intervals", type=int, default=6, help="of each, for the intervals")
    parser.add_argument("--many", type=int, default=1_000_000, help="customers that stand for all")
    parser.add_argument("--cores", type=int, default=2)
    asked = parser.parse_args()
    begun = perf_counter()
    seeds = {name: range(asked.nothing if name == "null" else asked.seeds) for name in SIZES}
    with ProcessPoolExecutor(asked.cores) as cores:
        each = [(name, seed, seed < asked.seeds) for name in SIZES for seed in seeds[name]]
        runs = list(cores.map(_run, each))
        list(cores.map(truth_of, SIZES, [asked.many] * len(SIZES)))
        pairs = [(name, seed, asked.many) for name in SIZES for seed in range(asked.intervals)]
        held = summed(cores.map(_coverage, pairs))
    minutes = (perf_counter() - begun) / 60
    PAGE.write_text(_page(runs, held, asked, minutes))


def _run(of: tuple[str, int, bool]) -> Run:
    return run(*of)


def _coverage(of: tuple[str, int, int]) -> dict[tuple[str, str], Held]:
    return coverage(*of)


def _page(
    runs: Sequence[Run],
    held: dict[tuple[str, str], Held],
    asked: argparse.Namespace,
    minutes: float,
) -> str:
    command = shlex.join(["python", "-m", "benchmarks.truth", *sys.argv[1:]])
    sizes = ", ".join(f"{name} {customers:,}" for name, customers in SIZES.items())
    parts = [
        "# The kit against planted truth",
        f"Written on {today()} by `{command}` in {minutes:.0f} minutes on {described()}. "
        f"Customers in each data set: {sizes}. Nothing here is typed by hand.",
        f"## Planted and found\n\n{ABOUT_FACTS}",
        _facts(runs),
        "## Seeded in the draft map and found",
        _defects(runs),
        f"## Claimed and not planted\n\n{ABOUT_CLAIMS}",
        _false_alarms(runs),
        f"**With nothing planted {_nothing(runs)} had a statistical finding of high or critical "
        "severity; at most 5 % may.**",
        f"## Intervals\n\n{ABOUT_INTERVALS}",
        f"Data sets of each generator: {asked.intervals}. Customers that stand for all: "
        f"{asked.many:,}.",
        _intervals(held),
    ]
    return "\n\n".join(parts) + "\n"


def _facts(runs: Sequence[Run]) -> str:
    found = tally(runs, "found")
    truths = {name: generator(name).generate(400, 0).truth for name in SIZES}
    rows = []
    for (name, fact), counts in found.items():
        planted = truths[name].fact(fact)
        against = "" if planted.against is None else f"{planted.against:.2f}"
        size = f"{planted.size:.2f}"
        rows.append([name, fact, size, against, ", ".join(planted.found_by), *_share(counts)])
    columns = ["set", "fact", "size", "against", "checks", "found", "runs", "share", "interval"]
    return table(columns, rows)


def _defects(runs: Sequence[Run]) -> str:
    found = tally(runs, "defects")
    missed = [
        [name, defect, *_share(counts)]
        for (name, defect), counts in found.items()
        if counts[0] < counts[1]
    ]
    hits, trials = (sum(part) for part in zip(*found.values(), strict=True))
    kinds = len(found)
    said = f"{hits:,} of {trials:,} seeded defects were found; {kinds} different ones were seeded."
    if not missed:
        return f"{said} None was ever missed."
    columns = ["set", "missed at times", "found", "runs", "share", "interval"]
    return f"{said} All others were never missed.\n\n{table(columns, missed)}"


def _false_alarms(runs: Sequence[Run]) -> str:
    checks = {kind().id: kind().failed for kind in entries("checks", Check).values()}
    alarms = Counter(
        (one.generator, called) for one in runs for called in {_check(x) for x in one.unplanted}
    )
    trials = Counter(one.generator for one in runs)
    rows = [
        [name, called, checks[called[:3]], *_share((count, trials[name]))]
        for (name, called), count in sorted(alarms.items())
    ]
    columns = ["set", "check", "claims", "runs with", "runs", "share", "interval"]
    return table(columns, rows) if rows else "No check claimed anything that was not planted."


def _check(finding: str) -> str:
    return finding.partition(" ")[0]


def _nothing(runs: Sequence[Run]) -> str:
    mine = [one for one in runs if one.generator == "null"]
    loud = sum(bool(one.high_statistical) for one in mine)
    _, _, share, interval = _share((loud, len(mine)))
    return f"{loud} of {len(mine)} audits ({share}, {interval})"


def _intervals(held: dict[tuple[str, str], Held]) -> str:
    rows = [_line(f"{key[0]}: {key[1]}", one) for key, one in sorted(held.items()) if _is_told(one)]
    whole = _line("**all**", sum(held.values(), Held()))
    columns = ["interval", "counted", "held", "truth above", "truth below", ""]
    return table(columns, [whole, *rows])


def _is_told(one: Held) -> bool:
    return one.intervals >= FEWEST


def _line(name: str, one: Held) -> list[str]:
    share = one.held / one.intervals
    remark = "narrow" if share < WANTED[0] else "wide" if share > WANTED[1] else ""
    above, below = (f"{count / one.intervals:.1%}" for count in (one.above, one.below))
    return [name, f"{one.intervals:,}", f"{share:.1%}", above, below, remark]


def _share(counts: Counts) -> Iterable[str]:
    hits, trials = counts
    low, high = wilson(hits, trials)
    return [
        str(hits),
        str(trials),
        f"{hits / trials:.0%}",
        f"{float(low):.0%} to {float(high):.0%}",
    ]


if __name__ == "__main__":
    main()
