"""What every page has: language, width, style, a way back, and one heading. No script, no address
is loaded.
"""

from __future__ import annotations

import re
from hashlib import sha256
from importlib.resources import files

from verify import __version__
from verify.claims.source import Source
from verify.claims.verdict import Verdict
from verify.report.pages.element import Content, Element, document, element

_FILE = re.compile(r"[^A-Za-z0-9._-]")


def page(title: str, *content: Content, back: str = "", home: str = "index.html") -> str:
    """A whole page; ``back`` names what the way back leads to, where there is such a page."""
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="generator", content=f"flowlaw {__version__}"),
        element("title", title),
        element("style", _style()),
    )
    way = [element("nav", element("a", back, href=home), aria_label="all pages")] if back else []
    foot = element("footer", f"flowlaw {__version__}. Verdicts: ", *_legend())
    main = element("main", element("h1", title), *content)
    return document(element("html", head, element("body", *way, main, foot), lang="en"))


def _style() -> str:
    return files("verify.report.pages").joinpath("style.css").read_text(encoding="utf-8")


def _legend() -> list[Content]:
    found: list[Content] = []
    for verdict in Verdict:
        found += [badge(verdict.name), f" {verdict.value}. "]
    return found


def badge(verdict: str) -> Element:
    """A verdict: a word first, a colour beside it."""
    return element("strong", verdict, class_=f"verdict {verdict.lower()}")


def section(title: str, *content: Content) -> Element:
    """A part of a page with its heading."""
    return element("section", element("h2", title), *content)


def file_of(kind: str, name: str) -> str:
    """The file of a claim or of a paper: plain letters, another one for each name."""
    plain = _FILE.sub("-", name)[:80]
    told = "" if plain == name else "-" + sha256(name.encode()).hexdigest()[:8]
    return f"{kind}-{plain}{told}.html"


def whence(source: Source) -> Element:
    """The source, a paper with its address."""
    return linked(source.text(), source.arxiv)


def linked(text: str, arxiv: str) -> Element:
    """The words of a source; a paper's lead to it, a draft has no id."""
    if not arxiv:
        return element("span", text)
    return element("a", text, href=f"https://arxiv.org/abs/{arxiv}")
