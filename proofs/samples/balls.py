"""Numbers and matrices in balls: roots, singular values, S_p norms. The working precision is
flint's, set by the caller.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from verify.exact.rings import ball
from verify.models.samples import Wide


def power(x: Any, e: Fraction) -> Any:
    """x^e of a ball or a rational > 0."""
    base = ball(x) if isinstance(x, (int, Fraction)) else x
    return (base.log() * ball(Fraction(e))).exp()


def diagonal_of_balls(values: list[Any]) -> Any:
    from flint import arb, arb_mat

    size = len(values)
    return arb_mat(
        size, size, [values[i] if i == j else arb(0) for i in range(size) for j in range(size)]
    )


def singular_values(m: Any) -> list[Any]:
    """Of an invertible square matrix of balls or rationals: roots of the enclosed eigenvalues of
    m^T m.

    Raises Wide where these are not told apart.
    """
    from flint import acb_mat, arb_mat

    m = m if isinstance(m, arb_mat) else arb_mat(m)
    try:
        return [z.real.sqrt() for z in acb_mat(m.transpose() * m).eig()]
    except ValueError:
        raise Wide("eigenvalues of W^T W are not told apart; more digits") from None


def schatten(values: list[Any], p: Fraction) -> Any:
    """(sum sigma^p)^(1/p)."""
    return power(sum(power(s, p) for s in values), 1 / Fraction(p))


def van(values: list[Any]) -> Any:
    """prod over i < j of |z_i - z_j|."""
    found = ball(Fraction(1))
    for i, a in enumerate(values):
        for b in values[:i]:
            found = found * abs(a - b)
    return found
