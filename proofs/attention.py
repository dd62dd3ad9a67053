"""Attention: a head sees its queries and keys only through Q K^*, its values and output only
through V O^*. Whatever is computed from these, softmax included, each head keeps Q^* Q - K^* K and
V^* V - O^* O; with weight decay they shrink at twice its rate.

The loss is any function of M_(h,b) = Q_h K_h^* for b = 1 and V_h O_h^* for b = 2.
"""

from proofs.sources import BLOCKS_SOURCE
from verify.claims.claim import Claim
from verify.claims.conclusions import Conserved, LinearLaw
from verify.claims.experiments import Nearby
from verify.models.declared import Declared, constant, loss, parameter
from verify.terms.indices import Index, Sum, adjoint, same, trace

h, b = Index("h", "heads"), Index("b", "1..2")
Q, K, V, O = (parameter(x, h, size=("model", "head")) for x in "QKVO")
SEEN = same(b, 1) * Q[h] * adjoint(K[h]) + same(b, 2) * V[h] * adjoint(O[h])
E = loss("E", SEEN, gradient="P")
ATTENTION = Declared((Q, K, V, O, E), flow=E.here)
kappa = constant("kappa", sign=">")
NORMS = [trace(adjoint(x[h]) * x[h]) for x in (Q, K, V, O)]
PENALTY = kappa.here / 2 * Sum(h, NORMS[0] + NORMS[1] + NORMS[2] + NORMS[3])
DECAYING = Declared((Q, K, V, O, kappa, E), flow=E.here + PENALTY)
SCORES = adjoint(Q[h]) * Q[h] - adjoint(K[h]) * K[h]
VALUES = adjoint(V[h]) * V[h] - adjoint(O[h]) * O[h]
CROSSED = adjoint(Q[h]) * Q[h] - adjoint(V[h]) * V[h]

ATTENTION_LAWS = Claim(
    id="attention-laws",
    title="attention, head by head",
    setting=ATTENTION,
    assuming=(),
    concluding={"scores": Conserved(SCORES), "values": Conserved(VALUES)},
    experiments=(Nearby("scores", Conserved(CROSSED), "values for keys"),),
    source=BLOCKS_SOURCE,
)
ATTENTION_LAWS_SUM = ATTENTION_LAWS.false_variant(
    id="attention-laws-sum",
    title="a misreading: attention, queries and keys added",
    concluding={"scores": Conserved(adjoint(Q[h]) * Q[h] + adjoint(K[h]) * K[h])},
)
ATTENTION_DECAY = Claim(
    id="attention-decay",
    title="attention under weight decay",
    setting=DECAYING,
    assuming=(),
    concluding={"scores": LinearLaw(SCORES, -2 * kappa.here)},
    experiments=(Nearby("scores", LinearLaw(SCORES, -kappa.here), "rate kappa"),),
    source=BLOCKS_SOURCE,
)
