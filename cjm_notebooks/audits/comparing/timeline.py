"""The headline numbers of many runs, one row a run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from html import escape
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from cjm_notebooks.audits.comparing.reasons import counted_alike
from cjm_notebooks.audits.comparing.runs import AnyRun, Run, read_run, runs_in
from cjm_notebooks.audits.headline import HeadlineNumber, Name
from cjm_notebooks.checks import SEVERITIES
from cjm_notebooks.errors import AuditError
from cjm_notebooks.language import N_, language

if TYPE_CHECKING:
    import pandas as pd

    from cjm_notebooks.exhibits import Exhibit

NAMES: tuple[Name, ...] = get_args(Name)
PARTS = ("", "_low", "_high", "_n", "_about", "_asked")


@dataclass(frozen=True, eq=False)
class RunTimeline:
    """Runs of audits of one map, the earliest first."""

    runs: tuple[Run, ...]

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row a run: its moment and period, each headline number with interval, n and what it
        is about, findings by severity, and whether the map counts otherwise than in the run before.

        What tells of too few people, or was not asked, is missing.
        """
        import pandas as pd

        pairs = zip((None, *self.runs), self.runs, strict=False)
        rows = [_row(run, before) for before, run in pairs]
        table = pd.DataFrame(rows, columns=_columns())
        numbers = [f"{name}{part}" for name in NAMES for part in PARTS[:3]]
        counts = ["customers", "journeys", *(f"{name}_n" for name in NAMES)]
        return table.astype({**dict.fromkeys(numbers, "Float64"), **dict.fromkeys(counts, "Int64")})

    def exhibits(self, code: str = "en") -> tuple[Exhibit, ...]:
        """Charts with summary and table: the shares, then the scores that were asked for."""
        from cjm_notebooks.audits.comparing.over_time import (
            NpsOverTime,
            RunsOverTime,
            SatisfactionOverTime,
            SharesOverTime,
        )
        from cjm_notebooks.exhibits import exhibit

        views: list[RunsOverTime] = [SharesOverTime(self.table)]
        views += [NpsOverTime(self.table)] if self.table["nps"].notna().any() else []
        scores = self.table["satisfaction"].notna().any()
        views += [SatisfactionOverTime(self.table)] if scores else []
        return tuple(exhibit(view, {}, language(code)) for view in views)

    def page(self, code: str = "en") -> str:
        """One file that draws the charts and asks nobody for anything, in the language `code`."""
        from cjm_notebooks.exhibits import head

        words = language(code)
        title = escape(words.render(N_("Audits over time")))
        body = "\n".join(one.html(2) for one in self.exhibits(code))
        return (
            f'<!doctype html>\n<html lang="{code}">\n<head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f"<title>{title}</title>\n{head()}</head>\n"
            f"<body><main><h1>{title}</h1>\n{body}\n</main></body>\n</html>\n"
        )

    def _repr_html_(self) -> str:
        """Without a script the summaries and tables; `exhibits.load()` lets the charts be drawn."""
        return "\n".join(one.html() for one in self.exhibits())


def timeline_of_runs(
    runs: str | PathLike[str] | Iterable[AnyRun],
) -> RunTimeline:
    """The runs in and below a folder, or those given, by the moment they stand at.

    Raises  AuditError when there is no run, or they are of several maps; what `read_run` raises
    """
    every = runs_in(Path(runs)) if isinstance(runs, (str, PathLike)) else runs
    read = sorted(
        (read_run(run) for run in every), key=lambda run: (run.findings.manifest.as_of, run.name)
    )
    if not read:
        msg = "There is no run here. Give a folder below which `findings.json` of audits lie."
        raise AuditError(msg)
    maps = {run.findings.manifest.journey_map.id for run in read}
    if len(maps) > 1:
        names = ", ".join(f"`{name[:80]}`" for name in sorted(maps)[:5])
        msg = f"These runs are of several maps: {names}. Give the folder of one of them."
        raise AuditError(msg)
    return RunTimeline(tuple(read))


def _columns() -> list[str]:
    numbers = [f"{name}{part}" for name in NAMES for part in PARTS]
    opening = ["run", "as_of", "first", "last", "by_other_rules", "customers", "journeys"]
    return [*opening, *numbers, "worst_severity", "findings", *reversed(SEVERITIES)]


def _row(run: Run, before: Run | None) -> dict[str, Any]:
    found, headline = run.findings, run.findings.headline
    period = headline and headline.period
    numbers = headline.numbers if headline else ()
    counts = headline.by_severity if headline else {}
    return {
        "run": run.name,
        "as_of": found.manifest.as_of,
        "first": period and period.first,
        "last": period and period.last,
        "by_other_rules": before is not None
        and not counted_alike(before.findings.manifest, found.manifest),
        "customers": headline and headline.customers,
        "journeys": headline and headline.journeys,
        **{name: cell for number in numbers for name, cell in _cells(number)},
        "worst_severity": found.worst_severity,
        "findings": len(found.findings),
        **{word: counts.get(word, 0) for word in SEVERITIES},
    }


def _cells(number: HeadlineNumber) -> Iterator[tuple[str, object]]:
    yield number.name, number.value
    for part in ("low", "high", "n", "about", "asked"):
        yield f"{number.name}_{part}", getattr(number, part)
