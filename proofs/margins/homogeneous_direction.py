"""Gradient flow of any loss: the speed of the direction w/|w|."""

from proofs.margins.one_sample import Declared, Sum, i, loss, parameter
from proofs.margins.sources import HOMOGENEOUS
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions import Equation
from verify.claims.experiments import Nearby
from verify.terms.expr import dot
from verify.terms.indices import Index

y, j = parameter("w", i), Index("j", "coordinates")
any_loss = loss("E", y[i], gradient="s")
OWN, SLOPE = Sum(j, y[j] ** 2), Sum(j, any_loss.partner[j] ** 2)
ALONG, HALF = Sum(j, y[j] * any_loss.partner[j]), Sum(j, y[j] * dot(y[j]))
TURNED = Sum(i, (OWN * dot(y[i]) - y[i] * HALF) ** 2)
DIRECTION = Claim(
    id="lyu-li-direction",
    title="gradient flow of any loss: the speed of the direction",
    setting=Declared((y, any_loss), flow=any_loss.here),
    assuming=(),
    concluding={"speed": Equation(TURNED, OWN * (OWN * SLOPE - ALONG**2))},
    experiments=(Nearby("speed", Equation(TURNED, OWN**2 * SLOPE), "without the part along w"),),
    source=HOMOGENEOUS,
    remarks=(Remark("lyu-li-turn"),),
)
