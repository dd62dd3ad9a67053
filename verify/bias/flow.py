"""Gradient flow of |X beta - y|^2 in the weights themselves, in doubles: what the limit points are
compared with, and what following the flow costs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from numpy import concatenate, errstate, full
from scipy.integrate import DOP853

from verify.exact.errors import NoValue

RELATIVE, ABSOLUTE, MOST_STEPS = 1e-10, 1e-13, 20_000


@dataclass(frozen=True)
class Followed:
    """beta where max |X beta - y| fell below ``below`` max |y|; how many gradients that took, and
    max |w_+ w_- - alpha^2| relative to alpha^2 on the way (D = 2).
    """

    beta: Any
    time: float
    gradients: int
    drift: float


def follow(x: Any, y: Any, depth: int, alpha: float, below: float) -> Followed:
    """From w_+ = w_- = alpha. Raises NoValue where the residual does not fall so far."""
    d = x.shape[1]

    def field(_: float, w: Any) -> Any:
        plus, minus = w[:d], w[d:]
        g = 2 * (x.T @ (x @ (plus**depth - minus**depth) - y))
        return concatenate([-depth * g * plus ** (depth - 1), depth * g * minus ** (depth - 1)])

    engine = DOP853(field, 0.0, full(2 * d, alpha), 1e12, rtol=RELATIVE, atol=ABSOLUTE * alpha)
    drift = 0.0
    for _ in range(MOST_STEPS):
        if engine.status != "running":
            break
        with errstate(over="ignore", invalid="ignore"):  # a trial step may go far
            engine.step()
        plus, minus = engine.y[:d], engine.y[d:]
        if depth == 2:
            drift = max(drift, float(abs(plus * minus / alpha**2 - 1).max()))
        beta = plus**depth - minus**depth
        if abs(x @ beta - y).max() <= below * abs(y).max():
            return Followed(beta, float(engine.t), engine.nfev, drift)
    raise NoValue(f"the flow from alpha = {alpha:g} at depth {depth} does not reach {below:g}")
