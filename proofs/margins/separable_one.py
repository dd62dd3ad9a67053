"""One sample, exponential loss: exp(x w) is linear in time."""

from proofs.margins.separable import T, X
from proofs.margins.sources import SEPARABLE
from verify.claims.claim import Claim
from verify.claims.conclusions.constant import Constant
from verify.models.formula_flow import Follows, Weights
from verify.models.formulas import Exp, Formulas, Letter
from verify.terms.expr import const, num

NET = Weights("diagonal", (1, 1), "w")
ONE = Claim(
    id="soudry-one-sample",
    title="one sample, exponential loss: the weight as a logarithm of time",
    setting=Formulas.following(
        "gradient flow of exp(-x w)",
        (Letter("w"), Letter("x", "!="), Letter("t")),
        (Exp("E", X * NET.phi[0]),),
        Follows(NET, 1 / const("E"), own={"t": num(1)}),
    ),
    assuming=(),
    concluding={"clock": Constant(const("E") - X**2 * T)},
    source=SEPARABLE,
)
