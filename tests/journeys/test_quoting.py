"""Comments: joined with their answers, chosen with their customers, and quoted without a name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from cjm_notebooks import Customers, Feedback, Journeys, Question, join, join_in_parts
from cjm_notebooks.errors import ParameterError, SourceError, StaleError
from cjm_notebooks.journeys import verbatims
from cjm_notebooks.journeys.joining.opening import code_of
from cjm_notebooks.journeys.tables import NONE
from tests.journeys import ONE_EACH, QUESTIONS, recorded

COLUMNS = ["customer", "question", "touchpoint", "score", "day", "comment"]
SEEN = ["home@1 cart@2", "home@1 cart@3", "home@4", "home@5", "cart@6"]
SAID = [
    ("customer 0", "csat", "cart", 2, 2, "Slow."),
    ("customer 1", "csat", "cart", 5, 3, "  \n\t "),
    ("customer 1", "nps", None, 9, 9, "Write to ann@example.org or call +49 170 1234567."),
    ("customer 2", "csat", "home", 4, 4, None),
    ("customer 3", "stars", "home", 1, None, "<script>alert(1)</script>"),
    ("customer 4", "csat", "cart", 3, 8, "Better than before."),
    ("customer 4", "csat", "cart", None, 7, "Nobody asked me for a score."),
]  # fmt: skip


def answered(*said: tuple[object, ...], comment: str | None = "comment") -> Feedback:
    table = pd.DataFrame(said, columns=COLUMNS)
    at = pd.to_datetime(table.pop("day").astype(float), unit="D", utc=True).dt.as_unit("us")
    return Feedback(
        table.assign(at=at),
        score="score",
        questions=QUESTIONS,
        question="question",
        customer="customer",
        touchpoint="touchpoint",
        at="at",
        comment=comment,
    )


def shop(*said: tuple[object, ...], seen: list[str] = SEEN) -> Journeys:
    events, _ = recorded(*seen)
    return join(ONE_EACH, events, feedback=answered(*(said or SAID)))


def one_each(journeys: Journeys) -> list[Journeys]:
    return [journeys.part(place, place + 1) for place in range(journeys.n_customers)]


def by_score(journeys: Journeys) -> dict[float, str | None]:
    answers = journeys.answers
    said = dict.fromkeys(answers.score.tolist())
    rows = np.flatnonzero(answers.comment != NONE)
    return said | dict(zip(answers.score[rows].tolist(), answers.said(rows), strict=True))


def test_a_comment_stays_with_its_answer() -> None:
    assert by_score(shop()) == {
        2: "Slow.",
        5: None,
        9: "Write to ann@example.org or call +49 170 1234567.",
        4: None,
        1: "<script>alert(1)</script>",
        3: "Better than before.",
    }


def test_what_is_said_without_a_score_is_set_aside_with_the_row() -> None:
    journeys = shop()
    assert journeys.quality[1].set_aside_rows("no_score") == 1
    assert "Nobody asked me for a score." not in journeys.answers.comments.to_pylist()
    assert len(journeys.answers.comments) == 4


def test_no_comments_are_read_unless_their_column_is_named() -> None:
    events, _ = recorded(*SEEN)
    journeys = join(ONE_EACH, events, feedback=answered(*SAID, comment=None))
    assert set(journeys.answers.comment.tolist()) == {NONE}
    assert len(verbatims(journeys)) == 0


def test_a_column_of_comments_that_is_not_there_is_named() -> None:
    events, _ = recorded(*SEEN)
    with pytest.raises(SourceError, match=r"no column `coment`, named as `comment`\. Did you mean"):
        join(ONE_EACH, events, feedback=answered(*SAID, comment="coment"))


def test_a_column_without_any_comment_is_no_comment() -> None:
    journeys = shop(*[(*row[:-1], None) for row in SAID])
    assert len(journeys.answers.comments) == 0


def test_choosing_customers_chooses_their_comments_and_copies_no_text() -> None:
    journeys = shop()
    chosen = journeys.through("cart")
    assert set(filter(None, by_score(chosen).values())) == {
        "Slow.",
        "Write to ann@example.org or call +49 170 1234567.",
        "Better than before.",
    }
    assert chosen.answers.comments is journeys.answers.comments
    said = [text for one in one_each(journeys) for text in by_score(one).values() if text]
    assert sorted(said) == sorted(filter(None, by_score(journeys).values()))


def test_a_segment_chooses_the_comments_of_its_customers() -> None:
    events, _ = recorded(*SEEN)
    about = pd.DataFrame({"customer": ["customer 0", "customer 4"], "country": ["DE", "FR"]})
    people = Customers(about, customer="customer")
    journeys = join(ONE_EACH, events, feedback=answered(*SAID), customers=people)
    assert by_score(journeys.where("country", "FR")) == {3: "Better than before."}


def test_parts_hold_the_comments_of_their_customers() -> None:
    events, _ = recorded(*SEEN)
    parts = join_in_parts(ONE_EACH, events, feedback=answered(*SAID))
    told: dict[float, str | None] = {}
    for part in parts:
        told |= by_score(part)
    assert told == by_score(shop())


def test_saved_comments_are_opened_again(tmp_path: Path) -> None:
    journeys = shop()
    journeys.save(tmp_path / "shop.journeys")
    opened = Journeys.open(tmp_path / "shop.journeys")
    assert by_score(opened) == by_score(journeys)
    assert opened.answers.comment.dtype == np.int32
    assert opened.content_hash() == journeys.content_hash()
    pd.testing.assert_frame_equal(verbatims(opened), verbatims(journeys))


def test_comments_read_from_another_column_are_refused(tmp_path: Path) -> None:
    events, _ = recorded(*SEEN)
    join(ONE_EACH, events, feedback=answered(*SAID)).save(tmp_path / "shop.journeys")
    silent = answered(*SAID, comment=None)
    with pytest.raises(StaleError, match="made of feedback whose columns were read in another way"):
        Journeys.open(tmp_path / "shop.journeys", ONE_EACH, events, feedback=silent)


def test_another_word_in_a_comment_is_another_content() -> None:
    faster = [("customer 0", "csat", "cart", 2, 2, "Fast."), *SAID[1:]]
    assert shop(*faster).content_hash() != shop().content_hash()


def test_the_same_customers_hash_alike_whoever_else_commented() -> None:
    """Only the texts count: where among all comments they stand does not."""
    first = shop().chosen(np.arange(6) == 5).content_hash()
    fewer = [row for row in SAID if row[0] == _who_is_last()]
    assert shop(*fewer).chosen(np.arange(6) == 5).content_hash() == first


def _who_is_last() -> str:
    """The commenting customer who stands last in the order of stable codes."""
    return max((str(row[0]) for row in SAID), key=code_of)


def test_comments_are_quoted_newest_first_with_day_place_and_score() -> None:
    told = verbatims(shop())
    assert told.columns.tolist() == [
        "touchpoint", "question", "score", "answered_on", "comment", "masked",
    ]  # fmt: skip
    assert told["score"].tolist() == [9, 3, 2, 1]
    assert told["touchpoint"].tolist() == [None, "cart", "cart", "home"]
    assert told["question"].tolist() == ["nps", "csat", "csat", "stars"]
    assert told["answered_on"].dt.strftime("%Y-%m-%d").tolist()[:3] == [
        "1970-01-10", "1970-01-09", "1970-01-03",
    ]  # fmt: skip
    assert pd.isna(told["answered_on"].iloc[3])


def test_personal_data_in_a_comment_is_masked_and_counted() -> None:
    told = verbatims(shop())
    assert told["comment"].tolist()[0] == "Write to [e-mail] or call [phone number]."
    assert told["masked"].tolist() == [2, 0, 0, 0]


def test_a_place_is_quoted_with_what_was_said_about_it() -> None:
    assert verbatims(shop(), "cart")["comment"].tolist() == ["Better than before.", "Slow."]
    assert verbatims(shop(), "browse")["comment"].tolist() == ["<script>alert(1)</script>"]
    with pytest.raises(ParameterError, match=r"no stage or touchpoint `carts`\. Did you mean"):
        verbatims(shop(), "carts")


def test_nobody_is_quoted_out_of_fewer_than_five_customers() -> None:
    four = shop().through("home")
    assert four.n_customers == 4
    with pytest.raises(ParameterError, match="Nobody is quoted out of fewer than 5 customers"):
        verbatims(four)
    assert len(verbatims(four.through("help"))) == 0


def test_who_only_answered_is_quoted_too() -> None:
    rows = [(f"customer {i}", "csat", "cart", 3, 1, f"Comment {i}") for i in range(5)]
    assert len(verbatims(join(ONE_EACH, feedback=answered(*rows)))) == 5


def test_a_comment_of_a_million_characters_is_kept_whole() -> None:
    long = "So slow 😀 " * 100_000
    told = verbatims(shop(("customer 0", "csat", "cart", 1, 1, long), *SAID[1:]))
    assert told["comment"].iloc[-2] == long.strip()


def test_comments_in_a_file_are_read_as_those_in_memory(tmp_path: Path) -> None:
    pd.DataFrame(answered(*SAID).table).to_csv(tmp_path / "answers.csv", index=False)
    events, _ = recorded(*SEEN)
    feedback = Feedback(
        tmp_path / "answers.csv",
        score="score",
        questions=(*QUESTIONS[:2], Question("stars", "stars", (1, 5))),
        question="question",
        customer="customer",
        touchpoint="touchpoint",
        at="at",
        comment="comment",
    )
    assert by_score(join(ONE_EACH, events, feedback=feedback)) == by_score(shop())


def test_an_answer_keeps_its_comment_where_it_is_attached_to_the_last_touchpoint() -> None:
    events, _ = recorded(*SEEN)
    rows = [("customer 0", "nps", None, 7, 2.5, "It was the cart.")]
    journeys = join(ONE_EACH, events, feedback=replace(answered(*rows), attach_within_days=1))
    assert verbatims(journeys, "cart")["comment"].tolist() == ["It was the cart."]
