"""An estimate of what rounding does to one Taylor step, in units of the last place.

With ||x|| = sum_s |x_s|, ||x y|| <= ||x|| ||y||, so errors pass through sums and products by exact rules and every
operation adds at most one unit per coefficient. Through y = x^e, exp x, log x they pass by y'(x), taken at x_0 and
enlarged by ||x|| / |x_0|: this makes it an estimate. It finds cancellation, large factors and unsuitable scales, and
it decides the guard bits.
"""

from __future__ import annotations

from math import inf, log2

from verify.integrate.series import Expansion


def rounding_bits(expansion: Expansion, log_h: float, order: int) -> float:
    """log2 of the largest local error of a state after the step, in units; inf beyond the range of doubles."""
    return max(log2(order + 1), log_h + slope_bits(expansion, order)) + 1


def slope_bits(expansion: Expansion, order: int) -> float:
    """log2 of the largest error of a time derivative, in units; inf beyond the range of doubles."""
    try:
        error = _errors(expansion, order + 1.0)
        slope = float(max(abs(a) * error[d] for d, a in expansion.program.slopes))
    except (OverflowError, ZeroDivisionError):
        return inf
    return log2(max(slope, 1.0)) if slope < 1e300 else inf


def _errors(expansion: Expansion, fresh: float) -> list[float]:
    unit = expansion.unit
    norm = [sum(map(abs, c)) / unit for c in expansion.c]
    error: list[float] = []
    for node, size, c in zip(expansion.program.nodes, norm, expansion.c, strict=True):
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
