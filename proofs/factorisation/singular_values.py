"""Singular values of a product of N layers along the learning flow of any C^1 loss, P its gradient:
sigma' = -N sigma^(2 - 2/N) <P, u v^*> at balance.

Three links. X' = -sum_p A_p A_p^* P B_p^* B_p always (dln-learning-flow-any). Where G is the
diagonal of singular values with unit frames u and v, G' is <u, X' v> in trace, however u and v turn
(singular-value-rate). At balance, M = W_N W_N^* and S = W_1^* W_1, u and v are eigenvectors of M
and S with s = sigma^(2/N), and the sum over p is N s^(N-1) <u, P v>. With two layers 3/2 and 2/3 it
is 97/36 instead of 2.
"""

from fractions import Fraction

from proofs.factorisation.eigenvectors import DOWN, EIGEN, RATE, UP, VECTORS, scalars
from proofs.factorisation.sources import DEEP
from proofs.lemmas.balanced import LEFT, LEFT_ROOT, LETTERS, RIGHT, RIGHT_ROOT, M, S
from verify.claims.claim import Break, Claim, Remark
from verify.claims.conclusions.matrix_kinds import Aid
from verify.claims.hypotheses.matrices import BALANCE, Holds
from verify.models.matrices import Example, Matrices
from verify.terms.affine import N
from verify.terms.letters import Letter
from verify.terms.matrices import X
from verify.terms.relation import Equal

_PLANE = Example(
    {"W": ([[1, 0], [0, 2]],) * 2, "P": [[1, 2], [3, 4]], "M": [[1, 0], [0, 4]],
     "S": [[1, 0], [0, 4]], "u": [[0], [1]], "v": [[0], [1]]},
    2, (2, 2, 2), {"m": 1}, {"s": 4},
)  # fmt: skip

DMF_SINGULAR_VALUES = Claim(
    id="dmf-singular-values",
    title="balanced layers: the slope of a singular value",
    setting=Matrices(
        letters=(*LETTERS, *VECTORS),
        definitions=LEFT_ROOT | RIGHT_ROOT | EIGEN,
        examples=(_PLANE, scalars((1, 2, 1))),
    ),
    assuming=(Holds("balance", "balanced", BALANCE),),
    concluding={"rate": RATE},
    hints={"rate": Aid(lemmas=(*LEFT, *RIGHT, UP, DOWN))},
    breaks=(Break("balance"),),
    source=DEEP,
    remarks=(Remark("singular-value-rate"), Remark("dln-learning-flow-any")),
)
DMF_UNBALANCED = DMF_SINGULAR_VALUES.false_variant(
    id="dmf-singular-values-unbalanced",
    title="a misreading: the slope of a singular value without balance",
    setting=Matrices(
        letters=(*(Letter(x.name, x.rows, x.cols, form="positive") for x in LETTERS), *VECTORS),
        definitions={"M": (Equal(M**N, X * X.H),), "S": (Equal(S**N, X.H * X),), **EIGEN},
        examples=(scalars((Fraction(3, 2), Fraction(2, 3))),),
    ),
    assuming=(),
    concluding={"rate": RATE},
)
