"""An estimate of what rounding does to one Taylor step, in units of the last place.

With ||x|| = sum_s |x_s|, ||x y|| <= ||x|| ||y||, so errors pass through sums and products by exact
rules and every operation adds at most one unit per coefficient. Through y = x^e, exp x, log x they
pass by y'(x), taken at x_0 and enlarged by ||x|| / |x_0|: this makes it an estimate. It finds
cancellation, large factors and unsuitable scales, and it decides the guard bits. Orders found in
doubles add their own roundings, relative ones of the largest term there can be: with |x_s| <= X
w^-s and |y_s| <= Y w^-s, no term of the convolution at order s is larger than X Y w^-s. A step that
goes to theta h only sees the coefficient of order s times theta^s, and so does this bound.
"""

from __future__ import annotations

from math import inf, log2, sqrt
from operator import mul

from verify.integrate.series import STEP, Expansion

DOUBLE_BITS = 52  # a double has 53; what adds up over a sum is let in by one of them
FIRST = 12


def rounding_bits(
    expansion: Expansion, log_h: float, order: int, tail: Tail | None = None
) -> float:
    """log2 of the largest local error of a state after the step, in units; inf beyond the range of
    doubles.

    ``tail`` is what orders in doubles add, None: nothing.
    """
    try:
        norm = tail.norms() if tail else _norms(expansion)
        whole = max(
            log2(order + 1), log_h + _slope_bits(expansion, norm, [order + 1.0] * len(norm))
        )
        added = tail.bits(norm, log_h) if tail else -inf
    except (OverflowError, ZeroDivisionError):
        return inf
    return (
        max(whole, added) + log2(1 + 2.0 ** -abs(whole - added)) + 1
        if max(whole, added) < inf
        else inf
    )


def slope_bits(expansion: Expansion, order: int) -> float:
    """log2 of the largest error of a time derivative, in units; inf beyond the range of doubles."""
    try:
        norm = _norms(expansion)
        return _slope_bits(expansion, norm, [order + 1.0] * len(norm))
    except (OverflowError, ZeroDivisionError):
        return inf


class Tail:
    """What roundings in doubles do to orders s >= t, in units, in a step to theta h.

    ``log_radius`` is log2 of a radius of convergence w in units of h; any w is sound. ``size`` is
    max |x_s| w^s for each node, ``unit`` is one rounding of a coefficient of size 1 at order t;
    those of the orders after it are let in by ``DOUBLE_BITS``. The roundings of a sum are taken to
    add up like the steps of a random walk. An error of a slope at order s is one of h / (s + 1) of
    a state.
    """

    def __init__(self, expansion: Expansion, theta: float, log_radius: float) -> None:
        assert expansion.tail is not None
        self.expansion, terms = expansion, len(expansion.c[-1])
        self.unit = 2.0 ** (
            expansion.bits - DOUBLE_BITS + (log2(theta) - log_radius) * expansion.tail
        )
        powers = [2.0 ** (s * (log_radius - STEP)) for s in range(terms + 1)]
        self.size = [
            max(map(abs, map(mul, c, powers[max(0, terms - len(c)) :]))) for c in expansion.scaled
        ]
        self.walk = self.unit * sqrt(terms)
        self.decay = 2.0**-log_radius

    def norms(self) -> list[float]:
        """As ``_norms``, terms from order FIRST on by their bound."""
        if self.decay > 1 / 2:
            return _norms(self.expansion)
        rest, unit = self.decay**FIRST / (1 - self.decay), self.expansion.unit
        return [
            sum(map(abs, c[:FIRST])) / unit + x * rest
            for c, x in zip(self.expansion.c, self.size, strict=True)
        ]

    def bits(self, norm: list[float], log_h: float) -> float:
        """log2 of the largest error of a state."""
        assert self.expansion.tail is not None
        fresh = [self._fresh(i, node) for i, node in enumerate(self.expansion.source.sizes)]
        slope = log_h + _slope_bits(self.expansion, norm, fresh) - log2(self.expansion.tail + 1)
        return max(log2(max(*fresh[: self.expansion.program.states], 1e-300)), slope)

    def _fresh(self, i: int, node: tuple) -> float:
        """What is added to node i: a term of a convolution is at most the product of the scaled
        sizes.
        """
        size = self.size
        match node[0]:
            case "state" | "clock":
                return self.unit * size[i]
            case "lin":
                return self.unit * sum([a * size[k] for k, a in node[1]])
            case "mul":
                return self.walk * size[node[1]] * size[node[2]]
            case "dot":
                products = sum([k * size[a] * size[b] for a, b, k in node[1]])
                return self.walk * products + self.unit * sum([a * size[k] for k, a in node[2]])
        own = self.walk * size[node[1]] * size[i]
        if node[0] == "power":
            own *= 1 + node[2]
        return own if node[0] == "exp" else own / abs(self.expansion.scaled[node[1]][0])


def _norms(expansion: Expansion) -> list[float]:
    return [sum(map(abs, c)) / expansion.unit for c in expansion.c]


def _slope_bits(expansion: Expansion, norm: list[float], fresh: list[float]) -> float:
    """log2 of the largest error of a time derivative, if every node adds an error of its own,
    ``fresh``.
    """
    error: list[float] = []
    for i, node in enumerate(expansion.source.sizes):
        match node[0]:
            case "state" | "clock":
                error.append(fresh[i])
            case "lin":
                error.append(fresh[i] + sum([a * error[k] + norm[k] for k, a in node[1]]))
            case "mul":
                a, b = node[1:]
                error.append(fresh[i] + norm[a] * error[b] + norm[b] * error[a])
            case "dot":
                products = sum(
                    [k * (norm[a] * error[b] + norm[b] * error[a]) for a, b, k in node[1]]
                )
                error.append(
                    fresh[i] + products + sum([a * error[k] + norm[k] for k, a in node[2]])
                )
            case _:
                x, unit = node[1], expansion.unit
                start, own = abs(expansion.c[x][0]) / unit, abs(expansion.c[i][0]) / unit
                error.append(_through(node, norm[x], start, error[x], norm[i], own, fresh[i]))
    slope = float(max(abs(a) * error[d] for d, a in expansion.program.slopes))
    return log2(max(slope, 1.0)) if slope < 1e300 else inf


def _through(
    node: tuple, x: float, x0: float, error: float, y: float, y0: float, fresh: float
) -> float:
    if node[0] == "exp":
        return (y * error + fresh * y / y0) if y0 else fresh
    spread = x / x0
    if node[0] == "log":
        return fresh * spread + error * spread / x0
    own = fresh * spread * (y / y0) if y0 else fresh
    return own + node[2] * y * spread * error / x0
