"""The proof speaks for every size at once: asking for depth 64 and width 1000 must not make it
slower than depth 3, width 2.
"""

from __future__ import annotations

import pytest

from benchmarks.pairs import inside
from proofs import CLAIMS
from proofs.quasi_norm import QUASI_NORM
from verify.claims.claim import Claim
from verify.claims.conclusions import Hints
from verify.claims.evidence import Proof
from verify.claims.request import Request
from verify.claims.verdict import Verdict
from verify.judge.decide import judge
from verify.theories.sums.drops import plan
from verify.theories.sums.prove import prove

SMALL, LARGE = (3, 2), (64, 1000)
PROVED = [c for c in CLAIMS if c.expected is Verdict.PROVED]


def proof(claim: Claim, size: tuple[int, int]):
    """Everything from the request to the proof, without instances and witnesses."""

    def run() -> None:
        work = plan(claim, Request(depth=size[0], width=size[1], numeric=False))
        for name in claim.concluding:
            assert isinstance(
                prove(work.sentence(claim, name), claim.hints.get(name, Hints())), Proof
            )

    return run


def whole(claim: Claim, size: tuple[int, int]):
    """The judge: proof, moving instance, cross-check, necessity and certificate."""

    def run() -> None:
        assert (
            judge(claim, Request(depth=size[0], width=size[1], numeric=False)).verdict
            is Verdict.PROVED
        )

    return run


def named(size: tuple[int, int]) -> str:
    return f"{size[0]} x {size[1]}"


@pytest.mark.parametrize("claim", PROVED, ids=lambda c: c.id)
def test_proof(versus, claim: Claim) -> None:
    large = inside(f"{claim.id}, {named(LARGE)}", proof(claim, LARGE), repeat=5)
    versus(
        "the exact proof alone, depth x width",
        large,
        inside(named(SMALL), proof(claim, SMALL), repeat=5),
        pairs=7,
    )


@pytest.mark.parametrize("size", [(64, 2), (3, 100), LARGE], ids=named)
def test_whole_judge(versus, size: tuple[int, int]) -> None:
    large = inside(f"quasi-norm, {named(size)}", whole(QUASI_NORM, size))
    versus(
        "the whole judge without the numeric part, depth x width",
        large,
        inside(named(SMALL), whole(QUASI_NORM, SMALL)),
        pairs=5,
    )
