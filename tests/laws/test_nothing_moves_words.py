"""A motion of matrices that moves nothing leaves every sentence VACUOUS, with the reason (E6).

Of the kind: an objective without W, differences that cancel as they stand or only as words (traces
turned, products multiplied out, sums split), 0 times a loss; steps as well as flows; rates that are
written and vanish. Beside each stands one that moves: it is none of these.
"""

import pytest

from verify import Claim, Source, Verdict
from verify.claims.conclusions.matrix_kinds import Decays, Identity, Unchanged
from verify.claims.request import Request
from verify.judge.decide import judge
from verify.models.matrices import Matrices
from verify.models.motions import GradientFlow, GradientStep, Prescribed
from verify.terms.affine import N, k, p
from verify.terms.letters import Letter
from verify.terms.matrices import LOSS, G, W, X, after, const, dot, letter, norm2, num, total, tr

A, Y, Z = const("a"), letter("Y"), letter("Z")
C = Letter("Y", "n", "n")
SQUARES = total(norm2(W[p]))
CONSTANT = {
    "a number": num(3),
    "zero": num(0),
    "a constant": A,
    "a letter": norm2(Y),
    "0 E": 0 * LOSS,
    "E - E": LOSS - LOSS,
    "squares": norm2(X) - norm2(X),
    "a trace turned": tr(X * X.H) - tr(X.H * X),
    "multiplied out": norm2(2 * X) - 4 * norm2(X),
    "a sum split": SQUARES - norm2(W[N]) - total(norm2(W[p]), 1, N - 1),
    "beside a number": A * SQUARES - SQUARES * A + 7,
}
MOVING = {"squares": SQUARES, "E": LOSS, "off by a part": norm2(2 * X) - 3 * norm2(X)}


def decided(setting, conclusion):
    claim = Claim("a-claim", "a title", setting, (), {"c": conclusion}, Source.own("draft"))
    return judge(claim, Request(numeric=False)).outcomes["c"]


@pytest.mark.parametrize("name", CONSTANT)
@pytest.mark.parametrize(
    "sentence", [Unchanged(G(k)), Decays(G(k), 2 * A), Identity(dot(X), 0 * X)]
)
def test_a_constant_objective_moves_nothing(name: str, sentence) -> None:
    found = decided(Matrices(GradientFlow(CONSTANT[name]), (C,)), sentence)
    assert found.verdict is Verdict.VACUOUS and "nothing moves: the gradient of" in found.reason


@pytest.mark.parametrize("name", CONSTANT)
def test_a_step_along_it_stays(name: str) -> None:
    found = decided(Matrices(GradientStep(CONSTANT[name]), (C,)), Identity(after(X), X))
    assert found.verdict is Verdict.VACUOUS and "nothing moves" in found.reason


@pytest.mark.parametrize("name", MOVING)
def test_what_moves_is_not_called_still(name: str) -> None:
    found = decided(Matrices(GradientFlow(MOVING[name]), (C,)), Unchanged(G(k)))
    assert found.verdict in (Verdict.PROVED, Verdict.REFUTED)


@pytest.mark.parametrize(
    ("rates", "still"),
    [
        ({"Y": 0 * Y}, True),
        ({"Y": Y * Z - Y * Z, "Z": num(0) * Z}, True),
        ({"Y": A * Y - Y * A}, True),
        ({"Y": Y * Z - Z * Y}, False),
        ({"Y": 0 * Y, "Z": Z}, False),
    ],
)
def test_rates_that_vanish(rates, still: bool) -> None:
    letters = (C, Letter("Z", "n", "n"))
    setting = Matrices(Prescribed(rates), letters, layers=False)
    found = decided(setting, Identity(dot(Y * Z), Y * Z))
    assert (found.verdict is Verdict.VACUOUS) is still
    assert ("nothing moves: Y by 0" in found.reason) is still
