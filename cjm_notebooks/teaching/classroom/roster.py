"""The class: ids from a table, each good for a folder's name; nothing else is read or kept."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from unicodedata import category, normalize

from cjm_notebooks.errors import SourceError, did_you_mean
from cjm_notebooks.maps.files import read_bytes

COLUMNS = ("student", "student_id", "id")
BETWEEN = ",;\t"
ALSO_IN_IDS = "_-.@+ "
LONGEST_ID = 64
SHOWN = 40
TAKEN_BY_WINDOWS = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)))
)


def read_roster(file: Path) -> tuple[str, ...]:
    """The ids of the class in the order of the table, from its column `student`.

    Raises  SourceError naming the row when the table has no such column, an id is missing, given
            twice or no good as the name of a folder, or a row is not UTF-8
            MapError when there is no such file
    """
    found: dict[str, tuple[int, str]] = {}
    for number, id_ in _numbered(file):
        if (why := why_not(id_)) is not None:
            msg = f"Row {number} of `{file.name}`: the id {why}"
            raise SourceError(msg)
        if id_.casefold() in found:
            before, _ = found[id_.casefold()]
            msg = f"`{file.name}` names `{id_}` in rows {before} and {number}. Keep one of them."
            raise SourceError(msg)
        found[id_.casefold()] = (number, id_)
    if not found:
        msg = f"`{file.name}` has no students. Write one id a row below the heading."
        raise SourceError(msg)
    return tuple(id_ for _, id_ in found.values())


def _numbered(file: Path) -> Iterator[tuple[int, str]]:
    text = _text(file)
    separator = max(BETWEEN, key=text.partition("\n")[0].count)
    rows = csv.reader(StringIO(text), delimiter=separator)
    column = _column(file, next(rows, []))
    for row in rows:
        if any(cell.strip() for cell in row):
            yield rows.line_num, normalize("NFC", row[column].strip()) if column < len(row) else ""


def why_not(id_: str) -> str | None:
    """Why an id cannot be used as it is, and what would be better; None when it can."""
    if not id_:
        return "is missing. Give every student an id."
    if len(id_) > LONGEST_ID:
        return f"has {len(id_)} characters. Use at most {LONGEST_ID}."
    wrong = next((sign for sign in id_ if not _is_usual(sign)), None)
    if wrong is not None or not _is_word(id_[0]) or id_[-1] in ". ":
        shown = f" with {wrong!r}" if wrong else ""
        return (
            f"is `{_shown(id_)}`{shown}. An id begins with a letter or digit and holds only "
            "letters, digits, spaces and `_ - . @ +`."
        )
    if id_.partition(".")[0].casefold() in TAKEN_BY_WINDOWS:
        return f"is `{id_}`, which Windows keeps for itself. Choose another."
    return None


def _text(file: Path) -> str:
    content = read_bytes(file)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace").replace("\r\n", "\n")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as cause:
        row = content.count(b"\n", 0, cause.start) + 1
        msg = f"Row {row} of `{file.name}` is not UTF-8. Save the table as `CSV UTF-8`."
        raise SourceError(msg) from cause


def _column(file: Path, header: list[str]) -> int:
    names = [name.strip().casefold() for name in header]
    for name in COLUMNS:
        if name in names:
            return names.index(name)
    hint = did_you_mean("student", [name.strip() for name in header if name.strip()])
    msg = f"`{file.name}` has no column `student` in its first row. {hint}"
    raise SourceError(msg)


def _is_usual(sign: str) -> bool:
    return category(sign)[0] in "LNM" or sign in ALSO_IN_IDS


def _is_word(sign: str) -> bool:
    return category(sign)[0] in "LN"


def _shown(text: str) -> str:
    printable = "".join(
        sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text
    )
    return printable if len(printable) <= SHOWN else f"{printable[:SHOWN]}…"
