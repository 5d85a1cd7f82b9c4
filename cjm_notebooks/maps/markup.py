"""XML: texts of any kind written so that it is well formed, and files of others read safely."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET
from xml.parsers.expat import ErrorString

from cjm_notebooks.errors import MapError

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
NOT_IN_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
LONGEST = 10_000_000
DEEPEST = 100
MOST_ELEMENTS = 200_000


def added(inside: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    """A new last element of `inside`.

    A character that XML cannot hold becomes U+FFFD, and each kind of line end a line feed.
    """
    element = ET.SubElement(inside, tag, attributes)
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    element.text = NOT_IN_XML.sub("\ufffd", lines) or None
    if text != text.strip():
        element.set(SPACE, "preserve")
    return element


def written(root: ET.Element) -> str:
    ET.indent(root)
    return f"{DECLARATION}{ET.tostring(root, encoding='unicode')}\n"


def parsed(text: str, name: str) -> ET.Element:
    """The root of the document; messages call the text `name`.

    Raises  MapError when it is not XML, declares a document type, or is too large or too deep
    """
    if len(text) > LONGEST:
        msg = f"`{name}` has over {LONGEST:,} characters. Split it into a file for each journey."
        raise MapError(msg)
    if "<!DOCTYPE" in text:
        msg = (
            f"`{name}` holds `<!DOCTYPE`, which can make a small file grow without end or read "
            "other files. Delete that declaration."
        )
        raise MapError(msg)
    try:
        root: ET.Element = ET.fromstring(text, ET.XMLParser(target=_Shallow(name)))
    except UnicodeEncodeError as cause:
        msg = f"`{name}` holds half a character at place {cause.start + 1}. Save it as UTF-8."
        raise MapError(msg) from cause
    except ET.ParseError as cause:
        line, column = cause.position
        msg = (
            f"`{name}` is not XML from line {line}, column {column + 1}: "
            f"{ErrorString(cause.code)}. "
            "Is it cut off, or does a text hold `&` or `<` where `&amp;` or `&lt;` belongs?"
        )
        raise MapError(msg) from cause
    return root


class _Shallow(ET.TreeBuilder):
    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.depth = self.elements = 0

    def start(self, tag: str, attributes: dict[str, str], /) -> ET.Element:
        self.depth += 1
        if self.depth > DEEPEST:
            msg = f"`{self.name}` nests elements over {DEEPEST} deep. A journey needs five levels."
            raise MapError(msg)
        self.elements += 1
        if self.elements > MOST_ELEMENTS:
            msg = f"`{self.name}` has over {MOST_ELEMENTS:,} elements. Is it a log, not a map?"
            raise MapError(msg)
        return super().start(tag, attributes)

    def end(self, tag: str, /) -> ET.Element:
        self.depth -= 1
        return super().end(tag)


def local_name(element: ET.Element) -> str:
    """The tag in small letters and without its namespace."""
    return element.tag.rpartition("}")[2].lower()


def named(inside: ET.Element, *names: str) -> Iterator[ET.Element]:
    """The elements anywhere in `inside` that have one of these local names, in order."""
    return (element for element in inside.iter() if local_name(element) in names)


def text_in(inside: ET.Element | None, *steps: str) -> str:
    """The text of the first element that `steps` lead to, without blanks around it; else none."""
    element = inside
    for step in steps:
        if element is None:
            return ""
        element = next((child for child in element if local_name(child) == step), None)
    if element is None:
        return ""
    text = element.text or ""
    return text if element.get(SPACE) == "preserve" else text.strip()


def attribute(element: ET.Element, *names: str) -> str:
    """The first of these attributes that is there, in capital or small letters."""
    given = {key.rpartition("}")[2].lower(): value.strip() for key, value in element.items()}
    return next((given[name] for name in names if given.get(name)), "")
