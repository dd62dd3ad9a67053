"""Where a statement comes from: a paper, or a draft of one's own; which of the two it is, is
printed everywhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from verify.exact.errors import BadInput

_ARXIV = re.compile(
    r"[0-9]{4}\.[0-9]{4,5}(v[0-9]+)?|[a-z]+(-[a-z]+)?(\.[A-Z]{2})?/[0-9]{7}(v[0-9]+)?"
)
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
        return f"arXiv:{self.arxiv}" + (f" ({self.where})" if self.where else "")

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
