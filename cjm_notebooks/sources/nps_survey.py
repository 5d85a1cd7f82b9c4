"""Answers to "How likely is it that you recommend us?", as survey tools and Callexa export them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from cjm_notebooks.errors import ParameterError, SourceError, did_you_mean
from cjm_notebooks.events import Events, Feedback, Question, Table
from cjm_notebooks.events.glimpse import Glimpse
from cjm_notebooks.events.ledger import Ledger, literal, open_table, workspace
from cjm_notebooks.events.sifting import sift_table
from cjm_notebooks.sources import Import, Recognised, Source

HEADERS = {
    "customer": "customer_id customer external_id user_id kundennummer kunden_nr kunden_id kunde",
    "score": "rating score nps nps_score callexa_rating bewertung punkte punktzahl",
    "comment": "comment kommentar callexa_comment feedback anmerkung",
    "answered_at": "date datum callexa_date answered_at responded_at beantwortet_am antwortdatum",
    "sent_at": "sent_at send_at gesendet_am versendet_am",
    "scale": "scale skala",
    "survey": "survey umfrage befragung",
    "language": "language sprache",
}
SCALE = re.compile(r"\s*(\d+)\s*(?:-|–|\.\.|to|bis)\s*(\d+)\s*")
DAY_FIRST = r"^(\d{1,2})\.(\d{1,2})\.(\d{4})"


@dataclass(frozen=True)
class NpsSurvey(Source):
    """Scores and invitations of a recommendation survey, one invitation or answer a row.

    Reads CSV with `,` or `;`, Parquet, NDJSON or a table in memory. Columns are found by their
    headers, in capital or small letters, with blanks, `-` or `_`: `customer_id`, `rating`, `score`,
    `nps`, `comment`, `date`, `sent_at`, `scale`, `survey`, `language`; in German `Kundennummer`,
    `Bewertung`, `Kommentar`, `Datum`, `Gesendet am`, `Skala`, `Umfrage`, `Sprache`; and the traits
    `callexa_rating`, `callexa_comment`, `callexa_date`. `columns` names any other one. Those traits
    were verified; the layout of Callexa's own files is not published and not verified.

    Yields feedback: `customer`, `question`, `score`, `answered_at`, `survey`, `language`, and with
    `comments` what was said. Scores from 0 to 10 answer the question `nps`; where a column says the
    scale, such as `1-5` or `1 bis 5`, scores of any other are kept apart as `score_1_to_5`, of no
    NPS. Without that column all are of `scale`. Yields invitations, too: a row with a time of
    sending and a customer column is an event `survey_sent`. Days such as 15.07.2024 are understood.

    Sets aside of the answers `not_answered` (no score), `unreadable_scale`, `duplicate` (customer,
    time, survey and score as in an earlier row), `unreadable_row` (a line that does not fit the
    header); of the invitations `not_sent`, `duplicate` and `unreadable_row`. Scores that are no
    number or off their scale are judged when the answers are joined.

    Personal data: ids of customers, and with `comments` whatever people wrote. Names and e-mail
    addresses are not read, unless `columns` says that the address is the id.

    Memory  the table
    Raises  SourceError when the table cannot be read, or no column or more than one is the score
            ParameterError when `columns` gives a column to something else than these
    """

    file: Table
    columns: Mapping[str, str] = field(default_factory=dict)
    scale: tuple[float, float] = (0, 10)
    zone: str | None = None
    touchpoint: str | None = None
    comments: bool = False
    attach_within_days: float | None = None

    def __post_init__(self) -> None:
        for part in self.columns:
            if part not in HEADERS:
                msg = f"`columns` gives a column to `{part}`. {did_you_mean(part, HEADERS)}"
                raise ParameterError(msg)

    @classmethod
    def recognises(cls, glimpse: Glimpse) -> Recognised | None:
        found = {
            part: [name for name in glimpse.names if _plain(name) in words.split()]
            for part, words in HEADERS.items()
        }
        beside = [part for part in ("customer", "comment", "answered_at", "sent_at") if found[part]]
        if not found["score"] or not beside or glimpse.format in ("xlsx", "xes"):
            return None
        doubtful = {part: names[0] for part, names in found.items() if len(names) > 1}
        settings: dict[str, object] = {"columns": doubtful} if doubtful else {}
        settings |= _zone(glimpse, found)
        is_callexa = any("callexa" in name.casefold() for name in glimpse.names)
        named = f"`{found['score'][0]}` is called like a score"
        why = f"{named}, and there is a column for {' and '.join(beside)}."
        if doubtful:
            why += f" Several could be the {' and the '.join(doubtful)}: look which."
        return Recognised(0.9 if is_callexa else 0.6, why, settings)

    def read(self) -> Import:
        with workspace() as connection:
            ledger = open_table(connection, self.file, "survey")
            found = self._found(ledger)
            scales = _scales(ledger, found, self.scale)
            rows = _answers(found, scales)
            kept = f"SELECT row, reason, {_kept(found, comments=self.comments)} FROM ({rows})"
            sifted = sift_table(ledger, kept, "answers")
            quality, invitations = [sifted.quality], None
            if {"sent_at", "customer"} <= found.keys():
                sent = sift_table(ledger, _sent(found), "invitations")
                invitations = Events(sent.rows, customer="customer", at="sent_at", zone=self.zone)
                quality.append(sent.quality)
        asked = dict.fromkeys(scales.values()) or [self.scale]
        feedback = Feedback(
            sifted.rows,
            score="score",
            questions=tuple(_question(scale, self.touchpoint) for scale in asked),
            question="question",
            customer="customer" if "customer" in found else None,
            at="answered_at" if "answered_at" in found else None,
            zone=self.zone,
            attach_within_days=self.attach_within_days,
            comment="comment" if self.comments and "comment" in found else None,
        )
        return Import(feedback=feedback, invitations=invitations, quality=tuple(quality))

    def _found(self, ledger: Ledger) -> dict[str, str]:
        """SQL of the column of each part that there is."""
        found = {part: _column(ledger, name, part) for part, name in self.columns.items()}
        for part, words in HEADERS.items():
            names = [name for name in ledger.types if _plain(name) in words.split()]
            if part not in found and len(names) > 1:
                two = " and ".join(f"`{name}`" for name in names[:2])
                msg = (
                    f"In `{ledger.called}` both {two} could be the {part}. "
                    f'Say `columns={{"{part}": "{names[0]}"}}` or the other.'
                )
                raise SourceError(msg)
            if part not in found and names:
                found[part] = _column(ledger, names[0], part)
        if "score" not in found:
            msg = (
                f"No column of `{ledger.called}` is called like a score. "
                f'Say which it is: `columns={{"score": "{next(iter(ledger.types))}"}}`.'
            )
            raise SourceError(msg)
        return found


def _zone(glimpse: Glimpse, found: Mapping[str, list[str]]) -> dict[str, object]:
    """`UTC` where times have no zone, as days such as 15.07.2024 have none."""
    times = [name for part in ("answered_at", "sent_at") for name in found[part]]
    lacking = [
        name for name in times if name not in glimpse.clocks or glimpse.clocks[name].lacks_zone
    ]
    return {"zone": "UTC"} if lacking else {}


def _column(ledger: Ledger, name: str, part: str) -> str:
    return ledger.id_text(name, part) if part == "customer" else ledger.column(name, part)


def _plain(header: str) -> str:
    return re.sub(r"[\s_-]+", "_", header.strip().casefold())


def _question(scale: tuple[float, float], touchpoint: str | None) -> Question:
    low, high = scale
    if scale == (0, 10):
        return Question("nps", "nps", scale, touchpoint)
    return Question(_question_id(scale), "other", (low, high), touchpoint)


def _question_id(scale: tuple[float, float]) -> str:
    return "nps" if scale == (0, 10) else f"score_{scale[0]:g}_to_{scale[1]:g}"


def _scales(
    ledger: Ledger, found: Mapping[str, str], usual: tuple[float, float]
) -> dict[str, tuple[float, float]]:
    """Each scale as it is written, and its ends; an empty one is the usual."""
    if "scale" not in found:
        return {"": usual}
    written = f"SELECT DISTINCT {_text(found['scale'])} AS scale FROM survey ORDER BY scale"
    scales = {}
    for (text,) in ledger.connection.execute(written).fetchall():
        ends = SCALE.fullmatch((text or "").casefold())
        if not text:
            scales[""] = usual
        elif ends and float(ends[1]) < float(ends[2]):
            scales[text] = (float(ends[1]), float(ends[2]))
    return scales


def _text(column: str) -> str:
    return f"nullif(trim(CAST({column} AS VARCHAR)), '')"


def _time(column: str) -> str:
    return f"regexp_replace({_text(column)}, '{DAY_FIRST}', '\\3-\\2-\\1')"


def _answers(found: Mapping[str, str], scales: Mapping[str, tuple[float, float]]) -> str:
    """SQL of every row as an answer, with the reason to set it aside."""
    texts = {part: _text(column) for part, column in found.items()}
    if "answered_at" in found:
        texts["answered_at"] = _time(found["answered_at"])
    written = f"coalesce({texts['scale']}, '')" if "scale" in found else "''"
    ids = "".join(
        f" WHEN {literal(text)} THEN {literal(_question_id(scale))}"
        for text, scale in scales.items()
    )
    question = f"CASE {written}{ids} END" if ids else "NULL"
    named = ", ".join(f"{sql} AS {part}" for part, sql in texts.items() if part != "scale")
    repeated = "false"
    if {"customer", "answered_at"} <= found.keys():
        repeated = _repeated("answered_at", [*found.keys() & {"survey"}, "score", "question"])
    return (
        "SELECT *, CASE WHEN score IS NULL THEN 'not_answered' "
        "WHEN question IS NULL THEN 'unreadable_scale' "
        f"WHEN {repeated} THEN 'duplicate' END AS reason "
        f"FROM (SELECT row, {question} AS question, {named} FROM survey)"
    )


def _repeated(at: str, also: Iterable[str]) -> str:
    """SQL: an earlier row is of the same customer and time, and alike in what else is named."""
    window = f"PARTITION BY {', '.join(['customer', at, *also])} ORDER BY row"
    return f"customer IS NOT NULL AND {at} IS NOT NULL AND row_number() OVER ({window}) > 1"


def _kept(found: Mapping[str, str], *, comments: bool) -> str:
    parts = [
        part for part in ("customer", "score", "answered_at", "survey", "language") if part in found
    ]
    if comments and "comment" in found:
        parts.append("comment")
    return ", ".join([*parts, "question"])


def _sent(found: Mapping[str, str]) -> str:
    """SQL of every row as an invitation, with the reason to set it aside."""
    parts = {
        part: _text(found[part]) for part in ("customer", "survey", "language") if part in found
    }
    parts |= {"sent_at": _time(found["sent_at"]), "event": "'survey_sent'"}
    named = ", ".join(f"{sql} AS {part}" for part, sql in parts.items())
    return (
        "SELECT *, CASE WHEN sent_at IS NULL THEN 'not_sent' "
        f"WHEN {_repeated('sent_at', parts.keys() & {'survey'})} THEN 'duplicate' END AS reason "
        f"FROM (SELECT row, {named} FROM survey)"
    )
