"""Large starts, several measurements: f_n = tr(X_n U U^*) and half the squared loss, of Theorem 9.

U moves by -2 S U, S = sum_n r_n X_n with the residuals r. Where U U^* = m I + C C^* the square of
the speed is 4 m |S|^2 + 4 |S C|^2, hence at least K |r|^2, K = 4 m times the least eigenvalue of
the Gram matrix of the X_n.
"""

from fractions import Fraction

from proofs.factorisation.wide import DERIVED_9
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions.matrix_kinds import Aid, Identity, NonNegative, Square, Use
from verify.models.matrices import Example, Matrices
from verify.terms.letters import Letter
from verify.terms.matrices import const, letter, norm2, num
from verify.terms.relation import Equal

S, U, C, m = letter("S"), letter("U"), letter("C"), const("m")
MORE = norm2(S * U) - m * norm2(S)
WIDE = Use("wide", left=S, right=S.H, trace=True)

MF_KERNEL_SPEED = Claim(
    id="mf-kernel-speed",
    title="several measurements: the square of the speed from a wide start",
    setting=Matrices(
        letters=(Letter("S", "n", "n"), Letter("U", "n", "l"), Letter("C", "n", "j")),
        definitions={"wide": (Equal(U * U.H, m * num(1) + C * C.H),)},
        layers=False,
        note="2 |S U| is the speed of U, S the combination of measurements by their residuals",
        examples=(
            Example(
                {"S": [[1, 2], [2, 0]], "U": [[2, 0, 0], [0, 2, 3]], "C": [[0], [3]]},
                sizes={"n": 2, "l": 3, "j": 1},
                scalars={"m": 4},
            ),
        ),
    ),
    assuming=(),
    concluding={"speed": Identity(MORE, norm2(S * C)), "least": NonNegative(MORE)},
    hints={
        "speed": Aid(uses={"identity": (WIDE,)}),
        "least": Aid(uses={"squares": (WIDE,)}, squares=(Square(Fraction(1), S * C),)),
    },
    source=DERIVED_9,
    remarks=(Remark("mf-kernel-way"), Remark("mf-kernel-distance"), Remark("mf-kernel-start")),
)
