"""Prover and reader evaluate alike: what the search refutes its reader accepts, and no sentence
about matrices ends in a raw error.

The kind: the product of exact matrices by which the search finds a witness means something else
than the reader's. The trace of a number (a number has none, a sum over no layers has); powers with
the depth in them, which are negative at small depths (X^(N-3)); powers to 0 of what moves in no
known way; negative powers of what does not move, of what moves, of what is zero somewhere. Beside
it other exceptions that such sentences raised. Sentences are drawn from all letters, forms, motions
and heads, most of them false.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from random import Random

import pytest

from verify.claims.claim import Claim, Source
from verify.claims.conclusions.matrix_kinds import Decays, Identity, Unchanged
from verify.claims.conclusions.of_matrices import OfMatrices
from verify.claims.evidence import Outcome
from verify.claims.verdict import Verdict
from verify.exact.errors import BadInput
from verify.judge.decide import judge
from verify.models.matrices import Matrices
from verify.models.motions import ActionFlow, GradientFlow, GradientStep, Prescribed, Still
from verify.terms.affine import Affine, N, affine, index
from verify.terms.letters import Letter
from verify.terms.matrices import (
    LOSS,
    G,
    H,
    Mat,
    W,
    X,
    after,
    const,
    dot,
    letter,
    norm2,
    num,
    total,
    tr,
    w,
)

Y, Z = letter("Y"), letter("Z")
KAPPA = const("kappa")
EXPONENTS = [affine(j) for j in (-2, -1, 0, 2, 3)] + [N, N - 1, N - 2, N - 3, N + 1, -N]
FORMS = ("free", "hermitian", "positive", "invertible")


def claim(conclusion: OfMatrices, setting: Matrices) -> Claim:
    return Claim("drawn", "drawn", setting, (), {"c": conclusion}, Source("2511.01137v2"))


def outcome(conclusion: OfMatrices, setting: Matrices) -> Outcome:
    return judge(claim(conclusion, setting)).outcomes["c"]


def pair(form: str, rate: Mat | None = None, **more: object) -> Matrices:
    """Y and Z of one size, Y' = rate."""
    made = (Letter("Y", "n", "n", "", form), Letter("Z", "n", "n"))
    return Matrices(
        Still() if rate is None else Prescribed({"Y": rate}),
        letters=made,
        **{"layers": False, **more},
    )  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "number",
    [num(2), KAPPA, const("N"), tr(Z), norm2(Z), num(0), KAPPA * num(3), (KAPPA + 1) ** 2],
    ids=str,
)
def test_a_number_has_no_trace(number: Mat) -> None:
    with pytest.raises(BadInput, match=r"a number has no trace: write the number itself"):
        claim(Identity(tr(number), num(3)), pair("free"))


@pytest.mark.parametrize("extra", [num(2), KAPPA, tr(Z)], ids=str)
@pytest.mark.parametrize("first, less", [(2, 1), (2, 2), (1, 1)])
def test_a_sum_over_no_layers_is_a_matrix(extra: Mat, first: int, less: int) -> None:
    """Re Tr(sum_p Z + 2) is 2 n where the sum is over nothing."""
    setting = Matrices(Still(), letters=(Letter("Z", "n", "n"),), square=True)
    body = total(Z, first, N - less) + extra
    for wrong in (tr(body) - extra, tr(body.H) + 1, tr(Z * body) - Z * Z * 0):
        found = outcome(Identity(wrong if wrong.head != "mark" else tr(wrong), num(0)), setting)
        assert found.verdict is Verdict.REFUTED, found.reason


@pytest.mark.parametrize("exponent", EXPONENTS, ids=str)
@pytest.mark.parametrize("form", FORMS[1:])
def test_a_power_moves_as_a_power(exponent: Affine, form: str) -> None:
    """Y' = kappa Y, so (Y^e)' = e kappa Y^e: not 7 times that, at no depth."""
    setting = pair(form, KAPPA * Y, layers=form != "positive")
    found = outcome(Identity(dot(Y**exponent), Y**exponent * (7 * KAPPA)), setting)
    negative = exponent.const < 0 or exponent.terms not in ((), (("N", 1),))
    if form != "hermitian" or not negative:
        assert found.verdict is Verdict.REFUTED, found.reason
    else:
        assert "does not accept" not in found.reason, found.reason


@pytest.mark.parametrize("power", [1, 2, 3])
def test_an_inverse_moves_as_an_inverse(power: int) -> None:
    setting = pair("invertible", Z * Y)
    right = num(0)
    for j in range(1, power + 1):
        right = right - Y**-j * Z * Y * Y ** (j - power - 1)
    assert outcome(Identity(dot(Y**-power), right), setting).verdict is Verdict.PROVED
    assert outcome(Identity(dot(Y**-power), -right), setting).verdict is Verdict.REFUTED


@pytest.mark.parametrize(
    "power",
    [Z**-1, Z ** (N - 2), (Z * Z) ** -1, const("tau") ** -1, tr(Z) ** -1, num(0) ** -1, Z**-N],
    ids=str,
)
def test_what_need_not_be_there_is_not_constant(power: Mat) -> None:
    """Z does not move, and may be singular: then Z^-1 is nothing, and nothing is said of its
    derivative.
    """
    for sentence in (
        Unchanged(power),
        Identity(dot(power), num(0)),
        Identity(dot(power * Y), power * dot(Y)),
    ):
        try:
            found = outcome(sentence, pair("free", Y * Z))
        except BadInput:
            continue
        assert found.verdict is not Verdict.PROVED and "does not accept" not in found.reason, (
            found.reason
        )


def number(
    r: Random, names: list[str], depth: int, flows: bool, at: list[str], inner: bool = False
) -> Mat:
    def sub(kind: Callable[..., Mat] = number) -> Mat:
        return kind(r, names, depth - 1, flows, at, inner)

    if depth <= 0:
        return r.choice(
            [num(r.choice([0, 1, 2, -1, Fraction(1, 2)])), KAPPA, const("N"), const("tau")]
        )
    match r.randrange(9):
        case 0:
            return sub() + sub()
        case 1 | 2:
            return tr(sub(matrix))
        case 3:
            return norm2(sub(matrix))
        case 4 if flows:
            return dot(sub())
        case 5 if not inner:
            return total(
                number(r, names, depth - 1, flows, [*at, "p"], True),
                r.choice([0, 1, 2]),
                N - r.choice([0, 1, 2]),
            )
        case 6:
            return sub() ** r.choice(EXPONENTS)
        case 7:
            return Mat("mark", (r.choice("HTC"), sub()))
    return sub() * sub()


def matrix(
    r: Random, names: list[str], depth: int, flows: bool, at: list[str], inner: bool = False
) -> Mat:
    def sub(kind: Callable[..., Mat] = matrix) -> Mat:
        return kind(r, names, depth - 1, flows, at, inner)

    places = [affine(1), affine(2), N, N - 1, *(index(i) + j for i in at for j in (-1, 0, 1))]
    if depth <= 0:
        name = r.choice(names)
        return Mat("letter", (name, r.choice(places) if name in ("W", "A", "B", "c") else None))
    match r.randrange(11):
        case 0:
            return sub() + sub(r.choice([matrix, matrix, number]))
        case 1:
            return sub(number) * sub()
        case 2:
            return Mat("mark", (r.choice("HTC"), sub()))
        case 3 if flows:
            return dot(sub())
        case 4 | 5:
            return sub() ** r.choice([*EXPONENTS, *(index(i) for i in at)])
        case 6 if not inner:
            return total(
                matrix(r, names, depth - 1, flows, [*at, "p"], True),
                r.choice([0, 1, 2]),
                N - r.choice([0, 1, 2]),
            )
        case 7 if "W" in names:
            i = r.choice(places)
            return r.choice([G(i), H("G", i), w("G", i)])
    return sub() * sub()


def drawn(seed: int) -> Claim | None:
    """A claim that is well formed, or None where 60 draws gave none."""
    r = Random(seed)
    layers = r.random() < 0.6
    own = [Letter(n, "n", "n", "", r.choice(FORMS)) for n in "YZ"] + [
        Letter("c", "k", "k", "inner", r.choice(FORMS[:2]))
    ] * layers
    names = [x.name for x in own] + ["W", "A", "B", "X", "P"] * layers
    decay = LOSS + KAPPA * total(norm2(W[index("p")])) / 2
    motions = [Still(), Prescribed({"Y": matrix(r, ["Y", "Z"], 1, False, [])})]
    motions += [
        GradientFlow(LOSS),
        GradientFlow(decay),
        GradientFlow(norm2(X) / 2),
        GradientStep(decay),
        ActionFlow("c"),
    ] * layers
    motion = r.choice(motions)
    if isinstance(motion, ActionFlow):
        own[-1] = Letter("c", "k", "k", "inner")
    shared = {
        "square": r.random() < 0.5,
        "least_depth": r.choice([1, 1, 2, 3]),
        "positive": ("kappa",),
    }
    setting = Matrices(motion, letters=tuple(own), layers=layers, **shared)  # type: ignore[arg-type]
    flows = not isinstance(motion, (Still, GradientStep))
    for _ in range(60):
        kind, at = r.choice([number, matrix]), ["k"] * r.randrange(2)
        left, right = (kind(r, names, r.randint(*ends), flows, at) for ends in ((1, 3), (0, 2)))
        left = after(left) if isinstance(motion, GradientStep) and r.random() < 0.5 else left
        sentences = [Identity(left, right)] * 2 + [Unchanged(left), Decays(left, num(2))] * flows
        try:
            return claim(r.choice(sentences), setting)
        except BadInput:
            continue
    return None


@pytest.mark.parametrize("block", range(8))
def test_drawn_sentences(block: int) -> None:
    """Nothing but a verdict, or BadInput; and no verdict that its reader refuses. Most are refuted,
    or the draws would show nothing.
    """
    count: Counter[str] = Counter()
    for seed in range(100 * block, 100 * block + 100):
        made = drawn(seed)
        if made is None:
            continue
        try:
            found = judge(made).outcomes["c"]
        except BadInput:
            continue
        assert "does not accept" not in found.reason, f"seed {seed}: {found.stated}: {found.reason}"
        count[found.verdict.name] += 1
    assert count["REFUTED"] > 40 and count["PROVED"] + count["VACUOUS"] > 5, count
