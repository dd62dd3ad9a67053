"""What says no more than one of its hypotheses, or than a declared sign, is VACUOUS in every
theory; and no certificate of it settles the claim.

The kind: "if balance holds always, balance holds" was PROVED. Belonging to it: sides exchanged,
multiples, other names of indices, a weaker relation, its derivative, that what is 0 stays or
decays, a smaller range. What needs the motion, the algebra or more than one hypothesis stays.
"""

from __future__ import annotations

from typing import Any

import pytest

from verify.claims.claim import Claim, Source
from verify.claims.conclusions import Equation
from verify.claims.conclusions.at_most import AtMost
from verify.claims.conclusions.matrix_kinds import Decays, Identity, Settles, Unchanged
from verify.claims.conclusions.sign import Sign
from verify.claims.evidence import Report
from verify.claims.hypotheses import Homogeneous
from verify.claims.hypotheses.formulas import Given
from verify.claims.hypotheses.matrices import BALANCE, Holds, balanced
from verify.claims.hypotheses.related import Related
from verify.claims.request import Request
from verify.claims.verdict import Verdict
from verify.exact.errors import BadInput
from verify.judge import decide
from verify.judge.parts import settled_by
from verify.judge.restated import restated
from verify.models.declared import Declared, constant, parameter
from verify.models.flow import Flow
from verify.models.formulas import Formulas, Letter, letters
from verify.models.matrices import Matrices
from verify.models.motions import GradientFlow, Still
from verify.terms.affine import k
from verify.terms.expr import g, num, total, w
from verify.terms.indices import Index, Sum
from verify.terms.letters import Letter as Matrix
from verify.terms.matrices import LOSS, Family, G, W, letter, tr
from verify.terms.matrices import num as matrix
from verify.terms.relation import Equal

A, B = letter("Y"), letter("Z")
ALWAYS = Holds("balance", "balanced", BALANCE)
FLOW = Matrices(GradientFlow(LOSS))
STILL = Matrices(Still(), letters=(Matrix("Y", "n", "n"), Matrix("Z", "n", "n")), square=True)
CHAIN, ABOVE = Matrices(Still()), Family("A")
INSIDE = Holds("inside", "inside", (Equal(ABOVE[k] * W[k], ABOVE[k - 1], 1, 1),))
SAME = Holds("same", "same", (Equal(A, B * B),))
X, Y = letters("x y")
MOVES = Formulas("x", (Letter("x"), Letter("y")), (), {"x": Y})
POSITIVE = Formulas("x", (Letter("x", ">"), Letter("y")), (), {"x": Y})
i, j = Index("i", "units"), Index("j", "units")
a, b, u, v = constant("a", i), constant("b", i), parameter("u", i), parameter("v", i)
DATA = Declared((a, b))
DESCENT = Declared((a, u, v), flow=Sum(i, a[i] * u[i] * v[i]))
l, m = Index("l", "1..L"), Index("m", "2..L")
x = constant("x", l)
ROWS, SQUARES = Declared((x,), least={"L": 2}), Related.of("squares", x[m] ** 2, num(0), ">=")
BEGUN = Related.start("begun", u[i], 2 * v[i])
EQUAL = Related.of("equal", a[i], b[i])
MORE = Related.of("more", a[i], b[i], ">=")

NOTHING: dict[str, tuple[Any, Any, Any]] = {
    "balance": (FLOW, ALWAYS, Identity(W[k] * W[k].H, W[k + 1].H * W[k + 1], 1, 1)),
    "balance as moments": (FLOW, ALWAYS, Identity(G(k), matrix(0), 1, 1)),
    "balance, sides exchanged": (FLOW, ALWAYS, Identity(W[k + 1].H * W[k + 1], W[k] * W[k].H)),
    "balance one further, of fewer": (FLOW, ALWAYS, Identity(G(k + 1), matrix(0), 1, 2)),
    "what is 0 stays": (FLOW, ALWAYS, Unchanged(G(k), 1, 1)),
    "what is 0 decays": (FLOW, ALWAYS, Decays(G(k) * 3, matrix(-2), 1, 1)),
    "words": (STILL, SAME, Identity(A, B * B)),
    "words, twice": (STILL, SAME, Identity(A + A, 2 * (B * B))),
    "a given sign": (MOVES, Given("p", X, ">"), Sign(X, ">")),
    "a weaker sign": (MOVES, Given("p", X, ">"), Sign(3 * X, "!=")),
    "a weaker sign of its negative": (MOVES, Given("p", X, ">"), Sign(-2 * X, "!=")),
    "a sign of a letter": (POSITIVE, None, Sign(X * 2, ">=")),
    "an equation": (DATA, EQUAL, Equation(a[j], b[j])),
    "an equation, exchanged": (DATA, EQUAL, Equation(2 * b[i] - 2 * a[i], num(0))),
    "a bound": (DATA, MORE, AtMost(b[j], a[j])),
    "a bound by an equation": (DATA, EQUAL, AtMost(b[j], a[j])),
}
SOMETHING: dict[str, tuple[Any, Any, Any, Verdict]] = {
    "balance lasts": (FLOW, balanced(), Identity(G(k), matrix(0), 1, 1), Verdict.PROVED),
    "a trace": (FLOW, ALWAYS, Identity(tr(G(k)), matrix(0), 1, 1), Verdict.PROVED),
    "a larger range": (
        CHAIN,
        INSIDE,
        Identity(ABOVE[k] * W[k], ABOVE[k - 1], 1, 0),
        Verdict.PROVED,
    ),
    "a larger set": (ROWS, SQUARES, AtMost(num(0), x[l] ** 2), Verdict.PROVED),
    "a product": (STILL, SAME, Identity(A * A.H, B * B * A.H), Verdict.UNDECIDED),
    "another sign": (MOVES, Given("p", X, "!="), Sign(X**2, ">"), Verdict.PROVED),
    "Euler's theorem": (
        Flow(),
        Homogeneous(),
        Equation(total("i", w["i"] * g["i"]), num(0)),
        Verdict.PROVED,
    ),
    "a square": (DATA, EQUAL, Equation(a[i] ** 2, b[i] ** 2), Verdict.PROVED),
    "a start that does not last": (DESCENT, BEGUN, Equation(u[j], 2 * v[j]), Verdict.UNDECIDED),
    "the other way": (DATA, MORE, AtMost(a[i], b[i]), Verdict.REFUTED),
}


def claimed(setting: Any, assumed: Any, conclusion: Any) -> Claim:
    assuming = (assumed,) if assumed else ()
    return Claim("own", "own", setting, assuming, {"c": conclusion}, Source.own("a test"))


def report(*given: Any) -> Report:
    return decide.judge(claimed(*given), Request(numeric=False))


@pytest.mark.parametrize("case", NOTHING)
def test_a_hypothesis_is_no_conclusion(case: str) -> None:
    found = report(*NOTHING[case])
    assert found.verdict is Verdict.VACUOUS, found.outcomes["c"].reason
    assumed = NOTHING[case][1]
    what = f"its own hypothesis {assumed.id}" if assumed else "what the setting says of x"
    assert found.outcomes["c"].reason == f"this sentence says nothing: it is {what}"
    assert found.certificate is None


@pytest.mark.parametrize("case", SOMETHING)
def test_what_follows_is(case: str) -> None:
    *given, verdict = SOMETHING[case]
    found = report(*given)
    assert found.verdict is verdict, found.outcomes["c"].reason


def test_that_a_flow_converges_is_no_hypothesis() -> None:
    """Besides, the quantity is 0 there."""
    last = Settles(tr(W[k] * W[k].H)), Unchanged(tr(W[k] * W[k].H))
    zero = Holds("zero", "zero", (Equal(tr(W[k] * W[k].H), matrix(0)),))
    assert [restated(FLOW, (zero,), c) is None for c in last] == [True, False]


@pytest.mark.parametrize("case", ["balance", "words", "a given sign", "an equation"])
def test_a_certificate_of_it_settles_nothing(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that was kept before is not believed now."""
    with monkeypatch.context() as m:
        m.setattr(decide, "restated", lambda *given: None)
        found = report(*NOTHING[case])
    assert found.verdict is Verdict.PROVED and found.certificate is not None
    assert settled_by(found.certificate.body, claimed(*NOTHING[case])) is None


p, below = Index("p", "1..L"), Index("m", "1..l")
ENTRIES = constant("M", i, j)
SUMMED = Related.of("summed", a[i], Sum(j, ENTRIES[i, j]))
ORDER = constant("x", p)
#: a range that mentions an index, in a conclusion, a hypothesis and a sum; an index that is bound
UNREAD: dict[str, tuple[Any, Any, Any, str]] = {
    "a conclusion": (ORDER, None, Equation(ORDER[below] + ORDER[l], 2 * ORDER[l]), "l"),
    "a hypothesis": (
        ORDER, Related.of("less", ORDER[below], ORDER[l]), Equation(ORDER[p], num(0)), "l"),
    "a sum": (ORDER, None, Equation(Sum(below, ORDER[below]), ORDER[l]), "l"),
    "bound and free": (ENTRIES, None, Equation(ENTRIES[j, j], Sum(j, ENTRIES[j, j])), "j"),
}  # fmt: skip


@pytest.mark.parametrize("where", UNREAD)
def test_one_text_is_one_range(where: str) -> None:
    """Ranges are compared as they are written: 1..l under another l would be another one. None
    speaks of an index, and no index is bound and free in one sentence.
    """
    known, assumed, conclusion, name = UNREAD[where]
    with pytest.raises(BadInput, match=f"the name {name} is taken"):
        claimed(Declared((known,)), assumed, conclusion)


def test_what_a_sum_binds_is_no_place() -> None:
    """a_i = sum_j M_ij is not a_j = sum_j M_jj, whatever is asked of such a sentence."""
    given = Declared((a, ENTRIES)), (SUMMED,)
    assert restated(*given, Equation(a[j], Sum(j, ENTRIES[j, j]))) is None
    assert restated(*given, Equation(a[i], Sum(j, ENTRIES[i, j]))) is not None
