"""Measurements that do not commute and the least nuclear norm: completion of a 2 x 2 matrix with
w12 = w21 = 1 and w22 = 0.

The matrices that fit have det W = -1 and F = |W|^2 = x^2 + 2, x the free entry: with p and q for
their singular values p q = 1 and (p + q)^2 = F + 2 = x^2 + 4, so the least nuclear norm is 2, at
x = 0. From U = V = I/10 the flow keeps a positive determinant and x grows: at a loss as small as
one likes the nuclear norm is as large as one likes (razin-cohen-2x2).
"""

from fractions import Fraction

from proofs.factorisation.negative import FLOW
from proofs.factorisation.sources import GREEDY
from proofs.flows.razin_cohen_starts import from_identity
from verify.claims.claim import Break, Claim, Remark
from verify.claims.conclusions import Equation, Throughout
from verify.claims.conclusions.at_most import AtMost
from verify.claims.experiments import Nearby
from verify.claims.hypotheses.related import Related
from verify.models.declared import Declared, constant
from verify.models.trajectories import Trajectories
from verify.terms.expr import num

p, q, F = constant("p", sign=">="), constant("q", sign=">="), constant("F")
NORM = (p.here + q.here) ** 2

COMPLETION_NUCLEAR_NORM = Claim(
    id="completion-nuclear-norm",
    title="matrix completion: the nuclear norm of a matrix that fits",
    setting=Declared((p, q, F)),
    assuming=(
        Related.of("det", p.here * q.here, 1),
        Related.of("squares", F.here, p.here**2 + q.here**2),
    ),
    concluding={"norm": Equation(NORM, F.here + 2), "bound": AtMost(num(4), NORM)},
    experiments=(Nearby("bound", AtMost(num(5), NORM), "5 for 4"),),
    breaks=(Break("det"), Break("squares")),
    source=GREEDY,
    remarks=(Remark("mf-nuclear-norm-any"),),
)
MF_NUCLEAR_NORM_ANY = COMPLETION_NUCLEAR_NORM.false_variant(
    id="mf-nuclear-norm-any",
    title="a loose sentence: small starts give the matrix of minimal nuclear norm, completion",
    setting=Trajectories(flow=FLOW, starts={"U = V = I/10": from_identity}, horizon=Fraction(60)),
    assuming=(),
    concluding={"free": Throughout("W_1,1", "<", Fraction(1), after=Fraction(50))},
)
