"""Interpolators of least l1 and of least l2 norm, exact.

The least l2 norm is X^T (X X^T)^(-1) y over Q. For l1 a linear program in doubles guesses a support
and multipliers; what is returned is solved over Q and certified: X b = y, X_j.nu = sign(b_j) where
b_j is not 0, |X_j.nu| <= 1 elsewhere. Then |b|_1 = y.nu <= |c|_1 for every c with X c = y. It is
the only minimiser where besides the columns of the support are independent and |X_j.nu| < 1 off it.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import fmpq, fmpq_mat
from numpy import array, column_stack, hstack, ones, vstack, zeros
from scipy.optimize import linprog

from verify.bias.data import Data
from verify.exact.errors import NoValue

TINY = 1e-9  # below it a double of the linear program is taken for 0
DENOMINATOR = 10**12  # of multipliers that are guessed


@dataclass(frozen=True)
class LeastL1:
    """An interpolator of least l1 norm with multipliers that prove it; ``unique``: they show that
    it is the only one.
    """

    beta: tuple[Fraction, ...]
    nu: tuple[Fraction, ...]
    unique: bool

    @property
    def norm(self) -> Fraction:
        return sum(map(abs, self.beta), Fraction(0))


def least_l2(data: Data) -> tuple[Fraction, ...]:
    """The interpolator of least l2 norm."""
    x = data.matrix
    return _column(x.transpose() * (x * x.transpose()).solve(data.target))


def least_l1(data: Data) -> LeastL1:
    """An interpolator of least l1 norm. Raises NoValue where the guess is not certified.

    Tolerances of linear programs are absolute: rows and targets are brought to size 1 by powers of
    two, so that neither their unit nor the range of doubles decides whether there is an answer.
    """
    rows = [_power(max(map(abs, row))) for row in data.x]
    targets = [v / r for v, r in zip(data.y, rows, strict=True)]
    unit = _power(max(map(abs, targets)))
    x = tuple(tuple(v / r for v in row) for row, r in zip(data.x, rows, strict=True))
    found = _of_size_one(Data(x, tuple(v / unit for v in targets)))
    beta = tuple(unit * b for b in found.beta)
    nu = tuple(v / r for v, r in zip(found.nu, rows, strict=True))
    if not certified(data, beta, nu):
        raise _unproved()
    return LeastL1(beta, nu, found.unique)


def _power(x: Fraction) -> Fraction:
    """A power of two between x/2 and 2 x; 1 for 0."""
    return Fraction(2) ** (x.numerator.bit_length() - x.denominator.bit_length()) if x else x + 1


def _unproved() -> NoValue:
    return NoValue(
        "the interpolator of least l1 norm that doubles suggest is not certified exactly"
    )


def _of_size_one(data: Data) -> LeastL1:
    guess, dual = _guess(data)
    scale = max(map(abs, guess))
    support = [j for j, v in enumerate(guess) if abs(v) > TINY * scale] if scale else []
    beta = _on(data, support)
    if beta is None:
        raise _unproved()
    if not any(data.y):
        return LeastL1(beta, (Fraction(0),) * len(data.y), True)
    kept = [j for j in support if beta[j]]
    nu = _multipliers(data, kept, [_sign(beta[j]) for j in kept], dual) if kept else None
    if nu is None:
        raise _unproved()
    return LeastL1(beta, nu, _strict(data, kept, nu))


def certified(data: Data, beta: tuple[Fraction, ...], nu: tuple[Fraction, ...]) -> bool:
    """X beta = y, and nu proves over Q that no interpolator has a smaller l1 norm."""
    if _column(data.matrix * _rational(beta)) != data.y:
        return False
    z = _column(data.matrix.transpose() * _rational(nu))
    return all(v == _sign(b) if b else abs(v) <= 1 for v, b in zip(z, beta, strict=True))


def _strict(data: Data, support: list[int], nu: tuple[Fraction, ...]) -> bool:
    z = _column(data.matrix.transpose() * _rational(nu))
    inside = all(abs(v) < 1 for j, v in enumerate(z) if j not in set(support))
    columns = fmpq_mat([[row[j] for j in support] for row in data.matrix.tolist()])
    return inside and columns.rank() == len(support)


def _on(data: Data, support: list[int]) -> tuple[Fraction, ...] | None:
    """The solution of X b = y that vanishes off a support, if there is exactly one."""
    found = [Fraction(0)] * data.shape[1]
    if support:
        columns = fmpq_mat([[row[j] for j in support] for row in data.matrix.tolist()])
        square = columns.transpose() * columns
        try:
            part = (
                columns.solve(data.target)
                if len(support) == len(data.y)
                else square.solve(columns.transpose() * data.target)
            )
        except ZeroDivisionError:
            return None
        for j, v in zip(support, _column(part), strict=True):
            found[j] = v
    return tuple(found)


def _multipliers(
    data: Data, support: list[int], signs: list[int], dual: list[float]
) -> tuple[Fraction, ...] | None:
    """Near the guess, with X_j.nu = sign on the support exactly."""
    columns = fmpq_mat([[row[j] for j in support] for row in data.matrix.tolist()])
    wanted = fmpq_mat([[s] for s in signs])
    try:
        if len(support) == len(data.y):
            return _column(columns.transpose().solve(wanted))
        near = _rational(tuple(Fraction(v).limit_denominator(DENOMINATOR) for v in dual))
        gap = wanted - columns.transpose() * near
        return _column(near + columns * (columns.transpose() * columns).solve(gap))
    except ZeroDivisionError:
        return None


def _guess(data: Data) -> tuple[list[float], list[float]]:
    """beta, and multipliers as far inside as they can be."""
    x, y = data.doubles
    found = linprog(ones(2 * x.shape[1]), A_eq=hstack([x, -x]), b_eq=y, method="highs")
    if found.status != 0:
        raise NoValue(f"the linear program of the l1 norm ends with: {found.message[:60]}")
    d = x.shape[1]
    beta = found.x[:d] - found.x[d:]
    size = max(abs(beta))
    support = [j for j in range(d) if abs(beta[j]) > TINY * size]
    if len(support) >= x.shape[0] or not support:
        return [*map(float, beta)], [0.0] * x.shape[0]
    return [*map(float, beta)], _inmost(x, support, [1 if beta[j] > 0 else -1 for j in support])


def _inmost(x: Any, support: list[int], signs: list[int]) -> list[float]:
    """min t with X_j.nu = sign on the support and |X_j.nu| <= t off it."""
    n, rest = x.shape[0], [j for j in range(x.shape[1]) if j not in set(support)]
    off, on = x[:, rest].T, x[:, support].T
    above = vstack([column_stack([s * off, -ones(len(rest))]) for s in (1, -1)])
    found = linprog(
        array([0.0] * n + [1.0]),
        A_ub=above,
        b_ub=zeros(2 * len(rest)),
        A_eq=column_stack([on, zeros(len(support))]),
        b_eq=array(signs, dtype=float),
        bounds=[(None, None)] * n + [(0, None)],
        method="highs",
    )
    if found.status != 0:
        raise NoValue(f"the linear program of the multipliers ends with: {found.message[:60]}")
    return [*map(float, found.x[:n])]


def _sign(x: Fraction) -> int:
    return (x > 0) - (x < 0)


def _rational(values: tuple[Fraction, ...]) -> Any:
    return fmpq_mat([[fmpq(v.numerator, v.denominator)] for v in values])


def _column(m: Any) -> tuple[Fraction, ...]:
    return tuple(Fraction(int(v.p), int(v.q)) for v in m.entries())
