"""An estimate of what rounding does to one Taylor step, in units of the last place.

With ||x|| = sum_s |x_s|, ||x y|| <= ||x|| ||y||, so errors pass through sums and products by exact rules and every
operation adds at most one unit per coefficient. Through y = x^e, exp x, log x they pass by y'(x), taken at x_0 and
enlarged by ||x|| / |x_0|: this makes it an estimate. It finds cancellation, large factors and unsuitable scales, and
it decides the guard bits. Orders found in doubles add their own roundings, relative ones of the largest term there can be:
with |x_s| <= X w^-s and |y_s| <= Y w^-s, no term of the convolution at order s is larger than X Y w^-s. A step that goes to
theta h only sees the coefficient of order s times theta^s, and so does this bound.
"""

from __future__ import annotations

from math import inf, log2
from operator import mul

from verify.integrate.series import STEP, Expansion

DOUBLE_BITS = 52  # a double has 53; what adds up over a sum is let in by one of them


def rounding_bits(expansion: Expansion, log_h: float, order: int, tail: Tail | None = None) -> float:
    """log2 of the largest local error of a state after the step, in units; inf beyond the range of doubles.

    ``tail`` is what orders in doubles add, None: nothing.
    """
    own = max(map(tail.state, range(expansion.program.states))) if tail else 0.0
    slope = slope_bits(expansion, order, tail)
    return max(log2(order + 1 + own), log_h + slope) + 1 if own < inf else inf


def slope_bits(expansion: Expansion, order: int, tail: Tail | None = None) -> float:
    """log2 of the largest error of a time derivative, in units; inf beyond the range of doubles."""
    try:
        error = _errors(expansion, order + 1.0, tail)
        slope = float(max(abs(a) * error[d] for d, a in expansion.program.slopes))
    except (OverflowError, ZeroDivisionError):
        return inf
    return log2(max(slope, 1.0)) if slope < 1e300 else inf


class Tail:
    """What roundings in doubles do to orders s >= t, in units, in a step to theta h.

    ``log_radius`` is log2 of a radius of convergence w in units of h; any w is sound. ``size`` is max |x_s| w^s for each node,
    ``unit`` is one rounding of a coefficient of size 1 at order t; those of the orders after it are let in by ``DOUBLE_BITS``.
    """

    def __init__(self, expansion: Expansion, theta: float, log_radius: float) -> None:
        assert expansion.tail is not None
        self.program, self.terms = expansion.program, len(expansion.c[-1])
        self.unit = 2.0 ** (expansion.bits - DOUBLE_BITS + (log2(theta) - log_radius) * expansion.tail)
        powers = [2.0 ** (s * (log_radius - STEP)) for s in range(self.terms + 1)]
        self.size = [max(map(abs, map(mul, c, powers[max(0, self.terms - len(c)) :]))) for c in expansion.scaled]
        self.start = [abs(c[0]) for c in expansion.scaled]

    def state(self, i: int) -> float:
        return self.unit * self.size[i]

    def fresh(self, i: int) -> float:
        """What is added to node i: a term of a convolution is at most the product of the scaled sizes."""
        node, size = self.program.nodes[i], self.size
        match node[0]:
            case "state" | "clock":
                return self.state(i)
            case "lin":
                return self.unit * sum(abs(float(a)) * size[k] for k, a in node[1])
            case "mul":
                return self.unit * self.terms * size[node[1]] * size[node[2]]
            case "dot":
                products = sum(abs(float(k)) * size[a] * size[b] for a, b, k in node[1])
                return self.unit * (self.terms * products + sum(abs(float(a)) * size[k] for k, a in node[2]))
        own = self.unit * self.terms * size[node[1]] * size[i]
        if node[0] == "power":
            own *= 1 + abs(float(node[2]))
        return own if node[0] == "exp" else own / self.start[node[1]]


def _errors(expansion: Expansion, whole: float, tail: Tail | None) -> list[float]:
    unit = expansion.unit
    norm = [sum(map(abs, c)) / unit for c in expansion.c]
    error: list[float] = []
    for i, (node, size, c) in enumerate(zip(expansion.program.nodes, norm, expansion.c, strict=True)):
        fresh = whole + tail.fresh(i) if tail else whole
        match node[0]:
            case "state" | "clock":
                error.append(fresh)
            case "lin":
                error.append(fresh + sum(abs(a) * error[i] + norm[i] for i, a in node[1]))
            case "mul":
                a, b = node[1:]
                error.append(fresh + norm[a] * error[b] + norm[b] * error[a])
            case "dot":
                products = sum(abs(k) * (norm[a] * error[b] + norm[b] * error[a]) for a, b, k in node[1])
                error.append(fresh + products + sum(abs(k) * error[i] + norm[i] for i, k in node[2]))
            case _:
                x = node[1]
                start = abs(expansion.c[x][0]) / unit
                error.append(_through(node, norm[x], start, error[x], size, abs(c[0]) / unit, fresh))
    return error


def _through(node: tuple, x: float, x0: float, error: float, y: float, y0: float, fresh: float) -> float:
    if node[0] == "exp":
        return (y * error + fresh * y / y0) if y0 else fresh
    spread = x / x0
    if node[0] == "log":
        return fresh * spread + error * spread / x0
    own = fresh * spread * (y / y0) if y0 else fresh
    return own + abs(float(node[2])) * y * spread * error / x0
