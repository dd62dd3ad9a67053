"""Balancing of linear systems: the Gramian minimum of Helmke and Moore, for every size.

With P > 0 and W_c, W_o > 0, f(P) = Tr(P W_c + P^(-1) W_o); S = W_c^(1/2), R = (S W_o S)^(1/2), T =
(S P S)^(1/2).

The gap f(P) - 2 Tr R is ||T - T^(-1) R||^2: zero for one P alone. S R S^(-1) is a root of W_c W_o
with the trace of R, so the least value is 2 sum h_i. With W_c = W_1 W_1*, W_o = W_2* W_2 and P = g*
g the cost is the sum of squares of (W_2 g^(-1), g W_1), and U* R U is the root of X* X, W_1 = S U:
the case N = 2 of dln-kempf-ness.
"""

from fractions import Fraction

from proofs.lemmas.gramians import COST, GRAMIANS, LETTERS, F, O, P, R, S
from verify.claims.claim import Claim, Remark, Source
from verify.claims.conclusions.matrix_kinds import Aid, Identity, Use
from verify.models.matrices import Example, Matrices
from verify.terms.matrices import tr
from verify.terms.relation import Equal

HELMKE_MOORE = Source("2511.01137v2", note="Helmke and Moore, cited there; formulas derived")
_BEST = Example(
    sizes={"n": 1},
    values={"P": ((3,),), "F": ((Fraction(1, 3),),), "S": ((1,),), "O": ((9,),), "R": ((3,),)},
)
HM_GRAMIAN = Claim(
    id="hm-gramian",
    title="the balancing matrix of two Gramians and the cost there",
    setting=Matrices(
        letters=LETTERS[:5],
        definitions={**GRAMIANS, "best": (Equal(P, S**-1 * R * S**-1), Equal(F, S * R**-1 * S))},
        layers=False,
        examples=(_BEST,),
    ),
    assuming=(),
    concluding={"stationary": Identity(P * S**2 * P, O), "value": Identity(COST, 2 * tr(R))},
    hints={"stationary": Aid(uses={"identity": (Use("R", left=-(S**-1), right=S**-1),)})},
    source=HELMKE_MOORE,
    remarks=(Remark("hm-gramian-bound"), Remark("hm-gramian-unique"), Remark("hm-gramian-values")),
)
LEAST = Example(
    sizes={"n": 1},
    values={
        "P": ((4,),),
        "F": ((Fraction(1, 4),),),
        "S": ((1,),),
        "O": ((16,),),
        "R": ((4,),),
        "T": ((2,),),
    },
)
