"""The Bregman distance D_Q(b, beta) under a convex loss of X beta with gradient s: where the mirror
identity has G' = -c X^T s (c = 4 at depth 2, D (D-2) alpha^(D-2) above), its rate <beta - b, G'> is
at most -c (E(beta) - E(b)). At one time: nothing else moves in the sentence.
"""

from proofs.bias.sources import DERIVED
from verify.claims.claim import Break, Claim, Remark
from verify.claims.conclusions.at_most import AtMost
from verify.claims.experiments import Nearby
from verify.claims.hypotheses.related import Related
from verify.models.declared import Declared, constant
from verify.terms.indices import Index, Sum

i, n = Index("i", "coordinates"), Index("n", "data")
X, b, beta, s = constant("X", n, i), constant("b", i), constant("beta", i), constant("s", n)
c, here, there = constant("c", sign=">"), constant("E"), constant("Eb")
AT_ONE_TIME = Declared((X, b, beta, s, c, here, there))
TANGENT = here.here + Sum(n, s[n] * Sum(i, X[n, i] * (b[i] - beta[i])))
CONVEX = Related.of("convex", there.here, TANGENT, ">=")
RATE = Sum(i, (beta[i] - b[i]) * -c.here * Sum(n, X[n, i] * s[n]))
EXCESS = c.here * (here.here - there.here)

BREGMAN_CONVEX = Claim(
    id="bregman-convex",
    title="the energy of a convex loss, one instant of it",
    setting=AT_ONE_TIME,
    assuming=(CONVEX,),
    concluding={"rate": AtMost(RATE, -EXCESS)},
    experiments=(Nearby("rate", AtMost(RATE, -2 * EXCESS), "twice the excess"),),
    breaks=(Break("convex"),),
    source=DERIVED,
    remarks=(Remark("bregman-any-loss"),),
)
