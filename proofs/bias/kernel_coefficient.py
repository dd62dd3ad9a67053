"""At large scales beta - b2 = kappa^(-2) c_D (..) with c_D = (D-1)(3D-4)/(12 D^2), which is 1/24 at
D = 2, increases with the depth and stays below 1/4: a deeper network leaves the kernel regime
sooner as its scale falls.
"""

from fractions import Fraction

from proofs.bias.sources import DERIVED
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions.sign import Sign
from verify.models.formulas import Formulas, Let, Letter, letters
from verify.terms.expr import const, dot, num

(R,) = letters("r")
N = const("n")
DEPTH_KERNEL_COEFFICIENT = Claim(
    id="depth-kernel-coefficient",
    title="large scales: the coefficient of the kernel regime increases with depth, to a quarter",
    setting=Formulas(
        "the depth n = 2 + r, as if it moved at speed 1", (Letter("r", ">"),),
        (Let("n", 2 + R), Let("c", (N - 1) * (3 * N - 4) / (12 * N**2))),
        {"r": num(1)},
    ),
    assuming=(),
    concluding={
        "deeper": Sign(dot(const("c")), ">"),
        "least": Sign(const("c") - Fraction(1, 24), ">"),
        "most": Sign(Fraction(1, 4) - const("c"), ">"),
    },
    source=DERIVED,
    remarks=(Remark("depth-kernel-rate"),),
)  # fmt: skip
