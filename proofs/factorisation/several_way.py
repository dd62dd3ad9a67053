"""Large starts move little. With the residuals r, s = |U'|^2 >= K |r|^2 (mf-kernel-speed), R =
|r|^2 and f = <r, r'> = -s (gradient-flow-rates) K s R <= f^2: |U'| <= -|r|'/sqrt K.

So the way U goes is at most |r(0)|/sqrt K, of the order of m^(-1/2), for as long as U U^* >= m I.
That it stays so, the constants of Theorem 9 and Gaussian entries, of Corollary 10: kernel_regime.
"""

from proofs.factorisation.wide import DERIVED_9
from verify.claims.claim import Break, Claim, Remark
from verify.claims.conclusions.at_most import AtMost
from verify.claims.experiments import Nearby
from verify.claims.hypotheses.related import Related
from verify.models.declared import Declared, constant

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
