"""States from which nothing can move are neither witnesses nor instances; what is declared too late
or never holds is said so.

The kind: a closed condition that the tower puts on states. A root is defined where its radicand is
>= 0, and that set may be a point, a line or two half-planes that touch: at its edge a motion need
not begin. Also of it: roots of even and odd degree, two roots whose domains meet in one state,
conclusions of every kind (constant, law, sign, equation with D), forged witnesses and instances in
certificates. Where there is no flow the edge is a state like any other.
"""

from __future__ import annotations

import copy
from itertools import product

import pytest

from tests.answers import answer
from tests.meta.planted_formulas import claim
from verify.claims.conclusions.constant import Constant
from verify.claims.conclusions.equals import Equals
from verify.claims.conclusions.rate_law import RateLaw
from verify.claims.conclusions.sign import Sign
from verify.claims.evidence import Report
from verify.claims.hypotheses.formulas import Given
from verify.claims.verdict import Verdict
from verify.exact.errors import BadInput
from verify.judge.decide import judge
from verify.models.formulas import Atom, Exp, Formulas, Let, Letter, Power, Root, letters
from verify.terms.expr import Expr, dot, num
from verify.terms.words import words

X, Y, Z, R, S, V = letters("x y z r s v")
LETTERS = (Letter("x"), Letter("y"), Letter("z"))

#: domains without a state from which x can move
EDGES: dict[str, tuple[Atom, ...]] = {
    f"root of -x^2, degree {n}": (Root("r", -(X**2), n),) for n in (2, 3, 4)
}
EDGES |= {
    "of -(x - 1)^2": (Root("r", -((X - 1) ** 2)),),
    "two half-lines that touch": (Root("s", X), Root("r", -X)),
    "a root inside": (Root("s", X**2), Root("r", -S)),
    "of -x^4 - y^2 x^2": (Root("r", -(X**4) - Y**2 * X**2),),
}
CONCLUSIONS = {
    "constant": Constant(Y),
    "law": RateLaw.of(Y, 2),
    "sign": Sign(dot(Y), ">"),
    "equation": Equals(dot(Y), num(1)),
    "true constant": Constant(Y - Z),
}


def judged(setting: Formulas, conclusion: object, assuming: tuple = ()) -> Report:
    return judge(claim(setting, conclusion, assuming))


@pytest.mark.parametrize(("edge", "name"), list(product(EDGES, CONCLUSIONS)))
def test_nothing_moves_from_an_edge(edge: str, name: str) -> None:
    """x' = 1 leaves the only x at which the root is defined: nothing is refuted there, and nothing
    proved.
    """
    flow = Formulas("x' = 1", LETTERS, EDGES[edge], {"x": num(1), "y": R - 1, "z": R - 1})
    report = judged(flow, CONCLUSIONS[name])
    assert report.verdict in (Verdict.UNDECIDED, Verdict.VACUOUS), report.outcomes["c"].reason
    assert report.certificate is None


@pytest.mark.parametrize("verdict", ["PROVED", "REFUTED"])
def test_a_state_at_an_edge_is_refused_by_the_reader(verdict: str) -> None:
    """The same claim over a half-line; its certificate moved to the end of it."""
    conclusion = Constant(Y - Z) if verdict == "PROVED" else Constant(Y)
    some = (Letter("x", ">"), Letter("y"), Letter("z"))
    flow = Formulas("x' = 1", some, (Root("r", X),), {"x": num(1), "y": R - 2, "z": R - 2})
    report = judged(flow, conclusion)
    assert report.verdict.name == verdict and report.certificate is not None
    body = copy.deepcopy(report.certificate.body)
    state = body["instance" if verdict == "PROVED" else "witness"]["values"]
    state |= {"x": "9", "r": "3"}
    assert answer(body)[0] == 0
    state |= {"x": "0", "r": "0"}
    assert answer(body)[0] == 1


def test_at_rest_an_edge_is_a_state() -> None:
    still = Formulas("x", LETTERS, (Root("r", -(X**2)),))
    assert judged(still, Sign(Y, ">")).verdict is Verdict.REFUTED
    assert judged(still, Equals(R + Y, Y)).verdict in (Verdict.UNDECIDED, Verdict.PROVED)


@pytest.mark.parametrize(
    "late", [Root("s", X), Exp("s", X), Power("s", X, num(2))], ids=lambda a: a.kind
)
@pytest.mark.parametrize("body", [dot(X), dot(dot(X)), dot(X) * Y + dot(dot(X))], ids=words)
def test_a_derivative_of_what_is_declared_later(body: Expr, late: Atom) -> None:
    """x' = s, and an abbreviation takes x'' before s is said: s counted as constant there."""
    for claimed in (num(0), num(1) / 2, Y):
        with pytest.raises(BadInput, match="declared behind it"):
            judged(
                Formulas(
                    "s late", (Letter("x", ">"), Letter("y")), (Let("v", body), late), {"x": S}
                ),
                Equals(V, claimed),
            )
    held = judged(
        Formulas("s first", (Letter("x", ">"), Letter("y")), (late, Let("v", body)), {"x": S}),
        Equals(V, body),
    )
    assert held.verdict is Verdict.PROVED


@pytest.mark.parametrize("sign", [">", "!="])
@pytest.mark.parametrize("nothing", [X - X, 0 * X, X * Y - Y * X], ids=words)
def test_a_hypothesis_about_nothing(nothing: Expr, sign: str) -> None:
    """0 > 0 holds nowhere."""
    for conclusion in (Sign(X**2, ">="), Equals(X + Y, Y + X), Sign(X, ">")):
        report = judged(Formulas("x", LETTERS), conclusion, (Given("h", nothing, sign),))
        assert report.verdict in (Verdict.UNDECIDED, Verdict.VACUOUS)
