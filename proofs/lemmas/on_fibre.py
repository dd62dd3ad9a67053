"""A tuple on the fibre of X = Q Sigma R*, every layer invertible, in letters of the group."""

from fractions import Fraction

from verify.models.matrices import Example, Matrices
from verify.terms.affine import N, k
from verify.terms.letters import Letter
from verify.terms.matrices import A, W, X, g, letter, num
from verify.terms.relation import Equal

L, Q, R, F = letter("L"), letter("Q"), letter("R"), letter("F")
ONE = ((1, 0), (0, 1))
_POINT = Example(
    depth=2,
    dims=(2, 2, 2),
    sizes={"n": 2},
    values={
        "W": (((1, 2), (0, 2)), ((1, -1), (0, 2))),
        "P": ((0, 0), (0, 0)),
        "g": (((1, 1), (0, 1)), ONE),
        "L": ((1, 0), (0, 2)),
        "Q": ONE,
        "R": ONE,
        "F": ((1, Fraction(1, 2)), (0, Fraction(1, 2))),
    },
)
ON_FIBRE = Matrices(
    letters=(
        Letter(
            "g",
            "k",
            "n",
            "layers",
            form="free",
            about="g_(k-1) = W_k^(-1) g_k L from the top down, g_N = Q",
        ),
        Letter("L", "n", "n", form="positive", about="L = Sigma^(1/N)"),
        Letter("Q", "N", "n"),
        Letter("R", "0", "n"),
        Letter("F", "n", "n", about="F = A_1^(-1)"),
    ),
    definitions={
        "svd": (Equal(X, Q * L**N * R.H),),
        "orbit": (Equal(W[k] * g[k - 1], g[k] * L, 2, 0),),
        "top": (Equal(g[N], Q),),
        "inverse": (Equal(F * A[1], num(1)),),
    },
    square=True,
    note="X = Q Sigma R*, every layer invertible",
    examples=(_POINT,),
    least_depth=2,
)
