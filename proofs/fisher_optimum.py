"""The optimum of the Fisher ratio (m'w)^2/(w'S_W w) is the direction v = S_W^(-1) m.

Scale w so that m'w = m'v; then w'S_W w - v'S_W v = |S_W^(1/2) (w - v)|^2. So the convex programme
min w'S_W w, m'w = m'v has the one solution v, and on a part of that plane that holds v, such as an
orthant, no other point satisfies its first-order conditions.
"""

from proofs.sources import DERIVED
from verify.claims.claim import Break, Claim, Remark
from verify.claims.conclusions.matrix_kinds import Aid, Identity, Use
from verify.claims.hypotheses.matrices import Holds
from verify.models.matrices import Example, Matrices
from verify.terms.letters import Letter
from verify.terms.matrices import letter, norm2
from verify.terms.relation import Equal

T, m, v, w = (letter(x) for x in "Tmvw")
_DATA = {"T": [[1, 0], [0, 2]], "m": [[1], [4]], "v": [[1], [1]]}
_SIZES = {"n": 2, "u": 1}

LDA_FISHER_OPTIMUM = Claim(
    id="lda-fisher-optimum",
    title="the Fisher ratio and its direction",
    setting=Matrices(
        letters=(
            Letter("T", "n", "n", form="positive", about="T = S_W^(1/2)"),
            Letter("m", "n", "u", about="a column"),
            Letter("v", "n", "u", about="v = S_W^(-1) m"),
            Letter("w", "n", "u"),
        ),
        definitions={"v": (Equal(T**2 * v, m),)},
        layers=False,
        examples=(
            Example(sizes=_SIZES, values={**_DATA, "w": [[5], [0]]}),
            Example(sizes=_SIZES, values={**_DATA, "w": [[1], [0]]}),
        ),
    ),
    assuming=(Holds("scale", "scaled alike", (Equal(m.H * w, m.H * v),)),),
    concluding={"gap": Identity(norm2(T * w) - norm2(T * v), norm2(T * (w - v)))},
    hints={"gap": Aid(uses={"identity": (Use("v", left=w.H, trace=True),)})},
    breaks=(Break("scale"),),
    source=DERIVED,
    remarks=(Remark("lda-fisher-unique"), Remark("lda-fisher-singular")),
)
