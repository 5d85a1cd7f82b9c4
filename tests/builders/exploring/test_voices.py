"""Quotes from the map's evidence, about what was chosen."""

from __future__ import annotations

from cjm_notebooks import JourneyMap
from cjm_notebooks.builders.exploring.voices import voices
from cjm_notebooks.maps import Evidence, PainPoint
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
