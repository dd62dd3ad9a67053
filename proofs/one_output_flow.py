"""One output: on balanced points w' = -|w|^(2-2/N) (g + (N-1) (w.g) w/|w|^2), the learning flow for
a row w (Arora, Cohen, Hazan).

w w* = r^N, r = |w|^(2/N), and (X* X)^(1/N) = r^(1-N) w* w; M of one output is the number r. The
links give w' = -sum_p M^(N-p) g S^(p-1) at balance and M^N = w w*, S^N = w* w. The dot product w.g
stands as the matrix g w*.
"""

from proofs.lemmas.one_row import ROW, S, g, r, w
from verify.claims.claim import Claim, Remark, Source
from verify.claims.conclusions.matrix_kinds import Aid, Identity, Lemma, Use
from verify.terms.affine import N, k, p
from verify.terms.matrices import const, total
from verify.terms.relation import Equal

_POWERS = Lemma(
    "S^j",
    Equal(S**k, r ** (k - N) * w.H * w, 1, 0),
    "up",
    (
        Use("S^j", k - 1, left=S),
        Use("root", left=r ** (k - 1 - N), right=w.H * w),
        Use("norm", left=r ** (k - N - N) * w.H, right=w),
    ),
)
_SPLIT = Use("S^j", p - 1, left=r ** (N - p) * g, over=(2, 0))
ACH_END_TO_END = Claim(
    id="ach-end-to-end",
    title="one output: the field of the learning flow in w",
    setting=ROW,
    assuming=(),
    concluding={
        "field": Identity(
            total(r ** (N - p) * g * S ** (p - 1)),
            r ** (N - 1) * (g + (const("N") - 1) * r ** (-N) * g * w.H * w),
        )
    },
    hints={"field": Aid(lemmas=(_POWERS,), uses={"identity": (_SPLIT,)})},
    source=Source(
        "2511.01137v2",
        note="Arora, Cohen and Hazan, cited there; the one-output case of dln-learning-flow",
    ),
    remarks=(Remark("dln-learning-flow"), Remark("ach-motion"), Remark("ach-motion-row")),
    links=("dln-learning-flow", "dln-balanced-roots"),
)
