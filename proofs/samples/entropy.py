"""The volume of the orbit of balanced tuples: a Gram determinant at C = (Q_N Lambda, Lambda, ...,
Lambda Q_0^T) against its formula.

Reference: Menon, Yu, arXiv:2509.09088, for the formula up to a constant. With the basis E_ij - E_ji
of so_d in each hidden layer the constant is 2^((N-1) d(d-1)/4): for each pair i < j the Gram matrix
is 2 tridiag(-lambda_i lambda_j, lambda_i^2 + lambda_j^2).
"""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import Any

from proofs.samples.balls import diagonal_of_balls, power, van
from proofs.samples.drawing import FRAMES, FRAMES_TEX, distinct, orthogonal, shown
from verify.exact.errors import BadInput
from verify.exact.rings import ball
from verify.models.samples import Family, Instance, Quantity

GRAM = Quantity(
    "sqrt det <w_a, w_b>",
    "w_a from its definition at C, a and b in the basis",
    r"\sqrt{\det \langle w_a, w_b\rangle}",
)
VOLUME = Quantity(
    "2^((N-1) d(d-1)/4) sqrt(van(Sigma^2)/van(Sigma^(2/N)))",
    "from sigma",
    r"2^{(N-1) d (d-1)/4} \sqrt{\frac{\operatorname{van}(\Sigma^{2})}"
    r"{\operatorname{van}(\Sigma^{2/N})}}",
)
SLIP = Quantity(
    "the formula with van(Sigma^(1/N)) in place of van(Sigma^(2/N))",
    "from sigma; a wrong exponent",
    r"2^{(N-1) d (d-1)/4} \sqrt{\frac{\operatorname{van}(\Sigma^{2})}"
    r"{\operatorname{van}(\Sigma^{1/N})}}",
)


def draw(size: tuple, source: Random) -> Instance:
    """Raises BadInput unless d >= 2 and N >= 2: otherwise the orbit is a point."""
    if len(size) != 2 or any(type(n) is not int or n < 2 for n in size):
        raise BadInput(
            f"entropy: (d, N) = {size}; expected whole numbers >= 2: else the orbit of balanced"
            " tuples is a point"
        )
    d, depth = size
    r, s, sigma = orthogonal(source, d), orthogonal(source, d), distinct(source, d)
    values = {
        GRAM: lambda: volume(r, s, sigma, depth),
        VOLUME: lambda: formula(sigma, depth, Fraction(2, depth)),
        SLIP: lambda: formula(sigma, depth, Fraction(1, depth)),
    }
    singular = ", ".join(map(str, sigma))
    return Instance(f"N = {depth}, sigma = ({singular}), R = {shown(r)}, S = {shown(s)}", values)


def volume(r: Any, s: Any, sigma: list[Fraction], depth: int) -> Any:
    """sqrt det <w_a, w_b>, a and b in the basis, w_a from its definition."""
    from flint import arb_mat

    root = diagonal_of_balls([power(x, Fraction(1, depth)) for x in sigma])
    w = [root] * depth
    w[0], w[-1] = w[0] * arb_mat(s).transpose(), arb_mat(r) * w[-1]
    vectors = [tangent(w, k, a) for k in range(depth - 1) for a in skew_basis(len(sigma))]
    entries = [
        sum((x * y for x, y in zip(v, u, strict=True)), ball(Fraction(0)))
        for v in vectors
        for u in vectors
    ]
    return arb_mat(len(vectors), len(vectors), entries).det().sqrt()


def skew_basis(d: int) -> list[Any]:
    from flint import arb, arb_mat

    pairs = [(i, j) for i in range(d) for j in range(i + 1, d)]
    sign = lambda row, column, i, j: int((row, column) == (i, j)) - int((row, column) == (j, i))
    return [
        arb_mat(d, d, [arb(sign(a, b, i, j)) for a in range(d) for b in range(d)]) for i, j in pairs
    ]


def tangent(w: list[Any], k: int, a: Any) -> list[Any]:
    """The entries of w_a where only the hidden layer k + 1 is turned: a W_(k+1) and -W_(k+2) a."""
    zero = a - a
    parts = [a * w[k] if m == k else -(w[m] * a) if m == k + 1 else zero for m in range(len(w))]
    return [x for part in parts for x in part.entries()]


def formula(sigma: list[Fraction], depth: int, exponent: Fraction) -> Any:
    d = len(sigma)
    ratio = van([ball(x**2) for x in sigma]) / van([power(x, exponent) for x in sigma])
    return power(2, Fraction((depth - 1) * d * (d - 1), 4)) * ratio.sqrt()


ENTROPY = Family(
    "entropy",
    f"the orbit of balanced tuples at C, {FRAMES}; basis E_ij - E_ji, i < j, of so_d for"
    " each of the N - 1 hidden layers",
    r"the orbit of balanced tuples at \(C\), " + FRAMES_TEX + r"; the basis \(E_{ij} - E_{ji}\),"
    r" \(i < j\), of \(\mathfrak{so}_d\) for each of the \(N - 1\) hidden layers",
    ("d", "N"),
    (GRAM, VOLUME, SLIP),
    draw,
)
