"""Balancing of linear systems: the Gramian minimum of Helmke and Moore, and the norm-balanced
realisation, for every size.

With P > 0 and W_c, W_o > 0, f(P) = Tr(P W_c + P^(-1) W_o); S = W_c^(1/2), R = (S W_o S)^(1/2), T =
(S P S)^(1/2).
"""

from fractions import Fraction

from verify.claims.claim import Claim, Source
from verify.claims.conclusions.matrix_kinds import Aid, Identity, NonNegative, Square, Use
from verify.models.matrices import Example, Matrices
from verify.models.motions import Prescribed
from verify.terms.letters import Letter
from verify.terms.matrices import dot, letter, norm2, num, tr
from verify.terms.relation import Equal

HELMKE_MOORE = Source("2511.01137v2", note="Helmke and Moore, cited there; formulas derived")
P, F, S, T, R, O = (letter(x) for x in ("P", "F", "S", "T", "R", "O"))
LETTERS = (
    Letter("P", "n", "n", form="positive", about="any P > 0"),
    Letter("F", "n", "n", form="positive", about="F = P^(-1)"),
    Letter("S", "n", "n", form="positive", about="S = W_c^(1/2)"),
    Letter("O", "n", "n", form="hermitian", about="O = W_o"),
    Letter("R", "n", "n", form="positive", about="R = (S W_o S)^(1/2)"),
    Letter("T", "n", "n", form="positive", about="T = (S P S)^(1/2)"),
)
GRAMIANS = {"R": (Equal(S * O * S, R**2),), "inverse": (Equal(P * F, num(1)), Equal(F * P, num(1)))}
_ROOTS = {"T": (Equal(P, S**-1 * T**2 * S**-1), Equal(F, S * T**-2 * S))}
_ANY = Example(
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
_BEST = Example(
    sizes={"n": 1},
    values={"P": ((3,),), "F": ((Fraction(1, 3),),), "S": ((1,),), "O": ((9,),), "R": ((3,),)},
)
COST = tr(P * S**2) + tr(F * O)
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
)
HM_GRAMIAN_BOUND = Claim(
    id="hm-gramian-bound",
    title="a lower bound for the cost of balancing two Gramians",
    setting=Matrices(
        letters=LETTERS, definitions={**GRAMIANS, **_ROOTS}, layers=False, examples=(_ANY,)
    ),
    assuming=(),
    concluding={"bound": NonNegative(COST - 2 * tr(R))},
    hints={"bound": Aid(squares=(Square(Fraction(1), T - T**-1 * R),))},
    source=HELMKE_MOORE,
)
A, B, C, a = (letter(x) for x in ("A", "B", "C", "a"))
MU = A * A.H - A.H * A + B * B.H - C.H * C
_SYSTEM = Example(
    sizes={"n": 1, "m": 1, "p": 1}, values={"A": ((1,),), "B": ((2,),), "C": ((1,),), "a": ((1,),)}
)
LS_NORM_VARIATION = Claim(
    id="ls-norm-variation",
    title="the sum of squares of a linear system along its group",
    setting=Matrices(
        Prescribed({"A": a * A - A * a, "B": a * B, "C": -C * a}),
        letters=(
            Letter("A", "n", "n"),
            Letter("B", "n", "m"),
            Letter("C", "p", "n"),
            Letter("a", "n", "n", about="any matrix"),
        ),
        layers=False,
        examples=(_SYSTEM,),
    ),
    assuming=(),
    concluding={"variation": Identity(dot(norm2(A) + norm2(B) + norm2(C)), 2 * tr(MU * a))},
    source=Source("2511.01137v2", "sec 1.3.1", note="Helmke, cited there"),
)
