"""Minimisers with explicit penalties of the weights, in doubles: least distance to the start, and
ridge; local methods from given starts, of which the best is taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from numpy import abs as size
from numpy import concatenate, full, sign
from scipy.optimize import minimize

from verify.exact.errors import NoValue

TINY, STEPS = 1e-14, 2000


def nearest(x: Any, y: Any, depth: int, alpha: float, starts: Sequence[Any]) -> Any:
    """beta = w_+^D - w_-^D for w of least |w - alpha|^2 with X beta = y, w >= 0, from ``starts`` in
    beta. Raises NoValue where no start leads to a feasible point.
    """
    d = x.shape[1]

    def beta(w: Any) -> Any:
        return w[:d] ** depth - w[d:] ** depth

    def jacobian(w: Any) -> Any:
        return depth * concatenate([x * w[:d] ** (depth - 1), -x * w[d:] ** (depth - 1)], axis=1)

    best: Any = None
    for start in starts:
        found = minimize(
            lambda w: ((w - alpha) ** 2).sum() / alpha**2,
            _lifted(start, depth, alpha),
            jac=lambda w: 2 * (w - alpha) / alpha**2,
            bounds=[(0, None)] * (2 * d),
            constraints={"type": "eq", "fun": lambda w: x @ beta(w) - y, "jac": jacobian},
            method="SLSQP",
            options={"ftol": TINY, "maxiter": STEPS},
        )
        feasible = abs(x @ beta(found.x) - y).max() < 1e-8 * abs(y).max()
        if feasible and (best is None or found.fun < best.fun):
            best = found
    if best is None:
        raise NoValue(f"no nearest weights are found at depth {depth}, alpha = {alpha:.3g}")
    return beta(best.x)


def _lifted(beta: Any, depth: int, alpha: float) -> Any:
    """Weights with this beta, the smaller branch at alpha."""
    big = (size(beta) + alpha**depth) ** (1 / depth)
    small = full(len(beta), alpha)
    plus, minus = beta > 0, beta <= 0
    return concatenate([big * plus + small * minus, small * plus + big * minus])


def ridge(x: Any, y: Any, depth: int, penalty: float, starts: Sequence[Any]) -> Any:
    """beta of least |X beta - y|^2 + penalty |w|^2 over w, beta = sign(w) |w|^D: of both branches
    one is 0 at a minimiser. From ``starts`` in beta.
    """

    def beta(w: Any) -> Any:
        return sign(w) * size(w) ** depth

    def value(w: Any) -> tuple[float, Any]:
        residual = x @ beta(w) - y
        slope = 2 * (x.T @ residual) * depth * size(w) ** (depth - 1) + 2 * penalty * w
        return float((residual**2).sum() + penalty * (w**2).sum()), slope

    found = [
        minimize(
            value,
            sign(b) * size(b) ** (1 / depth),
            jac=True,
            method="L-BFGS-B",
            options={"ftol": 1e-16, "gtol": 1e-14, "maxiter": STEPS, "maxfun": 10 * STEPS},
        )
        for b in starts
    ]
    return beta(min(found, key=lambda f: f.fun).x)
