"""The exponent 3/2 of the crossover of samples (1, 2), (3, -1), at every scale alpha <= 1/10.

beta_i = 2 alpha^2 sinh z_i with z_1 = nu_1 + 3 nu_2, z_2 = 2 nu_1 - nu_2, and in the clock z = z_1,
which runs through (0, oo), n = nu_2 has the rate 1/(3 + r), r = exp(x), x = 2 beta_1 - 3 beta_2.
Write b for beta_1, p = 2 alpha^2 cosh z (b' = p, p' = b). Early, up to b = 1/2, where 0 <= x <= 2 b
<= 1, r <= 1 + 4 b, and exp(4 n - z + p) rises: at b = 1/2, where p <= 1, exp(4 n) >= 1/(6 alpha^2),
and exp(4 n) <= exp(z) as r >= 1. (x >= 0: so z_2 <= z/4 + 7/4 (p - 2 alpha^2), and sinh z_2 <= 2/3
sinh z.) Behind, from there to where beta_2 = c b, c = 19/81 for the part 17/20, 3 beta_2 <= b, r >=
1 + b, and exp(4 n - z) (4 + p) falls: exp(4 n) <= 5/alpha^2. Both bounds are of order alpha^(-2).

There A = exp(z) and q = exp(7 n) have A^4 - q^2 = c q A (A^2 - 1), as z_2 = 2 z - 7 n: A is c q up
to bounded factors, and b of the order of alpha^2 q, so of alpha^(-3/2), from above and from below.
log(2/E) lies between m = b + 2 beta_2 and m + log 2. What of this is exact is proved here; 1 + x <=
exp(x), exp(x) <= 1 + 2 x on [0, 1], and that what falls is at most what it was, are used.
"""

from proofs.margins.sources import CROSSED
from verify.claims.claim import Break, Claim, Remark
from verify.claims.conclusions.at_most import AtMost
from verify.claims.experiments import Nearby
from verify.claims.hypotheses.related import Related
from verify.models.declared import Declared, constant

a, q, c = (constant(x, sign=">") for x in "aqc")
A, ENTRY = a.here, c.here * q.here
CROSSED_AT = Related.of("crossing", A**4 - q.here**2, ENTRY * A * (A**2 - 1))
ABOVE = AtMost(A**4, q.here**2 + ENTRY * A**3)
EXPONENT = Claim(
    id="exp-crossover-exponent",
    title="two samples: both entries where the second is a part of the first",
    setting=Declared((a, q, c)),
    assuming=(CROSSED_AT,),
    concluding={"below": AtMost(ENTRY * A * (A**2 - 1), A**4), "above": ABOVE},
    experiments=(Nearby("above", AtMost(A**4, q.here**2), "without the part"),),
    breaks=(Break("crossing"),),
    source=CROSSED,
    remarks=(
        Remark("exp-crossover"),
        Remark("exp-crossover-early"),
        Remark("exp-crossover-behind"),
    ),
)
