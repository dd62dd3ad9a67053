"""Layers W_k = U_k D U_(k-1)* with a matrix unit of the frames, and a path s_k."""

from fractions import Fraction

from verify.models.matrices import Example, Matrices
from verify.terms.affine import k
from verify.terms.letters import Letter
from verify.terms.matrices import Family, Sequence, U, W, const, letter, num
from verify.terms.relation import Equal

D, Y = letter("D"), letter("Y")
c, s = Family("c"), Sequence("s")
lam, mu, gamma = const("lam"), const("mu"), const("gamma")
_UNIT = ((1, 0), (0, 1))
_DIAGONAL = ((2, 0), (0, 3))
EXAMPLE = Example(
    depth=3,
    dims=(2, 2, 2, 2),
    sizes={"n": 2},
    values={
        "W": (_DIAGONAL, _DIAGONAL, _DIAGONAL),
        "P": ((0, 0), (0, 0)),
        "U": (_UNIT, _UNIT, _UNIT, _UNIT),
        "D": _DIAGONAL,
        "Y": ((0, 1), (0, 0)),
        "c": (((0, 1), (0, 0)), ((0, 1), (0, 0))),
    },
    scalars={"lam": 2, "mu": 3, "gamma": Fraction(1, 2)},
    sequences={"s": (1, 1)},
)
FRAMES = Matrices(
    letters=(
        Letter("U", "k", "n", "ends"),
        Letter("D", "n", "n", form="hermitian", about="D = diag(lambda_i)"),
        Letter("Y", "n", "n", about="a matrix unit"),
        Letter("c", "k", "k", "inner"),
    ),
    sequences=("s",),
    definitions={
        "frames": (Equal(W[k], U[k] * D * U[k - 1].H, 1, 0), Equal(U[k].H * U[k], num(1), 0, 0)),
        "unit": (Equal(D * Y, lam * Y), Equal(Y * D, mu * Y)),
        "path": (Equal(s[k - 1] + s[k + 1], 2 * gamma * s[k], 1, 1),),
        "vector": (Equal(c[k], s[k] * U[k] * Y * U[k].H, 1, 1),),
    },
    note="gamma = cos(pi m/N) and s_k = sin(pi m k/N), m = 1..N-1, are the solutions of path",
    examples=(EXAMPLE,),
)
