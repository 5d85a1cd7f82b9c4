"""Quotes from the map's evidence and comments beside scores, about what was chosen."""

from __future__ import annotations

import pytest

from cjm_notebooks import JourneyMap
from cjm_notebooks.builders.exploring import Choice, Chosen
from cjm_notebooks.builders.exploring.voices import LONGEST, Comments, comments, voices
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.maps import Evidence, PainPoint
from tests.builders.exploring import commented
from tests.journeys import ONE_EACH

SAID = (
    Evidence(id="e1", quote="I never found the cart.", name="Interviews", n=12, strength="C",
             supports=("cart",)),
    Evidence(id="e2", quote="Paying was easy.", strength="B", contradicts=("pay",)),
    Evidence(id="e3", quote="Nobody answered.", source="calls.csv"),
    Evidence(id="e4", quote="I did not agree to this.", supports=("cart",), consent=False),
    Evidence(id="e5", quote="My name is here.", supports=("cart",), pii=True),
    Evidence(id="e6", quote="Write to ann@example.org", supports=("cart",)),
    Evidence(id="e7", supports=("cart",)),
)  # fmt: skip


def shop() -> JourneyMap:
    """Nobody answers at `help`, as its pain point says with reference to `e3`."""
    *before, support = ONE_EACH.stages
    pain = PainPoint(text="Long wait", evidence=("e3",))
    (place,) = support.touchpoints
    hard = support.model_copy(
        update={"touchpoints": (place.model_copy(update={"pain_points": (pain,)}),)}
    )
    return ONE_EACH.model_copy(update={"stages": (*before, hard), "evidence": SAID})


def quotes(place: str | None) -> list[str]:
    return [voice.quote for voice in voices(shop(), place)]


def test_all_quotes_stand_strongest_first() -> None:
    assert quotes(None) == ["Paying was easy.", "I never found the cart.", "Nobody answered."]


def test_a_place_has_the_quotes_about_it() -> None:
    assert quotes("cart") == ["I never found the cart."]
    assert quotes("home") == []


def test_a_claim_leads_to_the_evidence_it_names() -> None:
    assert quotes("help") == ["Nobody answered."]


def test_a_stage_has_the_quotes_about_its_touchpoints() -> None:
    assert quotes("support") == ["Nobody answered."]


def test_a_quote_says_where_it_comes_from_and_what_it_speaks_against() -> None:
    (cart,), (pay,) = voices(shop(), "cart"), voices(shop(), "pay")
    assert (cart.source, cart.n, cart.strength, cart.contradicts) == ("Interviews", 12, "C", False)
    assert (pay.source, pay.contradicts) == ("e2", True)


def test_nobody_is_quoted_who_did_not_agree_or_could_be_recognised() -> None:
    assert not {"I did not agree to this.", "My name is here."} & set(quotes(None))
    assert "Write to ann@example.org" not in quotes("cart")


def said(choice: Choice, *words: str) -> Comments:
    return comments(Chosen.of(choice, commented(*words)))


def test_comments_of_the_choice_stand_newest_first_with_place_score_and_day() -> None:
    told = said(Choice(), "First", "Second", "Third")
    assert (told.comments, told.customers) == (3, 3)
    assert [comment.said for comment in told.newest] == ["Third", "Second", "First"]
    third = told.newest[0]
    assert (third.touchpoint, third.question, third.score, third.scale, third.day) == (
        "Pay", "csat", 3, (1, 5), "1970-01-07",
    )  # fmt: skip


def test_comments_follow_the_place_and_the_segment() -> None:
    words = [f"Comment {place}" for place in range(15)]
    assert said(Choice(place="home"), *words).comments == 0
    paid = said(Choice(place="pay"), *words)
    assert paid.comments == paid.customers == 6
    from_spain = said(Choice("country", "ES"), *words)
    assert from_spain.comments == 6
    assert not {comment.said for comment in from_spain.newest} & {
        comment.said for comment in said(Choice("country", "FR"), *words).newest
    }


def test_only_the_newest_are_shown_and_all_are_counted() -> None:
    words = [f"Comment {place}" for place in range(15)]
    journeys = commented(*words)
    told = comments(Chosen.of(Choice(), journeys), shown=4)
    assert (told.comments, len(told.newest)) == (15, 4)
    assert told.newest[0].said == "Comment 14"


def test_customers_who_said_more_than_one_thing_count_once() -> None:
    journeys = commented("One", "Two", "Three")
    journeys.answers.customer[:] = 7
    told = comments(Chosen.of(Choice(), journeys))
    assert (told.comments, told.customers) == (3, 1)


def test_personal_data_in_a_comment_is_masked() -> None:
    (comment,) = said(Choice(), "I am at ann@example.org").newest
    assert comment.said == "I am at [e-mail]"


def test_three_customers_are_too_few_to_be_quoted() -> None:
    with pytest.raises(ParameterError, match="Fewer than 5 customers fit this choice"):
        said(Choice("country", "MT"), *["Comment"] * 15)


def test_a_comment_of_a_million_letters_is_cut_and_says_how_long_it_is() -> None:
    (comment,) = said(Choice(), "slow " * 200_000).newest
    assert (len(comment.said), comment.letters) == (LONGEST, 1_000_000)
