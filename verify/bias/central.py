"""The same limits for large data, in doubles: figures, checked by their own residuals.

Damped Newton on the dual at D = 2, and at kappa >= 1. Below that, at D > 2, the slopes h blow up at
|z| = 1, where doubles cannot tell 1 - z from 0; so b_+ and b_- and the distances s_+ = 1 - z, s_- =
1 + z are unknowns of their own, as in a primal-dual method for the linear program of the l1 norm,
of which b s^p = kappa is a central path (p = 1, infinite depth, is the usual one).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import log
from typing import Any

from numpy import array, exp, expm1, log1p, sign, zeros
from numpy import log as ln
from numpy.linalg import LinAlgError
from scipy.linalg import cho_factor, cho_solve

from verify.bias.potential import Potential
from verify.exact.errors import BadInput, NoValue

ENOUGH, STEPS, STRIDE = 1e-11, 200, 4 * log(10)
SHORT = 0.95  # of the way to the edge
ACCURATE = 1e-6  # residual of an interpolator, of max |y|
FARTHEST = 600.0  # |log kappa| in doubles


@dataclass(frozen=True)
class Figure:
    """beta = kappa h(X^T nu) and kappa h' at a scale; ``work`` counts Newton steps since the point
    before.
    """

    log_kappa: float
    beta: Any
    nu: Any
    slopes: Any  # kappa h'(z)
    work: int


def figures(x: Any, y: Any, depth: int | Fraction, logs: Sequence[float]) -> Iterator[Figure]:
    """The limits at log kappa for each of ``logs``, which falls; max |X beta - y| is less than
    ACCURATE max |y|. Raises BadInput for a scale out of range, NoValue where that is not reached.
    """
    q = Potential(depth)
    if any(not abs(s) <= FARTHEST for s in logs) or sorted(logs, reverse=True) != [*logs]:
        raise BadInput(
            f"log kappa: expected falling numbers from {FARTHEST:g} to {-FARTHEST:g}: doubles hold"
            " no other"
        )
    path: Any = _Flat(x, y, None if q.depth == 2 else float(q.p))
    at = max(0.0, logs[0])
    work = path.settle(at)
    for log_kappa in logs:
        while at > log_kappa:
            before, at = at, max(at - STRIDE, log_kappa)
            if before <= 0 and isinstance(path, _Flat) and path.p is not None:
                path = _Central(path, before)
            path.ahead(before, at)
            work += path.settle(at)
        beta, slopes = path.point(at)
        residual = abs(x @ beta - y).max() / (abs(y).max() or 1.0)
        if not residual < ACCURATE:
            raise NoValue(
                f"at log kappa = {log_kappa:.4g} doubles leave a residual of {residual:.1e}"
            )
        yield Figure(log_kappa, beta, path.nu, slopes, work)
        work = 0


class _Flat:
    """beta = kappa h(X^T nu); without p, D = 2."""

    def __init__(self, x: Any, y: Any, p: float | None) -> None:
        self.x, self.y, self.p, self.nu = x, y, p, zeros(x.shape[0])

    def point(self, log_kappa: float) -> tuple[Any, Any]:
        """beta, without cancellation, and kappa h'."""
        z = self.x.T @ self.nu
        size = abs(z)
        if self.p is None:
            top = exp(log_kappa + size)
            return sign(z) * top * -expm1(-2 * size), top * (1 + exp(-2 * size))
        up, down = -self.p * log1p(-size), -self.p * log1p(size)
        beta = sign(z) * exp(log_kappa) * (expm1(up) - expm1(down))
        return beta, self.p * (
            exp(log_kappa + up) / (1 - size) + exp(log_kappa + down) / (1 + size)
        )

    def ahead(self, before: float, after: float) -> None:
        """d nu/d log kappa = -J^(-1) y, which is nearly constant at D = 2."""
        if self.p is None:
            _, slopes = self.point(before)
            self.nu = self.nu + _solved(self.x, slopes, self.y) * (before - after)

    def settle(self, log_kappa: float) -> int:
        """Newton steps that were needed."""
        for step in range(STEPS):
            beta, slopes = self.point(log_kappa)
            move = _solved(self.x, slopes, self.y - self.x @ beta)
            dz, z = abs(self.x.T @ move), abs(self.x.T @ self.nu)
            far = dz.max() if self.p is None else ((self.p + 1) * dz / (1 - z)).max()
            factor = 1.0 if far < ENOUGH else log(1 + far) / far
            if self.p is not None and far > 0:
                factor = min(factor, (self.p + 1) / (2 * far))
            self.nu = self.nu + move * factor
            if far < ENOUGH * max(1.0, abs(self.nu).max()):
                return step + 1
        raise NoValue(f"Newton does not settle at log kappa = {log_kappa:.4g}")


class _Central:
    """D > 2: b_+ s_+^p = kappa = b_- s_-^p."""

    def __init__(self, start: _Flat, log_kappa: float) -> None:
        assert start.p is not None
        self.x, self.y, self.p, self.nu = start.x, start.y, start.p, start.nu
        z = self.x.T @ self.nu
        self.s = array([1 - z, 1 + z])
        self.b = exp(log_kappa - self.p * ln(self.s))

    def point(self, log_kappa: float) -> tuple[Any, Any]:
        return self.b[0] - self.b[1], (self.p * self.b / self.s).sum(axis=0)

    def ahead(self, before: float, after: float) -> None:
        """The products of b and s^p move to the new scale while b stays: s shrinks."""

    def settle(self, log_kappa: float) -> int:
        """Newton on p log s + log b = log kappa and X b = y; ds follows from dnu, never from 1 - z:
        s may lie far below its last digit.
        """
        signs = array([[-1.0], [1.0]])
        for step in range(STEPS):
            fixed = self.b * (log_kappa - ln(self.b) - self.p * ln(self.s))
            slopes = self.p * self.b / self.s
            right = self.y - self.x @ (self.b[0] - self.b[1] + fixed[0] - fixed[1])
            dnu = _solved(self.x, slopes.sum(axis=0), right)
            ds = signs * (self.x.T @ dnu)
            db = fixed - slopes * ds
            far = max(abs(ds / self.s).max(), abs(db / self.b).max())
            size = min(1.0, SHORT / max((-ds / self.s).max(), (-db / self.b).max(), 1e-300))
            self.nu, self.s, self.b = self.nu + size * dnu, self.s + size * ds, self.b + size * db
            if far < 1e-9:
                return step + 1
        raise NoValue(f"Newton does not settle at log kappa = {log_kappa:.4g}")


def _solved(x: Any, weights: Any, right: Any) -> Any:
    """(X diag(weights) X^T)^(-1) right, scaled to a unit diagonal."""
    m = (x * weights) @ x.T
    scale = m.diagonal() ** -0.5
    try:
        factor = cho_factor(m * scale[:, None] * scale[None, :])
        return scale * cho_solve(factor, scale * right)
    except (LinAlgError, ValueError):
        raise NoValue("the dual's Hessian is singular in doubles") from None
