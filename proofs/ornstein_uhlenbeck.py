"""The stationary density of dx = -kappa x dt + sqrt(2/beta) dB, one coordinate: Fokker-Planck gives
exp(-beta kappa x^2/2).

The right-hand side of the Fokker-Planck equation, d/dx(kappa x p) + (1/beta) d/dx(d/dx(p)), must
vanish. With exp(-beta kappa x^2), as printed, it is kappa (2 beta kappa x^2 - 1) p.

As printed the drift has no dt: read as it stands, the mean changes over every span of time h by
-kappa times itself, whatever h is. With dt the mean obeys m' = -kappa m.

Given the product x = w1 w2 of two scalar layers, the density relative to the balanced point of the
fibre is exp(-beta kappa (w1 - w2)^2/2): away from balance it falls at the rate kappa (w1 - w2)^2/2
in beta. That the laws themselves converge to the uniform law on O_X is not stated: no language here
speaks of laws. On O_X the density is constant, for it depends on the sum of squares alone.
"""

from proofs.sources import LM_DERIVED
from verify.claims.claim import Break, Claim, Remark, Source
from verify.claims.conclusions.equals import Equals
from verify.claims.conclusions.sign import Sign
from verify.claims.hypotheses.formulas import Given
from verify.models.formulas import Exp, Formulas, Let, Letter, letters, partial
from verify.terms.expr import Expr, const, dot, num

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

DRIFT = Source("2511.01137v2", "eq:fast-slow2")
T, H, M0, M, F = letters("t h m0 m f")
_SIGNS = (Letter("m0"), Letter("kappa", ">"))

OU_MEAN = Claim(
    id="ou-mean",
    also=("err-ou-dt",),
    as_printed="ou-mean-printed",
    title="weight decay with noise: the mean",
    setting=Formulas(
        "mean m of dx = -kappa x dt + sqrt(2/beta) dB, from m0",
        (Letter("t"), *_SIGNS),
        (Exp("f", -KAPPA * T), Let("m", M0 * F)),
        {"t": num(1)},
        ({"t": 0, "m0": 1, "kappa": 1},),
    ),
    assuming=(),
    concluding={"mean": Equals(dot(M), -KAPPA * M)},
    source=DRIFT,
)

OU_MEAN_PRINTED = OU_MEAN.false_variant(
    id="ou-mean-printed",
    title="as printed, without dt: the change of the mean over a span of time",
    setting=Formulas(
        "change c of the mean over the time h under dx = -kappa x dt + sqrt(2/beta) dB, from m0",
        (Letter("h"), *_SIGNS),
        (Exp("f", -KAPPA * H), Let("c", M0 * F - M0)),
        points=({"h": 0, "m0": 1, "kappa": 1},),
    ),
    concluding={"change": Equals(const("c"), -KAPPA * M0)},
)

W1, W2, Q = letters("w1 w2 q")

OU_BAYES = Claim(
    id="ou-bayes",
    also=("dln-ou-bayes",),
    title="two scalar layers: the stationary density on a fibre at low temperature",
    setting=Formulas(
        "stationary density on the fibre of w1 w2, relative to its balanced point; beta runs",
        (Letter("beta", ">"), Letter("kappa", ">"), Letter("w1", ">"), Letter("w2", ">")),
        (Exp("q", -BETA * KAPPA * (W1**2 + W2**2) / 2 + BETA * KAPPA * W1 * W2),),
        {"beta": num(1)},
        ({"beta": 1, "kappa": 1, "w1": 1, "w2": 1},),
    ),
    assuming=(Given("unbalanced", W1 - W2),),
    concluding={
        "exponent": Equals(dot(Q), -KAPPA * (W1 - W2) ** 2 / 2 * Q),
        "falls": Sign(-dot(Q), ">"),
    },
    breaks=(Break("unbalanced"),),
    source=LM_DERIVED,
    remarks=(Remark("ou-density"), Remark("coarea-weight")),
)
