"""Where a statement comes from: a paper, or a draft of one's own; which of the two it is, is
printed everywhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from verify.exact.errors import BadInput, quoted

_ARXIV = re.compile(
    r"[0-9]{4}\.[0-9]{4,5}(v[0-9]+)?|[a-z]+(-[a-z]+)?(\.[A-Z]{2})?/[0-9]{7}(v[0-9]+)?"
)
_PLACES = (
    "abstract algorithm appendix app assumption chapter ch conjecture corollary cor definition def"
    " equation eq example figure fig lemma page p pp proposition prop proof problem remark section"
    " sec table theorem thm"
)
_PLACE = "|".join(f"{x}s?" for x in _PLACES.split())
_NUMBER = r"[A-Z]?\.?[0-9]+([.-][0-9]+)*[a-z]?|\([0-9.]+\)|[A-Z](\.[0-9]+)*|[IVXLC]+"
_LABEL = r"[a-z]+:[a-z0-9-]+|[a-z]+-[a-z]+"  # as the source of a paper names its equations
OWN = "own"  # what ``verify list --source`` calls every draft of one's own


@dataclass(frozen=True, slots=True)
class Source:
    """Where the statement comes from: arXiv id with version, and the place in it only where it is
    known; or ``Source.own(...)``.

    Raises BadInput for what is no arXiv id, and for text that is not one printable line.
    """

    arxiv: str
    where: str = ""
    note: str = ""
    draft: str = ""

    def __post_init__(self) -> None:
        for text in (self.arxiv, self.where, self.note, self.draft):
            if not isinstance(text, str) or not text.isprintable():
                raise BadInput(f"source {text!r:.60}; expected one line of printable text")
        if self.draft and (self.arxiv or self.where):
            raise BadInput(
                f"source {self.draft!r}: a draft of one's own has no arXiv id; write"
                f" Source.own({self.draft!r})"
            )
        if not self.draft and not _ARXIV.fullmatch(self.arxiv):
            raise BadInput(
                f"source {self.arxiv[:60]!r}: expected an arXiv id such as '2603.02622v1';"
                " of a draft of your own write Source.own('draft, Lemma 3')"
            )

    @classmethod
    def own(cls, draft: str, note: str = "") -> Source:
        """A draft of one's own, with the place in it: ``Source.own("draft, Lemma 3")``. Raises
        BadInput where it is empty.
        """
        if not isinstance(draft, str) or not draft.strip():
            raise BadInput(
                f"Source.own({draft!r:.60}): expected the name of a draft and the place in it, for"
                " example 'draft, Lemma 3'"
            )
        return cls("", note=note, draft=draft.strip())

    def text(self) -> str:
        """For people: a paper by its id, a draft as the author's own."""
        if self.draft:
            return f"own draft: {self.draft}"
        place = self.where if _is_place(self.where) else repr(self.where)
        return f"arXiv:{self.arxiv}" + (f" ({place})" if self.where else "")

    @property
    def said(self) -> str:
        """The note, marked as its author's words; empty where there is none."""
        return quoted(self.note) if self.note else ""

    def short(self) -> str:
        """For a column of a list."""
        return self.text() if self.draft else self.arxiv

    def is_from(self, wanted: str) -> bool:
        """By the arXiv id, with or without its version; ``own`` for every draft of one's own, or a
        draft by its words.
        """
        if self.draft:
            return wanted in (OWN, self.draft, self.text())
        return wanted.removeprefix("arXiv:") in (self.arxiv, self.arxiv.rsplit("v", 1)[0])

    def names(self, wanted: str) -> bool:
        """Whether it is from there, or its note names that arXiv id: lectures that treat it."""
        cited = {x.group(1) for x in re.finditer(rf"arXiv:({_ARXIV.pattern})(?![0-9])", self.note)}
        return self.is_from(wanted) or any(Source(x).is_from(wanted) for x in cited)


def _is_place(where: str) -> bool:
    """Whether it is kinds of places, numbers and labels, and says nothing: no quotes are needed.

    >>> _is_place("Theorem 2, eq. (14)"), _is_place("Theorem 2 is wrong")
    (True, False)
    """
    words = [x.rstrip(".,") for x in where.split()]
    named = re.compile(f"({_PLACE}|and|to|[Nn]o)", re.IGNORECASE)
    known = re.compile(f"{_NUMBER}|{_LABEL}")
    return all(named.fullmatch(x) or known.fullmatch(x) for x in words)
