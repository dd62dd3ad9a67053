"""How much work a reader does is in the one table, and a prover that would need more says so before
it makes the certificate.

The kind (E1): PROVED after long work, and then refused by the reader because it does less. Work of
one product of words is counted as the reader counts it, that of formulas is bounded; elsewhere the
reader has the last word, and its message names the limit.
"""

from __future__ import annotations

import json

import pytest

from verify import Claim, Source, check_actions, check_matrices
from verify.check import Refused
from verify.claims.conclusions.equals import Equals
from verify.claims.conclusions.matrix_kinds import Identity
from verify.claims.request import Request
from verify.claims.verdict import Verdict
from verify.exact.errors import BadInput
from verify.exact.limits import LIMITS
from verify.judge.decide import judge
from verify.models.formulas import Formulas, Letter
from verify.models.matrices import Matrices
from verify.models.motions import GradientFlow
from verify.terms.affine import k
from verify.terms.expr import const
from verify.terms.matrices import LOSS, A, G, W, X
from verify.theories.symmetries.actions import build
from verify.theories.towers.quotients import PRODUCTS

SOURCE = Source("2603.02622v1")


def power_of_a_sum(n: int) -> Claim:
    letters = [const(x) for x in "abch"]
    total = letters[0] + letters[1] + letters[2] + letters[3] + 1
    setting = Formulas("a sum", letters=tuple(map(Letter, "abch")))
    return Claim(
        "mine",
        "t",
        setting,
        (),
        {"c": Equals(total**n, total ** (n - 1) * (total - 1) + total ** (n - 1))},
        SOURCE,
    )


def power_of_words(n: int) -> Claim:
    total = W[k] + G(k) + W[k].H + G(k).H
    return Claim(
        "mine",
        "t",
        Matrices(GradientFlow(LOSS), square=True),
        (),
        {"c": Identity(total**n * A[1] * W[1], total**n * X)},
        SOURCE,
    )


@pytest.mark.parametrize("n", [4, 30])
def test_formulas_are_proved_and_read_or_stopped_before(n: int) -> None:
    """n = 22 was PROVED after a second and refused after half a minute."""
    outcome = judge(power_of_a_sum(n), Request()).outcomes["c"]
    assert outcome.verdict is (Verdict.PROVED if n == 4 else Verdict.UNDECIDED)
    assert n == 4 or (str(PRODUCTS) in outcome.reason and "does not accept" not in outcome.reason)


@pytest.mark.parametrize("n", range(19, 22))
def test_no_sum_is_proved_and_then_not_accepted(n: int) -> None:
    """n = 20 was PROVED and refused."""
    claim = power_of_a_sum(n)
    power, total = claim.concluding["c"].left, claim.concluding["c"].left.args[0]  # type: ignore[attr-defined]
    rest = total ** (n - n // 2 - 1)
    halves = Equals(power, total ** (n // 2) * (rest * (total - 1) + rest))
    outcome = judge(
        Claim("mine", "t", claim.setting, (), {"c": halves}, SOURCE), Request(numeric=False)
    ).outcomes["c"]
    assert (
        outcome.verdict in (Verdict.PROVED, Verdict.UNDECIDED)
        and "does not accept" not in outcome.reason
    ), outcome.reason


def test_prover_and_reader_read_one_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    body = json.loads(json.dumps(judge(power_of_words(2), Request()).certificate.body))
    assert check_matrices.check(body)
    monkeypatch.setitem(LIMITS, "matrices", 20)
    with pytest.raises(Refused, match="20 steps"):
        check_matrices.check(body)
    outcome = judge(power_of_words(2), Request()).outcomes["c"]
    assert outcome.verdict is Verdict.UNDECIDED
    assert "does not accept" not in outcome.reason and "20" in outcome.reason


@pytest.mark.parametrize("n", [3, 5])
def test_words_are_proved_and_read_or_stopped_before(n: int) -> None:
    """n = 5 was PROVED after some seconds, and refused by the reader, which multiplies out at every
    small depth and every k.
    """
    outcome = judge(power_of_words(n), Request(numeric=False)).outcomes["c"]
    assert outcome.verdict is (Verdict.PROVED if n == 3 else Verdict.UNDECIDED), outcome.reason
    assert n == 3 or (
        str(LIMITS["matrices"]) in outcome.reason and "does not accept" not in outcome.reason
    )


@pytest.mark.parametrize("module", [check_actions, check_matrices])
def test_no_reader_has_a_budget_of_its_own(module) -> None:
    own = [
        x
        for x in vars(module)
        if x.upper().endswith(("WORK", "MOST")) and isinstance(getattr(module, x), int)
    ]
    assert own == []


@pytest.mark.parametrize("limit", ["entries", "terms", "degree"])
def test_models_of_actions_are_refused_before_the_search(
    limit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from proofs import CLAIMS

    setting = next(c.setting for c in CLAIMS if c.setting.kind == "action")
    build(setting.cases[0])
    monkeypatch.setitem(LIMITS, limit, 0)
    with pytest.raises(BadInput, match="at most 0"):
        build(setting.cases[0])
