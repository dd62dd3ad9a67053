"""No direction but v = S_W^(-1) m is an optimum of the Fisher ratio; a singular S_W has more: S_W =
diag(1, 0), m = (1, 0) is indifferent to the second coordinate.
"""

from proofs.fisher_optimum import _SIZES, T, v, w
from proofs.sources import DERIVED
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions.matrix_kinds import Aid, Identity, Use
from verify.models.matrices import Example, Matrices
from verify.terms.letters import Letter
from verify.terms.relation import Equal

_AT_V = Example(sizes=_SIZES, values={"T": [[1, 0], [0, 2]], "v": [[1], [1]], "w": [[1], [1]]})
_BESIDE = Example(sizes=_SIZES, values={"T": [[1, 0], [0, 0]], "v": [[1], [1]], "w": [[1], [2]]})


def _meets(form: str, about: str) -> Matrices:
    """Another point w that the form S_W does not tell from v."""
    return Matrices(
        letters=(
            Letter("T", "n", "n", form=form, about=about),
            Letter("v", "n", "u"),
            Letter("w", "n", "u"),
        ),
        definitions={"gap": (Equal(T * w, T * v),)},
        layers=False,
        examples=(_AT_V if form == "positive" else _BESIDE,),
    )


LDA_FISHER_UNIQUE = Claim(
    id="lda-fisher-unique",
    title="points where the gap of the Fisher ratio is 0",
    setting=_meets("positive", "T = S_W^(1/2)"),
    assuming=(),
    concluding={"same": Identity(w, v)},
    hints={"same": Aid(uses={"identity": (Use("gap", left=T**-1),)})},
    source=DERIVED,
    remarks=(Remark("lda-fisher-optimum"),),
)
LDA_FISHER_SINGULAR = LDA_FISHER_UNIQUE.false_variant(
    id="lda-fisher-singular",
    title="a misreading: points where the gap of the Fisher ratio is 0, singular scatter",
    setting=_meets("hermitian", "T = S_W^(1/2), S_W >= 0"),
    concluding={"same": Identity(w, v)},
)
