"""The least cost of balancing two Gramians is 2 Tr R, at one P alone: see ``gramian``."""

from fractions import Fraction

from proofs.gramian import HELMKE_MOORE, LEAST
from proofs.lemmas.gramians import COST, GRAMIANS, LETTERS, F, P, R, S, T
from verify.claims.claim import Break, Claim
from verify.claims.conclusions.matrix_kinds import Aid, Identity, NonNegative, Square, Use
from verify.claims.hypotheses.matrices import Holds
from verify.models.matrices import Example, Matrices
from verify.terms.matrices import norm2, tr
from verify.terms.relation import Equal

_ROOTS = {"T": (Equal(P, S**-1 * T**2 * S**-1), Equal(F, S * T**-2 * S))}
ANY = Example(
    sizes={"n": 1},
    values={
        "P": ((4,),),
        "F": ((Fraction(1, 4),),),
        "S": ((1,),),
        "O": ((9,),),
        "R": ((3,),),
        "T": ((2,),),
    },
)
HM_GRAMIAN_BOUND = Claim(
    id="hm-gramian-bound",
    title="a lower bound for the cost of balancing two Gramians",
    setting=Matrices(
        letters=LETTERS, definitions={**GRAMIANS, **_ROOTS}, layers=False, examples=(ANY,)
    ),
    assuming=(),
    concluding={
        "gap": Identity(COST - 2 * tr(R), norm2(T - T**-1 * R)),
        "bound": NonNegative(COST - 2 * tr(R)),
    },
    hints={"bound": Aid(squares=(Square(Fraction(1), T - T**-1 * R),))},
    source=HELMKE_MOORE,
)
NO_GAP = Holds("least", "the gap is 0", (Equal(T, T**-1 * R),))
HM_GRAMIAN_UNIQUE = Claim(
    id="hm-gramian-unique",
    title="matrices where the cost of balancing two Gramians meets its bound",
    setting=Matrices(
        letters=LETTERS, definitions={**GRAMIANS, **_ROOTS}, layers=False, examples=(ANY, LEAST)
    ),
    assuming=(NO_GAP,),
    concluding={"best": Identity(P, S**-1 * R * S**-1)},
    hints={"best": Aid(uses={"identity": (Use("T"), Use("least", left=S**-1 * T, right=S**-1))})},
    breaks=(Break("least"),),
    source=HELMKE_MOORE,
)
