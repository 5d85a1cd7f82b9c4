"""Personal data that is found, and what only looks like it."""

from __future__ import annotations

import pytest

from cjm_notebooks.privacy.personal import (
    PersonalData,
    find,
    mask,
    mask_start,
    names_personal_data,
)

FOUND = [
    ("Write to jane.doe+shop@example.co.uk, please", "email"),
    ("müller@straße-test.de", "email"),
    ("Konto DE89 3704 0044 0532 0130 00, danke", "IBAN"),
    ("GB82WEST12345698765432", "IBAN"),
    ("paid with 4111 1111 1111 1111", "payment card"),
    ("378282246310005", "payment card"),
    ("5555-5555-5555-4444.", "payment card"),
    ("request from 93.184.216.34.", "IP address"),
    ("http://93.184.216.34/basket", "IP address"),
    ("2001:db8::8a2e:370:7334", "IP address"),
    ("call +49 (0)89 123456-78", "phone number"),
    ("+4917012345678", "phone number"),
    ("+1 415 555 2671", "phone number"),
    ("0049 170 1234567", "phone number"),
    ("00491701234567", "phone number"),
    ("Tel. 0170/1234567 ab 9 Uhr", "phone number"),
    ("(089) 123 45678", "phone number"),
    ("030 12345678", "phone number"),
    ("01701234567", "phone number"),
    ("(415) 555-2671", "phone number"),
    ("415-555-2671", "phone number"),
    ("/basket?step=2&fbclid=IwAR0abc_DEF-123", "click id"),
    ("https://shop.example/?gclid=Cj0KCQjw12345", "click id"),
    ("https://shop.example/?a=1&ScCid=4f1c-99ab-77", "click id"),
    ("/thanks?_gl=1*1abcd*_ga*MTIzNDU2", "click id"),
    ("/unsubscribe?address=jane.doe%40example.org", "email"),
    ("/login?next=%2Fcart%3Fmail%3Djane%2540example.org", "email"),
    ("https://shop.example/call/+4917012345678", "phone number"),
    ("https://shop.example/from/93.184.216.34/all", "IP address"),
    ("https://shop.example/93.184.216.34", "IP address"),
    ("01 23 45 67 89", "phone number"),
    ("06.12.34.56.78", "phone number"),
]

NOT_FOUND = [
    "order 10045678901",
    "00045678901",
    "Bestellung 4500123456",
    "1718900000000",
    "1718900000123456",
    "2024-06-20 14:30:15",
    "20.06.2024",
    "06/20/2024",
    "01-02-2024",
    "2024-06-20T14:30:15.123+02:00",
    "1.234.567,89 EUR",
    "+12.50 %",
    "$1,299.00",
    "0,99",
    "version 2.10.4.1",
    "v1.2.3.4",
    "Chrome/120.0.6099.0 Safari/537.36",
    "Chrome/120.0.0.0",
    "127.0.0.1",
    "::1",
    "550e8400-e29b-41d4-a716-446655440000",
    "41111111-1111-4111-8111-111111111111",
    "4111 1111 1111 1112",
    "DE89 3704 0044 0532 0130 01",
    "icon@2x.png",
    "@anna said hi",
    "rated 5/5, would buy again",
    "978-3-16-148410-0",
    "48.137154, 11.576124",
    "/basket?gclid=&step=2",
    "/sale?discount=40%40off",
    "/size?_ga_position=topmost",
    "05.10.2024 11.30.59",
    "size 100x200x300",
    "SKU-0123-4567",
    "opened 09:00-17:30",
    "",
]


@pytest.mark.parametrize(("text", "kind"), FOUND)
def test_personal_data_in_a_text_is_found_once(text: str, kind: str) -> None:
    assert [(found.kind, found.count) for found in find([text], "comment")] == [(kind, 1)]


@pytest.mark.parametrize("text", NOT_FOUND)
def test_what_only_looks_like_personal_data_is_left_alone(text: str) -> None:
    assert find([text], "comment") == ()


@pytest.mark.parametrize(("text", "kind"), FOUND)
def test_masked_sample_shows_at_most_two_letters_in_a_row(text: str, kind: str) -> None:
    (found,) = find([text], "comment")
    assert "…" in found.sample_masked
    assert len(found.sample_masked) <= 5


def test_texts_are_counted_and_the_first_is_the_sample() -> None:
    texts = ["jane@example.org", "nothing here", "a@b.de or c@d.de", "+49 170 1234567"]
    assert find(texts, "comment") == (
        PersonalData("comment", "email", 2, "j…@e…"),
        PersonalData("comment", "phone number", 1, "+…"),
    )


def test_values_of_a_column_named_like_personal_data_are_counted_and_masked() -> None:
    assert find(["Jane Doe", "", "Al"], "FirstName") == (
        PersonalData("FirstName", "column name", 2, "J…"),
    )
    assert find(["Al"], "surname")[0].sample_masked == "…"


@pytest.mark.parametrize(
    "column",
    [
        "email",
        "customer_email",
        "RecipientEmail",
        "E-Mail",
        "first_name",
        "lastName",
        "name",
        "billing_address",
        "IPAddress",
        "user_ipaddress",
        "date_of_birth",
        "LocationLatitude",
        "phone_number",
        "Vorname",
        "Telefonnummer",
        "kunde_geburtsdatum",
        "Straße",
        "PLZ",
    ],
)
def test_column_is_named_like_personal_data(column: str) -> None:
    assert names_personal_data(column)


@pytest.mark.parametrize(
    "column",
    [
        "event_name",
        "product_name",
        "email_opened",
        "device_mobile",
        "order_number",
        "phone_model",
        "step",
        "filename",
        "shipping",
        "2024",
        "",
    ],
)
def test_column_is_named_after_the_thing_not_the_person(column: str) -> None:
    assert not names_personal_data(column)


@pytest.mark.parametrize(("text", "kind"), FOUND)
def test_what_is_found_is_masked(text: str, kind: str) -> None:
    masked, masks = mask(text)
    assert masks == 1
    assert ("[e-mail]" if kind == "email" else f"[{kind}]") in masked
    assert find([masked], "text") == ()


@pytest.mark.parametrize("text", NOT_FOUND)
def test_what_only_looks_like_it_stays(text: str) -> None:
    assert mask(text) == (text, 0)


def test_each_find_is_masked_and_the_words_between_stay() -> None:
    said = "From a@x.org to b@y.org, IBAN DE89 3704 0044 0532 0130 00, tel. 030 12345678!"
    assert mask(said) == ("From [e-mail] to [e-mail], IBAN [IBAN], tel. [phone number]!", 4)


@pytest.mark.parametrize("before", range(70, 101))
def test_the_start_of_a_long_text_holds_no_half_of_a_find(before: int) -> None:
    start = mask_start("x" * before + " ann.lee@example.org " + "y" * 1000, 100)
    assert len(start) <= 100
    assert "ann" not in start
    assert start.startswith("x" * 70)


def test_a_short_text_is_masked_whole() -> None:
    assert mask_start("a@x.org", 100) == "[e-mail]"


def test_a_find_at_the_end_of_what_was_looked_at_is_not_shown() -> None:
    text = "a@x.org " * 60 + "+49 170 1234567 " * 100
    assert "+49" not in mask_start(text, 200)
