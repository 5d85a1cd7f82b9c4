"""What the screen is told, as JSON: numbers and sentences as people read them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta

from cjm_notebooks.builders.exploring.chosen import Chosen, Share
from cjm_notebooks.builders.exploring.story import Moment, Story
from cjm_notebooks.builders.exploring.voices import LONGEST, Comment, Comments, voices
from cjm_notebooks.catalogue import entry
from cjm_notebooks.drawing import INTERVALS, written
from cjm_notebooks.exhibits import Exhibit
from cjm_notebooks.exhibits.swatch import swatch
from cjm_notebooks.journeys import Journeys
from cjm_notebooks.language import N_, Language, Sentence, say
from cjm_notebooks.views import View

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
VIEWS = ("stage-funnel", "waits", "emotion-curve", "touchpoint-flow")
OF_ANSWERS = ("csat", "stars")
HIDDEN = N_("– stands where nothing was counted or too few to be shown")

Json = None | bool | int | float | str | Sequence["Json"] | dict[str, "Json"]


def offers(journeys: Journeys, language: Language) -> dict[str, Json]:
    """What can be chosen and seen: segments and their values, the days, the views."""
    first, last = (
        (EPOCH + timedelta(microseconds=int(at))).date().isoformat()
        for at in (journeys.at.min(initial=journeys.end_of_data), journeys.end_of_data)
    )
    return {
        "segments": {name: list(segment.values) for name, segment in journeys.segments.items()},
        "first_day": first,
        "last_day": last,
        "views": [
            {"id": id_, "title": language.render(entry("views", View, id_).title)}
            for id_ in _views(journeys)
        ],
        "has_comments": has_comments(journeys),
    }


def has_comments(journeys: Journeys) -> bool:
    return len(journeys.answers.comments) > 0


def answer(chosen: Chosen, whole: Chosen, code: str, language: Language) -> dict[str, Json]:
    """The numbers of a choice beside those of all journeys, what was said there, and the code."""
    problem = chosen.problem
    everywhere = {(share.kind, share.id): share.share for share in whole.shares}
    return {
        "asked": dict(chosen.choice.written()),
        "problem": None if problem is None else language.render(problem),
        "counts": {name: language.number(n, "count") for name, n in chosen.counts.items()},
        "shares": [
            _share(share, everywhere.get((share.kind, share.id)), language)
            for share in chosen.shares
        ],
        "hidden": language.render(HIDDEN),
        "voices": [asdict(voice) for voice in voices(chosen.journeys.map, chosen.choice.place)],
        "code": code,
    }


def drawing(shown: Exhibit) -> dict[str, Json]:
    """An exhibit in its parts, so that the screen can make elements and texts of them."""
    language = shown.language
    return {
        "id": shown.id,
        "title": language.render(shown.title),
        "summary": [language.render(line) for line in shown.summary],
        "series": [
            {"name": name, "label": language.render(series.label), "swatch": swatch(series)}
            for name, series in shown.series.items()
        ],
        "chart": shown.chart,
        "headings": [
            {"text": language.render(column.heading), "is_number": bool(column.form)}
            for column in shown.columns.values()
        ],
        "rows": list(_rows(shown)),
    }


def told(story: Story, language: Language) -> dict[str, Json]:
    return {
        "pseudonym": story.pseudonym,
        "place": story.place,
        "customers": story.customers,
        "moments": [_moment(moment, language) for moment in story.moments],
    }


def heard(said: Comments, language: Language) -> dict[str, Json]:
    """Comments for the screen, each with what it is about; never more of one than is shown."""
    counts = {"comments": said.comments, "customers": said.customers, "shown": len(said.newest)}
    says = N_("Comments: {comments:count}. Customers who wrote them: {customers:count}.")
    if not said.comments:
        says = N_("Nobody in this choice wrote a comment about this.")
    elif len(said.newest) < said.comments:
        says = N_(
            "Comments: {comments:count}. Customers who wrote them: {customers:count}. "
            "These are the newest {shown:count}."
        )
    return {
        "says": language.render(Sentence(says, counts)),
        "newest": [_comment(comment, language) for comment in said.newest],
    }


def _comment(comment: Comment, language: Language) -> dict[str, Json]:
    asked = Moment(
        "answer",
        name=comment.touchpoint,
        question=comment.question,
        score=comment.score,
        scale=comment.scale,
    )
    cut = say("Of {letters:count} letters, only the start is shown.", letters=comment.letters)
    return {
        "said": comment.said,
        "about": [part for part in (language.render(_happened(asked)), comment.day) if part],
        "cut": language.render(cut) if comment.letters > LONGEST else "",
    }


def _views(journeys: Journeys) -> Iterator[str]:
    asks_how_it_felt = any(journeys.answers.of_kind(kind).any() for kind in OF_ANSWERS)
    return (id_ for id_ in VIEWS if id_ != "emotion-curve" or asks_how_it_felt)


def _share(share: Share, everywhere: float | None, language: Language) -> dict[str, Json]:
    ends = {"low": share.low, "high": share.high}
    interval = None if share.low is None else Sentence(INTERVALS["percent"], ends)
    return {
        "kind": share.kind,
        "id": share.id,
        "name": share.name,
        "share": share.share,
        "low": share.low,
        "high": share.high,
        "says": {
            "share": language.number(share.share, "percent"),
            "interval": "–" if interval is None else language.render(interval),
            "reached": language.number(share.reached, "count"),
            "journeys": language.number(share.journeys, "count"),
            "open": language.number(share.open, "count"),
            "everywhere": language.number(everywhere, "percent"),
        },
    }


def _rows(shown: Exhibit) -> Iterator[list[str]]:
    forms = [column.form for column in shown.columns.values()]
    for cells in shown.table.itertuples(index=False):
        yield [written(cell, form, shown.language) for cell, form in zip(cells, forms, strict=True)]


def _moment(moment: Moment, language: Language) -> dict[str, Json]:
    return {
        "kind": moment.kind,
        "journey": moment.journey,
        "says": language.render(_happened(moment)),
        "where": [part for part in (moment.stage, moment.channel) if part],
        "wait": None
        if moment.wait_seconds is None
        else language.number(moment.wait_seconds, "duration"),
    }


def _happened(moment: Moment) -> Sentence:
    match moment.kind:
        case "touchpoint":
            return say("{name}", name=moment.name)
        case "outcome":
            return say("Outcome: {name}", name=moment.name)
        case "unmatched":
            return say("Something that the map does not know")
    low, high = moment.scale or (None, None)
    values = {"question": moment.question, "score": moment.score, "low": low, "high": high}
    if not moment.name:
        return Sentence(N_("Answered {question}: {score:days} ({low:days} to {high:days})"), values)
    asked = N_("Answered {question} about {name}: {score:days} ({low:days} to {high:days})")
    return Sentence(asked, {**values, "name": moment.name})


def shares_in_words(shares: Iterable[Share], language: Language) -> Iterator[tuple[str, ...]]:
    """Name, share, interval, reached and of how many: the rows of a static table."""
    for share in shares:
        says = _share(share, None, language)["says"]
        assert isinstance(says, dict)
        names = ("share", "interval", "reached", "journeys", "open")
        yield (share.name, *(str(says[name]) for name in names))
