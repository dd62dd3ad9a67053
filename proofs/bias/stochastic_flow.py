"""The stochastic flow at D = 2: by Ito's rule log(w_+ w_-) falls at the rate s^2, without noise."""

from proofs.bias.sources import SGD
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions.equals import Equals
from verify.models.formulas import Formulas, Letter, letters, partial
from verify.terms.expr import num

P, M = letters("p m")
DRIFT, NOISE = letters("b s")
PRODUCT = P * M
ITO = (
    partial("p", PRODUCT) * -DRIFT * P
    + partial("m", PRODUCT) * DRIFT * M
    + partial("p", partial("p", PRODUCT)) * (NOISE * P) ** 2 / 2
    + partial("m", partial("m", PRODUCT)) * (NOISE * M) ** 2 / 2
    - partial("p", partial("m", PRODUCT)) * (NOISE * P) * (NOISE * M)
)
SGD_DRIFT = Claim(
    id="sgd-drift",
    title="stochastic flow at depth 2: the drift of the product of both branches, by Ito",
    setting=Formulas(
        "dp = -p (b dt + s dW), dm = m (b dt + s dW), s^2 = gamma mean_i r_i^2 X_ij^2; as it is"
        " a multiple of p m, log(p m) has the drift -s^2 and no noise",
        (Letter("p", ">"), Letter("m", ">"), Letter("b"), Letter("s")),
        (),
    ),
    assuming=(),
    concluding={
        "drift": Equals(ITO, -(NOISE**2) * PRODUCT),
        "noise": Equals(
            partial("p", PRODUCT) * -NOISE * P + partial("m", PRODUCT) * NOISE * M, num(0)
        ),
    },
    source=SGD,
    remarks=(Remark("sgd-effective-alpha"),),
)
