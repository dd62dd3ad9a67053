"""Two Gramians, the roots that balance them, and the cost of P."""

from fractions import Fraction

from verify.models.matrices import Example, Matrices
from verify.terms.letters import Letter
from verify.terms.matrices import letter, num, tr
from verify.terms.relation import Equal

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
COST = tr(P * S**2) + tr(F * O)
W1, W2, MOVED, POLAR = letter("A"), letter("B"), letter("g"), letter("U")
ON_A_FIBRE = Matrices(
    letters=(
        Letter("A", "n", "n", about="W_1, invertible"),
        Letter("B", "m", "n", about="W_2"),
        Letter("g", "n", "n", form="invertible", about="moves (B, A) to (B g^(-1), g A)"),
        *LETTERS[:5],
        Letter("U", "n", "n"),
    ),
    definitions={
        "P": (Equal(P, MOVED.H * MOVED), Equal(F, MOVED**-1 * (MOVED**-1).H)),
        "Gramians": (Equal(W1 * W1.H, S**2), Equal(W2.H * W2, O)),
        "R": GRAMIANS["R"],
        "polar": (
            Equal(W1, S * POLAR),
            Equal(POLAR * POLAR.H, num(1)),
            Equal(POLAR.H * POLAR, num(1)),
        ),
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
)
