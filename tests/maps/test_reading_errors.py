"""What a map that cannot be read is told: the place, the value there, the cure."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from cjm_notebooks.errors import MapError
from cjm_notebooks.maps import JourneyMap, MeasuredMap, Touchpoint

OPENING = "`trip.cjm.json` cannot be read as a journey map:\n  "


def told(text: str) -> str:
    with pytest.raises(MapError) as refused:
        JourneyMap.from_text(text, "trip.cjm.json")
    return str(refused.value)


def told_of(**fields: object) -> str:
    return told(json.dumps({"id": "m", "name": "M", **fields})).removeprefix(OPENING)


def told_of_touchpoint(**fields: object) -> str:
    touchpoint = {"id": "pay", "name": "Pay", **fields}
    return told_of(stages=[{"id": "s", "name": "S", "touchpoints": [touchpoint]}])


def test_text_that_is_cut_off_names_line_and_column() -> None:
    assert told('{\n  "id": "m",\n  "name": ').startswith(
        "`trip.cjm.json` is not JSON from line 3, column 11: Expecting value. Is it cut off"
    )


def test_emotion_off_the_scale_names_its_touchpoint() -> None:
    assert told_of_touchpoint(emotion=5) == (
        "`stages[0].touchpoints[0].emotion` is `5`. Give a number up to 2."
    )
    assert told_of_touchpoint(emotion=-2.5).endswith("is `-2.5`. Give a number from -2 upwards.")


def test_unknown_field_brings_the_nearest_known_one() -> None:
    assert told_of_touchpoint(emotoin=1) == (
        "`stages[0].touchpoints[0]` has no field `emotoin`. Did you mean `emotion`? "
        "A field of your own begins with `x_`."
    )


def test_steps_and_titles_of_other_tools_are_unknown_fields() -> None:
    assert told('{"id": "m", "title": "M"}').startswith(f"{OPENING}It has no field `title`.")


def test_missing_field_is_asked_for() -> None:
    assert told('{"id": "m"}') == f"{OPENING}It has no `name`. Add it."
    assert told_of(stages=[{"id": "s", "name": "S"}, {"id": "t"}]) == (
        "`stages[1]` has no `name`. Add it."
    )


def test_word_outside_a_closed_list_brings_the_nearest_one() -> None:
    assert told_of_touchpoint(kind="actoin") == (
        "`stages[0].touchpoints[0].kind` is `actoin`. Did you mean `action`?"
    )


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", 5, "`name` is `5`. Write a text in quotation marks."),
        ("name", "", "`name` is ``. Write at least 1 character."),
        ("name", None, "`name` is `null`. Write a text in quotation marks."),
        ("name", "a\ud800", "`name` is `a\ufffd`. Write characters that exist in Unicode."),
        ("stages", {}, "`stages` is an object. Write a list in [ ] here."),
        ("stages", ["Book"], "`stages[0]` is `Book`. Write an object in { } here."),
        ("journey", [], "`journey` is a list. Write an object in { } here."),
        ("id", "my map", "`id` is `my map`. Write an id of letters A to Z, digits, `-`, `_`"),
        ("created", "2025-02-30", "`created` is `2025-02-30`. Write a day of the calendar in ISO"),
        ("created", 0, "`created` is `0`. Write a day of the calendar in ISO 8601"),
        ("review_interval_days", 0, "is `0`. Give a number from 1 upwards."),
        ("review_interval_days", "90", "is `90`. Give a whole number, without quotation marks."),
        ("review_interval_days", 1.5, "is `1.5`. Give a whole number, without quotation marks."),
        ("plan", {"cost_budget": "9"}, "`plan.cost_budget` is `9`. Give a number, without quot"),
        ("plan", {"time_budget": "P1M"}, "is `P1M`. Write a length of time in ISO 8601 with weeks"),
        ("plan", {"time_budget": 30}, "`plan.time_budget` is `30`. Write a length of time"),
        ("plan", {"time_budget": "-P1D"}, "is `-P1D`. Write a length of time in ISO 8601"),
        ("plan", {"time_budget": f"P{'9' * 400}D"}, "Write a length of time in ISO 8601"),
        ("journey", {"quiet_days": 0}, "`journey.quiet_days` is `0`. Give a number above 0."),
        ("journey", {"currency": "euro"}, "Write three capital letters, such as `EUR`."),
        ("privacy", {"consent_required": "yes"}, "is `yes`. Write true or false."),
    ],
)
def test_value_of_another_kind_is_shown_with_the_cure(
    field: str, value: object, sentence: str
) -> None:
    assert sentence in told(json.dumps({"id": "m", "name": "M", field: value}))


@pytest.mark.parametrize(
    ("cut", "sentence"),
    [
        ({"by": "column"}, "`journey.cut` cuts by column and does not say which. Add `column`."),
        ({"by": "inactivity"}, "cuts by inactivity and does not say which. Add `inactivity`."),
        (
            {"by": "customer", "column": "order_id"},
            "cuts by customer, where `column` means nothing. Remove it, or cut by column.",
        ),
    ],
)
def test_cut_has_exactly_the_field_it_needs(cut: dict[str, str], sentence: str) -> None:
    assert sentence in told_of(journey={"cut": cut})


def test_number_that_json_does_not_have_is_refused() -> None:
    for number in ("NaN", "-Infinity", "1e999", "9" * 5000):
        text = f'{{"id": "m", "name": "M", "x_n": {number}}}'
        assert "which is no number of JSON. Write a shorter one." in told(text)


def test_name_said_twice_in_one_object_is_refused() -> None:
    assert told('{"id": "m", "name": "A", "name": "B"}') == (
        "`trip.cjm.json` says `name` twice in one object. Keep one of them."
    )


def test_text_that_is_no_object_is_refused() -> None:
    assert told("[]") == "`trip.cjm.json` holds a list. The file is one object in { }."


def test_text_nested_without_end_is_refused() -> None:
    assert told("[" * 100_000) == (
        "`trip.cjm.json` nests lists or objects too deeply to be read. Flatten it."
    )


def test_own_field_nested_too_deeply_is_refused() -> None:
    text = f'{{"id": "m", "name": "M", "x_tree": {"[" * 300}{"]" * 300}}}'
    assert told(text) == f"{OPENING}`x_tree` is a list. Do not nest it so deeply."


def test_own_field_holds_only_what_json_can_hold() -> None:
    with pytest.raises(MapError, match=r"`x_on` is of the type `date`\. Write what JSON can hold"):
        Touchpoint(id="pay", name="Pay", x_on=date(2025, 1, 1))


def test_moment_is_not_taken_for_a_day() -> None:
    with pytest.raises(MapError, match=r"`created` is of the type `datetime`\. Write a day of the"):
        JourneyMap(id="m", name="M", created=datetime(2025, 1, 1, 8, tzinfo=UTC))


def test_message_stays_short_when_the_value_is_long() -> None:
    endless = "a" * 1_000_000
    assert len(told_of_touchpoint(kind=endless)) < 400
    assert len(told_of_touchpoint(**{endless: 1})) < 400
    assert len(told(f'{{"id": "m", "name": "M", "supersedes": "{endless}"}}')) < 400


def test_more_than_five_errors_are_counted() -> None:
    message = told_of(stages=[{"id": "s"}] * 7)
    assert message.count("has no `name`") == 5
    assert message.endswith("\n  There are 2 more.")


def test_part_made_in_python_is_refused_in_the_same_words() -> None:
    with pytest.raises(MapError) as refused:
        Touchpoint(id="pay", name="Pay", emotion=5)
    assert str(refused.value) == (
        "This Touchpoint cannot be made:\n  `emotion` is `5`. Give a number up to 2."
    )


def test_measures_are_called_measures() -> None:
    with pytest.raises(MapError, match=r"`m\.json` cannot be read as a measured map"):
        MeasuredMap.from_text("{}", "m.json")


def test_file_that_is_not_there_brings_the_nearest_one(tmp_path: Path) -> None:
    (tmp_path / "trip.cjm.json").write_text("{}")
    with pytest.raises(MapError, match=r"no file `trap\.cjm\.json` in .* mean `trip\.cjm\.json`\?"):
        JourneyMap.load(tmp_path / "trap.cjm.json")


def test_file_in_another_encoding_names_the_byte(tmp_path: Path) -> None:
    (tmp_path / "trip.cjm.json").write_text('{"name": "Zürich"}', "cp1252")
    with pytest.raises(MapError, match=r"not UTF-8 text at byte 11\. Save it again as UTF-8"):
        JourneyMap.load(tmp_path / "trip.cjm.json")


def test_folder_cannot_be_read_as_a_map(tmp_path: Path) -> None:
    with pytest.raises(MapError, match=r"cannot be read: Is a directory\. Check the path"):
        JourneyMap.load(tmp_path)
