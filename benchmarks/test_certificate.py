"""Checking a certificate against finding the proof."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import verify.check
from benchmarks.pairs import inside, process
from benchmarks.test_sizes import PROVED, proof, whole
from verify.check import check
from verify.claims.claim import Claim
from verify.claims.request import Request
from verify.judge.decide import judge

CHECK = Path(verify.check.__file__)


def certificate(claim: Claim) -> dict:
    """As written now, not as committed."""
    found = judge(claim, Request(numeric=False)).certificate
    assert found is not None
    return json.loads(json.dumps(found.body))


@pytest.mark.parametrize("claim", PROVED, ids=lambda c: c.id)
def test_check_against_proving(versus, claim: Claim) -> None:
    body = certificate(claim)
    size = (claim.depth, claim.width)
    checked = inside(f"check, {claim.id}", lambda: check(body), repeat=3)
    versus(
        "check.py, instance included / proof alone",
        checked,
        inside("prove", proof(claim, size), repeat=3),
        pairs=7,
    )
    versus(
        "check.py, instance included / the whole judge without numeric part",
        checked,
        inside("judge", whole(claim, size)),
        pairs=7,
    )


def test_as_a_process(versus, environment: dict[str, str], tmp_path: Path) -> None:
    claim = next(c for c in PROVED if c.id == "quasi-norm")
    path = tmp_path / "quasi-norm.json"
    path.write_text(json.dumps(certificate(claim)), encoding="utf-8")
    ours = process(
        "python -I -S verify/check.py FILE",
        ("-I", "-S", str(CHECK), str(path)),
        environment,
        tmp_path,
        "PROVED",
    )
    command = ("-m", "verify", "claim", "quasi-norm", "--no-numeric")
    peer = process("verify claim quasi-norm --no-numeric", command, environment, tmp_path, "PROVED")
    versus("a whole process", ours, peer, pairs=9)
