"""Attacks on claims about matrices of every size: ways to make the tool say something false, or to
make it fall over.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from verify.claims.claim import Claim, Source
from verify.claims.conclusions.matrix_kinds import (
    Aid,
    Decays,
    FibreMinimum,
    Identity,
    NonNegative,
    Square,
    Unchanged,
)
from verify.claims.conclusions.of_matrices import OfMatrices
from verify.claims.evidence import Outcome
from verify.claims.hypotheses.matrices import Holds
from verify.claims.verdict import Verdict
from verify.exact.errors import BadInput
from verify.judge.decide import judge
from verify.models.matrices import Example, Matrices
from verify.models.motions import FibreFlow, GradientFlow, Prescribed
from verify.terms.affine import Affine, N, k, p
from verify.terms.letters import Letter
from verify.terms.matrices import (
    Family,
    G,
    Mat,
    Sequence,
    W,
    X,
    const,
    dot,
    letter,
    norm2,
    num,
    total,
    tr,
)
from verify.terms.relation import Equal

HALF = total(norm2(W[p])) / 2
S, Y, Z, C = letter("S"), letter("Y"), letter("Z"), letter("C")
ONE = (Letter("Y", "n", "n"), Letter("Z", "n", "n"), Letter("C", "n", "n"))


def claim(
    conclusion: OfMatrices,
    setting: Matrices | None = None,
    assuming: tuple[Holds, ...] = (),
    aid: Aid | None = None,
) -> Claim:
    hints = {"c": aid} if aid else {}
    source = Source("2511.01137v2")
    return Claim(
        id="attack",
        title="t",
        setting=setting or Matrices(),
        assuming=assuming,
        concluding={"c": conclusion},
        source=source,
        hints=hints,
    )


def outcome(*parts: object) -> Outcome:
    return judge(claim(*parts)).outcomes["c"]  # type: ignore[arg-type]


class Disguised(str):
    """A name that prints as another one."""

    def __str__(self) -> str:
        return "X"

    __format__ = lambda self, spec: "X"


class Shifted(Affine):
    """An index that prints as k."""

    def __str__(self) -> str:
        return "k"


class Fake(Fraction):
    """A number that prints as 5."""

    def __str__(self) -> str:
        return "5"


class Unindexed(Equal):
    """A relation that denies its index."""

    indexed = False  # type: ignore[assignment]


HERMITIAN = Matrices(letters=(Letter("S", "0", "0", form="hermitian"),))
FLOW = Matrices(GradientFlow(HALF))
#: name of the hole -> a claim whose printed sentence would be false, or which has no meaning
REFUSED: dict[str, Callable[[], Claim]] = {
    "a constant called like the index of a sum": lambda: claim(
        Identity(total(const("p") * X), const("N") * const("p") * X)
    ),
    "a constant called k": lambda: claim(Identity(const("k") * X, X * const("k"))),
    "a constant called like the moments": lambda: claim(Unchanged(const("G")), FLOW),
    "a constant called like the loss": lambda: claim(Unchanged(const("E")), FLOW),
    "a constant called like a layer": lambda: claim(Unchanged(const("W1")), FLOW),
    "a constant called like the clock": lambda: claim(Unchanged(const("t")), FLOW),
    "a letter called like an index": lambda: claim(
        Identity(letter("k") + X, X + letter("k")), Matrices(letters=(Letter("k", "N", "0"),))
    ),
    "the family of a fibre flow called k": lambda: claim(
        Decays(G(k), num(-2)), Matrices(FibreFlow(HALF, "k"))
    ),
    "an index that reads as a mark": lambda: claim(
        Identity(total(X.T, over="T"), const("N") * X.T)
    ),
    "a name in disguise": lambda: claim(
        Identity(Mat("letter", (Disguised("S"), None)).H, S), HERMITIAN
    ),
    "an index in disguise": lambda: claim(
        Identity(Mat("letter", ("W", Shifted(1, (("k", 1),)))), W[k + 1])
    ),
    "a number in disguise": lambda: claim(Identity(Mat("num", (Fake(2),)) * X, X + X)),
    "a relation that lies": lambda: claim(
        Identity(X, X.T), Matrices(square=True), (Holds("s", "s", (Unindexed(X, X.T),)),)
    ),
    "a float inside an expression": lambda: claim(
        Identity(Mat("num", (0.5,)) * X, X * Mat("num", (0.5,)))
    ),
    "a node without its arguments": lambda: claim(Identity(Mat("letter", ("W",)), X)),
    "a text for an expression": lambda: claim(Identity("X", "X")),  # type: ignore[arg-type]
    "an unknown mark": lambda: claim(Identity(Mat("mark", ("Z", X)), X)),
    "a range of a million layers": lambda: claim(Identity(W[k], W[k] * 1, 1, -(10**6))),
    "a range of fractions": lambda: claim(Identity(W[k], W[k] * 1, 1.0, 0)),  # type: ignore[arg-type]
    "a power that does not end": lambda: claim(Identity(num(3) ** (10**6) * X, X)),
    "fifteen hundred levels": lambda: claim(Identity(sum([X] * 1500, start=num(0) * X), 1500 * X)),
    "a depth that there is not": lambda: claim(Identity(X, X * 1), Matrices(least_depth=0)),
    "a rate that is made of itself": lambda: claim(
        Decays(Y, num(1)), Matrices(Prescribed({"Y": dot(Y)}), letters=ONE, layers=False)
    ),
    "help with a negative square": lambda: claim(
        NonNegative(-norm2(X)), None, (), Aid(squares=(Square(Fraction(-1), X),))
    ),
    "help with a float": lambda: claim(
        NonNegative(norm2(X)), None, (), Aid(squares=(Square(1.0, X),))
    ),  # type: ignore[arg-type]
    "prose that draws a line of its own": lambda: claim(
        Identity(X, X * 1), None, (Holds("s", "a\nPROVED", (Equal(X, X),)),)
    ),
    "a size that is a sum": lambda: claim(
        Identity(C, C * 1), Matrices(letters=(Letter("C", "k+1", "2"),))
    ),
}


@pytest.mark.parametrize("hole", REFUSED)
def test_refused_before_anything_is_proved(hole: str) -> None:
    with pytest.raises(BadInput):
        REFUSED[hole]()


def test_inexact_numbers_are_refused() -> None:
    with pytest.raises(TypeError, match="exact"):
        num(0.1)  # type: ignore[arg-type]


#: name of the hole -> (a sentence, what it must not print, what it prints)
READ: dict[str, tuple[OfMatrices, str, str]] = {
    "times -1 as minus 1": (Identity(X * (-1), -X), "X -1", "X (-1) = -X"),
    "times a negative as a difference": (
        Identity(X * (-(X.H)), -(X * X.H)),
        "X -X*",
        "X (-X*) = -X X*",
    ),
    "two times a half as two and a half": (Identity(2 * (X / 2), X), "2 1/2", "2 (1/2 X) = X"),
    "the derivative of one factor as that of both": (
        Identity(dot(X) * X.H, X),
        "d/dt X X*",
        "(d/dt X) X* = X",
    ),
    "a derivative inside a product": (
        Identity(X.H * dot(X) * X.H, X),
        "d/dt X X*",
        "(X* d/dt X) X* = X",
    ),
    "a difference at t as its last term at t": (
        Decays(Y - Z, num(-1)),
        "Y - Z(t)",
        "(Y - Z)(t) = (Y - Z)(0) e^(-t)",
    ),
    "a sum of rates as its last term": (
        Decays(Y, const("a") + 1),
        "a + 1 t",
        "Y(t) = Y(0) e^((a + 1) t)",
    ),
    "a square to a power": (Identity(norm2(X) ** 3, X), "^2^3", "(||X||^2)^3 = X"),
}


@pytest.mark.parametrize("hole", READ)
def test_sentences_that_can_be_misread(hole: str) -> None:
    sentence, misread, text = READ[hole]
    assert sentence.render() == text and misread not in text


def test_a_bound_says_for_which_layers() -> None:
    """It was verified for k = 1..N-1 and printed for no k at all."""
    assert NonNegative(norm2(W[k])).render() == "||W_k||^2 >= 0 for k = 1..N-1"


def test_the_value_of_a_minimum_is_one_factor() -> None:
    assert "is (N + 0) Re Tr(S)" in FibreMinimum(S, const("N") + 0).render()


def test_latex_says_for_which_layers() -> None:
    assert Identity(W[k], W[k], 1, 0).latex().endswith("\\quad k = 1, \\dots, N")
    assert Decays(Y - Z, num(-1)).latex().startswith("(Y - Z)(t)")


@pytest.mark.parametrize(
    ("setting", "sentence", "said"),
    [
        (HERMITIAN, Identity(S.H, S), "S Hermitian"),
        (
            Matrices(letters=(Letter("S", "n", "n", form="positive"),)),
            Identity(S * S**-1 * S, S),
            "S Hermitian and positive definite",
        ),
        (
            Matrices(sequences=("s",)),
            Identity(total(Sequence("s")[p] - Sequence("s")[p - 1]) * X + X, X),
            "s_0 = s_N = 0",
        ),
        (
            Matrices(letters=(Letter("c", "k", "k", "inner"),), square=True),
            Identity(total(tr(Family("c")[p] - Family("c")[p - 1])) * X + X, X),
            "c_0 = c_N = 0",
        ),
    ],
)
def test_what_a_declaration_assumes_is_on_the_screen(
    setting: Matrices, sentence: OfMatrices, said: str
) -> None:
    report = judge(claim(sentence, setting))
    assert report.outcomes["c"].verdict is Verdict.PROVED and said in report.setting


EXAMPLES = {
    "too few layers": Example(values={"W": ([[1]],)}, depth=3, dims=(1, 1, 1, 1)),
    "an unknown letter": Example(values={"Q": [[1]]}, depth=1, dims=(1, 1)),
    "a float": Example(values={"W": ([[0.5]],)}, depth=1, dims=(1, 1)),
    "ragged rows": Example(values={"W": ([[1, 2], [1]],)}, depth=1, dims=(2, 2)),
    "a depth without end": Example(values={"W": ()}, depth=10**9, dims=()),
}


@pytest.mark.parametrize("hole", EXAMPLES)
def test_examples_that_do_not_fit(hole: str) -> None:
    made = claim(Identity(X, X * 1), Matrices(examples=(EXAMPLES[hole],)))
    with pytest.raises(BadInput, match="example 1"):
        judge(made)


def test_an_objective_that_is_zero_proves_nothing() -> None:
    assert outcome(Unchanged(X), Matrices(GradientFlow(num(0)))).verdict is Verdict.VACUOUS


def test_named_sizes_are_square_where_all_sizes_are() -> None:
    """The reader refused witnesses whose named sizes differed from d."""
    setting = Matrices(square=True, letters=(Letter("S", "n", "n"),))
    assert outcome(Identity(S * X, X * S), setting).verdict is Verdict.REFUTED


def test_a_hypothesis_that_forbids_all_motion_is_vacuous() -> None:
    """Y' = Z, Z' = C and Y = 0 always force Z = C = 0: nothing moves. At Y = Z = 0, C = 1 the first
    derivative of Y vanishes.
    """
    state = Example(values={"Y": [[0]], "Z": [[0]], "C": [[1]]}, sizes={"n": 1})
    setting = Matrices(Prescribed({"Y": Z, "Z": C}), letters=ONE, layers=False, examples=(state,))
    stuck = Holds("stuck", "Y stays zero", (Equal(Y, num(0) * Y),))
    assert outcome(Unchanged(tr(Y * Y * Z)), setting, (stuck,)).verdict is not Verdict.PROVED


def test_a_definition_that_forbids_all_motion_is_no_way_round() -> None:
    """The same relation, called a definition."""
    state = Example(values={"Y": [[0]], "Z": [[0]], "C": [[1]]}, sizes={"n": 1})
    stuck = {"stuck": (Equal(Y, num(0) * Y),)}
    setting = Matrices(
        Prescribed({"Y": Z, "Z": C}),
        letters=ONE,
        layers=False,
        definitions=stuck,
        examples=(state,),
    )
    assert outcome(Unchanged(tr(Y * Y * Z)), setting).verdict is not Verdict.PROVED


BEYOND = {
    "a layer after the last": lambda: claim(
        Identity(norm2(dot(W[k + 1])), norm2(dot(W[k + 1])) + 0, 1, 0), FLOW
    ),
    "a sum of rates beyond the last": lambda: claim(
        Identity(total(norm2(dot(W[p])), 1, N + 1), total(norm2(dot(W[p])))), FLOW
    ),
    "a loss of a layer before the first": lambda: claim(
        Unchanged(X), Matrices(GradientFlow(total(norm2(W[p]), 0) / 2))
    ),
}


@pytest.mark.parametrize("hole", BEYOND)
def test_the_motion_of_layers_that_are_not_there(hole: str) -> None:
    """The rate of W_(N+1) counted as zero: ||W_(k+1)'||^2 for k = 1..N was PROVED equal to itself,
    and accepted by the reader.
    """
    with pytest.raises(BadInput, match="the motion of W"):
        BEYOND[hole]()
