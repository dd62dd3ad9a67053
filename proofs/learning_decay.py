"""The learning flow at balance with weight decay, whose part in X' has a potential."""

from proofs.learning import HELP, LEARNED, ROOTS, n_
from proofs.lemmas.balanced import LEFT, LETTERS, M, S
from proofs.moments import HALF_NORM, kappa
from proofs.sources import LINDSEY_MENON
from verify.claims.claim import Break, Claim, Remark, Source
from verify.claims.conclusions.matrix_kinds import Aid, Identity, Lemma, Use
from verify.claims.hypotheses.matrices import balanced
from verify.models.matrices import Matrices
from verify.models.motions import GradientFlow
from verify.terms.affine import N, affine, k, p
from verify.terms.letters import Letter
from verify.terms.matrices import LOSS, W, X, dot, num, total
from verify.terms.relation import Equal

DECAYING = Matrices(GradientFlow(LOSS + kappa * HALF_NORM), letters=LETTERS, definitions=ROOTS)
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
