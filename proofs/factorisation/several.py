"""Large starts move little, several measurements: f_n = tr(X_n U U^*) and half the squared loss, of
Theorem 9.

U moves by -2 S U, S = sum_n r_n X_n with the residuals r. Where U U^* = m I + C C^* the square of
the speed is 4 m |S|^2 + 4 |S C|^2, hence at least K |r|^2, K = 4 m times the least eigenvalue of
the Gram matrix of the X_n. With s = |U'|^2, R = |r|^2 and f = <r, r'> = -s (gradient-flow-rates)
then K s R <= f^2: |U'| <= -|r|'/sqrt K, so that the way U goes is at most |r(0)|/sqrt K, of the
order of m^(-1/2), for as long as U U^* >= m I. That it stays so, the constants of Theorem 9 and
Gaussian entries, of Corollary 10: kernel_regime.
"""

from fractions import Fraction

from proofs.factorisation.wide import DERIVED_9
from verify.claims.claim import Break, Claim, Remark
from verify.claims.conclusions.at_most import AtMost
from verify.claims.conclusions.matrix_kinds import Aid, Identity, NonNegative, Square, Use
from verify.claims.experiments import Nearby
from verify.claims.hypotheses.related import Related
from verify.models.declared import Declared, constant
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

s, R, K = (constant(x, sign=">=") for x in "sRK")
fall = constant("f")
SETTING = Declared((s, R, K, fall))
FALLS = Related.of("fall", fall.here, -s.here)
ENOUGH = Related.of("kernel", s.here, K.here * R.here, ">=")
WAY = AtMost(K.here * s.here * R.here, fall.here**2)

MF_KERNEL_WAY = Claim(
    id="mf-kernel-way",
    title="squared loss: the speed of the weights by the fall of the residual",
    setting=SETTING,
    assuming=(FALLS, ENOUGH),
    concluding={"way": WAY},
    experiments=(Nearby("way", AtMost(2 * WAY.left, WAY.right), "twice of it"),),
    breaks=(Break("fall"), Break("kernel")),
    source=DERIVED_9,
    remarks=(Remark("mf-kernel-speed"), Remark("gradient-flow-rates")),
)
MF_KERNEL_WAY_ANY = MF_KERNEL_WAY.false_variant(
    id="mf-kernel-way-any",
    title="a misreading: the speed of the weights by the fall of the residual, without the kernel",
    assuming=(FALLS,),
    concluding={"way": WAY},
)
