"""The moments G_k = W_k W_k* - W_(k+1)* W_(k+1) of a deep linear network, for every depth, every
size, every C^1 loss of the product.

G is the moment map of W_k -> g_k W_k g_(k-1)^(-1): half the derivative of the sum of squares along
w_a is sum_k <G_k, a_k>.
"""

from fractions import Fraction

from proofs.sources import LINDSEY_MENON, LM_DERIVED
from verify.claims.claim import Break, Claim, Remark
from verify.claims.conclusions.matrix_kinds import (
    Aid,
    Decays,
    Identity,
    NonNegative,
    Square,
    Unchanged,
)
from verify.claims.hypotheses.matrices import Holds, balanced
from verify.models.matrices import Example, Matrices
from verify.models.motions import ActionFlow, GradientFlow, GradientStep
from verify.terms.affine import N, k, p
from verify.terms.letters import Letter
from verify.terms.matrices import (
    LOSS,
    A,
    B,
    Family,
    G,
    H,
    P,
    Sequence,
    W,
    after,
    const,
    dot,
    inner,
    norm2,
    num,
    total,
    w,
)
from verify.terms.relation import Equal

a, b, c = Family("a"), Family("b"), Family("c")
kappa, eta = const("kappa"), const("eta")
HALF_NORM = total(norm2(W[p])) / 2
LEARNING = Matrices(GradientFlow(LOSS))
ALONG_A = Matrices(ActionFlow("a"), letters=(Letter("a", "k", "k", "inner", about="any matrices"),))
ALONG_AB = Matrices(
    ActionFlow("a"),
    letters=(*ALONG_A.letters, Letter("b", "k", "k", "inner", about="any matrices")),
)
D_K = A[k].H * P * B[k].H
D_NEXT = A[k + 1].H * P * B[k + 1].H

DLN_MOMENTS_CONSERVED = Claim(
    id="dln-moments-conserved",
    title="the moments along the learning flow",
    setting=LEARNING,
    assuming=(),
    concluding={"moment": Unchanged(G(k))},
    source=LINDSEY_MENON,
    remarks=(Remark("dln-descent-defect"),),
)
DHL_LAYER_NORM = Claim(
    id="dhl-layer-norm",
    title="differences of squared layer norms",
    setting=LEARNING,
    assuming=(),
    concluding={"norms": Unchanged(norm2(W[k + 1]) - norm2(W[k]))},
    source=LINDSEY_MENON,
)
DLN_DESCENT_DEFECT = Claim(
    id="dln-descent-defect",
    title="the moments after a descent step",
    setting=Matrices(GradientStep(LOSS)),
    assuming=(),
    concluding={"defect": Identity(after(G(k)), G(k) + eta**2 * (D_K * D_K.H - D_NEXT.H * D_NEXT))},
    source=LM_DERIVED,
)
DLN_DESCENT_CONSERVES = DLN_DESCENT_DEFECT.false_variant(
    id="dln-descent-conserves",
    title="a misreading: the moments after a descent step",
    concluding={"moment": Identity(after(G(k)), G(k))},
)
_NOT_NORMAL = Example(
    depth=2,
    dims=(2, 2, 2),
    values={"W": ([[1, 0], [0, 1]], [[1, 0], [0, 1]]), "P": [[0, 1], [0, 0]]},
    scalars={"eta": 1},
)
DLN_DESCENT_BALANCE = DLN_DESCENT_DEFECT.false_variant(
    id="dln-descent-balance",
    title="a misreading: balance after a descent step, layers of size 2",
    setting=Matrices(GradientStep(LOSS), square=True, examples=(_NOT_NORMAL,)),
    assuming=(balanced(),),
    concluding={"moment": Identity(after(G(k)), num(0))},
)
DLN_WEIGHT_DECAY = Claim(
    id="dln-weight-decay",
    title="the moments under weight decay",
    setting=Matrices(GradientFlow(LOSS + kappa * HALF_NORM)),
    assuming=(),
    concluding={"moment": Decays(G(k), -2 * kappa)},
    source=LINDSEY_MENON,
    remarks=(Remark("dln-weight-decay-each"), Remark("dln-weight-decay-uneven")),
)
rate = Sequence("rate")
DLN_WEIGHT_DECAY_EACH = Claim(
    id="dln-weight-decay-each",
    title="the moments under decay of inner layers at rates of their own",
    setting=Matrices(
        GradientFlow(LOSS + total(rate[p] * norm2(W[p]), 1, N - 1) / 2), sequences=("rate",)
    ),
    assuming=(),
    concluding={
        "moment": Identity(
            dot(G(k)), -2 * (rate[k] * W[k] * W[k].H - rate[k + 1] * W[k + 1].H * W[k + 1])
        )
    },
    source=LM_DERIVED,
)
DLN_WEIGHT_DECAY_UNEVEN = DLN_WEIGHT_DECAY_EACH.false_variant(
    id="dln-weight-decay-uneven",
    title="a misreading: the moments where the last layer does not decay",
    setting=Matrices(GradientFlow(LOSS + kappa * total(norm2(W[p]), 1, N - 1) / 2), least_depth=2),
    concluding={"moment": Decays(G(k), -2 * kappa)},
)
DLN_FIRST_VARIATION = Claim(
    id="dln-first-variation",
    title="half the sum of squares along the group",
    setting=ALONG_A,
    assuming=(),
    concluding={"variation": Identity(dot(HALF_NORM), total(inner(G(p), a[p]), 1, N - 1))},
    source=LINDSEY_MENON,
)
DLN_FIBER_METRIC = Claim(
    id="dln-fiber-metric",
    title="the metric of the fibre in terms of H",
    setting=ALONG_AB,
    assuming=(),
    concluding={
        "metric": Identity(
            total(inner(w("b", p), w("a", p))), total(inner(H("b", p), a[p]), 1, N - 1)
        ),
        "self-adjoint": Identity(
            total(inner(H("b", p), a[p]), 1, N - 1), total(inner(b[p], H("a", p)), 1, N - 1)
        ),
        "nonnegative": NonNegative(total(inner(H("b", p), b[p]), 1, N - 1)),
    },
    hints={"nonnegative": Aid(squares=(Square(Fraction(1), w("b", p), (1, 0)),))},
    source=LINDSEY_MENON,
    remarks=(Remark("dln-fiber-metric-definite"),),
)
DLN_MOMENT_PUSHFORWARD = Claim(
    id="dln-moment-pushforward",
    title="the moments along the group's action",
    setting=ALONG_A,
    assuming=(),
    concluding={"pushforward": Identity(dot(G(k)), H("a", k) + H("a", k).H)},
    source=LINDSEY_MENON,
)
HERMITIAN = Holds("hermitian", "Hermitian", (Equal(a[k].H, a[k], 1, 1),))
_HALF_TURN = Example(
    depth=2,
    dims=(2, 2, 2),
    values={
        "W": ([[0, Fraction(1, 2)], [-2, 0]], [[0, -Fraction(1, 2)], [2, 0]]),
        "a": ([[0, 1], [-4, 0]],),
        "P": [[0, 0], [0, 0]],
    },
)
DLN_HIDDEN_CONVEXITY = Claim(
    id="dln-hidden-convexity",
    title="half the sum of squares along Hermitian one-parameter subgroups",
    setting=Matrices(ActionFlow("a"), letters=ALONG_A.letters, examples=(_HALF_TURN,)),
    assuming=(HERMITIAN,),
    concluding={
        "second": Identity(dot(dot(HALF_NORM)), 2 * total(norm2(w("a", p)))),
        "convex": NonNegative(dot(dot(HALF_NORM))),
    },
    hints={"convex": Aid(squares=(Square(Fraction(2), w("a", p), (1, 0)),))},
    breaks=(Break("hermitian"),),
    source=LINDSEY_MENON,
)
