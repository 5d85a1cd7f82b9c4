"""Commands about several maps or runs, and about what was decided."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cjm_notebooks.cli.options import Language, MapFile
from cjm_notebooks.cli.terminal import FINDINGS, heading, out, say_plainly, severity, table
from cjm_notebooks.errors import ParameterError, did_you_mean
from cjm_notebooks.language import language as language_of
from cjm_notebooks.maps import compare as compare_maps
from cjm_notebooks.maps.interchange import read_map
from cjm_notebooks.maps.reading_errors import shortened

if TYPE_CHECKING:
    from cjm_notebooks.audits.comparing import RunComparison
    from cjm_notebooks.audits.comparing.changes import Change
    from cjm_notebooks.language import Language as Words

AsJson = Annotated[bool, typer.Option("--json", help="Write JSON for machines.")]


def compare(
    before: Annotated[Path, typer.Argument(help="The earlier map, or folder of a run.")],
    after: Annotated[Path, typer.Argument(help="The later map, or folder of a run.")],
    fail_on: Annotated[
        list[str] | None,
        typer.Option(
            metavar="LIMIT",
            help="Exit with 1 when the later run has a finding such as new-high, worse-medium or "
            "high, or one more severe; may be repeated.",
        ),
    ] = None,
    as_json: AsJson = False,
    language: Language = "en",
) -> None:
    """Say what changed from one map to another, or from one run of an audit to another.

    Two maps: what was added, removed, moved and changed. Two runs, each the folder of an audit or
    its findings.json: what is new, fixed, worse, better, or within noise, and why they may not be
    comparable.
    """
    from cjm_notebooks.audits.comparing.runs import is_run

    kinds = is_run(before), is_run(after)
    if kinds == (True, True):
        _compare_runs(before, after, fail_on or [], as_json, language)
    elif kinds == (False, False):
        _compare_maps(before, after, fail_on or [], as_json)
    else:
        msg = f"One of `{before}` and `{after}` is a run, the other a map. Give two of a kind."
        raise ParameterError(msg)


def timeline(
    folder: Annotated[Path, typer.Argument(help="Where the folders of the runs lie.")],
    page: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="Write the charts as a page: NAME.html."),
    ] = None,
    as_json: AsJson = False,
    language: Language = "en",
) -> None:
    """Show the headline numbers of all runs below a folder, by the moment they stand at."""
    from cjm_notebooks.audits.comparing import timeline_of_runs

    if not folder.is_dir():
        msg = f"`{folder}` is no folder. Give the one below which the runs lie."
        raise ParameterError(msg)
    runs = timeline_of_runs(folder)
    if as_json:
        _print(runs.table.to_json(orient="records", date_format="iso", indent=2))
    else:
        words = language_of(language)
        for exhibit in runs.exhibits(language):
            heading(words.render(exhibit.title))
            for sentence in exhibit.summary:
                say_plainly(words.render(sentence))
            table([words.render(one.heading) for one in exhibit.columns.values()], exhibit.rows())
    if page is not None:
        page.write_text(runs.page(language), "utf-8")
        say_plainly(f"Wrote {page}.")


def decide(
    path: MapFile,
    finding: Annotated[str, typer.Argument(help="Its id, such as T03/cart/peak.")],
    choice: Annotated[
        str,
        typer.Option(metavar="CHOICE", help="What is done about it: accept, fix, watch or reject."),
    ],
    who: Annotated[str, typer.Option(metavar="NAME", help="Who decided.")],
    what: Annotated[
        str, typer.Option(metavar="TEXT", help="What is to be done, or why nothing is.")
    ] = "",
    on: Annotated[
        str, typer.Option(metavar="DAY", help="The day of the decision, if not today.")
    ] = "",
    until: Annotated[str, typer.Option(metavar="DAY", help="The last day on which it holds.")] = "",
    run: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="The run that found it, so that its id is checked."),
    ] = None,
) -> None:
    """Write down what was decided on a finding; the next audit of the map shows it.

    Decisions are kept beside the map, in NAME.decisions.json.
    """
    from cjm_notebooks.audits.decisions import decide_on

    read_map(path)
    if run is not None:
        _refuse_unknown(finding, run)
    day = on or datetime.now(UTC).date().isoformat()
    file = decide_on(path, finding, choice, who, what=what, on=day, until=until or None)
    say_plainly(f"Wrote {file}. {shortened(who)} decided on {finding}: {choice}.")


def _compare_maps(before: Path, after: Path, fail_on: list[str], as_json: bool) -> None:
    if fail_on:
        msg = "`--fail-on` is about findings, and these are maps. Give two runs, or leave it out."
        raise ParameterError(msg)
    words = compare_maps(read_map(before), read_map(after)).in_words()
    if as_json:
        _print(json.dumps({"differences": words}, indent=2, ensure_ascii=False))
        return
    for sentence in words or ("The two maps say the same.",):
        say_plainly(sentence)


def _compare_runs(before: Path, after: Path, fail_on: list[str], as_json: bool, code: str) -> None:
    from cjm_notebooks.audits.comparing import compare_runs
    from cjm_notebooks.audits.comparing.comparison import Limit

    limits = [Limit.read(limit) for limit in fail_on]
    compared = compare_runs(before, after)
    if as_json:
        _print(compared.text().rstrip("\n"))
    else:
        _show(compared, language_of(code))
    if any(limit.is_met_by(change) for limit in limits for change in compared.changes):
        raise typer.Exit(FINDINGS)


def _show(compared: RunComparison, words: Words) -> None:
    for sentence in compared.in_words():
        say_plainly(words.render(sentence))
    table(
        ["state", "severity", "finding", ">before", ">after", ">p", "what"],
        [
            [words.render(state), severity(change.last.severity), *_cells(change, words)]
            for change, state in compared.stated()
        ],
    )


def _cells(change: Change, words: Words) -> list[str]:
    from cjm_notebooks.audits.comparing.runs import spoken

    values = [None if one is None else one.value for one in (change.before, change.after)]
    numbers = [words.number(value, "decimal") for value in (*values, change.p_adjusted)]
    what = shortened(spoken(change.last.what, words))
    return [change.id, *numbers, words.render(change.because) if change.because else what]


def _refuse_unknown(finding: str, run: Path) -> None:
    from cjm_notebooks.audits.comparing import read_run

    known = [one.id for one in read_run(run).findings.findings]
    if finding not in known:
        msg = f"That run has no finding `{finding[:80]}`. {did_you_mean(finding, known)}"
        raise ParameterError(msg)


def _print(text: str) -> None:
    """As it is, for a machine; no line is folded."""
    out().file.write(f"{text}\n")


COMMANDS = (compare, timeline, decide)
