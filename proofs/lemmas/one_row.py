"""One row w, a power of its length r, and the root S of w* w."""

from fractions import Fraction

from verify.models.matrices import Example, Matrices
from verify.terms.affine import N
from verify.terms.letters import Letter
from verify.terms.matrices import const, letter
from verify.terms.relation import Equal

w, g, S, r = letter("w"), letter("g"), letter("S"), const("r")
ROW = Matrices(
    letters=(
        Letter("w", "u", "n", about="a row"),
        Letter("g", "u", "n", about="g = E'(w)"),
        Letter("S", "n", "n", form="hermitian", about="S = (w* w)^(1/N)"),
    ),
    definitions={"norm": (Equal(w * w.H, r**N),), "root": (Equal(S, r ** (1 - N) * w.H * w),)},
    positive=("r",),
    layers=False,
    note="r = |w|^(2/N), w != 0, one row",
    examples=(
        Example(
            sizes={"u": 1, "n": 2},
            depth=2,
            scalars={"r": 5},
            values={
                "w": ((3, 4),),
                "g": ((1, 2),),
                "S": ((Fraction(9, 5), Fraction(12, 5)), (Fraction(12, 5), Fraction(16, 5))),
            },
        ),
    ),
)
