"""Where the matrices and vectors named in a loss come from: drawn small and exact, or read from the
scatters of a data set.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import cycle
from random import Random
from typing import TYPE_CHECKING

from verify.exact.errors import BadInput
from verify.models.losses.matrices import DiagonalPlus, Matrix, Vector, dense, identity

if TYPE_CHECKING:
    from verify.models.data.scatter import Scatter

Draw = Callable[[], Fraction]  # small non-zero rationals
Datum = Matrix | Vector | Fraction


SMALL = tuple(
    Fraction(a, b)
    for a, b in ((1, 1), (2, 1), (-1, 1), (1, 2), (3, 1), (-2, 1), (1, 3), (-3, 1), (3, 2), (-1, 2))
)


def seeded(seed: int, salt: str) -> Draw:
    """Small rationals, the same in every process."""
    return drawing(Random(f"{seed}/{salt}"))


def drawing(source: Random) -> Draw:
    """Small rationals, as the source has them."""
    return lambda: source.choice(SMALL)


def simple() -> Draw:
    """1, 2, 1, 3, ...: the values that a hand calculation would try."""
    values = cycle(Fraction(x) for x in (1, 2, 1, 3, 2, -1))
    return lambda: next(values)


def draw_data(kind: str, name: str, width: int, draw: Draw) -> Datum:
    """S_B is of rank one, every other matrix positive definite, diagonal plus rank one; vectors are
    free.
    """
    vector = tuple(draw() for _ in range(width))
    if kind == "lin":
        return vector
    if name == "I":
        return identity(width)
    if name.startswith("diag_"):
        return DiagonalPlus(tuple(abs(x) for x in vector))
    if name == "S_B":
        return DiagonalPlus((Fraction(0),) * width, (vector,))
    return DiagonalPlus(tuple(abs(draw()) for _ in range(width)), (vector,))


def read_data(kind: str, name: str, scatter: Scatter, loss: str) -> Datum:
    """S_B, S_W, S_T = S_B + S_W and their diagonals; m is the difference of the means of two
    classes. Raises BadInput.
    """
    width = len(scatter.columns)
    if kind == "lin":
        if name == "m" and scatter.m is not None:
            return scatter.m
        raise BadInput(
            f"--loss {loss} uses the mean difference of two classes; {scatter.name} has"
            f" {len(scatter.classes)} classes"
        )
    if name == "I":
        return identity(width)
    base = {"B": scatter.S_B, "W": scatter.S_W}.get(name[-1])
    total = tuple(
        tuple(a + b for a, b in zip(r, s, strict=True))
        for r, s in zip(scatter.S_B, scatter.S_W, strict=True)
    )
    matrix = dense(base if base is not None else total)
    return (
        DiagonalPlus(tuple(matrix[i][i] for i in range(width)))
        if name.startswith("diag_")
        else matrix
    )
