"""Planted falsehoods are caught, and the examination can fail: a judge that says PROVED to
everything is noticed.
"""

from __future__ import annotations

from fractions import Fraction as F

import pytest

from verify.claims.hypotheses import Balanced
from verify.claims.verdict import Verdict
from verify.commands import doctor
from verify.exact.errors import BadInput
from verify.models import Step
from verify.process.exits import INTERNAL, OK


def test_every_planted_falsehood_is_caught(capsys: pytest.CaptureFixture[str]) -> None:
    assert doctor.examine() == OK
    assert (
        capsys.readouterr().out.count("caught")
        == len(doctor.PLANTED) + len(doctor.doctor_matrices.PLANTED) + 2 + 3
    )


def test_a_judge_that_believes_everything_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    class Gullible:
        verdict = Verdict.PROVED

    monkeypatch.setattr(doctor, "judge", lambda *_: Gullible)
    assert doctor.examine() == INTERNAL


def test_an_enclosure_that_is_not_one_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bound that ignores the defect still encloses; one that says the solution stands still does
    not.
    """
    from verify.integrate.system import System

    def still() -> System:
        return System(
            "x' = 0",
            ("x",),
            (F(1, 4),),
            lambda x, moment: [0 * x[0]],
            quantities={"x": lambda x, moment: x[0]},
        )

    monkeypatch.setattr(doctor.doctor_numbers, "logistic", still)
    assert doctor.examine() == INTERNAL


def test_balance_is_not_assumed_of_a_descent_step() -> None:
    from proofs.descent import LDA_GD_IDENTITY
    from verify.claims.claim import Claim

    with pytest.raises(BadInput, match="descent step"):
        Claim(
            "x", "", Step(), (Balanced(),), dict(LDA_GD_IDENTITY.concluding), LDA_GD_IDENTITY.source
        )
