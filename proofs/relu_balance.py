"""Two layers of ReLU units: for each unit the square of what leaves it less the squares of what
enters it is kept, on each activation region, whatever the data and the loss are.

With a step size of its own for each layer the squares are weighted by their inverses; without the
weights nothing of the kind is kept.
"""

from fractions import Fraction

from proofs.sources import HOMOGENEOUS, RATES
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions import Conserved
from verify.claims.experiments import Nearby
from verify.models.declared import Declared, constant, gate, loss, parameter
from verify.terms.indices import Index, Sum

j, i, n = Index("j", "units"), Index("i", "inputs"), Index("n", "data")
a, W, x = parameter("a", j), parameter("W", j, i), constant("x", n, i)
s = gate("s", n, j, of=Sum(i, W[j, i] * x[n, i]))
E = loss("E", Sum(j, a[j] * s[n, j] * Sum(i, W[j, i] * x[n, i])), gradient="r")
RELU = Declared((a, W, x, s, E), flow=E.here)
eta, zeta = constant("eta", sign=">"), constant("zeta", sign=">")
SPEEDS = {"a": eta.here, "W": zeta.here}
OWN_SPEEDS = Declared((a, W, x, eta, zeta, s, E), flow=E.here, speeds=SPEEDS)
INCOMING = Sum(i, W[j, i] ** 2)
NEAR = Conserved(a[j] ** 2 - INCOMING * Fraction(11, 10))
EXCHANGED = Conserved(a[j] ** 2 / zeta.here - INCOMING / eta.here)

RELU_BALANCE = Claim(
    id="relu-balance",
    title="two layers of ReLU units",
    setting=RELU,
    assuming=(),
    concluding={"unit": Conserved(a[j] ** 2 - INCOMING)},
    experiments=(Nearby("unit", NEAR, "factor 11/10 on one layer"),),
    source=HOMOGENEOUS,
)
RELU_BALANCE_ENTRIES = RELU_BALANCE.false_variant(
    id="relu-balance-entries",
    title="a misreading: two layers of ReLU units, entry by entry",
    concluding={"entry": Conserved(a[j] ** 2 - W[j, i] ** 2)},
)
RATE_BALANCE = Claim(
    id="rate-balance",
    title="a step size for each layer",
    setting=OWN_SPEEDS,
    assuming=(),
    concluding={"unit": Conserved(a[j] ** 2 / eta.here - INCOMING / zeta.here)},
    experiments=(Nearby("unit", EXCHANGED, "weights exchanged"),),
    source=RATES,
    remarks=(Remark("relu-balance"),),
)
RATE_BALANCE_UNWEIGHTED = RATE_BALANCE.false_variant(
    id="rate-balance-unweighted",
    title="a misreading: a step size for each layer, and no weights",
    concluding={"unit": Conserved(a[j] ** 2 - INCOMING)},
)
