"""The exact links of a limit: claims that a claim names in ``links`` are judged in the same run.

A limit is a chain of an identity, feasibility, uniqueness and the limit. What is exact holds where
the limit is only measured, and stands with its own verdict; a link that is not PROVED fails the
chain.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from verify.claims.claim import Claim
from verify.claims.evidence import Linked, Report
from verify.claims.request import Request
from verify.claims.verdict import Verdict, exit_code
from verify.judge.decide import judge, settle
from verify.process.exits import UNSETTLED, combine
from verify.theories.protocol import Progress


def judge_chain(
    claim: Claim,
    known: Mapping[str, Claim],
    request: Request,
    progress: Progress = lambda text: None,
) -> Report:
    """``judge``, and each link of the claim after it. Raises as ``judge``."""
    return chained(claim, judge(claim, request, progress), known, request, progress)


def chained(
    claim: Claim,
    report: Report,
    known: Mapping[str, Claim],
    request: Request,
    progress: Progress = lambda text: None,
) -> Report:
    """The report with each link of its claim decided now, exit codes combined. Raises as
    ``settle``.
    """
    if not claim.links:
        return report
    asked = Request(seed=request.seed, cited=request.cited)
    links = tuple(_link(name, known.get(name), asked, progress) for name in claim.links)
    return replace(report, links=links, exit=combine([report.exit, *(x.exit for x in links)]))


def _link(name: str, claim: Claim | None, asked: Request, progress: Progress) -> Linked:
    if claim is None:
        return Linked(name, "", Verdict.UNDECIDED, "no claim of this name is installed", UNSETTLED)
    found = settle(claim, asked, progress)
    given = f"If {' and '.join(h.prose() for h in claim.assuming)}: " if claim.assuming else ""
    statement = given + "; ".join(o.stated for o in found.outcomes.values())
    reasons = "; ".join(dict.fromkeys(o.reason for o in found.outcomes.values()))
    code = exit_code(found.verdict, Verdict.PROVED)  # whatever its author expects
    return Linked(claim.id, statement, found.verdict, reasons if code else "", code)
