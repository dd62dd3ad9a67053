"""The derivative of a trace of roots of X* X, where X has full column rank."""

from proofs.learning import Q, R, V, n_
from proofs.sources import LM_DERIVED
from verify.claims.claim import Claim
from verify.claims.conclusions.matrix_kinds import Aid, Identity, Use
from verify.models.matrices import Example, Matrices
from verify.models.motions import Prescribed
from verify.terms.affine import N
from verify.terms.letters import Letter
from verify.terms.matrices import X, dot, tr
from verify.terms.relation import Equal

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
