"""What gradient flow does instead of the constrained path of nacson-lexicographic: of f_1 = u^2 +
v^2 and f_2 = 2 u^2 + v^2, in the clock int exp(-f_1) dt, (log u/v)' = 2 exp(-u^2), which dies out:
u/v stays bounded.
"""

from fractions import Fraction

from proofs.flows.two_margins import two_margins
from proofs.margins.sources import LEXICOGRAPHIC
from verify.claims.claim import Claim
from verify.claims.conclusions import Throughout
from verify.claims.verdict import Verdict
from verify.models.trajectories import Trajectories

FLOW = Trajectories(
    flow="exponential loss of f_1 = u^2 + v^2 and f_2 = 2 u^2 + v^2, in the clock int exp(-f_1) dt",
    starts={"u = v = 1": two_margins},
    horizon=Fraction(1),
)
FLOWS = Claim(
    id="nacson-flow",
    title="two samples of degree two: the quotient of the weights along the flow",
    setting=FLOW,
    assuming=(),
    concluding={"bounded": Throughout("u/v", "<", Fraction(9, 8))},
    source=LEXICOGRAPHIC,
    expected=Verdict.ENCLOSED,
)
ON_PATH = FLOWS.false_variant(
    id="nacson-flow-path",
    title="a misreading: the quotient of the weights along the flow as along the path",
    concluding={"rises": Throughout("u/v", ">", Fraction(2), after=Fraction(1, 2))},
)
