"""With eta >= 2/L no step of gradient descent on the quadratic L/2 |x|^2 comes nearer to its
minimum: each multiplies x by 1 - eta L.
"""

from proofs.bias.sources import OF_LECTURES
from proofs.foundations.descent import L, eta, w
from proofs.foundations.flow import i
from verify.claims.claim import Break, Claim
from verify.claims.conclusions import Equation
from verify.claims.conclusions.at_most import AtMost
from verify.claims.experiments import Nearby
from verify.claims.hypotheses.related import Related
from verify.models.declared import Declared
from verify.terms.expr import after, num
from verify.terms.indices import Sum

STEEPEST = Declared((w, L, eta), step=L.here / 2 * Sum(i, w[i] ** 2), size=eta)
HERE, THEN = Sum(i, w[i] ** 2), Sum(i, after(w[i]) ** 2)
LONG = Related.of("long", L.here * eta.here, num(2), ">=")
DESCENT_TOO_LONG = Claim(
    id="descent-too-long",
    title="steps of twice the inverse smoothness and more come no nearer",
    setting=STEEPEST,
    assuming=(LONG,),
    concluding={
        "norm": AtMost(HERE, THEN),
        "step": Equation(after(w[i]), (1 - L.here * eta.here) * w[i]),
    },
    experiments=(Nearby("norm", AtMost(2 * HERE, THEN), "twice"),),
    breaks=(Break("long"),),
    source=OF_LECTURES,
)
DESCENT_ANY_STEP = DESCENT_TOO_LONG.false_variant(
    id="descent-any-step",
    title="a misreading: a long step comes nearer on a smooth convex function",
    assuming=(),
    concluding={"norm": AtMost(THEN, HERE)},
)
