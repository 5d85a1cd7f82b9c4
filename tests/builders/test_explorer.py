"""The Explorer as a notebook and its screen use it, both through the kernel."""

from __future__ import annotations

import json
from datetime import date

import pytest

from cjm_notebooks import JourneyMap, measure
from cjm_notebooks.builders.explorer import WIDGET_VIEW, Explorer
from cjm_notebooks.builders.exploring import Choice
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.maps import Stage
from cjm_notebooks.metrics.stage_reach import StageReach
from tests.builders.exploring import commented, shop
from tests.journeys import ONE_EACH, touchpoint

ABOUT = "Answered csat about Pay: 3 (1 to 5)"


class Screen:
    """What a front end does over its connection: change what is asked, and ask for more."""

    def __init__(self, explorer: Explorer, monkeypatch: pytest.MonkeyPatch) -> None:
        self.explorer = explorer
        self.heard: list[dict[str, object]] = []
        monkeypatch.setattr(explorer, "send", self.heard.append)

    def choose(self, **asked: object) -> dict[str, object]:
        self.explorer.set_state({"asked": asked})
        return self.explorer.answer

    def want(self, wants: str, **more: object) -> dict[str, object]:
        self.explorer._handle_custom_msg({"wants": wants, "of": "now", **more}, [])
        return self.heard[-1]


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Screen:
    return Screen(Explorer(shop()), monkeypatch)


def shares(answer: dict[str, object]) -> dict[str, str]:
    return {share["name"]: share["says"]["share"] for share in answer["shares"]}


def test_all_journeys_are_shown_first() -> None:
    explorer = Explorer(shop())
    assert explorer.choice == Choice()
    assert explorer.answer["counts"]["journeys"] == "15"
    assert explorer.offers["segments"] == {"country": ["ES", "FR", "MT"]}
    assert (explorer.offers["first_day"], explorer.offers["last_day"]) == (
        "1970-01-02", "1970-04-11",
    )  # fmt: skip


def test_a_choice_on_the_screen_reaches_the_notebook(screen: Screen) -> None:
    answer = screen.choose(place="home")
    assert screen.explorer.choice == Choice(place="home")
    assert screen.explorer.journeys.n_journeys == 12
    assert answer["counts"] == {"customers": "12", "journeys": "12", "open": "0", "over": "12"}
    assert shares(answer)["Cart"] == "50.0%"
    cart = answer["shares"][1]["says"]
    assert (cart["reached"], cart["journeys"], cart["everywhere"]) == ("6", "12", "40.0%")
    assert cart["interval"] == "25.4% to 74.6%"


def test_a_choice_in_the_notebook_reaches_the_screen() -> None:
    explorer = Explorer(shop())
    explorer.choice = Choice(last_day=date(1970, 1, 20))
    assert explorer.asked["last_day"] == "1970-01-20"
    assert explorer.answer["asked"] == explorer.asked
    assert explorer.answer["counts"]["journeys"] == "12"


def test_a_choice_that_cannot_be_used_is_answered_with_a_sentence(screen: Screen) -> None:
    answer = screen.choose(place="checkout")
    assert "has no stage or touchpoint `checkout`" in answer["problem"]
    assert answer["asked"] == {"place": "checkout"}
    assert (answer["shares"], answer["counts"]) == ([], {})
    assert screen.explorer.choice == Choice()
    assert screen.choose()["problem"] is None
    assert shares(screen.explorer.answer)["Browse"] == "100.0%"


@pytest.mark.parametrize("asked", [{"place": 3}, {"odd": "x"}, {"first_day": "tomorrow"}], ids=repr)
def test_what_is_no_choice_is_answered_with_a_sentence(
    screen: Screen, asked: dict[str, object]
) -> None:
    assert screen.choose(**asked)["problem"]
    assert screen.explorer.choice == Choice()


def test_an_unusable_choice_in_the_notebook_raises() -> None:
    with pytest.raises(ParameterError, match="no stage or touchpoint `checkout`"):
        Explorer(shop()).choice = Choice(place="checkout")


def test_three_customers_are_too_few_for_numbers_views_and_stories(screen: Screen) -> None:
    answer = screen.choose(segment="country", value="MT")
    assert answer["problem"].startswith("Fewer than 5 customers fit this choice")
    assert set(answer["counts"].values()) == {"–"}
    assert answer["shares"] == []
    assert screen.want("story")["problem"] == answer["problem"]
    assert screen.want("map")["measured"]["targets"] == []
    assert screen.want("view", view="stage-funnel")["problem"] == answer["problem"]


def test_a_view_comes_in_parts_that_hold_texts_only(screen: Screen) -> None:
    screen.choose(place="home")
    view = screen.want("view", view="stage-funnel")["view"]
    assert view["title"] == "Journeys that reached each stage"
    assert view["rows"][1][:4] == ["Cart", "6", "12", "50.0%"]
    assert view["headings"][1] == {"text": "Reached", "is_number": True}
    assert json.loads(view["chart"])["doc"]["roots"]


def test_the_map_carries_the_numbers_of_the_choice(screen: Screen) -> None:
    screen.choose(place="home")
    targets = screen.want("map")["measured"]["targets"]
    cart = next(target for target in targets if target["target"] == "cart")
    assert (cart["measure"], cart["estimate"]) == ("reach", 0.5)


def test_a_customer_is_told_by_pseudonym(screen: Screen) -> None:
    screen.choose(place="pay")
    story = screen.want("story", place=2)["story"]
    assert (story["place"], story["customers"]) == (2, 6)
    assert [moment["says"] for moment in story["moments"]] == [
        "Home", "Cart", "Pay", "Outcome: Paid", "Answered csat about Pay: 5 (1 to 5)",
    ]  # fmt: skip
    assert [moment["wait"] for moment in story["moments"]][:4] == [
        None, "1 day", "1 day", "12 hours",
    ]  # fmt: skip
    assert story["moments"][0]["where"] == ["Browse"]


def test_bokehjs_comes_when_it_is_asked_for(screen: Screen) -> None:
    answer = screen.want("bokehjs")
    assert "Bokeh" in answer["bokehjs"]
    assert "cjm-exhibit" in answer["style"]
    assert answer["of"] == "now"


def test_comments_come_when_they_are_asked_for_and_stay_out_of_what_is_saved(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    screen = Screen(Explorer(commented("<b>Slow</b>", "Quick")), monkeypatch)
    assert screen.explorer.offers["has_comments"]
    assert screen.want("comments")["comments"] == {
        "says": "Comments: 2. Customers who wrote them: 2.",
        "newest": [
            {"said": "Quick", "about": [ABOUT, "1970-01-06"], "cut": ""},
            {"said": "<b>Slow</b>", "about": [ABOUT, "1970-01-05"], "cut": ""},
        ],
    }
    kept = json.dumps(screen.explorer.get_state(), default=str) + screen.explorer.answer["code"]
    assert "Slow" not in kept
    assert "Slow" not in screen.explorer._repr_mimebundle_()[0]["text/html"]


def test_nobody_is_quoted_where_too_few_fit_or_nobody_wrote(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    screen = Screen(Explorer(commented(*["Slow"] * 15)), monkeypatch)
    screen.choose(segment="country", value="MT")
    assert screen.want("comments")["problem"].startswith("Fewer than 5 customers fit this choice")
    screen.choose(place="home")
    assert screen.want("comments")["comments"] == {
        "says": "Nobody in this choice wrote a comment about this.",
        "newest": [],
    }


def test_a_comment_of_a_million_letters_says_that_it_is_cut(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    screen = Screen(Explorer(commented("slow " * 200_000)), monkeypatch)
    (comment,) = screen.want("comments")["comments"]["newest"]
    assert len(comment["said"]) == 10_000
    assert comment["cut"] == "Of 1,000,000 letters, only the start is shown."


def test_the_code_gives_the_comments_too(monkeypatch: pytest.MonkeyPatch) -> None:
    words = [f"Comment {place}" for place in range(15)]
    screen = Screen(Explorer(commented(*words)), monkeypatch)
    cell = {"journeys": commented(*words)}
    exec(screen.choose(place="pay")["code"], cell)
    newest = screen.want("comments")["comments"]["newest"]
    assert cell["said"]["comment"].tolist() == [comment["said"] for comment in newest]


def test_code_for_journeys_without_comments_asks_for_none() -> None:
    explorer = Explorer(shop())
    assert not explorer.offers["has_comments"]
    assert "verbatims" not in explorer.code


def test_an_unknown_wish_is_answered_with_a_sentence(screen: Screen) -> None:
    assert "has no `veiw` to give. Did you mean `view`?" in screen.want("veiw")["problem"]
    assert "no `odd` among the views" in screen.want("view", view="odd")["problem"]


def test_the_code_gives_the_numbers_on_the_screen(screen: Screen) -> None:
    answer = screen.choose(segment="country", value="ES", last_day="1970-01-20")
    cell = {"journeys": shop()}
    exec(answer["code"], cell)
    reach = measure(StageReach(), cell["chosen"])
    assert reach["reached"].tolist()[:1] == [int(answer["shares"][0]["says"]["reached"])]
    assert cell["outcomes"]["outcome"].unique().tolist() == ["paid", "cancelled"]
    assert screen.explorer.code == answer["code"]


def test_what_was_chosen_before_is_not_worked_out_again(screen: Screen) -> None:
    screen.choose(place="home")
    first = screen.explorer.journeys
    screen.choose()
    screen.choose(place="home")
    assert screen.explorer.journeys is first


def test_german_numbers_for_german_readers() -> None:
    explorer = Explorer(shop(), language="de")
    explorer.choice = Choice(place="home")
    assert shares(explorer.answer)["Cart"] == "50,0\xa0%"


def test_the_picture_holds_numbers_and_no_script() -> None:
    explorer = Explorer(shop())
    explorer.choice = Choice(place="home")
    bundle, _ = explorer._repr_mimebundle_()
    assert WIDGET_VIEW in bundle
    assert "12 journeys of 12 customers, 0 still open." in bundle["text/html"]
    assert "25.4% to 74.6%" in bundle["text/html"]
    assert "<script" not in bundle["text/html"]


def test_a_name_in_the_picture_stays_a_text() -> None:
    evil = Stage(id="s", name="<img src=x onerror=alert(1)>", touchpoints=(touchpoint("home"),))
    on: JourneyMap = ONE_EACH.model_copy(update={"stages": (evil,)})
    picture = Explorer(shop(on))._repr_mimebundle_()[0]["text/html"]
    assert "<img" not in picture.replace('<img src="data:', "")
    assert "&lt;img src=x onerror=alert(1)&gt;" in picture


def test_nobody_watches_a_notebook_that_is_run_to_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    class Kernel:
        _allow_stdin = False

    class Shell:
        kernel = Kernel()

    monkeypatch.setattr("IPython.get_ipython", Shell)
    assert WIDGET_VIEW not in Explorer(shop())._repr_mimebundle_()[0]
    monkeypatch.setenv("SERVER_SOFTWARE", "voila/0.5.13")
    assert WIDGET_VIEW in Explorer(shop())._repr_mimebundle_()[0]


def test_what_is_no_journeys_is_refused() -> None:
    with pytest.raises(ParameterError, match=r"was given dict\. Give it the `Journeys`"):
        Explorer({})
