"""A family with c_0 = c_N = 0 keeps its ends: rates, definitions, sums, shifts and lemmas that
touch an end (kind A1 of the faults).

The kind: wherever a letter that vanishes, or does not exist, at an end meets a rate. Here
statements are generated: a derivative by the product rule as if no end were there, claimed for k =
first..N - less; which of them are true is worked out with numbers of the test's own (1 x 1 matrices
at depths 1..5). Further members of the kind: rates of rates, sums with ends, peeled ends, fixed
indices 0, 1, N, N - 1, relations and their derivatives at the ends, inductions that begin at an
end, decays, squares and G_0 = G_N.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from random import Random

import pytest

from verify.claims.claim import Claim, Source
from verify.claims.conclusions.matrix_kinds import (
    Aid,
    Decays,
    Identity,
    Lemma,
    NonNegative,
    Unchanged,
)
from verify.claims.conclusions.of_matrices import OfMatrices
from verify.claims.evidence import Outcome
from verify.claims.verdict import Verdict
from verify.exact.errors import BadInput
from verify.judge.decide import judge
from verify.models.matrices import Matrices
from verify.models.motions import GradientFlow, Prescribed
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
    w,
)
from verify.terms.relation import Equal
from verify.theories.words import frame
from verify.theories.words.prove import MatrixProof, prove

c, m, s = Family("c"), letter("m"), Sequence("s")
INNER = Letter("c", "k", "k", "inner")
RATES: dict[str, Mat] = {
    "1": num(1),
    "1 - c": 1 - c[k],
    "chain": c[k + 1] - 2 * c[k] + c[k - 1],
    "c c": c[k] * c[k],
    "N": const("N") + 0 * c[k],
}


def setting(rate: Mat, least: int = 1, **more: object) -> Matrices:
    return Matrices(
        Prescribed({"c": rate}),
        letters=(INNER,),
        layers=False,
        square=True,
        least_depth=least,
        **more,
    )  # type: ignore[arg-type]


def claim(conclusion: OfMatrices, about: Matrices, aid: Aid | None = None) -> Claim:
    hints = {"c": aid} if aid else {}
    return Claim(
        id="ends",
        title="t",
        setting=about,
        assuming=(),
        concluding={"c": conclusion},
        source=Source("2511.01137v2"),
        hints=hints,
    )


def outcome(conclusion: OfMatrices, about: Matrices, aid: Aid | None = None) -> Outcome:
    return judge(claim(conclusion, about, aid)).outcomes["c"]


@dataclass(frozen=True)
class Numbers:
    """c_1, .., c_(N-1) as numbers, c_0 = c_N = 0; a letter beyond 0..N is an IndexError."""

    depth: int
    c: tuple[Fraction, ...]

    def value(self, e: Mat, at: dict[str, int]) -> Fraction:
        match e.head:
            case "num":
                return e.args[0]
            case "const":
                return Fraction(self.depth)
            case "letter":
                return self.at(e.args[1], at)
            case "+" | "*":
                x, y = (self.value(z, at) for z in e.args)
                return x + y if e.head == "+" else x * y
            case "sum":
                over, first, last, body = e.args
                span = range(first.const, self.depth + last.const + 1)
                return sum((self.value(body, {**at, over: j}) for j in span), Fraction(0))
            case "tr":
                return self.value(e.args[0], at)
            case "D":
                return self.rate(e.args[0], at)
        raise NotImplementedError(e.head)

    def at(self, i: Affine, at: dict[str, int]) -> Fraction:
        j = self.index(i, at)
        return self.c[j - 1] if 0 < j < self.depth else Fraction(0)

    def index(self, i: Affine, at: dict[str, int]) -> int:
        j = i.const + sum(n * (self.depth if v == "N" else at[v]) for v, n in i.terms)
        if not 0 <= j <= self.depth:
            raise IndexError(j)
        return j

    def rate(self, e: Mat, at: dict[str, int]) -> Fraction:
        match e.head:
            case "letter":
                j = self.index(e.args[1], at)
                return self.value(self.law, {"k": j}) if 0 < j < self.depth else Fraction(0)
            case "+":
                return self.rate(e.args[0], at) + self.rate(e.args[1], at)
            case "*":
                x, y = e.args
                return self.rate(x, at) * self.value(y, at) + self.value(x, at) * self.rate(y, at)
            case "sum":
                over, first, last, body = e.args
                return sum(
                    (
                        self.rate(body, {**at, over: j})
                        for j in range(first.const, self.depth + last.const + 1)
                    ),
                    Fraction(0),
                )
            case "tr":
                return self.rate(e.args[0], at)
        return Fraction(0)

    law: Mat = num(0)


def true(conclusion: Identity, law: Mat, least: int) -> bool:
    """At random numbers, depth by depth. IndexError where a letter is asked for beyond 0..N."""
    rng, gap, found = Random(3), conclusion.left - conclusion.right, []
    for depth in range(least, 6):
        here = Numbers(depth, tuple(Fraction(rng.randint(2, 99)) for _ in range(depth - 1)), law)
        run = (
            range(conclusion.first, depth - conclusion.less + 1)
            if "k" in conclusion.render()
            else [0]
        )
        found += [here.value(gap, {"k": j}) for j in run]
    return not any(found)


def naive(law: Mat, f: Mat) -> Mat:
    """The product rule, with the law used at every index."""
    match f.head:
        case "letter":
            return law.put("k", f.args[1])
        case "+":
            return naive(law, f.args[0]) + naive(law, f.args[1])
        case "*":
            return naive(law, f.args[0]) * f.args[1] + f.args[0] * naive(law, f.args[1])
        case "sum" | "tr":
            return Mat(f.head, (*f.args[:-1], naive(law, f.args[-1])))
    return num(0) * f


QUANTITIES: dict[str, Mat] = {
    "c_k": c[k],
    "c_k c_k": c[k] * c[k],
    "c_(k-1)": c[k - 1],
    "c_(k+1)": c[k + 1],
    "c_k c_(k+1)": c[k] * c[k + 1],
    "difference": c[k + 1] - c[k],
    "trace": tr(c[k] * c[k]),
    "sum": total(c[p], 1, N - 1),
    "sum with both ends": total(c[p], 0, N),
    "sum with an end": total(c[p], 1, N),
    "sum of neighbours": total(c[p] * c[p + 1], 0, N - 1),
    "sum of squares": total(tr(c[p] * c[p]), 0, N),
    "an end": c[0],
    "the other end": c[N],
    "beside an end": c[1],
}
DRAWN = [
    (rate, what, first, less)
    for rate, what, first, less in Random(7).sample(
        list(product(RATES, QUANTITIES, (0, 1, 2), (0, 1, 2))), 90
    )
    if first <= 1 or "k" in Identity(QUANTITIES[what], num(0)).render()
]


@pytest.mark.parametrize(("rate", "what", "first", "less"), DRAWN)
def test_a_derivative_by_the_product_rule_at_every_end(
    rate: str, what: str, first: int, less: int
) -> None:
    law, f = RATES[rate], QUANTITIES[what]
    conclusion, about = Identity(dot(f), naive(law, f), first, less), setting(law, 2)
    try:
        holds = true(conclusion, law, 2)
    except IndexError:
        with pytest.raises(BadInput, match="not there"):
            judge(claim(conclusion, about))
        return
    verdict = outcome(conclusion, about).verdict
    assert verdict is (Verdict.PROVED if holds else Verdict.REFUTED), (
        f"{conclusion.render()} is {holds}"
    )


def test_the_drawn_statements_are_of_both_kinds() -> None:
    """At least a fifth true, at least a fifth false: else the law above says little."""
    seen = []
    for rate, what, first, less in DRAWN:
        try:
            seen.append(
                true(
                    Identity(
                        dot(QUANTITIES[what]), naive(RATES[rate], QUANTITIES[what]), first, less
                    ),
                    RATES[rate],
                    2,
                )
            )
        except IndexError:
            seen.append(None)
    assert min(seen.count(True), seen.count(False)) * 5 >= len(seen)


V = Matrices(Prescribed({"c": 1 - c[k]}), letters=(INNER,), layers=False)
#: false at an end: name -> (sentence, setting, help)
FALSE: dict[str, tuple[OfMatrices, Matrices, Aid | None]] = {
    "a decay at both ends": (Decays(c[k] - 1, num(-1), 0, 0), V, None),
    "a decay at the first end": (Decays(c[k] - 1, num(-1), 0, 1), V, None),
    "a decay at the last end": (Decays(c[k] - 1, num(-1), 1, 0), V, None),
    "an end that is constant with another value": (Identity(dot(c[0]), num(1)), V, None),
    "a rate of a rate": (Identity(dot(dot(c[k])), -(1 - c[k]), 0, 0), V, None),
    "a total rate, with the ends": (
        Identity(dot(total(tr(c[p]))), total(tr(1 - c[p]))),
        setting(1 - c[k]),
        None,
    ),
    "a square that is not there": (
        NonNegative(dot(tr(c[N])) - tr(1 - c[N])),
        setting(1 - c[k]),
        Aid(squares=()),
    ),
    "w at the first layer": (
        Identity(dot(w("c", k)), W[k] - W[k], 1, 0),
        Matrices(Prescribed({"c": num(1), "W": W[k] * 0}), letters=(INNER,)),
        None,
    ),
}


@pytest.mark.parametrize("hole", FALSE)
def test_false_at_an_end(hole: str) -> None:
    sentence, about, aid = FALSE[hole]
    assert outcome(sentence, about, aid).verdict is Verdict.REFUTED


#: true, with the ends counted as what they are
TRUE: dict[str, tuple[OfMatrices, Matrices, Aid | None]] = {
    "a decay between the ends": (Decays(c[k] - 1, num(-1), 1, 1), V, None),
    "both ends": (Identity(dot(c[0]), c[0] * 5), V, None),
    "a rate of a rate": (Identity(dot(dot(c[k])), -(1 - c[k]), 1, 1), V, None),
    "how many move": (
        Identity(dot(total(c[p], 0, N)), const("N") - 1 + 0 * total(c[p])),
        setting(num(1)),
        None,
    ),
}


@pytest.mark.parametrize("truth", TRUE)
def test_true_between_the_ends(truth: str) -> None:
    sentence, about, aid = TRUE[truth]
    assert outcome(sentence, about, aid).verdict is Verdict.PROVED


def test_a_lemma_that_uses_the_rate_at_an_end_has_no_proof() -> None:
    """Directly, and by an induction that begins at an end."""
    for by in ("", "up", "down"):
        lemma = Lemma("end", Equal(dot(c[k]), num(1), 0, 0), by)
        assert not isinstance(
            prove(setting(num(1), 2), (), Identity(dot(c[1]), num(1)), Aid(lemmas=(lemma,))),
            MatrixProof,
        )


@pytest.mark.parametrize(("first", "less"), [(0, 0), (0, 1), (1, 0)])
def test_the_reader_refuses_a_rate_at_an_end_by_itself(
    first: int, less: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the hole put back into the prover, witnesses included."""
    monkeypatch.setattr(frame, "rate_of", lambda spec, e: frame.at_index(e))
    found = outcome(Identity(dot(c[k]), num(1), first, less), setting(num(1)))
    assert found.verdict is Verdict.UNDECIDED and "does not accept" in found.reason


BEYOND: dict[str, Mat] = {
    "after the last end": c[k + 1],
    "before the first end": c[k - 2],
    "in a sum": total(c[p + 1]),
    "a sequence": s[k + 1] * c[k],
    "a moment": tr(G(k + 1)) * c[k],
    "a fixed index": c[N + 1],
}


@pytest.mark.parametrize("hole", BEYOND)
def test_what_is_neither_inside_nor_an_end_is_not_zero(hole: str) -> None:
    """c_(N+1) counted as zero in the prover, and the reader refused every certificate that asked
    for it.
    """
    about = Matrices(letters=(INNER,), sequences=("s",), square=True)
    with pytest.raises(BadInput, match="not there"):
        claim(Identity(BEYOND[hole], BEYOND[hole] * 1, 1, 0), about)


RANGES = {
    "a layer after the last": ({"U": Family("U")[k + 1]}, (Letter("U", "n", "n", "layers"),)),
    "a layer before the first": ({"U": Family("U")[k - 1]}, (Letter("U", "n", "n", "layers"),)),
    "an inner family beyond its end": ({"U": c[k - 1]}, (Letter("U", "k", "k", "ends"), INNER)),
    "in a sum": (
        {"Y": total(Family("U")[p + 1])},
        (Letter("U", "n", "n", "layers"), Letter("Y", "n", "n")),
    ),
}


@pytest.mark.parametrize("hole", RANGES)
def test_a_rate_speaks_of_what_is_there(hole: str) -> None:
    rates, letters = RANGES[hole]
    with pytest.raises(BadInput, match="not there"):
        claim(
            Identity(m, m * 1),
            Matrices(
                Prescribed(rates),
                letters=(*letters, Letter("m", "n", "n")),
                layers=False,
                square=True,
            ),
        )


def test_moments_are_kept_at_their_ends_too() -> None:
    """G_0 = G_N = 0, whatever the flow."""
    assert (
        outcome(Unchanged(G(k), 0, 0), Matrices(GradientFlow(norm2(X)))).verdict is Verdict.PROVED
    )
    assert (
        outcome(
            Decays(G(k) - 1, num(0), 0, 0), Matrices(GradientFlow(norm2(X)), square=True)
        ).verdict
        is Verdict.PROVED
    )
