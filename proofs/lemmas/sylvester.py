"""The Sylvester equation V S^2 + S^2 V = 2 X* Y: its letters, examples and consequences."""

from fractions import Fraction

from verify.claims.conclusions.matrix_kinds import Lemma, Use
from verify.models.matrices import Example, Matrices
from verify.terms.letters import Letter
from verify.terms.matrices import letter, num, tr
from verify.terms.relation import Equal

X, Y, R, Q, K, J, S, V = (letter(x) for x in "XYRQKJSV")

SYLVESTER = V * S**2 + S**2 * V
LEVI = tr(S**-2 * (Y.H * Y - Q * Q)) + tr(S**-2 * (Y.H * Y - K * K))
_I = (0, 1)
NUMBERS = Example(
    sizes={"n": 1},
    values={
        "X": [[4]],
        "Y": [[(1, 2)]],
        "S": [[2]],
        "Q": [[1]],
        "K": [[-2]],
        "J": [[_I]],
        "V": [[(1, 2)]],
    },
)
PLANE = Example(
    sizes={"n": 2},
    values={
        "X": [[1, 0], [0, 4]],
        "Y": [[_I, Fraction(5, 2)], [0, (1, 1)]],
        "S": [[1, 0], [0, 2]],
        "Q": [[0, Fraction(1, 2)], [Fraction(1, 2), 1]],
        "K": [[-1, (0, Fraction(1, 2))], [(0, Fraction(-1, 2)), -1]],
        "J": [[_I, 0], [0, _I]],
        "V": [[_I, 1], [0, (1, 1)]],
    },
)
INVERSE = Lemma(
    "inverse",
    Equal(X**-1 * (X**-1).H, S**-4),
    "",
    (Use("root", left=-(X**-1) * (X**-1).H, right=S**-4),),
)
LENGTH = Lemma(
    "length",
    Equal(Y.H * Y, Y.H * X * S**-4 * X.H * Y),
    "",
    (Use("inverse", left=Y.H * X, right=X.H * Y),),
)
SQUARES = Lemma(
    "squares",
    Equal(V * V.H + V.H * V, 2 * Q * Q + 2 * K * K),
    "",
    (Use("Q", left=-2 * Q), Use("K", left=-2 * K)),
)
STEPS = (
    Use("length", left=2 * S**-2, trace=True),
    Use("V", left=-(S**-2) * Y.H * X * S**-4, trace=True),
    Use("V", left=-(S**-2) / 2, right=S**-4 * SYLVESTER, mark="H", trace=True),
    Use("squares", left=S**-2 / 2, trace=True),
)

ANY_DIRECTION = Matrices(
    letters=(
        Letter("X", "n", "n", form="invertible"),
        Letter("Y", "n", "n", about="any direction"),
        Letter("S", "n", "n", form="positive", about="S^2 = R = (X* X)^(1/2)"),
        Letter("V", "n", "n"),
        Letter("Q", "n", "n", form="hermitian", about="R' for X' = Y"),
        Letter("K", "n", "n", form="hermitian", about="R' for X' = iY"),
        Letter("J", "n", "n", about="i times the identity"),
    ),
    definitions={
        "root": (Equal(X.H * X, S**4),),
        "i": (
            Equal(J.H, -J),
            Equal(J * J, num(-1)),
            Equal(J * S, S * J),
            Equal(J * V, V * J),
            Equal(J * V.H, V.H * J),
        ),
        "V": (Equal(SYLVESTER, 2 * X.H * Y),),
        "Q": (Equal(Q, (V + V.H) / 2),),
        "K": (Equal(K, J * (V - V.H) / 2),),
    },
    layers=False,
    examples=(NUMBERS, PLANE),
)
