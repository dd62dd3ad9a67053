"""Theorem 9, its bound of the way of the weights with the printed constants: f_n = tr(X_n W W^*),
squared loss, l |c|^2 <= |sum c_n X_n|^2 <= L |c|^2, and at the start |W W^* - mu I| <= gamma < mu
l/(4 L) and residuals r with |r| sqrt L <= mu l (1 - sqrt((1 + gamma/mu)/(1 + l/(4 L)))).

Within D = sqrt mu (sqrt(1 + l/(4 L)) - sqrt(1 + gamma/mu)) of the start |W W^* - mu I| is at most
(b + D)^2 - mu = mu l/(4 L) (stays), as |W| <= b there, b^2 = mu + gamma. So W W^* >= 3/4 mu I, the
kernel is at least K = 3 mu l (mf-kernel-speed), and the way of the weights is at most |r|/sqrt K
(mf-kernel-way). That is less than the printed bound sqrt(L + l/4) |r|/(l sqrt mu) (printed), which
is at most D where the condition holds: W never gets to the end of this ball, and moves by less than
printed. Of the other bound of Theorem 9, for the linearised flow, the catalogue gives no constants;
it is not judged.
"""

from proofs.factorisation.wide import DERIVED_9
from verify.claims.claim import Break, Claim, Remark, Source
from verify.claims.conclusions.at_most import AtMost
from verify.claims.experiments import Nearby
from verify.claims.hypotheses.related import Related
from verify.models.declared import Declared, constant, let

THEOREM_9 = Source("2002.09277v3", "Theorem 9", note=DERIVED_9.note)
b, d, D, mu, least, r, way = (
    constant(x, sign=">=") for x in ("b", "h", "D", "mu", "l", "r", "way")
)
off, rest = constant("off"), constant("j", sign=">=")
MOVED = b.here**2 - mu.here + 2 * b.here * d.here + d.here**2

STAYS = Claim(
    id="mf-kernel-stays",
    title="Theorem 9: how far the Gram matrix of the factors is from a multiple of the identity",
    setting=Declared((b, d, D, mu, off)),
    assuming=(
        Related.of("moved", MOVED, off.here, ">="),
        Related.of("ball", D.here, d.here, ">="),
    ),
    concluding={"off": AtMost(off.here, (b.here + D.here) ** 2 - mu.here)},
    experiments=(
        Nearby("off", AtMost(off.here, b.here**2 + D.here**2 - mu.here), "without 2 b D"),
    ),
    breaks=(Break("moved"), Break("ball")),
    source=THEOREM_9,
    remarks=(Remark("mf-kernel-speed"), Remark("mf-kernel-printed")),
)
most = let("L", of=least.here + rest.here)
PRINTED = AtMost(least.here**2 * mu.here * way.here**2, (most.here + least.here / 4) * r.here**2)
OWN = Claim(
    id="mf-kernel-printed",
    title="Theorem 9: the printed bound of the way of the weights",
    setting=Declared((r, mu, least, rest, way, most)),
    assuming=(Related.of("way", r.here**2, 3 * mu.here * least.here * way.here**2, ">="),),
    concluding={"printed": PRINTED},
    experiments=(Nearby("printed", AtMost(PRINTED.left, least.here / 4 * r.here**2), "without L"),),
    breaks=(Break("way"),),
    source=THEOREM_9,
    remarks=(Remark("mf-kernel-way"), Remark("mf-kernel-stays"), Remark("mf-kernel-wide")),
    also=("mf-kernel",),
)
