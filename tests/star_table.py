"""Sentences about matrices of every size, true and false ones, and those of the shipped claims, for
the laws of words.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from proofs import CLAIMS
from proofs.lemmas.balanced import (
    LAYERS_EQUAL,
    LEFT,
    LEFT_ROOT,
    LETTERS,
    RIGHT,
    RIGHT_ROOT,
    WHOLE_LEFT,
    WHOLE_RIGHT,
    M,
    S,
)
from verify.claims.conclusions.matrix_bound import NonNegative
from verify.claims.conclusions.matrix_help import Aid, Square
from verify.claims.conclusions.matrix_limit import Settles
from verify.claims.conclusions.matrix_minimum import FibreMinimum
from verify.claims.conclusions.matrix_root import Root
from verify.claims.conclusions.of_matrices import Decays, Identity, OfMatrices, Unchanged
from verify.claims.hypotheses.matrices import Holds, balanced
from verify.models.matrices import Matrices
from verify.models.motions import ActionFlow, FibreFlow, GradientFlow, GradientStep, Prescribed
from verify.terms.affine import N, k, p
from verify.terms.letters import Letter
from verify.terms.matrices import (
    LOSS,
    A,
    B,
    Family,
    G,
    H,
    Mat,
    P,
    W,
    X,
    after,
    const,
    dot,
    inner,
    letter,
    norm2,
    num,
    total,
    tr,
    w,
)
from verify.terms.relation import Equal


@dataclass(frozen=True)
class Row:
    name: str
    setting: Matrices
    conclusion: OfMatrices
    assuming: tuple[Holds, ...] = ()
    aid: Aid = field(default_factory=Aid)

    def __str__(self) -> str:
        return self.name


a, b = Family("a"), Family("b")
INNER = (Letter("a", "k", "k", "inner"), Letter("b", "k", "k", "inner"))
KAPPA, ETA = const("kappa"), const("eta")
HALF = total(norm2(W[p])) / 2
MOMENT = total(norm2(G(p)), 1, N - 1)
NESS, FIBRE, ACTING = (
    Matrices(GradientFlow(MOMENT / 2)),
    Matrices(FibreFlow(HALF)),
    Matrices(ActionFlow("a"), letters=INNER),
)
ROOTS = Matrices(GradientFlow(LOSS), letters=LETTERS, definitions=LEFT_ROOT | RIGHT_ROOT)
ACTED_ROOT = Matrices(ActionFlow("a"), letters=(INNER[0], LETTERS[1]), definitions=RIGHT_ROOT)
HERMITIAN = Holds("hermitian", "a", (Equal(a[k].H, a[k]),))
CONVEX = Aid(squares=(Square(Fraction(2), w("a", p), (1, 0)),))
STEEP = Aid(squares=(Square(Fraction(4), G(p), (1, 1)),), factor=Fraction(2))
#: the triple (A, B, C) of a linear system, moved by a constant m
TRIPLE = Matrices(
    Prescribed(
        {
            "F": letter("m") * letter("F") - letter("F") * letter("m"),
            "J": letter("m") * letter("J"),
            "K": -(letter("K") * letter("m")),
        }
    ),
    letters=(
        Letter("F", "n", "n"),
        Letter("J", "n", "inputs"),
        Letter("K", "outputs", "n"),
        Letter("m", "n", "n"),
    ),
    layers=False,
)
F, J, K, m = (letter(x) for x in "FJKm")
MU = F * F.H - F.H * F + J * J.H - K.H * K


def slope(i) -> Mat:
    return A[i].H * P * B[i].H


DEFECT = ETA**2 * (slope(k) * slope(k).H - slope(k + 1).H * slope(k + 1))
OWN = (
    Row("moments", Matrices(GradientFlow(LOSS)), Unchanged(G(k))),
    Row("layer norms", Matrices(GradientFlow(LOSS)), Unchanged(norm2(W[k + 1]) - norm2(W[k]))),
    Row("weight decay", Matrices(GradientFlow(LOSS + KAPPA * HALF)), Decays(G(k), -2 * KAPPA)),
    Row(
        "end to end",
        Matrices(GradientFlow(LOSS)),
        Identity(dot(X), -total(A[p] * A[p].H * P * B[p].H * B[p])),
    ),
    Row("descent of E", Matrices(GradientFlow(LOSS)), Identity(dot(LOSS), -total(norm2(slope(p))))),
    Row("step", Matrices(GradientStep(LOSS)), Identity(after(G(k)), G(k) + DEFECT)),
    Row("Kirwan-Ness field", NESS, Identity(dot(W[k]), -2 * w("G", k), 1, 0)),
    Row("Kirwan-Ness moments", NESS, Identity(dot(G(k)), -2 * (H("G", k) + H("G", k).H))),
    Row("Kirwan-Ness dissipation", NESS, Identity(dot(MOMENT / 2), -4 * total(norm2(w("G", p))))),
    Row("Kirwan-Ness product", NESS, Unchanged(X)),
    Row("Kirwan-Ness norm", NESS, Identity(dot(HALF), -2 * MOMENT)),
    Row("Kirwan-Ness limit", NESS, Settles(MOMENT), (), STEEP),
    Row("balancing", FIBRE, Decays(G(k), num(-2))),
    Row("balancing keeps X", FIBRE, Unchanged(X)),
    Row("first variation", ACTING, Identity(dot(HALF), total(inner(G(p), a[p]), 1, N - 1))),
    Row(
        "fibre metric",
        ACTING,
        Identity(total(inner(H("b", p), b[p]), 1, N - 1), total(norm2(w("b", p)))),
    ),
    Row(
        "fibre metric, two",
        ACTING,
        Identity(total(inner(H("b", p), a[p]), 1, N - 1), total(inner(w("b", p), w("a", p)))),
    ),
    Row("pushforward", ACTING, Identity(dot(G(k)), H("a", k) + H("a", k).H)),
    Row("convexity", ACTING, NonNegative(dot(dot(HALF))), (HERMITIAN,), CONVEX),
    Row(
        "learning",
        ROOTS,
        Identity(dot(X), -total(M ** (N - p) * P * S ** (p - 1))),
        (balanced(),),
        Aid(lemmas=LEFT + RIGHT),
    ),
    Row(
        "left root",
        ROOTS,
        Root(M, X * X.H),
        (balanced(),),
        Aid(lemmas=LEFT, uses={"power": WHOLE_LEFT}, squares=(Square(Fraction(1), W[N]),)),
    ),
    Row(
        "Kempf-Ness",
        ACTED_ROOT,
        FibreMinimum(S),
        (),
        Aid(lemmas=RIGHT + LAYERS_EQUAL, uses={"power": WHOLE_RIGHT}),
    ),
    Row("norm balance", TRIPLE, Identity(dot((norm2(F) + norm2(J) + norm2(K)) / 2), tr(MU * m))),
)
#: as printed somewhere, or with a hypothesis too few
FALSE = (
    Row("half of the dissipation", NESS, Identity(dot(MOMENT / 2), -2 * total(norm2(w("G", p))))),
    Row("convex in every direction", ACTING, NonNegative(dot(dot(HALF))), (), CONVEX),
    Row("twice the rate of balancing", FIBRE, Decays(G(k), num(-4))),
    Row("moments under decay", Matrices(GradientFlow(LOSS + KAPPA * HALF)), Unchanged(G(k))),
    Row("moments after a step", Matrices(GradientStep(LOSS)), Identity(after(G(k)), G(k))),
    Row(
        "learning without balance", ROOTS, Identity(dot(X), -total(M ** (N - p) * P * S ** (p - 1)))
    ),
    Row(
        "dropped conjugate",
        Matrices(GradientFlow(LOSS)),
        Unchanged(W[k] * W[k].T - W[k + 1].T * W[k + 1]),
    ),
    Row("transposed moment", ACTING, Identity(dot(HALF), total(tr(G(p).T * a[p]), 1, N - 1))),
)


def shipped() -> tuple[Row, ...]:
    """Every conclusion of every claim about matrices in ``proofs``."""
    found = []
    for claim in CLAIMS:
        if isinstance(claim.setting, Matrices):
            for name, conclusion in claim.concluding.items():
                aid = claim.hints.get(name, Aid())
                found.append(
                    Row(
                        f"{claim.id}, {name}", claim.setting, conclusion, tuple(claim.assuming), aid
                    )
                )  # type: ignore[arg-type]
    return tuple(found)


ROWS = OWN + shipped()
