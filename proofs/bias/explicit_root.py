"""Implicit against explicit regularisation at depth 2: R(b) = min |w - alpha 1|^2 over w_+^2 -
w_-^2 = b is alpha^2 sum r(b_i/alpha^2), r algebraic, where the implicit potential q is
transcendental. r is a root of p_z(u) = u^4 - 6 u^3 + (12 - 2 z^2) u^2 - (8 + 10 z^2) u + z^2 + z^4,
whose discriminant is -16 z^4 (16 z^2 + 27)^3: a real quartic with a negative one has two real roots
and two that are not.
"""

from proofs.bias.sources import DERIVED, PRINTED
from proofs.samples import explicit as sampled
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions import Agrees
from verify.claims.conclusions.equals import Equals
from verify.claims.conclusions.sign import Sign
from verify.models.formulas import Formulas, Let, Letter, letters
from verify.models.samples import Samples
from verify.terms.expr import const, num

X, B, C, E = letters("z b c k")
T = const("t")
#: of u^4 + b u^3 + c u^2 + t u + k
DISCRIMINANT = (
    256 * E**3 - 192 * B * T * E**2 - 128 * C**2 * E**2 + 144 * C * T**2 * E - 27 * T**4
    + 144 * B**2 * C * E**2 - 6 * B**2 * T**2 * E - 80 * B * C**2 * T * E + 18 * B * C * T**3
    + 16 * C**4 * E - 4 * C**3 * T**2 - 27 * B**4 * E**2 + 18 * B**3 * C * T * E - 4 * B**3 * T**3
    - 4 * B**2 * C**3 * E + B**2 * C**2 * T**2
)  # fmt: skip
COEFFICIENTS = (
    Let("b", num(-6)), Let("c", 12 - 2 * X**2), Let("t", -8 - 10 * X**2), Let("k", X**2 + X**4),
)  # fmt: skip
IMPLICIT_VS_EXPLICIT = Claim(
    id="implicit-vs-explicit-d2",
    title="depth 2: the discriminant of the quartic of the explicit potential is negative",
    setting=Formulas("the coefficients of p_z", (Letter("z", ">"),), COEFFICIENTS),
    assuming=(),
    concluding={
        "discriminant": Equals(DISCRIMINANT, -16 * X**4 * (16 * X**2 + 27) ** 3),
        "negative": Sign(16 * X**4 * (16 * X**2 + 27) ** 3, ">"),
    },
    source=DERIVED,
    remarks=(Remark("explicit-potential"), Remark("implicit-is-explicit")),
    as_printed="explicit-root-printed",
)
EXPLICIT_ROOT_PRINTED = IMPLICIT_VS_EXPLICIT.false_variant(
    id="explicit-root-printed",
    title="as printed: the real root of the quartic, of which there are two",
    setting=Samples(sampled.EXPLICIT, sizes=((),), each=5),
    concluding={"roots": Agrees(sampled.ROOTS, sampled.EXPECTED)},
    source=PRINTED,
)
