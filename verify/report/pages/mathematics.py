"""Formulas as MathML, which browsers typeset by themselves: no script, no font, no network.

latex2mathml (MIT licence) reads our LaTeX. What it answers is parsed again, and only elements and
attributes of presentation MathML enter a page: whatever stands in a formula, nothing of it runs.
"""

from __future__ import annotations

import re
from functools import lru_cache
from xml.etree import ElementTree as tree

from latex2mathml.converter import convert

from verify.report.junit import printable
from verify.report.pages.element import Element, element

_SPACE = "{http://www.w3.org/1998/Math/MathML}"
TAGS = frozenset(
    "math mrow mi mo mn mtext mspace msub msup msubsup munder mover munderover mfrac msqrt mroot"
    " mtable mtr mtd mstyle mpadded mphantom mfenced".split()
)
ATTRIBUTES = frozenset(
    "display stretchy fence form separator minsize maxsize width height depth lspace rspace"
    " mathvariant displaystyle scriptlevel rowspacing columnspacing columnalign accent accentunder"
    " linethickness movablelimits largeop symmetric".split()
)
BARS = ("|", "\u2016")
_TAG = re.compile(r"\s*\\tag\{([^{}]*)\}")


def formula(latex: str, display: bool = False) -> Element:
    """The formula; one that is not understood stands as its LaTeX, in an element of class ``raw``.
    Its LaTeX is beside it for whoever copies or hears it.
    """
    label = _TAG.search(latex)
    text = _TAG.sub("", latex).strip()
    try:
        found = _restored(_converted(text, display))
    except Exception:  # a formula of an author's own may be anything; the page shows what it is
        return element("code", text, class_="raw")
    found.set("alttext", printable(text))
    if not display:
        return found
    number = [element("span", f"({label[1]})", class_="label")] if label else []
    return element("div", found, *number, class_="display", tabindex="0", role="group")


@lru_cache(4096)
def _converted(latex: str, display: bool) -> str:
    return convert(latex, display="block" if display else "inline")


def _restored(markup: str) -> Element:
    """The tree of what was converted, with nothing in it but presentation. Raises ValueError."""
    root = tree.fromstring(markup)
    for node in root.iter():
        node.tag = node.tag.removeprefix(_SPACE)
        if node.tag not in TAGS:
            raise ValueError(f"no element of presentation MathML: {node.tag}")
        if node.tag == "mo" and node.text in BARS and "stretchy" not in node.attrib:
            node.attrib |= {"lspace": "0", "rspace": "0"}  # of a norm, and no relation
        for name in [name for name in node.attrib if name not in ATTRIBUTES]:
            del node.attrib[name]
    return root
