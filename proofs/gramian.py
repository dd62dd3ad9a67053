"""Balancing of linear systems: the Gramian minimum of Helmke and Moore, for every size.

With P > 0 and W_c, W_o > 0, f(P) = Tr(P W_c + P^(-1) W_o); S = W_c^(1/2), R = (S W_o S)^(1/2), T =
(S P S)^(1/2).

The gap f(P) - 2 Tr R is ||T - T^(-1) R||^2: zero for one P alone. S R S^(-1) is a root of W_c W_o
with the trace of R, so the least value is 2 sum h_i. With W_c = W_1 W_1*, W_o = W_2* W_2 and P = g*
g the cost is the sum of squares of (W_2 g^(-1), g W_1), and U* R U is the root of X* X, W_1 = S U:
the case N = 2 of dln-kempf-ness.
"""

from fractions import Fraction

from verify.claims.claim import Break, Claim, Remark, Source
from verify.claims.conclusions.matrix_kinds import Aid, Identity, NonNegative, Square, Use
from verify.claims.hypotheses.matrices import Holds
from verify.models.matrices import Example, Matrices
from verify.terms.letters import Letter
from verify.terms.matrices import letter, norm2, num, tr
from verify.terms.relation import Equal

HELMKE_MOORE = Source("2511.01137v2", note="Helmke and Moore, cited there; formulas derived")
P, F, S, T, R, O = (letter(x) for x in ("P", "F", "S", "T", "R", "O"))
LETTERS = (
    Letter("P", "n", "n", form="positive"),
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
    remarks=(Remark("hm-gramian-bound"), Remark("hm-gramian-unique"), Remark("hm-gramian-values")),
)
HM_GRAMIAN_BOUND = Claim(
    id="hm-gramian-bound",
    title="a lower bound for the cost of balancing two Gramians",
    setting=Matrices(
        letters=LETTERS, definitions={**GRAMIANS, **_ROOTS}, layers=False, examples=(_ANY,)
    ),
    assuming=(),
    concluding={
        "gap": Identity(COST - 2 * tr(R), norm2(T - T**-1 * R)),
        "bound": NonNegative(COST - 2 * tr(R)),
    },
    hints={"bound": Aid(squares=(Square(Fraction(1), T - T**-1 * R),))},
    source=HELMKE_MOORE,
)
_LEAST = Example(
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
NO_GAP = Holds("least", "the gap is 0", (Equal(T, T**-1 * R),))
HM_GRAMIAN_UNIQUE = Claim(
    id="hm-gramian-unique",
    title="matrices where the cost of balancing two Gramians meets its bound",
    setting=Matrices(
        letters=LETTERS, definitions={**GRAMIANS, **_ROOTS}, layers=False, examples=(_ANY, _LEAST)
    ),
    assuming=(NO_GAP,),
    concluding={"best": Identity(P, S**-1 * R * S**-1)},
    hints={"best": Aid(uses={"identity": (Use("T"), Use("least", left=S**-1 * T, right=S**-1))})},
    breaks=(Break("least"),),
    source=HELMKE_MOORE,
)
HM_GRAMIAN_VALUES = Claim(
    id="hm-gramian-values",
    title="a root of the product of two Gramians and its trace",
    setting=Matrices(
        letters=LETTERS[2:5],
        definitions={"R": GRAMIANS["R"]},
        layers=False,
        examples=(Example(sizes={"n": 1}, values={x: _LEAST.values[x] for x in "SOR"}),),
    ),
    assuming=(),
    concluding={
        "square": Identity((S * R * S**-1) * (S * R * S**-1), S**2 * O),
        "trace": Identity(tr(S * R * S**-1), tr(R)),
    },
    hints={"square": Aid(uses={"identity": (Use("R", left=-S, right=S**-1),)})},
    source=HELMKE_MOORE,
)
_W1, _W2, _G, _U = letter("A"), letter("B"), letter("g"), letter("U")
HM_GRAMIAN_LINK = Claim(
    id="hm-gramian-link",
    title="two layers: the cost of balancing two Gramians and the sum of squares on a fibre",
    setting=Matrices(
        letters=(
            Letter("A", "n", "n", about="W_1, invertible"),
            Letter("B", "m", "n", about="W_2"),
            Letter("g", "n", "n", form="invertible", about="moves (B, A) to (B g^(-1), g A)"),
            *LETTERS[:5],
            Letter("U", "n", "n"),
        ),
        definitions={
            "P": (Equal(P, _G.H * _G), Equal(F, _G**-1 * (_G**-1).H)),
            "Gramians": (Equal(_W1 * _W1.H, S**2), Equal(_W2.H * _W2, O)),
            "R": GRAMIANS["R"],
            "polar": (Equal(_W1, S * _U), Equal(_U * _U.H, num(1)), Equal(_U.H * _U, num(1))),
        },
        layers=False,
        examples=(
            Example(
                sizes={"n": 1, "m": 1},
                values={
                    **{"A": [[2]], "B": [[3]], "g": [[5]], "P": [[25]], "F": [[Fraction(1, 25)]]},
                    **{"S": [[2]], "O": [[9]], "R": [[6]], "U": [[1]]},
                },
            ),
        ),
    ),
    assuming=(),
    concluding={
        "cost": Identity(norm2(_G * _W1) + norm2(_W2 * _G**-1), COST),
        "root": Identity((_U.H * R * _U) * (_U.H * R * _U), (_W2 * _W1).H * (_W2 * _W1)),
        "value": Identity(tr(_U.H * R * _U), tr(R)),
    },
    hints={
        "root": Aid(
            uses={
                "identity": (
                    Use("polar", left=-(_W1.H * _W2.H * _W2)),
                    Use("polar", mark="H", left=-num(1), right=_W2.H * _W2 * S * _U),
                )
            }
        )
    },
    source=HELMKE_MOORE,
    remarks=(Remark("dln-kempf-ness"), Remark("hm-gramian")),
)
