"""The page of a paper that was audited: one table, each statement with the sentences that were
judged.
"""

from __future__ import annotations

from collections.abc import Sequence

from verify.library.paper_file import Paper
from verify.report.pages.audit import Entry, Judged, counted
from verify.report.pages.element import Content, Element, element
from verify.report.pages.frame import badge, page, whence
from verify.report.pages.prose import inline, line_of


def audit_page(audited: Sequence[tuple[Paper, Sequence[Entry]]]) -> str:
    """One page for one paper or several."""
    parts: list[Content] = []
    for paper, found in audited:
        title = [element("h2", paper.title)] if len(audited) > 1 else []
        said = element("p", whence(paper.source), f". {counted(found)}.", class_="meta")
        parts += [*title, said, _table(found)]
    name = audited[0][0].title if len(audited) == 1 else f"{len(audited)} papers"
    return page(f"Audit: {name}", *parts)


def _table(found: Sequence[Entry]) -> Element:
    heads = ("where", "statement", "verdict", "what was judged")
    top = element("thead", element("tr", *(element("th", x, scope="col") for x in heads)))
    body = element("tbody", *(element("tr", *_cells(e)) for e in found))
    table = element("table", top, body, class_="rows")
    return element("div", table, class_="wide", tabindex="0", role="group")


def _cells(e: Entry) -> list[Element]:
    note = [element("div", e.statement.note, class_="meta")] if e.statement.note else []
    outside = [element("div", e.statement.out_of_scope)] if e.statement.out_of_scope else []
    told = [_judged("as printed", e.printed), _judged("corrected", e.corrected)]
    return [
        element("td", e.statement.place),
        element("td", e.statement.says, *note),
        element("td", element("strong", e.word)),
        element("td", *outside, *(x for x in told if x is not None)),
    ]


def _judged(how: str, found: Judged | None) -> Element | None:
    """A sentence with all that it assumes, its verdict and scope, and how to judge it again."""
    if found is None:
        return None
    parts: list[Content] = [f"{how}: ", badge(found.verdict), " "]
    for text in found.card.given if found.card else ():
        parts.append(line_of("If ", *inline(text)))
    for text in found.card.latex if found.card else ():
        parts.append(line_of(*inline(text)))
    again = element("code", f"verify claim {found.name}")
    return element("div", *parts, element("div", found.scope, " ", again, class_="meta"))
