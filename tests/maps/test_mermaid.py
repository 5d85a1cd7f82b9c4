"""Maps as mermaid's `journey` diagrams, and back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from cjm_notebooks.errors import MapError
from cjm_notebooks.maps import Actor, JourneyMap, Stage, Touchpoint, from_mermaid, to_mermaid
from tests.maps.any_map import maps, names

RAIL_TRIP = Path(__file__).with_name("rail_trip.cjm.json")
# what mermaid's grammar of journeys reads as a title, a section or a task
LINE = re.compile(r"\s*(title\s[^#\n;]+|section\s[^#:\n;]+|[^#:\n;]+:[^#\n;]+)", re.IGNORECASE)


def with_one(name: str, emotion: float | None = None) -> JourneyMap:
    touchpoint = Touchpoint(id="t", name=name, emotion=emotion)
    stage = Stage(id="s", name=name, touchpoints=(touchpoint,))
    return JourneyMap(id="m", name=name, stages=(stage,))


def test_map_is_drawn_with_its_stages_scores_and_actors() -> None:
    agent, customer = Actor(id="agent", name="Agent"), Actor(id="ana", name="Ana, student")
    call = Touchpoint(id="call", name="Call back", emotion=-1, initiator="agent", receiver="ana")
    stage = Stage(id="help", name="Get help", touchpoints=(call, Touchpoint(id="end", name="End")))
    journey_map = JourneyMap(id="care", name="Care", actors=(agent, customer), stages=(stage,))
    assert to_mermaid(journey_map) == (
        "journey\n"
        "  %% id=care\n"
        "  title Care\n"
        "  %% id=help\n"
        "  section Get help\n"
        "    %% id=call\n"
        "    Call back: 2: Agent, Ana， student\n"
        '    %% id=end {"emotion": null}\n'
        "    End: 3\n"
    )


@pytest.mark.parametrize(
    ("emotion", "score"),
    [(-2, 1), (-1.5, 2), (-0.6, 2), (-0.5, 3), (0.4, 3), (0.5, 4), (2, 5), (None, 3)],
)
def test_score_is_the_emotion_plus_three_rounded(emotion: float | None, score: int) -> None:
    drawn = to_mermaid(with_one("Pay", emotion))
    assert drawn.splitlines()[-1] == f"    Pay: {score}"
    assert from_mermaid(drawn).touchpoints[0].emotion == emotion


@pytest.mark.parametrize(
    ("name", "drawn"),
    [
        ("Pay: by card", "Pay： by card"),
        ("a;b#c", "a；b＃c"),
        ("%%{init: {}}%%", "％％{init： {}}％％"),
        ("two\nlines", "two lines"),
        ("Section 8 housing", "\u2060Section 8 housing"),
        ("journey's end", "\u2060journey's end"),
        ("\x01", "…"),
        ("{}", "{}"),
        ("مسار: العميل", "مسار： العميل"),
    ],
)
def test_name_is_drawn_so_that_mermaid_can_read_it_and_read_back_exactly(
    name: str, drawn: str
) -> None:
    text = to_mermaid(with_one(name))
    assert f"    {drawn}: 3" in text.split("\n")
    assert "%%{" not in text
    journey_map = from_mermaid(text)
    assert (journey_map.name, journey_map.stages[0].name) == (name, name)
    assert journey_map.touchpoints[0].name == name


@given(names)
def test_no_name_breaks_the_grammar_of_mermaid(name: str) -> None:
    for line in to_mermaid(with_one(name)).removeprefix("journey\n").removesuffix("\n").split("\n"):
        assert line.lstrip().startswith("%% id=") or LINE.fullmatch(line)
        assert "%%{" not in line


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(maps)
def test_names_and_emotions_come_back(journey_map: JourneyMap) -> None:
    read = from_mermaid(to_mermaid(journey_map))
    assert read.name == journey_map.name
    assert [stage.name for stage in read.stages] == [stage.name for stage in journey_map.stages]
    for stage, before in zip(read.stages, journey_map.stages, strict=True):
        assert [(one.name, one.emotion) for one in stage.touchpoints] == [
            (one.name, one.emotion) for one in before.touchpoints
        ]


def test_ids_come_back() -> None:
    journey_map = JourneyMap.load(RAIL_TRIP)
    read = from_mermaid(to_mermaid(journey_map))
    assert read.id == "rail-trip"
    assert [stage.id for stage in read.stages] == ["book", "travel"]
    assert [touchpoint.id for touchpoint in read.touchpoints] == ["search", "pay", "delay"]


def test_line_that_somebody_changed_counts_more_than_its_comment() -> None:
    drawn = to_mermaid(with_one("Pay: by card", 0.4))
    changed = drawn.replace("    Pay： by card: 3", "    Pay by phone: 1")
    touchpoint = from_mermaid(changed).touchpoints[0]
    assert (touchpoint.id, touchpoint.name, touchpoint.emotion) == ("t", "Pay by phone", -2)


def test_diagram_of_others_is_read() -> None:
    journey_map = from_mermaid(
        """---
config:
  theme: forest
---
journey
    title My working day
    accTitle: A day
    accDescr {
      From tea
      to tea: again
    }
    %% a comment: 9
    section Go to work
      Make tea: 5: Me
      Go upstairs: 3: Me, Cat
    Section Go home
      Sit down: : Me
      Make tea: 4.5
"""
    )
    assert (journey_map.id, journey_map.name) == ("my-working-day", "My working day")
    assert [stage.id for stage in journey_map.stages] == ["go-to-work", "go-home"]
    assert [
        (one.id, one.emotion, one.initiator, one.receiver) for one in journey_map.touchpoints
    ] == [
        ("make-tea", 2, "me", None),
        ("go-upstairs", 0, "me", "cat"),
        ("sit-down", None, "me", None),
        ("make-tea-2", 1.5, None, None),
    ]
    assert journey_map.problems() == ()


def test_tasks_before_the_first_section_stand_in_a_stage_of_the_title() -> None:
    journey_map = from_mermaid("journey\ntitle Tea\nBoil: 3\nsection Drink\nSip: 5\n")
    assert [(stage.name, len(stage.touchpoints)) for stage in journey_map.stages] == [
        ("Tea", 1),
        ("Drink", 1),
    ]


@pytest.mark.parametrize("score", ["0", "6", "-1", "good", "1e0", "nan"])
def test_score_that_mermaid_does_not_know_names_its_line(score: str) -> None:
    sentence = rf"Line 2 of `tea\.mmd` has the score `{score}`\. Give a number from 1 .* to 5"
    with pytest.raises(MapError, match=sentence):
        from_mermaid(f"journey\nBoil: {score}: Me", "tea.mmd")


def test_line_that_is_no_task_is_refused() -> None:
    with pytest.raises(MapError, match=r"Line 3 of `the text` is `Boil water`\. Write a task as"):
        from_mermaid("journey\n\nBoil water\n")


def test_other_diagram_is_refused() -> None:
    with pytest.raises(MapError, match=r"begins with `flowchart LR`\. A journey diagram begins"):
        from_mermaid("flowchart LR\n  a --> b")
    with pytest.raises(MapError, match="begins with ``"):
        from_mermaid("")


def test_comment_of_ours_that_was_broken_is_refused() -> None:
    with pytest.raises(
        MapError, match=r"before line 3 of `the text` holds `\{name\}`, which is not"
    ):
        from_mermaid("journey\n%% id=tea {name}\nBoil: 3")
