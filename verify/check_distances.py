"""How far a solution is from polynomials along a link, for ``check_enclosure.py``, which loads this
file from beside it: standard library and python-flint, nothing of the engines.

- One distance for all states, |e|' <= mu |e| + D: with z = mu dt it becomes at most e^z |e| + D dt
  w on a part, w = max(1, e^z), or (e^z - 1)/z where z < -1 or z > 1, and it is monotone there.
- One for each, |e_i|' <= sum_j M_ij |e_j| + D_i, M_ii above d f_i/d x_i and M_ij above the size of
  d f_i/d x_j: |e| stays below the solution of r' = M r + D, as what is not on the diagonal is >= 0
  (E. Kamke, Acta Mathematica 58, 1932). At the end of a part r is exp [[M dt, D dt], [0, 0]] (r,
  1); on the way it is at most s e^z, where s > 0, s >= r, z >= 0 and M s dt + D dt <= z s.

Beside them eigenvectors of the Jacobian's middle, by which its logarithmic norm is found.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from flint import arb, arb_mat, ctx, fmpq

from verify.check import LIMITS
from verify.check_chebyshev import WORK


def high(x: Any) -> Any:
    return abs(x).upper()


def norm(parts: list) -> Any:
    """Euclidean, rounded up."""
    return sum((high(x) ** 2 for x in parts), arb(0)).sqrt().upper()


def total(terms: list) -> Any:
    return sum(terms[1:], terms[0])


def largest(values: list) -> Any:
    most = values[0]
    for x in values[1:]:
        most = most.max(x)
    return most.upper()


def of_all(mu: list[Fraction], time: Fraction, radius: Any, pushed: Any) -> tuple[Any, Any]:
    """The largest on parts of so much time and the last, from ``radius``; ``pushed`` is D dt."""
    within = radius
    for m in mu:
        z = arb(fmpq((m * time).numerator, (m * time).denominator))
        factor = z.exp()
        push = (factor - 1) / z if z > 1 or z < -1 else factor.max(arb(1))
        radius = (radius * factor + pushed * push).upper()
        within = within.max(radius)
    return within, radius


def of_each(matrices: list, radii: list, pushed: list) -> tuple[list, list]:
    """The same for each state, from ``radii``; ``matrices`` are M dt of the parts, exact."""
    before, ctx.prec = ctx.prec, LIMITS["interval"]
    try:
        within = radii
        for m in matrices:
            WORK.spend(20 * len(m) ** 2 * (1 + len(m)))
            inside = on_the_way(m, radii, pushed)
            radii = [x.min(y) for x, y in zip(at_the_end(m, radii, pushed), inside, strict=True)]
            within = [x.max(y) for x, y in zip(within, inside, strict=True)]
        return within, radii
    finally:
        ctx.prec = before


def at_the_end(m: list[list], radii: list, pushed: list) -> list:
    """Numbers are taken in units of the largest: an exponential is found to so many bits of 1."""
    unit, n = largest([*radii, *pushed]), len(radii)
    if not unit > 0:
        return radii
    rows = [[*row, p / unit] for row, p in zip(m, pushed, strict=True)]
    turned = arb_mat([*rows, [arb(0)] * (n + 1)]).exp()
    found = turned * arb_mat([*([r / unit] for r in radii), [arb(1)]])
    return [(found[i, 0] * unit).upper() for i in range(n)]


def on_the_way(m: list[list], radii: list, pushed: list) -> list:
    """s is raised where what flows in is more than what contracts."""
    n, least = range(len(radii)), largest([*radii, *pushed]) * arb(2) ** -ctx.prec
    if not least > 0:
        return radii
    s = [r.max(p).max(least).upper() for r, p in zip(radii, pushed, strict=True)]

    def flows_in(i: int) -> Any:
        return sum((m[i][k] * s[k] for k in n if k != i), pushed[i])

    more = 1 + arb(1) / LIMITS["above"]
    for _ in range(LIMITS["raised"]):
        s = [s[i].max(flows_in(i) * more / (-m[i][i]).max(arb(1))).upper() for i in n]
    z = largest([m[i][i] + flows_in(i) / s[i] for i in n]).max(arb(0))
    return [(x * z.exp()).upper() for x in s]


def eigenvectors(a: list[list]) -> list[list]:
    """About those of a symmetric matrix, as rows, the least eigenvalue first; C. G. J. Jacobi's
    rotations. Nothing depends on how good they are.
    """
    n, v = range(len(a)), [[arb(int(i == j)) for j in range(len(a))] for i in range(len(a))]
    for _ in range(LIMITS["sweeps"]):
        for i in n:
            for j in range(i):
                WORK.spend(4 * len(a))
                turn_away(a, v, i, j)
    return [v[i] for i in sorted(n, key=lambda i: float(a[i][i]))]


def turn_away(a: list[list], v: list[list], i: int, j: int) -> None:
    """One rotation, after which a[i][j] is about 0."""
    if abs(a[i][j]) <= abs(a[i][i] - a[j][j]) * arb(2) ** -ctx.prec or a[i][j] == 0:
        return
    ratio = (a[j][j] - a[i][i]) / (2 * a[i][j])
    t = 1 / (abs(ratio) + (1 + ratio * ratio).sqrt())
    t = -t if ratio < 0 else t
    c = 1 / (1 + t * t).sqrt()
    s = c * t
    for m in (a, v):
        m[i], m[j] = (
            [(c * x - s * y).mid() for x, y in zip(m[i], m[j], strict=True)],
            [(s * x + c * y).mid() for x, y in zip(m[i], m[j], strict=True)],
        )
    for row in a:
        row[i], row[j] = (c * row[i] - s * row[j]).mid(), (s * row[i] + c * row[j]).mid()
