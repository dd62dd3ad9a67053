"""The integral for the inverse metric: A^(-1)(Z) = (sin(pi/N)/pi) int_0^oo t^(1/N) (X X^T + t)^(-1)
Z (X^T X + t)^(-1) dt.

Reference: Bah, Rauhut, Terstiege, Westdickenberg, arXiv:1910.05505; in arXiv:2511.01137v2 it is
background. With t = u^N on (0, 1) and t = v^(-N) on (1, oo) both parts are rational functions on
[0, 1], which are enclosed; the resolvents are exact polynomials in t.
"""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import Any

from proofs.samples.balls import diagonal_of_balls, power
from proofs.samples.drawing import (
    FRAMES,
    FRAMES_TEX,
    diagonal,
    distinct,
    matrix,
    orthogonal,
    shown,
)
from verify.exact.errors import BadInput
from verify.exact.rings import ball
from verify.models.samples import Family, Instance, Quantity

INTEGRAL = Quantity(
    "(sin(pi/N)/pi) int_0^oo t^(1/N) <Y, (X X^T + t)^(-1) Z (X^T X + t)^(-1)> dt",
    "enclosed; the resolvents are exact polynomials in t over the characteristic polynomial",
    r"\frac{\sin(\pi/N)}{\pi} \int_0^{\infty} t^{1/N} \langle Y, (X X^{T} + t)^{-1} Z"
    r" (X^{T} X + t)^{-1}\rangle\,dt",
)
INVERSE = Quantity(
    "<Y, A^(-1)(Z)>",
    "A as a matrix from its definition, powers in the frames of X, and the linear system A(P) = Z",
    r"\langle Y, A^{-1}(Z)\rangle",
)
SLIP = Quantity("the integral times sin(pi/(N+1))/sin(pi/N)", "enclosed; a wrong constant")


def draw(size: tuple, source: Random) -> Instance:
    """Raises BadInput unless d >= 1 and N >= 2 are whole numbers: for N = 1 the factor sin(pi)
    vanishes.
    """
    if len(size) != 2 or any(type(n) is not int for n in size) or size[0] < 1 or size[1] < 2:
        raise BadInput(
            f"integral: (d, N) = {size}; expected whole numbers d >= 1 and N >= 2: sin(pi/N) = 0"
            " for N = 1"
        )
    d, depth = size
    r, s, sigma = orthogonal(source, d), orthogonal(source, d), distinct(source, d)
    y, z = matrix(source, d, d), matrix(source, d, d)
    x = r * diagonal(sigma) * s.transpose()
    parts = rational_function(x, y, z)
    values = {
        INTEGRAL: lambda: integral(parts, depth, depth),
        SLIP: lambda: integral(parts, depth, depth + 1),
        INVERSE: lambda: inverse(r, s, sigma, depth, y, z),
    }
    return Instance(f"N = {depth}, X = {shown(x)}, Y = {shown(y)}, Z = {shown(z)}", values)


def rational_function(x: Any, y: Any, z: Any) -> tuple[list[Any], list[Any]]:
    """Coefficients, lowest first, of n and c with <Y, (X X^T + t)^(-1) Z (X^T X + t)^(-1)> =
    n(t)/c(t)^2. Exact.
    """
    left, char = adjugate(x * x.transpose())
    right, _ = adjugate(x.transpose() * x)
    found = [x[0, 0] * 0] * (len(left) + len(right) - 1)
    for i, a in enumerate(left):
        for j, b in enumerate(right):
            found[i + j] += trace(y.transpose() * a * z * b)
    return found, char


def adjugate(a: Any) -> tuple[list[Any], list[Any]]:
    """adj(a + t) and det(a + t) as polynomials in t, lowest coefficient first, by Faddeev and
    LeVerrier's recursion on -a.
    """
    size = a.nrows()
    one = diagonal([Fraction(1)] * size)
    matrices, numbers = [one], [one[0, 0]]
    for k in range(1, size + 1):
        moved = -(a * matrices[-1])
        numbers.append(-trace(moved) / k)
        matrices.append(moved + one * numbers[-1])
    return matrices[:size][::-1], numbers[::-1]


def trace(m: Any) -> Any:
    return sum((m[i, i] for i in range(m.nrows())), m[0, 0] * 0)


def integral(parts: tuple[list[Any], list[Any]], depth: int, turned: int) -> Any:
    """sin(pi/turned)/pi times the enclosed integral."""
    from flint import acb, arb

    numerator, denominator = ([acb(c) for c in p] for p in parts)
    near = lambda u, _: depth * u**depth * at(numerator, u**depth) / at(denominator, u**depth) ** 2
    far = lambda v, _: (
        depth
        * v ** (depth - 2)
        * at(numerator[::-1], v**depth)
        / at(denominator[::-1], v**depth) ** 2
    )
    total = acb.integral(near, 0, 1) + acb.integral(far, 0, 1)
    return total.real * arb.pi() ** -1 * (arb.pi() / turned).sin()


def at(coefficients: list[Any], t: Any) -> Any:
    found = coefficients[-1]
    for c in coefficients[-2::-1]:
        found = found * t + c
    return found


def inverse(r: Any, s: Any, sigma: list[Fraction], depth: int, y: Any, z: Any) -> Any:
    """<Y, P> where P solves A(P) = Z, A from its definition with powers of X X^T and X^T X in their
    frames.
    """
    from flint import arb, arb_mat

    d, left, right = len(sigma), arb_mat(r), arb_mat(s)
    columns = []
    for k in range(d * d):
        unit = arb_mat(d, d, [arb(int(k == i)) for i in range(d * d)])
        total = arb_mat(d, d)
        for p in range(1, depth + 1):
            first = (
                left
                * diagonal_of_balls([power(x, Fraction(2 * (depth - p), depth)) for x in sigma])
                * left.transpose()
            )
            last = (
                right
                * diagonal_of_balls([power(x, Fraction(2 * (p - 1), depth)) for x in sigma])
                * right.transpose()
            )
            total = total + first * unit * last
        columns.append(total.entries())
    system = arb_mat(d * d, d * d, [columns[j][i] for i in range(d * d) for j in range(d * d)])
    solved = system.solve(arb_mat(d * d, 1, arb_mat(z).entries()))
    return sum(
        (a * b for a, b in zip(arb_mat(y).entries(), solved.entries(), strict=True)),
        ball(Fraction(0)),
    )


RESOLVENTS = Family(
    "integral",
    f"A(P) = sum_p (X X^T)^((N-p)/N) P (X^T X)^((p-1)/N) for {FRAMES}; Y and Z rational of size d",
    r"the map \(A(P) = \sum_{p=1}^{N} (X X^{T})^{(N-p)/N} P (X^{T} X)^{(p-1)/N}\) for "
    + FRAMES_TEX
    + r"; \(Y\) and \(Z\) rational of size \(d\)",
    ("d", "N"),
    (INTEGRAL, INVERSE, SLIP),
    draw,
)
