"""The mean of dx = -kappa x dt + sqrt(2/beta) dB obeys m' = -kappa m.

As printed the drift has no dt: read as it stands, the mean changes over every span of time h by
-kappa times itself, whatever h is.
"""

from proofs.ornstein_uhlenbeck import KAPPA
from verify.claims.claim import Claim, Source
from verify.claims.conclusions.equals import Equals
from verify.models.formulas import Exp, Formulas, Let, Letter, letters
from verify.terms.expr import const, dot, num

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
