"""Matrix completion of a 2 x 2 matrix whose diagonal starts with a positive determinant drives
every norm to infinity.

Observed: w12 = w21 = 1, w22 = 0; w11 is free. W = U V with U = V^T = I/10 at the start stays
symmetric, and det W stays positive: (det W)' = -2 w22 det W. So w11 must grow as the loss falls. In
double precision det W becomes 0, then negative, and the run ends with a finite w11.
"""

from fractions import Fraction

from proofs.flows.razin_cohen_starts import from_identity, from_swapped
from verify.claims.claim import Break, Claim, Remark, Source
from verify.claims.conclusions import Throughout
from verify.claims.experiments import Contrast
from verify.claims.hypotheses.start import AtStart
from verify.claims.verdict import Verdict
from verify.models.trajectories import Trajectories

RAZIN_COHEN = Source("2005.06398v2", note="2 x 2 example; rates derived")


FLOW = Trajectories(
    flow="gradient flow of J = 1/2 ((w12 - 1)^2 + (w21 - 1)^2 + w22^2), W = U V of size 2 x 2",
    starts={"U = V = I/10": from_identity},
    contrary={"positive-det": ("U = I/10, V = [[0, 1], [1, 0]]/10", from_swapped)},
    horizon=Fraction(420),
)

RAZIN_COHEN_2X2 = Claim(
    id="razin-cohen-2x2",
    title="matrix completion: the determinant and the free entry",
    setting=FLOW,
    assuming=(AtStart("positive-det", "det W", ">"),),
    concluding={
        "determinant": Throughout("det W", ">"),
        "grows": Throughout("W_1,1", ">", Fraction(13), after=Fraction(400)),
    },
    experiments=(Contrast("determinant", "BDF"), Contrast("grows", "BDF")),
    breaks=(Break("positive-det", kind="enclosure"),),
    remarks=(Remark("razin-cohen-rate"), Remark("razin-cohen-any-start")),
    source=RAZIN_COHEN,
    expected=Verdict.ENCLOSED,
)

RAZIN_COHEN_ANY_START = RAZIN_COHEN_2X2.false_variant(
    id="razin-cohen-any-start",
    title="a misreading: the free entry from a start with negative determinant",
    setting=Trajectories(
        flow=FLOW.flow,
        starts={"U = I/10, V = [[0, 1], [1, 0]]/10": from_swapped},
        horizon=Fraction(30),
    ),
    assuming=(),
    concluding={"grows": Throughout("W_1,1", ">", Fraction(1), after=Fraction(20))},
)
