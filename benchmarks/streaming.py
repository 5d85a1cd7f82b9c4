"""An export larger than memory should be: a gigabyte of NDJSON, read and imported as a stream.

    python -m benchmarks.streaming

Each step runs in a process of its own. Beside it stands the least that any way has to do: DuckDB
reads the same columns of the same file in the same run, and drops them, or writes them as Parquet.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

import duckdb
import pyarrow.parquet as pq

from benchmarks import exports
from benchmarks.measuring import peak_megabytes
from benchmarks.results import table, write_section
from cjm_notebooks.events.export import scan
from cjm_notebooks.events.ledger import workspace
from cjm_notebooks.intake import Protection, import_file
from cjm_notebooks.privacy.pseudonyms import Key
from cjm_notebooks.sources import StreamedSource
from cjm_notebooks.sources.ga4_export import WANTED as OF_GA4
from cjm_notebooks.sources.ga4_export import Ga4Export
from cjm_notebooks.sources.segment_export import WANTED as OF_SEGMENT
from cjm_notebooks.sources.segment_export import SegmentExport

HEADING = "A gigabyte of an export"
SOURCES: dict[str, Callable[[Path], StreamedSource]] = {
    "ga4": lambda file: Ga4Export(file),
    "segment": lambda file: SegmentExport(file, properties=("product_id",)),
}
WANTED = {"ga4": OF_GA4, "segment": OF_SEGMENT}
KEY = Key(b"a key for measuring, kept nowhere else")


def dropped(kind: str, file: Path, _: Path) -> int:
    with workspace() as connection:
        reader = connection.sql(scan(connection, file, WANTED[kind]).sql).to_arrow_reader(50_000)
        return sum(len(batch) for batch in reader)


def copied(kind: str, file: Path, target: Path) -> int:
    with workspace() as connection:
        sql = scan(connection, file, WANTED[kind]).sql
        connection.execute(f"COPY ({sql}) TO '{target}' (FORMAT parquet, COMPRESSION zstd)")
    return pq.read_metadata(target).num_rows


def streamed(kind: str, file: Path, _: Path) -> int:
    with SOURCES[kind](file).stream() as stream:
        return sum(len(batch) for batch in stream.batches)


def read(kind: str, file: Path, _: Path) -> int:
    return SOURCES[kind](file).read().quality[0].kept


def imported(kind: str, file: Path, target: Path) -> int:
    return import_file(SOURCES[kind](file), target).rows["events"]


def with_pseudonyms(kind: str, file: Path, target: Path) -> int:
    return import_file(SOURCES[kind](file), target, Protection(key=KEY)).rows["events"]


STEPS: dict[str, tuple[str, Callable[[str, Path, Path], int]]] = {
    "dropped": ("DuckDB reads the same columns and drops them", dropped),
    "copied": ("DuckDB copies the same columns to Parquet", copied),
    "streamed": ("read as a stream and dropped", streamed),
    "read": ("read into memory", read),
    "imported": ("imported: read, protected, kept as Parquet", imported),
    "with_pseudonyms": ("imported, ids with pseudonyms", with_pseudonyms),
}


def measured(step: str, kind: str, file: Path) -> None:
    """Do one step in this process and print what it took."""
    with TemporaryDirectory() as folder:
        target = Path(folder) / "events.parquet"
        cpu, wall = process_time(), perf_counter()
        rows = STEPS[step][1](kind, file, target)
        cpu, wall = process_time() - cpu, perf_counter() - wall
        kept = target.stat().st_size if target.exists() else 0
    print(
        json.dumps({"rows": rows, "cpu": cpu, "wall": wall, "peak": peak_megabytes(), "kept": kept})
    )


def line(step: str, kind: str, file: Path, least: float | None) -> tuple[list[str], float]:
    """One row of the table, and the seconds of CPU behind it."""
    command = [sys.executable, "-m", "benchmarks.streaming", "--step", step, kind, str(file)]
    ran = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    found = json.loads(ran.stdout.strip().splitlines()[-1])
    megabytes = file.stat().st_size / 1e6
    kept = f"{found['kept'] / 1e6:.0f}" if found["kept"] else ""
    cells = [
        STEPS[step][0],
        f"{found['rows']:,}",
        f"{found['cpu']:.1f}",
        f"{found['wall']:.1f}",
        f"{megabytes / found['wall']:.0f}",
        f"{found['cpu'] / (least or found['cpu']):.2f} ×",
        f"{found['peak']:.0f}",
        kept,
    ]
    print(*cells, sep=" | ", flush=True)
    return cells, found["cpu"]


def compared(kind: str, folder: Path, size: int) -> str:
    file = folder / f"{kind}.ndjson"
    events = exports.write(file, kind, size)
    lines, least = [], None
    for step in STEPS:
        cells, cpu = line(step, kind, file, least)
        least = least or cpu
        lines.append(cells)
    bytes_ = file.stat().st_size
    file.unlink()
    columns = ["step", "rows", "CPU s", "wall s", "MB/s", "CPU beside DuckDB", "peak MB", "kept MB"]
    return f"### {kind}\n\n{events:,} events, {bytes_ / 1e9:.2f} GB.\n\n{table(columns, lines)}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gigabytes", type=float, default=1)
    parser.add_argument("--step", nargs=3, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.step:
        step, kind, file = asked.step
        measured(step, kind, Path(file))
        return
    with TemporaryDirectory() as folder:
        parts = [
            compared(kind, Path(folder), round(asked.gigabytes * 1e9)) for kind in exports.KINDS
        ]
    intro = (
        "NDJSON drawn at random with a seed, in a temporary folder, each step in a process of its "
        f"own; DuckDB {duckdb.__version__}. Peak is the most memory that process ever held, "
        "libraries included."
    )
    write_section(HEADING, "\n\n".join([intro, *parts]))


if __name__ == "__main__":
    main()
