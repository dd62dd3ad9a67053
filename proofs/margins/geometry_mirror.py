"""Mirror descent, z = grad psi(w), keeps B^T z at every step, of whatever length, where X B = 0.
A step of natural gradient, w - eta h'(z) g, does not: with h(z) = z^3 and one sample (1, 1) whose
slope is g = -1, from z = (3/7, 3/26), a step of length 1 doubles z_1 and triples z_2, where mirror
descent adds 1 to both.
"""

from fractions import Fraction

from proofs.margins.geometry import KERNEL, B, X, c, i, n
from proofs.margins.sources import GEOMETRY
from verify.claims.claim import Break, Claim
from verify.claims.conclusions import Equation
from verify.claims.conclusions.equals import Equals
from verify.models.declared import Declared, constant, parameter
from verify.models.formulas import Formulas, Letter, Root, letters
from verify.terms.expr import after, const
from verify.terms.indices import Sum

z, r, eta = parameter("z", i), constant("r", n), constant("eta", sign=">")
LINEAR = Sum(n, r[n] * Sum(i, X[n, i] * z[i]))
DUAL = Sum(i, B[i, c] * z[i])
MIRROR = Claim(
    id="opt-geometry-mirror",
    title="mirror descent: a step of the dual weights",
    setting=Declared((z, r, eta, X, B), step=LINEAR, size=eta),
    assuming=(KERNEL,),
    concluding={"across": Equation(after(DUAL), DUAL)},
    breaks=(Break("kernel"),),
    source=GEOMETRY,
)

V1, V2, T = letters("z1 z2 eta")
CUBES = Formulas(
    "h(z) = z^3, one sample (1, 1) whose slope is -1; from (z1^3, z2^3) a step of natural gradient"
    " of length eta leads to (p^3, q^3)",
    (Letter("z1", ">"), Letter("z2", ">"), Letter("eta", ">")),
    (
        Root("p", V1**3 + 3 * V1**2 * T, 3),
        Root("q", V2**3 + 3 * V2**2 * T, 3),
    ),
    points=({"z1": Fraction(3, 7), "z2": Fraction(3, 26), "eta": 1},),
)
NATURAL = MIRROR.false_variant(
    id="opt-geometry-natural",
    title="a misreading: a step of natural gradient keeps what mirror descent keeps",
    setting=CUBES,
    assuming=(),
    concluding={"across": Equals(const("p") - const("q"), V1 - V2)},
)
