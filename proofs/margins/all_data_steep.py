"""All separable data, exponential loss: the speed of gradient flow is at least E/|v|, v a predictor
with margins of 1, and what its loss does beside the way of the weights and time; for the direction,
see all_data_direction.
"""

from proofs.margins.all_data import i
from proofs.margins.sources import SEPARABLE_ALL
from verify.claims.claim import Break, Claim, Remark
from verify.claims.conclusions.at_most import AtMost
from verify.claims.conclusions.sign import Sign
from verify.claims.experiments import Nearby
from verify.claims.hypotheses.related import Related
from verify.models.declared import Declared, constant, let
from verify.models.formulas import Formulas, Let, Letter, letters
from verify.terms.expr import const, dot, num
from verify.terms.indices import Sum

p, rest, k, E = constant("p", i), constant("c", i), constant("k", sign=">="), constant("E")
G = let("G", i, of=k.here * p[i] + rest[i])
STEEP = Claim(
    id="soudry-all-data-steep",
    title="exponential loss: the least squared gradient of separable data",
    setting=Declared((p, rest, k, E, G)),
    assuming=(
        Related.of("along", Sum(i, p[i] * G[i]), E.here, ">="),
        Related.of("multiple", E.here, k.here * Sum(i, p[i] ** 2), ">="),
    ),
    concluding={"steep": AtMost(k.here * E.here, Sum(i, G[i] ** 2))},
    experiments=(Nearby("steep", AtMost(2 * k.here * E.here, Sum(i, G[i] ** 2)), "twice of it"),),
    breaks=(Break("along"), Break("multiple")),
    source=SEPARABLE_ALL,
    remarks=(Remark("soudry-all-data-rate"), Remark("soudry-all-data-values")),
)

LOSS, STEEPNESS, MORE, L, WAY, T = letters("E g m l way t")
SPEED = const("s")
VALUES = Claim(
    id="soudry-all-data-values",
    title="exponential loss: the logarithm of the loss beside the way of the weights, and time",
    setting=Formulas(
        "s = |w'| = |grad E| >= g E, l = log(1/E), way = int s dt",
        (*(Letter(x, ">") for x in ("E", "g")), *(Letter(x) for x in ("m", "l", "way", "t"))),
        (Let("s", STEEPNESS * LOSS + MORE**2),),
        {"E": -(SPEED**2), "l": SPEED**2 / LOSS, "way": SPEED, "t": num(1)},
    ),
    assuming=(),
    concluding={
        "way": Sign(dot(L - STEEPNESS * WAY), ">="),
        "time": Sign(dot(1 / LOSS - STEEPNESS**2 * T), ">="),
    },
    source=SEPARABLE_ALL,
    remarks=(Remark("soudry-all-data-direction"),),
)
