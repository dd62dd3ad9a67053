"""Linear predictors on all separable data, exponential loss E = sum exp(-X_n.w), gradient flow: the
direction of w tends to that of the separator v of least length with margins of 1, and by when.

With g = 1/|v| and l = log(1/E): the speed |w'| = |grad E| is at least g E (steep), so that l - g
way and 1/E - g^2 t rise (values): l >= l(0) + g (|w| - |w(0)|), and l is at least log(1/E(0) + g^2
t). Every margin is at least l, as exp(-X_n.w) <= E, and v.w >= l |v|^2 by the multipliers of v
(angle). Hence (1 - cos(w, v)) |w| <= |w(0)| - l(0)/g at every time (direction), while |w| >= l/max
|X_n| is without bound: the direction of every such flow tends to v/|v|, 1 - cos like 1/log t at
most. For steps of gradient descent, and that w - v log t is bounded, see soudry-main.
"""

from proofs.margins.sources import SEPARABLE_ALL
from verify.claims.claim import Break, Claim, Remark
from verify.claims.conclusions.at_most import AtMost
from verify.claims.experiments import Nearby
from verify.claims.hypotheses.related import Related
from verify.models.declared import Declared, constant

N, first, along, start, l, way, q = (constant(x) for x in ("N", "z", "V", "f", "l", "way", "q"))
s = constant("g", sign=">")
LOST = s.here * (N.here - s.here * along.here)
DIRECTION = Claim(
    id="soudry-all-data-direction",
    title="separable data: how far the direction is from the separator's, by what its links show",
    setting=Declared((N, first, along, start, l, way, q, s)),
    assuming=(
        Related.of("values", l.here - start.here, s.here * way.here, ">="),
        Related.of("moved", way.here, N.here - first.here, ">="),
        Related.of("margins", q.here, l.here, ">="),
        Related.of("angle", s.here**2 * along.here, q.here, ">="),
    ),
    concluding={"lost": AtMost(LOST, s.here * first.here - start.here)},
    experiments=(Nearby("lost", AtMost(LOST, s.here * first.here - 2 * start.here), "2 f for f"),),
    breaks=tuple(map(Break, ("values", "moved", "margins", "angle"))),
    source=SEPARABLE_ALL,
    links=("soudry-all-data-steep", "soudry-all-data-values", "soudry-all-data-angle"),
    remarks=(Remark("soudry-main"),),
)
