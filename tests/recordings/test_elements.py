"""Which element was meant, and what it is called."""

from __future__ import annotations

import pytest

from cjm_notebooks.recordings.elements import Elements

Node = dict[str, object]


def node(number: int, tag: str, *inside: Node, **attributes: str) -> Node:
    named = {name.strip("_").replace("_", "-"): text for name, text in attributes.items()}
    return {
        "type": 2,
        "id": number,
        "tagName": tag,
        "attributes": named,
        "childNodes": list(inside),
    }


def page(*inside: Node) -> Elements:
    elements = Elements()
    elements.open({"type": 0, "id": 1, "childNodes": list(inside)})
    return elements


def name(elements: Elements, number: int) -> str | None:
    found = elements.meant(number)
    return None if found is None else found.name


@pytest.mark.parametrize(
    ("one", "called"),
    [
        (node(2, "BUTTON", id="pay"), "button#pay"),
        (node(2, "button", data_testid="buy-now", id="x"), "button#buy-now"),
        (node(2, "input", name="iban"), "input[iban]"),
        (node(2, "a", class_="card large"), "a.card"),
        (node(2, "a", class_="css-1a2b3c4 card"), "a.card"),
        (node(2, "li", id="order-4711"), "li#order-*"),
        (node(2, "li", id="row-a81bc81b-dead-4e5d-abff-90865d1e13b1"), "li#row-*"),
        (node(2, "div", id="anna@example.org"), "div"),
        (node(2, "li", id="4711", class_="order"), "li.order"),
        (node(2, "div", id="step2"), "div#step2"),
        (node(2, "div", id="購入 ボタン"), "div#購入-ボタン"),
        (node(2, "p"), "p"),
    ],
)
def test_element_is_called_after_what_developers_wrote_without_numbers(
    one: Node, called: str
) -> None:
    assert name(page(one), 2) == called


def test_name_that_is_not_its_own_says_where_it_stands() -> None:
    elements = page(node(2, "section", node(3, "div", node(4, "p", class_="hint")), id="cart"))
    assert name(elements, 4) == "#cart p.hint"


def test_click_on_an_icon_or_a_text_means_the_button_around_it() -> None:
    icon = node(3, "svg", node(4, "rect"))
    assert name(page(node(2, "button", icon, id="pay")), 4) == "button#pay"
    assert name(page(node(2, "div", icon, id="menu", role="tab")), 4) == "div#menu"
    text: Node = {"type": 3, "id": 3, "textContent": "Anna"}
    assert name(page(node(2, "p", text, id="hello")), 3) == "p#hello"


def test_field_is_what_takes_text_or_a_choice() -> None:
    elements = page(node(2, "input"), node(3, "input", type="submit"), node(4, "button"))
    fields = [elements.meant(number) for number in (2, 3, 4)]
    assert [one is not None and one.is_field for one in fields] == [True, False, False]


@pytest.mark.parametrize(
    ("href", "leads"),
    [
        ("https://shop.example.org/a.pdf", True),
        ("mailto:shop@example.org", True),
        ("javascript:void(0)", False),
        ("https://shop.example.org/#", False),
        ("", False),
    ],
)
def test_link_leads_somewhere(href: str, leads: bool) -> None:
    found = page(node(2, "a", node(3, "span"), href=href)).meant(3)
    assert found is not None
    assert found.is_link == leads


def test_elements_added_and_renamed_later_are_known() -> None:
    elements = page(node(2, "section", id="cart"))
    elements.change({"adds": [{"parentId": 2, "node": node(7, "button", class_="remove")}]})
    assert name(elements, 7) == "#cart button.remove"
    elements.change({"attributes": [{"id": 7, "attributes": {"id": "remove"}}]})
    assert name(elements, 7) == "button#remove"


def test_element_of_the_page_before_is_unknown() -> None:
    elements = page(node(2, "button", id="pay"))
    elements.open({"type": 0, "id": 1, "childNodes": []})
    assert elements.meant(2) is None


def test_page_is_what_scrolls_as_a_whole() -> None:
    elements = page(node(2, "html", node(3, "body", node(4, "div"))))
    assert [elements.is_page(number) for number in (1, 2, 3, 4, 99)] == [
        *(True, True, True),
        *(False, True),
    ]


@pytest.mark.parametrize("number", [None, "2", 99, 1.5])
def test_what_is_no_known_node_means_nothing(number: object) -> None:
    assert page(node(2, "p")).meant(number) is None


def test_nodes_that_stand_inside_each_other_do_not_go_on_forever() -> None:
    elements = page(node(2, "p", node(3, "i")))
    elements.change({"adds": [{"parentId": 3, "node": node(2, "p")}]})
    assert name(elements, 3) == "i"
