"""The index of all pages, by paper and by verdict; and the page of one paper: what holds, what was
refuted, and by what it is corrected.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from verify.claims.verdict import HOLDS, Verdict
from verify.report.pages.card import Card, card_of
from verify.report.pages.element import Content, Element, element
from verify.report.pages.frame import badge, file_of, page, section
from verify.report.pages.prose import inline, line_of

__all__ = ["by_paper", "card_of", "index_page", "paper_file", "paper_page"]

MOST = 2  # sentences of a claim in a list; its page has all
_HOLDS = {v.name for v in HOLDS}


def paper_file(paper: str) -> str:
    return file_of("paper", paper)


def index_page(cards: Sequence[Card], unjudged: Sequence[Mapping[str, str]] = ()) -> str:
    """Counts, papers, and the claims by verdict; what could not be judged is named with why."""
    counts = Counter(c.verdict for c in cards)
    papers = by_paper(cards)
    as_expected = sum(c.exit == 0 for c in cards)
    told = f"{len(cards)} claims, {as_expected} with the verdict that their authors expect"
    rows = [_paper_row(paper, found) for paper, found in papers.items()]
    head = ("paper", *(v.name for v in Verdict if counts[v.name]))
    parts: list[Content] = [
        element("p", told + ".", class_="meta"),
        section("Papers", _table(head, [_counted(row, head[1:]) for row in rows])),
    ]
    for verdict in Verdict:
        found = [c for c in cards if c.verdict == verdict.name]
        if found:
            name = element("h2", f"{verdict.name} ({len(found)})", id=verdict.name.lower())
            parts.append(element("section", name, element("p", verdict.value), _list(found)))
    if unjudged:
        lines = [element("li", f"{x['claim']}: {x.get('error', '')}") for x in unjudged]
        parts.append(section("Not judged", element("ul", *lines)))
    return page("Claims about gradient-flow training dynamics", *parts)


def by_paper(cards: Iterable[Card]) -> dict[str, list[Card]]:
    """In the order of their names."""
    found: dict[str, list[Card]] = {}
    for c in sorted(cards, key=lambda c: (c.paper, c.claim)):
        found.setdefault(c.paper, []).append(c)
    return found


def paper_page(paper: str, cards: Sequence[Card], every: Mapping[str, Card]) -> str:
    """One paper: the sentences that hold, and those in print or misread that do not, each beside
    what is true.
    """
    true = [c for c in cards if c.verdict in _HOLDS]
    false = [c for c in cards if c.verdict == "REFUTED"]
    other = [c for c in cards if c not in true and c not in false]
    link = [element("a", f"arXiv:{paper}", href=f"https://arxiv.org/abs/{paper}")]
    parts: list[Content] = [
        element("p", *(link if paper[:1].isdigit() else [paper]), f", {len(cards)} claims. ")
    ]
    if true:
        parts.append(section("What holds", _list(true)))
    if false:
        rows = [_pair(c, every) for c in false]
        head = ("refuted", "where", "what is true")
        parts.append(section("What was refuted", _table(head, rows)))
    if other:
        parts.append(section("Not decided", _list(other)))
    return page(f"Claims from {paper}", *parts, back="all claims")


def _pair(c: Card, every: Mapping[str, Card]) -> list[Element]:
    right = every.get(c.corrects)
    whose = "as printed" if right is not None and right.as_printed == c.claim else "a misreading"
    told = [_entry(right)] if right is not None else ["no corrected form is stated"]
    where = f"{whose}{f', {c.where}' if c.where else ''}{f'; {c.note}' if c.note else ''}"
    return [element("td", _entry(c)), element("td", where), element("td", *told)]


def _entry(c: Card) -> Element:
    given = [line_of("If ", *_joined(c.given), ":")] if c.given else []
    shown = [line_of(*inline(x)) for x in c.latex[:MOST]]
    more = [f"and {len(c.latex) - MOST} more"] if len(c.latex) > MOST else []
    scope = [element("div", "; ".join(c.scope), class_="meta")] if c.scope else []
    link = element("a", c.title, href=c.file)
    return element("div", badge(c.verdict), " ", link, *given, *shown, *more, *scope)


def _joined(texts: Sequence[str]) -> list[Content]:
    found: list[Content] = []
    for number, text in enumerate(texts):
        found += ["; " if number else "", *inline(text)]
    return found


def _list(cards: Sequence[Card]) -> Element:
    return element("ul", *(element("li", _entry(c)) for c in cards), class_="claims")


def _paper_row(paper: str, cards: Sequence[Card]) -> tuple[str, Counter[str]]:
    return paper, Counter(c.verdict for c in cards)


def _counted(row: tuple[str, Counter[str]], verdicts: Sequence[str]) -> list[Element]:
    name = element("th", element("a", row[0], href=paper_file(row[0])), scope="row")
    return [name, *(element("td", str(row[1][v]) if row[1][v] else "") for v in verdicts)]


def _table(head: Sequence[str], rows: Sequence[Sequence[Element]]) -> Element:
    top = element("thead", element("tr", *(element("th", x, scope="col") for x in head)))
    body = element("tbody", *(element("tr", *row) for row in rows))
    table = element("table", top, body, class_="rows")
    return element("div", table, class_="wide", tabindex="0", role="group")
