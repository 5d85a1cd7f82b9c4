"""Write what is generated from the cards of the metrics: the table on their page.

Run it after every change to a metric: `python -m tools.write_metrics_page`.
"""

from __future__ import annotations

from dataclasses import MISSING, fields
from inspect import getdoc
from pathlib import Path

from cjm_notebooks.catalogue import entries
from cjm_notebooks.maps.files import read_text, write_text
from cjm_notebooks.metrics import AnyMetric, Metric
from tools.write_map_page import page_with

PAGE = Path(__file__).parent.parent / "docs" / "metrics.md"


def generated() -> dict[str, str]:
    rows = "".join(_row(id_, kind) for id_, kind in entries("metrics", Metric).items())
    return {"all metrics": f"| metric | what it tells | parameters |\n| --- | --- | --- |\n{rows}"}


def _row(id_: str, kind: type[AnyMetric]) -> str:
    first = " ".join((getdoc(kind) or "").partition("\n\n")[0].split())
    return f"| `{id_}` | {first} | {_parameters(kind)} |\n"


def _parameters(kind: type[AnyMetric]) -> str:
    written = [f"`{one.name}={one.default!r}`" for one in fields(kind) if one.default != MISSING]
    return ", ".join(written).replace("|", "\\|")


def main() -> None:
    write_text(PAGE, page_with(read_text(PAGE), generated()))


if __name__ == "__main__":
    main()
