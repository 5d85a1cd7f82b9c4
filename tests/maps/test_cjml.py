"""Maps as CJML, the Customer Journey Modelling Language, and back."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings

from cjm_notebooks.errors import MapError
from cjm_notebooks.maps import Actor, Channel, JourneyMap, Stage, Touchpoint, from_cjml, to_cjml
from cjm_notebooks.maps.vocabulary import CHANNELS
from tests.maps.any_map import maps

EXAMPLES = Path(__file__).parents[2] / "examples"
CARE = """\
<?xml version="1.0" encoding="UTF-8"?>
<CJML version="2.0">
  <plannedJourney>
    <journeyID>care</journeyID>
    <journeyTitle>Care &amp; repair</journeyTitle>
    <journeyPhases>
      <journeyPhase phaseID="help">
        <phaseName>Get help</phaseName>
        <phaseDescription>The phone is broken</phaseDescription>
      </journeyPhase>
    </journeyPhases>
    <journeyShortSummary>A phone breaks</journeyShortSummary>
    <journeyStatus>in_review</journeyStatus>
    <actors>
      <endUser actorID="ana">
        <actorName>Ana</actorName>
      </endUser>
      <serviceProvider actorID="agent">
        <actorName>Agent</actorName>
        <companyName>Fixit</companyName>
        <providerType>frontline</providerType>
      </serviceProvider>
    </actors>
    <touchpoints>
      <plannedCommunicationPoint>
        <touchpointID>call</touchpointID>
        <belongsTo phaseIDref="help" />
        <initiator>
          <refersTo actorIDref="agent" />
          <initiatorLabel>Call back</initiatorLabel>
        </initiator>
        <receiver>
          <refersTo actorIDref="ana" />
          <receiverLabel>Call back</receiverLabel>
        </receiver>
        <channel>
          <channelName>phone</channelName>
        </channel>
        <message>It is ready</message>
        <comment>Within a day</comment>
        <touchpointExperience>
          <experienceDescription>Relieved</experienceDescription>
          <experienceRating>4.5</experienceRating>
        </touchpointExperience>
      </plannedCommunicationPoint>
      <plannedAction>
        <touchpointID>travel</touchpointID>
        <belongsTo phaseIDref="help" />
        <initiator>
          <refersTo actorIDref="ana" />
          <initiatorLabel>Go there</initiatorLabel>
        </initiator>
      </plannedAction>
      <plannedAction>
        <touchpointID>queue</touchpointID>
        <belongsTo phaseIDref="help" />
        <initiator>
          <initiatorLabel>Stand in line</initiatorLabel>
        </initiator>
        <category>wait</category>
      </plannedAction>
    </touchpoints>
  </plannedJourney>
</CJML>
"""


def care() -> JourneyMap:
    ana = Actor(id="ana", name="Ana", role="end_user")
    agent = Actor(id="agent", name="Agent", role="frontline", company="Fixit")
    call = Touchpoint(
        id="call",
        name="Call back",
        kind="communication",
        channel="phone",
        feeling="Relieved",
        emotion=1.5,
        initiator="agent",
        receiver="ana",
        message="It is ready",
        notes="Within a day",
    )
    travel = Touchpoint(id="travel", name="Go there", initiator="ana")
    queue = Touchpoint(id="queue", name="Stand in line", kind="wait")
    stage = Stage(
        id="help",
        name="Get help",
        description="The phone is broken",
        touchpoints=(call, travel, queue),
    )
    return JourneyMap(
        id="care",
        name="Care & repair",
        status="in_review",
        scenario="A phone breaks",
        actors=(ana, agent),
        stages=(stage,),
    )


def with_one(touchpoint: Touchpoint, *channels: Channel) -> JourneyMap:
    stage = Stage(id="s", name="S", touchpoints=(touchpoint,))
    return JourneyMap(id="m", name="M", channels=channels, stages=(stage,))


def journey(inside: str, kind: str = "planned") -> str:
    return f'<CJML version="2.0"><{kind}Journey>{inside}</{kind}Journey></CJML>'


def in_xml(text: str) -> str:
    """What XML 1.0 can hold of `text`, one character after another."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        one
        if one in "\t\n" or " " <= one <= "\ud7ff" or "\ue000" <= one <= "\ufffd" or one > "\uffff"
        else "\ufffd"
        for one in lines
    )


def test_map_is_written_as_a_planned_journey() -> None:
    assert to_cjml(care()) == CARE


def test_planned_journey_is_read_as_the_map_it_was() -> None:
    assert from_cjml(CARE) == care()


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(maps)
def test_what_cjml_can_hold_comes_back(journey_map: JourneyMap) -> None:
    read = from_cjml(to_cjml(journey_map))
    assert (read.id, read.name) == (journey_map.id, in_xml(journey_map.name))
    assert (read.status, read.scenario) == (journey_map.status, in_xml(journey_map.scenario))
    assert [(stage.name, stage.description) for stage in read.stages] == [
        (in_xml(stage.name), in_xml(stage.description)) for stage in journey_map.stages
    ]
    for stage, before in zip(read.stages, journey_map.stages, strict=True):
        assert [
            (one.name, one.kind, one.initiator, one.receiver, one.message, one.notes, one.feeling)
            for one in stage.touchpoints
        ] == [
            (
                in_xml(one.name),
                one.kind,
                one.initiator,
                one.receiver,
                in_xml(one.message),
                in_xml(one.notes),
                in_xml(one.feeling),
            )
            for one in before.touchpoints
        ]
        for one, as_it_was in zip(stage.touchpoints, before.touchpoints, strict=True):
            assert one.emotion == pytest.approx(as_it_was.emotion, abs=1e-15)
            assert (one.channel is None) == (as_it_was.channel is None)
    ids = [part.id for part in (*read.stages, *read.touchpoints)]
    assert len(set(ids)) == len(ids)
    first_of_each = {actor.id: actor for actor in reversed(journey_map.actors)}
    for actor in read.actors:
        if before_it := first_of_each.pop(actor.id, None):
            assert (actor.name, actor.role) == (in_xml(before_it.name), before_it.role)
    assert not first_of_each


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(maps)
def test_second_time_written_is_the_same_text(journey_map: JourneyMap) -> None:
    once = to_cjml(from_cjml(to_cjml(journey_map)))
    assert to_cjml(from_cjml(once)) == once


@pytest.mark.parametrize("channel", CHANNELS)
def test_common_channel_comes_back(channel: str) -> None:
    read = from_cjml(to_cjml(with_one(Touchpoint(id="t", name="T", channel=channel))))
    assert (read.touchpoints[0].channel, read.channels) == (channel, ())


def test_channel_of_ones_own_comes_back_by_its_name() -> None:
    screen = Channel(id="screen", name="Screen on the platform", kind="kiosk")
    written = to_cjml(with_one(Touchpoint(id="t", name="T", channel="screen"), screen))
    assert "<channelName>Screen on the platform</channelName>" in written
    read = from_cjml(written)
    assert [(one.id, one.name) for one in read.channels] == [
        ("screen-on-the-platform", "Screen on the platform")
    ]
    assert read.problems() == ()


@pytest.mark.parametrize(
    ("called", "channel"),
    [
        ("internetViaPC", "web"),
        ("Internet Globe", "web"),
        ("Internet Via Tablet", "web_mobile"),
        ("appOnPc", "app"),
        ("Telephone", "phone"),
        ("sms", "sms"),
        ("E-mail", "email"),
        ("ServiceDesk", "service_desk"),
        ("shopcounter", "in_store"),
        ("Fax", "fax"),
        ("Unknown", None),
        ("  ", None),
    ],
)
def test_channel_names_of_other_tools_are_known(called: str, channel: str | None) -> None:
    point = f"<channel><channelName>{called}</channelName></channel>"
    point = f"<plannedCommunicationPoint>{point}</plannedCommunicationPoint>"
    assert from_cjml(journey(point)).touchpoints[0].channel == channel


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("]]>", "]]&gt;"),
        ("<b>&amp;</b>", "&lt;b&gt;&amp;amp;&lt;/b&gt;"),
        ("👩🏽‍🚀 go", "👩🏽‍🚀 go"),
        ("مسار: العميل", "مسار: العميل"),
        ("bell \x07 \x00", "bell \ufffd \ufffd"),
        ("half \uffff", "half \ufffd"),
        ("two\r\nlines\rmore", "two\nlines\nmore"),
        ("a" * 10_000, "a" * 10_000),
    ],
)
def test_text_of_any_kind_is_well_formed(name: str, written: str) -> None:
    text = to_cjml(with_one(Touchpoint(id="t", name=name)))
    assert f"<initiatorLabel>{written}</initiatorLabel>" in text
    assert ET.fromstring(text).tag == "CJML"
    assert from_cjml(text).touchpoints[0].name == in_xml(name)


@pytest.mark.parametrize("name", [" ", "\n", " two  blanks ", "\t"])
def test_blanks_of_ours_stay(name: str) -> None:
    read = from_cjml(to_cjml(with_one(Touchpoint(id="t", name=name))))
    assert read.touchpoints[0].name == name


def test_blanks_of_a_pretty_printer_do_not_stay() -> None:
    assert from_cjml(journey("<journeyTitle>\n  A trip\n\t</journeyTitle>")).name == "A trip"


@pytest.mark.parametrize(
    ("emotion", "rating"), [(-2, "1"), (-0.1, "2.9"), (0, "3"), (0.1, "3.1"), (2, "5")]
)
def test_rating_is_the_emotion_plus_three(emotion: float, rating: str) -> None:
    text = to_cjml(with_one(Touchpoint(id="t", name="T", emotion=emotion)))
    assert f"<experienceRating>{rating}</experienceRating>" in text
    assert from_cjml(text).touchpoints[0].emotion == emotion


def rated(rating: str) -> str:
    experience = f"<experienceRating>{rating}</experienceRating>"
    return journey(
        "<actualAction><touchpointID>T3</touchpointID>"
        f"<touchpointExperience>{experience}</touchpointExperience></actualAction>",
        "actual",
    )


@pytest.mark.parametrize(
    ("rating", "emotion"),
    [
        ("Very satisfied", 2),
        (" very\n dissatisfied", -2),
        ("neutral", 0),
        ("3,5", 0.5),
        ("nan", None),
        ("undefined", None),
        ("", None),
    ],
)
def test_rating_in_words_is_read(rating: str, emotion: float | None) -> None:
    assert from_cjml(rated(rating)).touchpoints[0].emotion == emotion


@pytest.mark.parametrize("rating", ["0", "5.5", "-1", "good", "inf", "snan"])
def test_other_rating_is_refused_with_its_touchpoint(rating: str) -> None:
    sentence = rf"touchpoint `T3` of `a\.xml` has the rating `{rating}`\. Give a number from 1"
    with pytest.raises(MapError, match=sentence):
        from_cjml(rated(rating), "a.xml")


def test_actual_journey_of_others_is_read() -> None:
    """As it stands in the wild: blanks in ids, a comment first, a namespace, a second journey."""
    journey_map = from_cjml(
        """<!-- Produced by: a template -->
<CJML version="2.0" xmlns="http://cjml.example">
  <actualJourney>
    <journeyID>AJ1</journeyID>
    <plannedReference>PJ1</plannedReference>
    <journeyPhases>
      <journeyPhase phaseID=" Before"><phaseName> Before</phaseName></journeyPhase>
    </journeyPhases>
    <journeyStatus>completed</journeyStatus>
    <actors>
      <endUser actorID="Patient"/>
      <serviceProvider actorID="Dr. Öz"><companyName>Clinic</companyName></serviceProvider>
    </actors>
    <touchpoints>
      <actualCommunicationPoint>
        <touchpointID>T1</touchpointID>
        <belongsTo phaseIDref ="Before"></belongsTo>
        <compliance>asplanned</compliance>
        <receiver>
          <refersTo actorIDref="Dr. Öz"/><receiverLabel>Answer</receiverLabel>
        </receiver>
        <initiator>
          <refersTo actorIDref="Patient"/><initiatorLabel>Ask</initiatorLabel>
        </initiator>
        <channel><channelName>Telephone</channelName></channel>
        <timestamps><timeOriginated>2020-01-01</timeOriginated></timestamps>
      </actualCommunicationPoint>
      <actualAction>
        <touchpointID>T1</touchpointID>
        <initiator><refersTo actorIDref="Nurse"/></initiator>
      </actualAction>
      <actualAction>
        <touchpointID>D3</touchpointID>
        <belongsTo phaseIDref="After all"/>
      </actualAction>
    </touchpoints>
  </actualJourney>
  <actualJourney><journeyID>AJ2</journeyID></actualJourney>
</CJML>"""
    )
    assert (journey_map.id, journey_map.name, journey_map.status) == ("AJ1", "AJ1", "draft")
    assert [(stage.id, stage.name) for stage in journey_map.stages] == [
        ("Before", "Before"),
        ("after-all", "After all"),
    ]
    assert [(one.id, one.name, one.role) for one in journey_map.actors] == [
        ("Patient", "Patient", "end_user"),
        ("dr-oz", "Clinic", None),
        ("Nurse", "Nurse", None),
    ]
    asked, again, deviation = journey_map.touchpoints
    assert (asked.id, asked.name, asked.kind) == ("T1", "Ask", "communication")
    assert (asked.initiator, asked.receiver, asked.channel) == ("Patient", "dr-oz", "phone")
    assert asked.model_extra == {"x_receiver_label": "Answer"}
    assert (again.id, again.name, again.kind, again.initiator) == ("t1", "T1", "action", "Nurse")
    assert journey_map.stage_of("t1").id == "Before"
    assert (deviation.id, journey_map.stage_of("D3").id) == ("D3", "after-all")
    assert journey_map.problems() == ()
    assert "<receiverLabel>Answer</receiverLabel>" in to_cjml(journey_map)


def test_planned_journey_counts_before_an_actual_one() -> None:
    both = f"{journey('<journeyID>A</journeyID>', 'actual')}{journey('<journeyID>P</journeyID>')}"
    assert from_cjml(f"<CJML>{both}</CJML>").id == "P"


def test_actor_that_another_journey_names_has_that_name() -> None:
    named_there = '<actors><endUser actorID="A1"><actorName>Ana</actorName></endUser></actors>'
    named_here = '<actors><endUser actorIDref="A1"/></actors>'
    there, here = journey(named_there, "actual"), journey(named_here)
    read = from_cjml(f"<CJML>{there}{here}</CJML>")
    assert [(one.id, one.name, one.role) for one in read.actors] == [("A1", "Ana", "end_user")]


def test_touchpoint_that_says_nothing_is_kept() -> None:
    read = from_cjml("<cjml><touchpoint/><touchpoint id='2'/></cjml>")
    assert [(one.id, one.name) for one in read.touchpoints] == [("touchpoint", "…"), ("2", "2")]


def test_swimlane_generator_is_read_with_the_word_it_begins_with() -> None:
    journey_map = from_cjml(
        """undefined<cjml>
<actor id="1"><actorName>Guest</actorName><actorRole>End user</actorRole></actor>
<actor id="2"><actorName>Hotel</actorName><actorRole>Third party</actorRole></actor>
<touchpoint id="10" type="communication"><time>1</time>
  <initiator>1</initiator><initiatorDescription>Book a room</initiatorDescription>
  <receiver>Hotel</receiver><receiverDescription>Take the booking</receiverDescription>
  <channel>email</channel></touchpoint>
<touchpoint id="11" type="action"><time>2</time>
  <initiator>1</initiator><initiatorDescription>Pack</initiatorDescription></touchpoint>
</cjml>"""
    )
    assert [(stage.name, len(stage.touchpoints)) for stage in journey_map.stages] == [
        ("Journey", 2)
    ]
    assert [(one.id, one.name, one.role) for one in journey_map.actors] == [
        ("1", "Guest", "end_user"),
        ("2", "Hotel", "third_party"),
    ]
    book, pack = journey_map.touchpoints
    assert (book.name, book.kind, book.channel) == ("Book a room", "communication", "email")
    assert (book.initiator, book.receiver) == ("1", "2")
    assert (pack.name, pack.kind, pack.initiator, pack.receiver) == ("Pack", "action", "1", None)


@pytest.mark.parametrize(
    "sly",
    [
        '<!DOCTYPE CJML [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><CJML>&b;</CJML>',
        '<!DOCTYPE CJML [<!ENTITY f SYSTEM "file:///etc/hostname">]><CJML>&f;</CJML>',
        '<!DOCTYPE CJML SYSTEM "http://127.0.0.1/cjml.dtd"><CJML/>',
    ],
)
def test_document_type_is_refused_before_anything_is_expanded_or_fetched(sly: str) -> None:
    with pytest.raises(MapError, match=r"`a\.xml` holds `<!DOCTYPE`, .* Delete that declaration\."):
        from_cjml(sly, "a.xml")


def test_file_that_is_too_deep_or_too_large_is_refused() -> None:
    with pytest.raises(MapError, match="nests elements over 100 deep"):
        from_cjml("<a>" * 200_000)
    with pytest.raises(MapError, match=r"has over 10,000,000 characters\. Split it"):
        from_cjml(f"<CJML>{'a' * 10_000_000}</CJML>")
    with pytest.raises(MapError, match=r"has over 200,000 elements\. Is it a log, not a map\?"):
        from_cjml(journey("<a/>" * 200_000))
    with pytest.raises(MapError, match=r"over 2,000 phases, actors and touchpoints.* as events"):
        from_cjml(journey("<plannedAction/>" * 2_001))


def test_text_that_is_not_xml_is_refused_with_its_place() -> None:
    with pytest.raises(MapError, match=r"`a\.cjml` is not XML from line 2, column 6: .*`&amp;`"):
        from_cjml("<CJML>\nTea &  cake</CJML>", "a.cjml")
    with pytest.raises(
        MapError, match=r"is not XML from line 1, column 1: no element found\. Is it"
    ):
        from_cjml("")
    with pytest.raises(MapError, match=r"holds half a character at place 7\. Save it as UTF-8"):
        from_cjml("<CJML>\ud800</CJML>")


@pytest.mark.parametrize("text", ["<html/>", "<CJML/>", "<svg><touchpoint/></svg>"])
def test_xml_without_a_journey_is_refused(text: str) -> None:
    with pytest.raises(MapError, match=r"begins with the element `.*` and holds no journey\. A CJ"):
        from_cjml(text)


@pytest.mark.parametrize("example", ["airport", "hotel"])
def test_example_comes_back_with_every_id_in_order(example: str) -> None:
    journey_map = JourneyMap.load(EXAMPLES / example / f"{example}.cjm.json")
    read = from_cjml(to_cjml(journey_map))
    assert [stage.id for stage in read.stages] == [stage.id for stage in journey_map.stages]
    assert [(one.id, one.name, one.kind, one.emotion) for one in read.touchpoints] == [
        (one.id, one.name, one.kind, one.emotion) for one in journey_map.touchpoints
    ]
    assert read.problems() == ()
