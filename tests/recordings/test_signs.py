"""Clicks in anger, without effect and back again; how far down, and where forms were hard."""

from __future__ import annotations

import pytest

from cjm_notebooks.recordings.signs import Limits
from tests.recordings import dropped, signs


def test_click_that_the_page_answers_is_a_click() -> None:
    assert signs("open:/@0 click:pay@1 change@2.9 end@9") == ["click:button#pay@1"]


def test_click_that_nothing_answers_is_dead() -> None:
    assert signs("open:/@0 click:logo@1 change@3.1 end@9") == ["dead_click:img.logo@1"]


@pytest.mark.parametrize("answer", ["scroll:300", "select", "type:iban=1"])
def test_page_scrolls_selects_or_ticks_at_once_or_the_visitor_did(answer: str) -> None:
    (at_once, *_) = signs(f"open:/@0 click:pay@1 {answer}@1.05 end@9")
    (later, *_) = signs(f"open:/@0 click:pay@1 {answer}@1.5 end@9")
    assert (at_once, later) == ("click:button#pay@1", "dead_click:button#pay@1")


def test_field_answers_with_its_cursor_and_a_link_out_of_sight() -> None:
    assert signs("open:/@0 click:iban@1 end@4 click:terms@5 end@9") == [
        "click:input[iban]@1",
        "click:a#terms@5",
    ]


def test_click_before_another_page_may_have_led_there_however_long_that_took() -> None:
    assert signs("open:/@0 click:pay@1 open:/thanks@7 end@9") == ["click:button#pay@1"]


def test_click_at_the_end_of_a_recording_is_not_called_dead() -> None:
    assert signs("open:/@0 click:pay@1 end@2.9") == ["click:button#pay@1"]
    assert signs("open:/@0 click:pay@1 end@3") == ["dead_click:button#pay@1"]


def test_three_clicks_on_one_element_within_a_second_are_one_rage_click() -> None:
    words = "open:/@0 click:pay@1 click:pay@1.5 click:pay@2 end@9"
    assert signs(words) == ["rage_click:button#pay@1"]
    assert dropped(words) == ["further_click", "further_click"]


def test_rage_goes_on_as_long_as_the_clicks_are_quick() -> None:
    words = "open:/@0 click:pay@1 click:pay@1.4 click:pay@1.8 click:pay@2.3 click:pay@4 change@4.1"
    assert signs(words) == ["rage_click:button#pay@1", "click:button#pay@4"]
    assert dropped(words) == ["further_click"] * 3


def test_slow_clicks_and_clicks_on_different_elements_are_no_rage() -> None:
    slow = "open:/@0 click:pay@1 click:pay@1.6 click:pay@2.1 change@2.2 end@9"
    assert signs(slow) == [f"click:button#pay@{at}" for at in ("1", "1.6", "2.1")]
    mixed = "open:/@0 click:pay@1 click:logo@1.2 click:pay@1.4 change@1.5 end@9"
    assert len(signs(mixed)) == 3


def test_three_clicks_into_a_field_select_its_text() -> None:
    words = "open:/@0 click:iban@1 click:iban@1.2 click:iban@1.4 end@9"
    assert {sign.partition(":")[0] for sign in signs(words)} == {"click"}


def test_two_clicks_are_rage_where_the_limit_says_so() -> None:
    words = "open:/@0 click:pay@1 click:pay@1.4 end@9"
    assert signs(words, Limits(rage_clicks=2)) == ["rage_click:button#pay@1"]


def test_page_left_at_once_for_the_one_before_makes_the_click_that_led_there_a_quick_back() -> None:
    words = "open:/@0 click:logo@1 change@1.1 click:terms@2 open:/terms@3 open:/@{back} end@20"
    assert signs(words.format(back="7.9"))[-1] == "quick_back:a#terms@2"
    assert signs(words.format(back="8"))[-1] == "click:a#terms@2"


def test_way_on_to_a_third_page_is_no_way_back() -> None:
    words = "open:/@0 click:terms@1 open:/terms@2 open:/help@3 end@9"
    assert signs(words) == ["click:a#terms@1"]


def test_depth_is_the_screen_that_filled_most_of_the_window_once_a_page() -> None:
    words = "open:/@0 scroll:299@1 scroll:900@2 scroll:1499@3 scroll:1400@4 open:/b@5 scroll:300@6"
    assert signs(words) == ["scroll:screen 3@2", "scroll:screen 2@6"]
    assert dropped(words) == ["further_scroll"] * 3


def test_depth_beyond_ten_screens_is_ten() -> None:
    assert signs("open:/@0 scroll:90000@1") == ["scroll:screen 10@1"]


def test_field_that_is_left_for_good_was_filled() -> None:
    words = "open:/@0 type:iban=D@1 type:iban=DE@2 type:holder=Anna@3 end@9"
    assert signs(words) == ["field_filled:input[iban]@1", "field_filled:input[holder]@3"]
    assert dropped(words) == ["further_input"]


def test_field_come_back_to_twice_is_a_struggle() -> None:
    once = "open:/@0 type:iban=D@1 type:holder=A@2 type:iban=DE@3"
    assert signs(once)[0] == "field_filled:input[iban]@1"
    assert signs(f"{once} type:holder=An@4 type:iban=DE0@5")[0] == "field_struggle:input[iban]@1"


def test_field_emptied_twice_is_a_struggle() -> None:
    once = "open:/@0 type:iban=D@1 type:iban=@2 type:iban=@2.5 type:iban=E@3"
    assert signs(once) == ["field_filled:input[iban]@1"]
    assert signs(f"{once} type:iban=@4") == ["field_struggle:input[iban]@1"]


def test_recorder_that_writes_no_text_at_all_makes_no_struggle() -> None:
    words = "open:/@0 type:iban=@1 type:iban=@2 type:iban=@3 type:iban=@4"
    assert signs(words) == ["field_filled:input[iban]@1"]


def test_fields_of_the_next_page_begin_anew() -> None:
    words = "open:/@0 type:iban=D@1 type:holder=A@2 open:/b@3 type:iban=D@4 type:holder=A@5"
    assert {sign.partition(":")[0] for sign in signs(words)} == {"field_filled"}


def test_second_snapshot_of_a_page_opens_none_but_loading_it_again_does() -> None:
    assert dropped("open:/@0 look:/@5 end@9") == ["same_page"]
    assert dropped("open:/@0 load:/@5 end@9") == []


def test_act_that_was_sent_twice_counts_once() -> None:
    words = "open:/@0 click:pay@1 click:pay@1 change@1.5"
    assert (signs(words), dropped(words)) == (["click:button#pay@1"], ["duplicate"])


def test_acts_are_told_in_the_order_of_their_times() -> None:
    assert signs("open:/@0 change@3.2 click:pay@3 click:logo@1 change@1.2 end@9") == [
        "click:img.logo@1",
        "click:button#pay@3",
    ]
