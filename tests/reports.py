"""Every claim judged once for all tests that look at reports."""

from __future__ import annotations

from functools import cache

from proofs import CLAIMS
from verify.claims.claim import Claim
from verify.claims.evidence import Report
from verify.claims.request import Request
from verify.claims.verdict import Verdict
from verify.judge.decide import judge, settle
from verify.report.latex import theorem

BY_ID = {c.id: c for c in CLAIMS}
MEASURED = {
    c.id
    for c in CLAIMS
    if not all(x.exact for x in c.concluding.values()) and c.expected is Verdict.SUPPORTED
}
MEASURED |= {c.id for c in CLAIMS if c.setting.kind in ("trajectories", "samples")}


def settled_theorem(claim: Claim) -> str:
    """As ``verify show --latex`` writes it: no experiment runs."""
    return theorem(claim, settle(claim, Request()))


@cache
def judged(name: str) -> Report:
    """Without the numeric part, except where the claim is nothing but measured."""
    return judge(BY_ID[name], Request(numeric=name in MEASURED))
