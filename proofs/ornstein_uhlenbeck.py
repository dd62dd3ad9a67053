"""The stationary density of dx = -kappa x dt + sqrt(2/beta) dB, one coordinate: Fokker-Planck gives
exp(-beta kappa x^2/2).

The right-hand side of the Fokker-Planck equation, d/dx(kappa x p) + (1/beta) d/dx(d/dx(p)), must
vanish. With exp(-beta kappa x^2), as printed, it is kappa (2 beta kappa x^2 - 1) p.
"""

from verify.claims.claim import Claim, Remark, Source
from verify.claims.conclusions.equals import Equals
from verify.models.formulas import Exp, Formulas, Letter, letters, partial
from verify.terms.expr import Expr, const, num

OU = Source("2511.01137v2", "eq:fast-slow3")
X, BETA, KAPPA = letters("x beta kappa")
P = const("p")
FOKKER_PLANCK = partial("x", KAPPA * X * P) + partial("x", partial("x", P)) / BETA


def density(exponent: Expr) -> Formulas:
    """p = exp(exponent), not normalised."""
    signs = (Letter("x"), Letter("beta", ">"), Letter("kappa", ">"))
    return Formulas(
        "density p of dx = -kappa x dt + sqrt(2/beta) dB, one coordinate",
        signs,
        (Exp("p", exponent),),
    )


CORRECTED = density(-BETA * KAPPA * X**2 / 2)
PRINTED = density(-BETA * KAPPA * X**2)

OU_DENSITY = Claim(
    id="ou-density",
    also=("err-ou-density",),
    as_printed="ou-density-printed",
    title="weight decay with noise: the stationary density",
    setting=CORRECTED,
    assuming=(),
    concluding={"stationary": Equals(FOKKER_PLANCK, num(0))},
    remarks=(Remark("ou-density-printed"),),
    source=OU,
)

OU_DENSITY_PRINTED = OU_DENSITY.false_variant(
    id="ou-density-printed",
    title="as printed: the stationary density",
    setting=PRINTED,
    concluding={"stationary": Equals(FOKKER_PLANCK, num(0))},
)

OU_DENSITY_RESIDUAL = Claim(
    id="ou-density-residual",
    title="what the printed density leaves in the Fokker-Planck equation",
    setting=PRINTED,
    assuming=(),
    concluding={"residual": Equals(FOKKER_PLANCK, KAPPA * (2 * BETA * KAPPA * X**2 - 1) * P)},
    source=OU,
)
