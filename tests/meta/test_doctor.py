"""Planted falsehoods are caught, and the examination can fail: a judge that says PROVED to everything is noticed."""

from __future__ import annotations

import pytest

from verify.commands import doctor
from verify.errors import BadInput
from verify.hypotheses import Balanced
from verify.settings import Step
from verify.verdict import INTERNAL, OK, Verdict


def test_every_planted_falsehood_is_caught(capsys: pytest.CaptureFixture[str]) -> None:
    assert doctor.examine() == OK
    assert capsys.readouterr().out.count("caught") == len(doctor.PLANTED) + 2


def test_a_judge_that_believes_everything_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    class Gullible:
        verdict = Verdict.PROVED

    monkeypatch.setattr(doctor, "judge", lambda *_: Gullible)
    assert doctor.examine() == INTERNAL


def test_balance_is_not_assumed_of_a_descent_step() -> None:
    from proofs.descent import LDA_GD_IDENTITY
    from verify.claim import Claim

    with pytest.raises(BadInput, match="descent step"):
        Claim("x", "", Step(), (Balanced(),), dict(LDA_GD_IDENTITY.concluding), LDA_GD_IDENTITY.source)
