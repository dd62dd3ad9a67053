"""The learning flow at balance: X' = -A(E'(X)), A(Z) = sum_p (X X*)^((N-p)/N) Z (X* X)^((p-1)/N),
with and without decay.

A is self-adjoint and positive, and <X', V> = -<P, A(V)> says that X' is minus the gradient of E in
the metric g(Y, Z) = <A^(-1)(Y), Z>, where A is invertible: put Z = A(V).

M = W_N W_N* and S = W_1* W_1 are the roots (X X*)^(1/N) and (X* X)^(1/N) there
(dln-balanced-roots).
"""

from proofs.lemmas.balanced import (
    LEFT,
    LEFT_ROOT,
    LETTERS,
    RIGHT,
    RIGHT_ROOT,
    M,
    S,
)
from proofs.moments import HALF_NORM, kappa
from proofs.sources import LINDSEY_MENON, LM_DERIVED
from verify.claims.claim import Break, Claim, Remark, Source
from verify.claims.conclusions.matrix_kinds import Aid, Identity, Lemma, Use
from verify.claims.hypotheses.matrices import balanced
from verify.models.matrices import Example, Matrices
from verify.models.motions import GradientFlow, Prescribed
from verify.terms.affine import N, affine, k, p
from verify.terms.letters import Letter
from verify.terms.matrices import (
    LOSS,
    A,
    B,
    P,
    W,
    X,
    const,
    dot,
    inner,
    letter,
    norm2,
    num,
    total,
    tr,
)
from verify.terms.relation import Equal

n_ = const("N")
ROOTS = LEFT_ROOT | RIGHT_ROOT
FLOW = Matrices(GradientFlow(LOSS), letters=LETTERS, definitions=ROOTS)
DECAYING = Matrices(GradientFlow(LOSS + kappa * HALF_NORM), letters=LETTERS, definitions=ROOTS)
LEARNED = total(M ** (N - p) * P * S ** (p - 1))
LEARNED_V = total(M ** (N - p) * letter("V") * S ** (p - 1))
HELP = Aid(lemmas=LEFT + RIGHT)

DLN_LEARNING_FLOW = Claim(
    id="dln-learning-flow",
    title="the learning flow of X at balance",
    setting=FLOW,
    assuming=(balanced(),),
    concluding={"product": Identity(dot(X), -LEARNED)},
    hints={"product": HELP},
    breaks=(Break("balance"),),
    source=LINDSEY_MENON,
    remarks=(
        Remark("dln-balanced-roots"),
        Remark("dln-learning-gradient"),
        Remark("dln-learning-flow-any"),
    ),
)
V, R, Q = letter("V"), letter("R"), letter("Q")
SLOPES = total(norm2(A[p].H * P * B[p].H))
DLN_LEARNING_GRADIENT = Claim(
    id="dln-learning-gradient",
    title="the learning flow at balance as a gradient flow",
    setting=Matrices(
        GradientFlow(LOSS),
        letters=(*LETTERS, Letter("V", "N", "0", about="any matrix")),
        definitions=ROOTS,
    ),
    assuming=(balanced(),),
    concluding={
        "gradient": Identity(inner(dot(X), V), -inner(P, LEARNED_V)),
        "self-adjoint": Identity(inner(LEARNED_V, P), inner(V, LEARNED)),
        "positive": Identity(inner(P, LEARNED), SLOPES),
        "loss": Identity(dot(LOSS), -SLOPES),
    },
    hints=dict.fromkeys(("gradient", "self-adjoint", "positive"), HELP),
    breaks=(Break("balance"),),
    source=LINDSEY_MENON,
    remarks=(Remark("dln-learning-flow"),),
)
DLN_LEARNING_FLOW_ANY = Claim(
    id="dln-learning-flow-any",
    title="the learning flow of X without balance",
    setting=Matrices(GradientFlow(LOSS)),
    assuming=(),
    concluding={"product": Identity(dot(X), -total(A[p] * A[p].H * P * B[p].H * B[p]))},
    source=LINDSEY_MENON,
)
_PUSH_X = Lemma(
    "M X", Equal(M * X, X * S), "", (Use("push M", affine(1), left=-num(1), right=W[1]),)
)
_PUSH_POWERS = Lemma(
    "M^j X",
    Equal(M ** (N - k) * X, X * S ** (N - k), 0, 0),
    "down",
    (Use("M^j X", k + 1, left=M), Use("M X", right=S ** (N - k - 1))),
)
POSITIVE = (
    LETTERS[0],
    Letter("S", "0", "0", form="positive", about="S > 0: X has full column rank"),
)
DLN_REG_LEARNING = Claim(
    id="dln-reg-learning",
    title="the learning flow of X with weight decay",
    setting=Matrices(GradientFlow(LOSS + kappa * HALF_NORM), letters=POSITIVE, definitions=ROOTS),
    assuming=(balanced(),),
    concluding={
        "product": Identity(dot(X), -LEARNED - n_ * kappa * X),
        "potential": Identity(total(M ** (N - p) * (X * S ** (1 - N)) * S ** (p - 1)), n_ * X),
    },
    hints={"product": HELP, "potential": Aid(lemmas=(*LEFT, _PUSH_X, _PUSH_POWERS))},
    breaks=(Break("balance"),),
    source=LINDSEY_MENON,
    remarks=(Remark("dln-schatten-gradient"),),
    also=("err-normal",),
    as_printed="dln-normal-printed",
)
DLN_NORMAL_PRINTED = DLN_REG_LEARNING.false_variant(
    id="dln-normal-printed",
    title="as printed: the normal component with weight decay",
    setting=DECAYING,
    concluding={"product": Identity(dot(X), -LEARNED)},
    hints={"product": HELP},
    source=Source("2511.01137v2", "sec 5.1"),
)
_SCHATTEN = Example(
    values={"X": [[4]], "R": [[4]], "V": [[3]], "Q": [[3]]},
    depth=2,
    sizes={"m": 1, "n": 1},
)
DLN_SCHATTEN_GRADIENT = Claim(
    id="dln-schatten-gradient",
    title="the derivative of a trace of roots",
    setting=Matrices(
        Prescribed({"X": V, "R": Q}),
        letters=(
            Letter("X", "m", "n", about="any path of matrices with X* X > 0"),
            Letter("V", "m", "n", about="V = X'"),
            Letter("R", "n", "n", form="positive", about="R = (X* X)^(1/N) > 0"),
            Letter("Q", "n", "n", about="Q = R'"),
        ),
        definitions={"root": (Equal(R**N, X.H * X),)},
        layers=False,
        examples=(_SCHATTEN,),
    ),
    assuming=(),
    concluding={"gradient": Identity(n_ * dot(tr(R)) / 2, tr((X * R ** (1 - N)).H * V))},
    hints={"gradient": Aid(uses={"identity": (Use("root'", left=R ** (1 - N) / 2, trace=True),)})},
    source=LM_DERIVED,
)
