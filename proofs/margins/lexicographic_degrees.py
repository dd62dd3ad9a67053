"""What gradient flow does instead of the constrained path of nacson-lexicographic with f = u + v^2,
of two degrees: it keeps log v - 2 u, and u rises without bound.
"""

from proofs.margins.sources import LEXICOGRAPHIC
from verify.claims.claim import Claim
from verify.claims.conclusions import Conserved
from verify.claims.experiments import Nearby
from verify.models.declared import Declared, log, loss, parameter

u, v = parameter("u"), parameter("v", sign=">")
E = loss("E", u.here + v.here**2, gradient="s")
m = log("m", of=v.here)
MIXED = Declared((u, v, E, m), flow=E.here)
DEGREES = Claim(
    id="nacson-flow-degrees",
    title="a sum of two degrees: what the flow keeps",
    setting=MIXED,
    assuming=(),
    concluding={"kept": Conserved(m.here - 2 * u.here)},
    experiments=(Nearby("kept", Conserved(m.here - u.here), "1 for 2"),),
    source=LEXICOGRAPHIC,
)
DEGREES_PATH = DEGREES.false_variant(
    id="nacson-flow-degrees-path",
    title="a misreading: a sum of two degrees, and the flow keeps u as the path does",
    concluding={"kept": Conserved(u.here)},
)
