"""What an index says of a claim: plain data, which a child sends to the process that writes the
pages.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from verify.claims.claim import Claim
from verify.claims.evidence import Report
from verify.claims.verdict import Verdict
from verify.report.pages.frame import file_of
from verify.report.verdict_rows import witness_text
from verify.spelling.tex import inline


@dataclass(frozen=True)
class Card:
    """A claim that was judged: hypotheses and conclusions as text with LaTeX, its verdict with
    scopes, and whose sentence it is.
    """

    claim: str
    title: str
    given: tuple[str, ...]
    latex: tuple[str, ...]
    verdict: str
    expected: str
    scope: tuple[str, ...]
    witness: str  # of the first sentence that is refuted
    paper: str  # an arXiv id, or the words of a draft
    where: str
    note: str
    corrects: str
    as_printed: str
    exit: int

    @property
    def file(self) -> str:
        return file_of("claim", self.claim)

    def data(self) -> dict[str, Any]:
        return asdict(self)


def card(claim: Claim, report: Report) -> Card:
    """Of a report."""
    holds = () if report.verdict is Verdict.REFUTED else report.outcomes.values()
    held = [o.scope for o in holds if o.scope]
    return Card(
        claim.id,
        claim.title,
        tuple(h.latex() for h in claim.assuming),
        tuple(_sentence(c) for c in claim.concluding.values()),
        report.verdict.name,
        report.expected.name,
        tuple(dict.fromkeys(held)),
        next((witness_text(o.witness) for o in report.outcomes.values() if o.witness), ""),
        claim.source.draft or claim.source.arxiv,
        claim.source.where,
        claim.source.note,
        claim.corrects,
        claim.as_printed,
        report.exit,
    )


def _sentence(conclusion: Any) -> str:
    """As text with formulas; a display becomes a formula of a line."""
    text = conclusion.latex()
    return inline(text) if conclusion.display else text


def card_of(data: dict[str, Any]) -> Card:
    """What ``Card.data`` wrote, after it went through JSON."""
    known: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in data.items()}
    return Card(**known)
