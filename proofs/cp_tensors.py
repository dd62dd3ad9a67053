"""Sums of products a_r x b_r x c_r: each summand keeps the differences of its squared norms, for
any loss of the tensor; with weight decay they shrink at twice its rate.
"""

from fractions import Fraction

from proofs.sources import HOMOGENEOUS
from verify.claims.claim import Claim
from verify.claims.conclusions import Conserved, LinearLaw
from verify.claims.experiments import Nearby
from verify.models.declared import Declared, constant, loss, parameter
from verify.terms.indices import Index, Sum

r = Index("r", "summands")
i, j, k = Index("i", "rows"), Index("j", "columns"), Index("k", "tubes")
a, b, c = parameter("a", r, i), parameter("b", r, j), parameter("c", r, k)
E = loss("E", Sum(r, a[r, i] * b[r, j] * c[r, k]), gradient="g")
TENSOR = Declared((a, b, c, E), flow=E.here)
A, B, C = Sum(i, a[r, i] ** 2), Sum(j, b[r, j] ** 2), Sum(k, c[r, k] ** 2)
kappa = constant("kappa", sign=">")
DECAYING = Declared((a, b, c, kappa, E), flow=E.here + kappa.here / 2 * Sum(r, A + B + C))
TENTH = Nearby("first", Conserved(A - Fraction(11, 10) * B), "factor 11/10 on one factor")

CP_BALANCE = Claim(
    id="cp-balance",
    title="sums of products of three vectors",
    setting=TENSOR,
    assuming=(),
    concluding={"first": Conserved(A - B), "second": Conserved(B - C)},
    experiments=(TENTH,),
    source=HOMOGENEOUS,
)
CP_BALANCE_ENTRIES = CP_BALANCE.false_variant(
    id="cp-balance-entries",
    title="a misreading: sums of products of three vectors, entry by entry",
    concluding={"entry": Conserved(a[r, i] ** 2 - b[r, j] ** 2)},
)
CP_DECAY = Claim(
    id="cp-decay",
    title="sums of products of three vectors under weight decay",
    setting=DECAYING,
    assuming=(),
    concluding={"first": LinearLaw(A - B, -2 * kappa.here)},
    experiments=(Nearby("first", LinearLaw(A - B, -3 * kappa.here), "three times the rate"),),
    source=HOMOGENEOUS,
)
