"""The page of one claim, from what was told of its report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from shlex import quote

from verify.claims.verdict import Verdict
from verify.report.pages.element import Content, Element, element
from verify.report.pages.frame import badge, file_of, linked, page, section
from verify.report.pages.prose import blocks
from verify.report.pages.told import Line, Told

MISSED = (
    "A measurement proves nothing. It would have missed what is smaller than the limit that it"
    " names, what happens at other times, and every start, loss and size that was not tried; the"
    " near miss beside it is a false sentence that the same run has rejected."
)

BESIDE = "Its steps, which the kernel reads:"
EACH = "Each conclusion has a certificate, which was accepted by the kernel:"


@dataclass(frozen=True)
class Beside:
    """What a page needs beside its text: ``pages`` are the pages of other claims by their ids,
    ``paper`` that of its source, ``picture`` an address of an image, ``recheck`` that of the page
    on which a browser reads certificates.
    """

    pages: Mapping[str, str] = field(default_factory=dict)
    paper: str = ""
    picture: str = ""
    recheck: str = ""


def claim_page(told: Told, beside: Beside) -> str:
    """Statement and proof, verdicts with scope and witnesses, what was measured, and how to check
    it again.
    """
    tables = [_section(title, rows) for title, rows in told.sections]
    return page(
        str(told.card["title"]),
        _head(told, beside),
        section("Statement", *blocks(told.latex), *_steps(told)),
        *tables,
        *([element("p", MISSED, class_="meta")] if told.measures else []),
        *_pictures(told, beside),
        section("To check it again", *_again(told, beside)),
        *_others(told, beside.pages),
        back="all claims" if beside.pages else "",
    )


def _head(told: Told, beside: Beside) -> Element:
    paper: list[Content] = [" (", element("a", "what else this paper says", href=beside.paper), ")"]
    against = "" if told.verdict == told.expected else f", expected {told.expected}"
    return element(
        "p",
        badge(told.verdict),
        f" {Verdict[told.verdict].value}{against}. ",
        element("code", told.claim),
        " from ",
        linked(told.source, told.arxiv),
        *(paper if beside.paper else []),
        f"; seed {told.seed}.",
        class_="meta",
    )


def _steps(told: Told) -> list[Element]:
    """Step by step, as ``verify explain`` tells it; folded."""
    parts: list[Content] = []
    for name, lines in told.steps:
        parts += [element("h3", name)] if len(told.steps) > 1 else []
        parts.append(element("ol", *(element("li", line) for line in lines if line)))
    head = element("summary", "Step by step")
    return [element("details", head, *parts, class_="steps")] if parts else []


def _section(title: str, rows: Sequence[Line]) -> Element:
    return section(title, _table(rows))


def _table(rows: Sequence[Line]) -> Element:
    """The rows of the screen, whole."""
    body = element("tbody")
    for row in rows:
        cells = [element("th", row.head, scope="row")] if row.head else [element("td", "")]
        if any(r.middle is not None for r in rows):
            cells.append(element("td", *_middle(row), class_="middle"))
        body.append(element("tr", *cells, element("td", row.text)))
    return element("div", element("table", body, class_="rows"), class_="wide")


def _middle(row: Line) -> list[Content]:
    if row.middle is None:
        return []
    return [badge(row.middle)] if row.badge else [row.middle]


def _pictures(told: Told, beside: Beside) -> list[Content]:
    if beside.picture:
        alt = f"What was followed of {told.claim}, drawn; the tables say it in words."
        shown = element("img", src=beside.picture, alt=alt)
        return [section("Picture", element("figure", shown))]
    return [section("Picture", element("p", told.no_picture))] if told.no_picture else []


def _again(told: Told, beside: Beside) -> list[Content]:
    """Commands for a terminal, the certificate, and what its reader states."""
    name = quote(told.address)
    lines = [f"verify claim {name}", f"verify show {name} --latex"]
    if not told.sha256 and not told.step_files:
        return [element("pre", "\n".join(lines)), element("p", "There is no certificate to check.")]
    others = [path for path in told.step_files if path != told.certificate]
    lines += [f"verify replay {quote(path)}" for path in others]
    lines[:0] = [f"verify replay {quote(told.certificate)}"] if told.certificate else []
    parts: list[Content] = [element("pre", "\n".join(lines)), *_accepted(told)]
    links = [element("li", element("a", path, href=path)) for path in others]
    parts += [element("p", BESIDE if told.sha256 else EACH), element("ul", *links)] if links else []
    return [*parts, *_in_browser(told, beside), *_stated(told)]


def _accepted(told: Told) -> list[Content]:
    """Of the claim's own certificate, where it has one."""
    if not told.sha256:
        return []
    file = [element("a", told.certificate, href=told.certificate)] if told.certificate else []
    reader = f"{told.reader}, which needs python-flint" if _needs_flint(told) else told.reader
    said = f" of sha256 {told.sha256} was accepted by {reader}."
    return [element("p", "The certificate ", *file, said)]


def _stated(told: Told) -> list[Content]:
    if not told.stated:
        return []
    stated = element("details", element("summary", "What the reader states"))
    stated.append(element("pre", told.stated))
    return [stated]


def readers_of(told: Told) -> list[tuple[str, str]]:
    """Of each certificate that the standard library reads: reader and path."""
    main = "kernel" if told.reader == "the kernel" else told.reader
    first = [] if _needs_flint(told) or not told.certificate else [(main, told.certificate)]
    return first + [("kernel", path) for path in told.step_files if path != told.certificate]


def _needs_flint(told: Told) -> bool:
    return told.reader == "check_enclosure.py"


def _in_browser(told: Told, beside: Beside) -> list[Content]:
    """A link to the page that reads it here, or why that is done in a terminal."""
    if not told.certificate and not told.step_files:
        return []
    if _needs_flint(told) and not told.step_files:
        why = "An enclosure is read in a terminal, with python-flint: the first command above."
        return [element("p", why)]
    if beside.recheck:
        stem = file_of("claim", told.claim).removesuffix(".html")
        link = element("a", "Check it here, in this browser", href=f"{beside.recheck}#{stem}")
        return [element("p", link, ".")]
    return [
        element(
            "p",
            "To check it in a terminal: the first command above; or with Python alone, ",
            element("code", _plain_command(told)),
            " in a checkout of the program.",
        )
    ]


def _plain_command(told: Told) -> str:
    reader = "verify/kernel" if told.reader == "the kernel" else f"verify/{told.reader}"
    return f"python -I -S {reader} {quote(told.certificate or told.step_files[0])}"


def _others(told: Told, pages: Mapping[str, str]) -> list[Content]:
    """Links to the claims that this one names."""
    found = [n for n in told.others if n in pages]
    links = [element("li", element("a", n, href=pages[n])) for n in found]
    return [section("Pages beside this one", element("ul", *links))] if links else []
