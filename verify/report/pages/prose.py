"""The text of a theorem environment as elements: paragraphs, lists, displays and the proof.

It reads the LaTeX that ``verify/report/latex`` writes, so that page and paper say the same; what it
does not know stands as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from verify.report.pages.element import Content, Element, element, words_of
from verify.report.pages.mathematics import formula

WIDE = 20  # signs of a formula
_PARTS = re.compile(r"\\\((.*?)\\\)|\\\[(.*?)\\\]|\\texttt\{((?:[^{}\\]|\\.)*)\}", re.S)
_BEGIN = re.compile(r"\\begin\{(\w+)\}(?:\[\{(.*)\}\])?$")
_QUOTE = re.compile(r"\\begin\{quote\}(.*)\\end\{quote\}$", re.S)
_NAMED = {
    "textbackslash": "\\",
    "textasciitilde": "~",
    "textasciicircum": "^",
    "textasciigrave": "`",
}
_ESCAPED = re.compile(r"\\(text[a-z]+)\{\}|\\([&%$#_{} ])|(\{\})|(``)|('')")


def text(latex: str) -> str:
    """Text as a reader sees it: what LaTeX needs escaped stands for itself again."""

    def one(found: re.Match[str]) -> str:
        named, sign, nothing, opened, _ = found.groups()
        if named:
            return _NAMED.get(named, found[0])
        return sign or ("" if nothing else "\u201c" if opened else "\u201d")

    return _ESCAPED.sub(one, latex)


def inline(latex: str) -> Iterator[Content]:
    """A line of text with its formulas."""
    at = 0
    for found in _PARTS.finditer(latex):
        if found.start() > at:
            yield text(latex[at : found.start()])
        within, apart, code = found.groups()
        yield (
            element("code", text(code))
            if code is not None
            else formula(within if within is not None else apart, within is None)
        )
        at = found.end()
    if at < len(latex):
        yield text(latex[at:])


def blocks(latex: str) -> list[Element]:
    """The elements of an environment and of its proof, which folds; its name is left to the page's
    title.
    """
    body: list[Element] = []
    proof: list[Element] = []
    items: list[Element] | None = None
    into = body
    for line in latex.splitlines():
        begun = _BEGIN.match(line)
        if begun and begun[1] == "itemize":
            items = []
        elif line == r"\end{itemize}":
            into.append(element("ul", *(items or [])))
            items = None
        elif begun:
            into = proof if begun[1] == "proof" else body
        elif line and not line.startswith(("%", r"\end{")):
            if items is not None and line.startswith(r"\item{}"):
                items.append(element("li", *inline(line.removeprefix(r"\item{}").strip())))
            else:
                into.append(_block(line))
    folded = [element("details", element("summary", "Proof"), *proof, open="open", class_="proof")]
    return body + (folded if proof else [])


def _block(line: str) -> Element:
    quoted = _QUOTE.match(line)
    if quoted:
        return element("blockquote", *inline(quoted[1]))
    found = list(inline(line))
    if len(found) == 1 and isinstance(found[0], Element) and found[0].tag == "div":
        return found[0]
    return line_of(*found)


def line_of(*content: Content) -> Element:
    """A line of text; one with a formula that a phone has no room for scrolls, also by keys."""
    wide = any(isinstance(c, Element) and len(words_of(c)) > WIDE for c in content)
    scrolls = {"tabindex": "0", "role": "group"} if wide else {}
    return element("div", *content, class_="line", **scrolls)
