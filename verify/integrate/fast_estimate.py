"""What goes into and comes out of the compiled engine: numbers as bytes, sizes, an estimate of rounding, the state at a step's end.

The estimate follows ``rounding``. Imports numba: only ``verify.integrate.fast_expansion`` imports this module.
"""

from __future__ import annotations

import numpy as np

from verify.integrate import kernels as k
from verify.integrate.kernels import BASE, DIGITS, DIVISOR, FORWARDS, FROM, GUARD, LIN_FROM, LIN_TO, NORMS, OUT, PLANE, SLOT, TO, WAITS
from verify.integrate.kernels import carry, clean, compiled, put

@compiled
def place(f, d, n, slot, back, data):  # type: ignore[no-untyped-def]
    """The first coefficient of a node from two's complement, low bytes first. False where it does not fit."""
    digits, out = n[DIGITS], n[OUT]
    clean(n, out)
    for i in range(digits):
        n[out + GUARD + i] = np.int64(data[3 * i]) | np.int64(data[3 * i + 1]) << 8 | np.int64(data[3 * i + 2]) << 16
    if data[3 * digits - 1] >> 7:
        n[out + GUARD + digits - 1] -= 1 << BASE
    return put(f, d, n, slot, back, 0, out, digits + GUARD)


@compiled
def bytes_of(f, n, slot, orders, rows):  # type: ignore[no-untyped-def]
    """Coefficients as rows of two's complement, low bytes first."""
    digits = n[DIGITS]
    for s in range(orders):
        c = 0
        for i in range(digits):
            t = np.int64(f[n[FORWARDS] + (slot * digits + i) * n[PLANE] + s]) + c
            c = t >> BASE
            rows[s, 3 * i], rows[s, 3 * i + 1], rows[s, 3 * i + 2] = t & 255, t >> 8 & 255, t >> 16 & 255
        rows[s, 3 * digits] = c & 255


@compiled
def largest(f, n, s):  # type: ignore[no-untyped-def]
    """Bits of the largest coefficient s of the states, in units; 0 where all vanish."""
    digits, plane = n[DIGITS], n[PLANE]
    most = 0
    for x in range(n[k.STATES]):
        for i in range(digits - 1, -1, -1):
            at = n[FORWARDS] + (x * digits + i) * plane + s
            if f[at]:
                value = float(f[at])
                if i:
                    value = value * (1 << BASE) + f[at - plane]
                most = max(most, int(np.floor(np.log2(abs(value)))) + 1 + BASE * max(0, i - 1))
                break
    return most


@compiled
def first(f, d, n, x):  # type: ignore[no-untyped-def]
    """The first coefficient of a node as a double."""
    value = 0.0
    for i in range(n[DIGITS]):
        value += f[n[FORWARDS] + (x * n[DIGITS] + i) * n[PLANE]] * d[n[NORMS] + n[k.COUNT] + i]
    return value


@compiled
def slope_error(f, d, n, fresh, kinds, exponents, error):  # type: ignore[no-untyped-def]
    """The largest error of a time derivative in units; infinite where the estimate is not a number."""
    norm = n[NORMS]
    error[:] = fresh
    for i in range(len(kinds)):
        op = n[k.OPS] + k.WIDTH * i
        slot = n[op + SLOT]
        if n[op + WAITS]:
            x = kinds[i, 1]
            x0, y0 = first(f, d, n, x), first(f, d, n, slot)
            error[slot] = through(kinds[i, 0], exponents[i], d[norm + x], x0, error[x], d[norm + slot], y0, fresh)
        else:
            error[slot] = fresh + of_sum(d, n, op, error)
    worst = 0.0
    for at in range(n[k.SLOPES], n[k.SLOPES] + 4 * n[k.STATES], 4):
        e = abs(n[at + 1]) / n[at + 2] * error[n[at]]
        worst = max(worst, np.inf if np.isnan(e) else e)
    return worst


@compiled
def of_sum(d, n, op, error):  # type: ignore[no-untyped-def]
    """Errors through products and sums: ||x y|| <= ||x|| ||y||."""
    norm, below, e = n[NORMS], float(n[op + DIVISOR]), 0.0
    for g in range(n[k.GROUPS] + 4 * n[op + FROM], n[k.GROUPS] + 4 * n[op + TO], 4):
        for t in range(n[k.TERMS] + 3 * n[g + 2], n[k.TERMS] + 3 * n[g + 3], 3):
            a, b = n[t], n[t + 1]
            e += abs(n[g]) / below * (d[norm + a] * error[b] + d[norm + b] * error[a])
    for l in range(n[k.LINS] + 3 * n[op + LIN_FROM], n[k.LINS] + 3 * n[op + LIN_TO], 3):
        e += abs(n[l]) / below * error[n[l + 2]] + d[norm + n[l + 2]]
    return e


@compiled
def through(kind, exponent, x, x0, error, y, y0, fresh):  # type: ignore[no-untyped-def]
    """kind 1, 2, 3: exp, log, power. The inverse of x_0 is rounded as well, and multiplies what the last columns left out."""
    x0, y0 = abs(x0), abs(y0)
    if kind == 1:
        return (y * error + fresh * y / y0) if y0 else fresh
    if not x0:
        return np.inf
    spread = x / x0
    inverse = fresh * (x * y + 2.0**-8 / x0)
    if kind == 2:
        return fresh * spread + error * spread / x0 + inverse
    own = fresh * spread * (y / y0) if y0 else fresh
    return own + abs(exponent) * y * spread * error / x0 + inverse


@compiled
def ends(f, n, order, top, shift, rows):  # type: ignore[no-untyped-def]
    """The states at theta = top * 2^-shift, top <= 64, shift <= 6, as rows of two's complement, low bytes first; False: too large."""
    digits, at = n[DIGITS], n[OUT]
    factor, width = top << (BASE - shift), digits + GUARD
    for x in range(n[k.STATES]):
        clean(n, at)
        for s in range(order, -1, -1):
            for i in range(at, at + width):
                n[i] *= factor
            if carry(n, at, width) > width + 1:
                return False
            for i in range(at, at + width):
                n[i] = n[i + 1]
            n[at + width] = 0
            for i in range(digits):
                n[at + GUARD + i] += np.int64(f[n[FORWARDS] + (x * digits + i) * n[PLANE] + s])
        c = (n[at + 1] + (1 << BASE - 1)) >> BASE
        for i in range(digits):
            t = n[at + GUARD + i] + c
            c = t >> BASE
            rows[x, 3 * i], rows[x, 3 * i + 1], rows[x, 3 * i + 2] = t & 255, t >> 8 & 255, t >> 16 & 255
        rows[x, 3 * digits] = c & 255
        if c != 0 and c != -1:
            return False
    return True
