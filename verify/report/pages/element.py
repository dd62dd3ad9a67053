"""A page as a tree of elements: text is text whatever it holds, and becomes markup nowhere.

Everything that an author wrote, titles and names above all, enters as text of an element or as the
value of an attribute; the serialiser escapes both.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree as tree

from verify.report.junit import printable

Element = tree.Element
Content = str | Element


def element(tag: str, *content: Content, **attributes: str) -> Element:
    """``element("a", "text", href="x.html")``; ``class_`` is the attribute class, ``_`` in a name
    is a hyphen.
    """
    made = Element(tag, {k.rstrip("_").replace("_", "-"): v for k, v in attributes.items()})
    return extend(made, content)


def extend(parent: Element, content: Iterable[Content]) -> Element:
    """The parent, with text and elements behind what it holds already."""
    for part in content:
        if not isinstance(part, str):
            parent.append(part)
        elif len(parent):
            parent[-1].tail = (parent[-1].tail or "") + printable(part)
        else:
            parent.text = (parent.text or "") + printable(part)
    return parent


def words_of(found: Element) -> str:
    """All text of an element, as a reader hears it."""
    return "".join(found.itertext())


def document(root: Element) -> str:
    """HTML5."""
    return "<!DOCTYPE html>\n" + tree.tostring(root, encoding="unicode", method="html") + "\n"
