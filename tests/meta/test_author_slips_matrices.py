"""An author's slips in claims about matrices are refused where they are written, and say how to
mend them (E7); what else stood around
the search for instances: letters of rates alone (E2, E4), definitions in a circle (E5),
certificates that were refused (E3).
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest
import sympy

from verify import check
from verify.claims.claim import Claim, Source
from verify.claims.conclusions.matrix_kinds import (
    Decays,
    FibreMinimum,
    Identity,
    NonNegative,
    Root,
    Settles,
    Unchanged,
)
from verify.claims.conclusions.of_matrices import OfMatrices
from verify.claims.evidence import Report
from verify.claims.hypotheses.matrices import Holds
from verify.claims.verdict import Verdict
from verify.exact.errors import BadInput
from verify.judge.decide import judge
from verify.models.matrices import Example, Matrices
from verify.models.motions import ActionFlow, FibreFlow, GradientFlow, GradientStep, Prescribed
from verify.terms.affine import N, index, k, p
from verify.terms.letters import Letter
from verify.terms.matrices import (
    LOSS,
    A,
    B,
    Family,
    Mat,
    P,
    W,
    X,
    const,
    dot,
    letter,
    norm2,
    num,
    total,
)
from verify.terms.relation import Equal

R = index("r")
Y, Z, C = letter("Y"), letter("Z"), letter("C")
ONE = (Letter("Y", "n", "n"), Letter("Z", "n", "n"), Letter("C", "n", "n"))


def claim(conclusion: OfMatrices, setting: Matrices, assuming: tuple[Holds, ...] = ()) -> Claim:
    return Claim(
        id="slip",
        title="t",
        setting=setting,
        assuming=assuming,
        concluding={"c": conclusion},
        source=Source("2511.01137v2"),
    )


def decided(*parts: object) -> Report:
    return judge(claim(*parts))  # type: ignore[arg-type]


NO_EXPRESSION = [
    3,
    0.5,
    "X",
    None,
    sympy.Symbol("x"),
    sympy.Symbol("x") + 1,
    [X],
    Family("W"),
    Fraction(1, 2),
    True,
]
#: everything that takes an expression
TAKES: dict[str, Callable] = {
    "Identity": lambda x: Identity(X, x),
    "Identity, left": lambda x: Identity(x, X),
    "Unchanged": lambda x: Unchanged(x),
    "Decays": lambda x: Decays(x, num(1)),
    "the rate of Decays": lambda x: Decays(X, x),
    "NonNegative": lambda x: NonNegative(x),
    "Root": lambda x: Root(x, X),
    "FibreMinimum": lambda x: FibreMinimum(x),
    "Settles": lambda x: Settles(x),
    "Equal": lambda x: Equal(X, x),
    "GradientFlow": lambda x: GradientFlow(x),
    "GradientStep": lambda x: GradientStep(x),
    "FibreFlow": lambda x: FibreFlow(x),
    "Prescribed": lambda x: Prescribed({"Y": x}),
}


@pytest.mark.parametrize("what", TAKES)
@pytest.mark.parametrize("thing", NO_EXPRESSION, ids=repr)
def test_what_is_no_expression_is_refused_by_its_constructor(what: str, thing: object) -> None:
    with pytest.raises(BadInput, match="expected an expression in matrices"):
        TAKES[what](thing)


_A = Letter("a", "k", "k", "inner")
SLIPS: dict[str, tuple[Callable, str]] = {
    "one letter without a comma": (lambda: Matrices(letters=Letter("Y", "n", "n")), "with a comma"),  # type: ignore[arg-type]
    "one equation without a comma": (lambda: Holds("a", "b", Equal(X, X)), "with a comma"),  # type: ignore[arg-type]
    "a definition without a tuple": (
        lambda: Matrices(definitions={"d": Equal(X, X)}),
        "with a comma",
    ),  # type: ignore[dict-item]
    "definitions in a list": (lambda: Matrices(definitions=[Equal(X, X)]), "expected a map"),  # type: ignore[arg-type]
    "an objective for a motion": (lambda: Matrices(LOSS), "expected one of"),  # type: ignore[arg-type]
    "a letter without a name": (lambda: Letter(3, "n", "n"), "expected texts"),  # type: ignore[arg-type]
    "a letter of an unknown form": (
        lambda: Letter("Y", "n", "n", form="symmetric"),
        "expected one of free",
    ),
    "a letter of an unknown run": (lambda: Letter("Y", "n", "n", "everywhere"), "expected '' for"),
    "rates in a list": (lambda: Prescribed([("Y", Y)]), "expected a map"),  # type: ignore[arg-type]
    "an undeclared letter": (lambda: claim(Identity(Y, Y * 1), Matrices()), "not declared"),
    "an undeclared letter in a rate": (
        lambda: claim(Identity(Y, Y * 1), Matrices(Prescribed({"Y": letter("Q")}), ONE)),
        "not declared",
    ),
    "a rate of an undeclared letter": (
        lambda: claim(Identity(Y, Y * 1), Matrices(Prescribed({"Q": Y}), ONE)),
        "not declared",
    ),
    "an undeclared family": (
        lambda: claim(Unchanged(X), Matrices(GradientFlow(norm2(letter("V"))))),
        "not declared",
    ),
    "an index of two variables": (
        lambda: claim(Identity(W[k + k], W[k]), Matrices()),
        "one variable plus a number",
    ),
    "a letter without its index": (
        lambda: claim(Identity(letter("W"), X), Matrices()),
        "needs an index",
    ),
    "a power that is no whole number": (lambda: W[k] ** np.float64(2), "expected a whole number"),
    "the last index of a sum": (lambda: total(norm2(W[p]), 1, 2.5), "expected a whole number"),  # type: ignore[arg-type]
    "an objective of one layer at an index": (
        lambda: claim(Unchanged(X), Matrices(GradientFlow(norm2(W[p])))),
        "expected none",
    ),
    "the same at k": (
        lambda: claim(Unchanged(X), Matrices(GradientFlow(norm2(W[k])))),
        "expected none",
    ),
    "a root of another size": (lambda: claim(Root(X.H * X, X), Matrices()), "cannot be added"),
    "a root that is not square": (lambda: claim(Root(X, X), Matrices()), "not square"),
    "the root of a minimum that is not square": (
        lambda: claim(FibreMinimum(X), Matrices(ActionFlow("a"), (_A,))),
        "not square",
    ),
    "the root of a minimum of another size": (
        lambda: claim(FibreMinimum(X * X.H), Matrices(ActionFlow("a"), (_A,))),
        "cannot be added",
    ),
    "what settles is a matrix": (
        lambda: claim(Settles(X), Matrices(GradientFlow(total(norm2(W[p]))))),
        "a number",
    ),
    "a sum of what is no expression": (lambda: total("W"), "exact numbers only"),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("slip", SLIPS)
def test_slips_are_refused_where_they_are_written(slip: str) -> None:
    make, said = SLIPS[slip]
    with pytest.raises(BadInput, match=said):
        make()


def stated(definition: Equal, **values: object) -> Matrices:
    letters = ONE if "Y" in values else ()
    sizes = {"n": 1} if letters else {}
    return Matrices(
        letters=letters,
        definitions={"it": (definition,)},
        layers=False,
        examples=(Example(values=values, sizes=sizes),),
    )


SUM = total(norm2(W[p]))  # sums of it that bind another letter, the same one, or hide it
NESTED = [
    total(SUM * norm2(W[R]), over="r"),
    total(SUM),
    total(total(norm2(W[R]), over="r") - norm2(W[p])),
    dot(total(SUM, over="r")),
]
PLACES: dict[str, Callable[[Mat], object]] = {
    "a conclusion": lambda e: claim(Unchanged(e), Matrices()),
    "a side of an identity": lambda e: claim(Identity(num(1), e), Matrices()),
    "an objective": lambda e: claim(Unchanged(X), Matrices(GradientFlow(e))),
    "a rate": lambda e: claim(Unchanged(Y), Matrices(Prescribed({"Y": e * Y}), ONE)),
    "a definition": lambda e: claim(Unchanged(X), Matrices(definitions={"a": (Equal(e, num(1)),)})),
    "a hypothesis": lambda e: claim(
        Unchanged(X), Matrices(), (Holds("a", "b", (Equal(e, num(1)),)),)
    ),
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("nested", range(len(NESTED)))
def test_a_sum_inside_a_sum_is_refused_where_it_is_written(place: str, nested: int) -> None:
    """No prover decides it and no reader reads it, so that a refutation was found and thrown away.
    The kind: what the language of certificates cannot say is no language of claims.
    """
    with pytest.raises(BadInput, match="a sum inside a sum"):
        PLACES[place](NESTED[nested])


@pytest.mark.parametrize("whole", [np.int64(2), np.uint8(2), sympy.Integer(2)], ids=type)
def test_whole_numbers_of_other_libraries_are_indices(whole: object) -> None:
    """As for numbers: exact is exact, whoever wrote it."""
    assert W[k] ** whole == W[k] ** 2 and W[whole] == W[2] and k + whole == k + 2  # type: ignore
    assert total(norm2(W[p]), whole, N - whole) == total(norm2(W[p]), 2, N - 2)  # type: ignore


@pytest.mark.parametrize("seed", range(6))
def test_an_example_that_violates_a_definition_is_refused(seed: int) -> None:
    """It was dropped without a word. Nothing is said against one that fits."""
    relation = [
        Equal(Y * Z, C),
        Equal(Y, Z),
        Equal(Y.H, -Y),
        Equal(Y * Y, num(1)),
        Equal(Y + Z, C),
        Equal(Z, Y * Y * C),
    ][seed]
    right = (
        [(2, 3, 6), (1, 1, 5), (0, 1, 1), (-1, 2, 2), (1, 2, 3), (4, 4, 8)][seed]
        if seed < 5
        else (2, 4, 1)
    )
    good = {n: [[x]] for n, x in zip("YZC", right, strict=True)}
    assert decided(Identity(C, C * 1), stated(relation, **good))
    bad = {**good, "Y": [[7]]}
    with pytest.raises(BadInput, match="example 1 of the setting violates 'it'"):
        decided(Identity(C, C * 1), stated(relation, **bad))


def test_an_example_that_leaves_a_definition_at_once_is_refused() -> None:
    state = Example(values={"Y": [[1]], "Z": [[1]], "C": [[0]]}, sizes={"n": 1})
    with pytest.raises(BadInput, match='violates "it\'"'):
        decided(
            Unchanged(Z),
            Matrices(
                Prescribed({"Y": Z}),
                ONE,
                {"it": (Equal(Y.H * Y, num(1)),)},
                layers=False,
                examples=(state,),
            ),
        )


V, gamma, kap = Family("V"), const("gamma"), const("kap")
MOMENTUM = Matrices(
    Prescribed({"W": V[k], "V": -A[k].H * P * B[k].H - gamma * V[k]}),
    letters=(Letter("V", "k", "k-1", "layers"),),
)
KINETIC = total(norm2(V[p]))


def test_the_gradient_in_a_rate_of_another_letter() -> None:
    """Heavy ball: d/dt (|V|^2/2 + E) = -gamma |V|^2. It ended in an internal error about P (E4)."""
    assert (
        decided(Identity(dot(KINETIC / 2 + LOSS), -gamma * KINETIC), MOMENTUM).verdict
        is Verdict.PROVED
    )
    assert (
        decided(Identity(dot(KINETIC / 2 + LOSS), -2 * gamma * KINETIC), MOMENTUM).verdict
        is Verdict.REFUTED
    )


RATES: dict[str, tuple[Mat, Mat, Mat]] = {
    "a constant": (-kap * Y, -kap, -2 * kap),
    "a constant and the depth": (const("N") * Y, const("N"), const("N") + 1),
    "a power": (kap**2 * Y, kap**2, kap),
}


@pytest.mark.parametrize("case", RATES)
def test_what_stands_in_a_rate_alone_is_drawn(case: str) -> None:
    """False laws stayed UNDECIDED (E2): constants of rates had no value. The conclusion here does
    not name them.
    """
    rate, right, wrong = RATES[case]
    setting = Matrices(Prescribed({"Y": rate}), ONE, layers=False)
    assert decided(Unchanged(Y), setting).verdict is Verdict.REFUTED
    assert decided(Decays(Y, right), setting).verdict is Verdict.PROVED
    assert decided(Decays(Y, wrong), setting).verdict is Verdict.REFUTED


CIRCLES = {
    "a letter and its negative": (Equal(Y, Z), Equal(Y, -Z)),
    "two letters": (Equal(Y, Z * C), Equal(Z, Y * C)),
    "three letters": (Equal(Y, Z * Z), Equal(Z, C * C), Equal(C, Y * Y)),
    "the other way round": (Equal(Z * C, Y), Equal(Y * C, Z)),
}


@pytest.mark.parametrize("circle", CIRCLES)
@pytest.mark.parametrize("moving", [False, True])
def test_definitions_in_a_circle_are_named(circle: str, moving: bool) -> None:
    """They recursed without end (E5)."""
    motion = {"motion": Prescribed({"C": C})} if moving and circle != "three letters" else {}
    setting = Matrices(letters=ONE, definitions={"it": CIRCLES[circle]}, layers=False, **motion)  # type: ignore[arg-type]
    report = decided(Identity(Y * Y, Z), setting)
    assert report.verdict is not Verdict.PROVED
    reason = report.outcomes["c"].reason
    assert report.verdict is Verdict.REFUTED or ("in a circle" in reason and "Y" in reason), reason


def test_an_example_beside_a_definition_whose_letter_has_no_rate() -> None:
    """NotGeneric escaped (E5)."""
    state = Example(values={"Y": [[1]], "Z": [[1]], "C": [[1]]}, sizes={"n": 1})
    setting = Matrices(
        Prescribed({"Y": Y}), ONE, {"it": (Equal(Z, Y * C * Z),)}, layers=False, examples=(state,)
    )
    assert decided(Unchanged(Y), setting).verdict is Verdict.UNDECIDED


def test_a_refused_certificate_is_in_no_report(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the judge: it can be neither printed, nor cached, nor written (E3)."""

    def refuse(data: object) -> str:
        raise check.Refused("planted")

    monkeypatch.setattr(check, "check", refuse)
    for sentence in (Unchanged(X), Decays(Y, num(1)), Identity(Y, Z)):
        report = decided(sentence, Matrices(Prescribed({"Y": Y, "W": 0 * W[k]}), ONE))
        assert report.verdict is Verdict.UNDECIDED and report.certificate is None
        assert "planted" in report.outcomes["c"].reason
