"""What goes into and comes out of the compiled engine: numbers as bytes, sizes, an estimate of
rounding, the state at a step's end.

The estimate follows ``rounding``. Imports numba: only ``verify.integrate.fast_expansion`` imports
this module.
"""

from __future__ import annotations

import numpy as np

from verify.integrate import fast_digits as at


@at.compiled
def place(f, d, n, slot, back, data):  # type: ignore[no-untyped-def]
    """The first coefficient of a node from two's complement, low bytes first. False where it does
    not fit.
    """
    digits, out = n[at.DIGITS], n[at.OUT]
    at.clean(n, out)
    for i in range(digits):
        n[out + at.GUARD + i] = (
            np.int64(data[3 * i]) | np.int64(data[3 * i + 1]) << 8 | np.int64(data[3 * i + 2]) << 16
        )
    if data[3 * digits - 1] >> 7:
        n[out + at.GUARD + digits - 1] -= 1 << at.BASE
    return at.put(f, d, n, slot, back, 0, out, digits + at.GUARD)


@at.compiled
def bytes_of(f, n, slot, orders, rows):  # type: ignore[no-untyped-def]
    """Coefficients as rows of two's complement, low bytes first."""
    digits = n[at.DIGITS]
    for s in range(orders):
        c = 0
        for i in range(digits):
            t = np.int64(f[n[at.FORWARDS] + (slot * digits + i) * n[at.PLANE] + s]) + c
            c = t >> at.BASE
            rows[s, 3 * i], rows[s, 3 * i + 1], rows[s, 3 * i + 2] = (
                t & 255,
                t >> 8 & 255,
                t >> 16 & 255,
            )
        rows[s, 3 * digits] = c & 255


@at.compiled
def largest(f, n, s):  # type: ignore[no-untyped-def]
    """Bits of the largest coefficient s of the states, in units; 0 where all vanish."""
    digits, plane = n[at.DIGITS], n[at.PLANE]
    most = 0
    for x in range(n[at.STATES]):
        for i in range(digits - 1, -1, -1):
            start = n[at.FORWARDS] + (x * digits + i) * plane + s
            if f[start]:
                value = float(f[start])
                if i:
                    value = value * (1 << at.BASE) + f[start - plane]
                most = max(most, int(np.floor(np.log2(abs(value)))) + 1 + at.BASE * max(0, i - 1))
                break
    return most


@at.compiled
def first(f, d, n, x):  # type: ignore[no-untyped-def]
    """The first coefficient of a node as a double."""
    value = 0.0
    for i in range(n[at.DIGITS]):
        value += (
            f[n[at.FORWARDS] + (x * n[at.DIGITS] + i) * n[at.PLANE]]
            * d[n[at.NORMS] + n[at.COUNT] + i]
        )
    return value


@at.compiled
def slope_error(f, d, n, fresh, kinds, exponents, error):  # type: ignore[no-untyped-def]
    """The largest error of a time derivative in units; infinite where the estimate is not a
    number.
    """
    norm = n[at.NORMS]
    error[:] = fresh
    for i in range(len(kinds)):
        op = n[at.OPS] + at.WIDTH * i
        slot = n[op + at.SLOT]
        if n[op + at.WAITS]:
            x = kinds[i, 1]
            x0, y0 = first(f, d, n, x), first(f, d, n, slot)
            error[slot] = through(
                kinds[i, 0], exponents[i], d[norm + x], x0, error[x], d[norm + slot], y0, fresh
            )
        else:
            error[slot] = fresh + of_sum(d, n, op, error)
    worst = 0.0
    for start in range(n[at.SLOPES], n[at.SLOPES] + 4 * n[at.STATES], 4):
        e = abs(n[start + 1]) / n[start + 2] * error[n[start]]
        worst = max(worst, np.inf if np.isnan(e) else e)
    return worst


@at.compiled
def of_sum(d, n, op, error):  # type: ignore[no-untyped-def]
    """Errors through products and sums: ||x y|| <= ||x|| ||y||."""
    norm, below, e = n[at.NORMS], float(n[op + at.DIVISOR]), 0.0
    for g in range(n[at.GROUPS] + 4 * n[op + at.FROM], n[at.GROUPS] + 4 * n[op + at.TO], 4):
        for t in range(n[at.TERMS] + 3 * n[g + 2], n[at.TERMS] + 3 * n[g + 3], 3):
            a, b = n[t], n[t + 1]
            e += abs(n[g]) / below * (d[norm + a] * error[b] + d[norm + b] * error[a])
    for l in range(n[at.LINS] + 3 * n[op + at.LIN_FROM], n[at.LINS] + 3 * n[op + at.LIN_TO], 3):
        e += abs(n[l]) / below * error[n[l + 2]] + d[norm + n[l + 2]]
    return e


@at.compiled
def through(kind, exponent, x, x0, error, y, y0, fresh):  # type: ignore[no-untyped-def]
    """kind 1, 2, 3: exp, log, power. The inverse of x_0 is rounded as well, and multiplies what the
    last columns left out.
    """
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


@at.compiled
def ends(f, n, order, top, shift, rows):  # type: ignore[no-untyped-def]
    """The states at theta = top * 2^-shift, top <= 64, shift <= 6, as rows of two's complement, low
    bytes first; False: too large.
    """
    digits, start = n[at.DIGITS], n[at.OUT]
    factor, width = top << (at.BASE - shift), digits + at.GUARD
    for x in range(n[at.STATES]):
        at.clean(n, start)
        for s in range(order, -1, -1):
            for i in range(start, start + width):
                n[i] *= factor
            if at.carry(n, start, width) > width + 1:
                return False
            for i in range(start, start + width):
                n[i] = n[i + 1]
            n[start + width] = 0
            for i in range(digits):
                n[start + at.GUARD + i] += np.int64(
                    f[n[at.FORWARDS] + (x * digits + i) * n[at.PLANE] + s]
                )
        c = (n[start + 1] + (1 << at.BASE - 1)) >> at.BASE
        for i in range(digits):
            t = n[start + at.GUARD + i] + c
            c = t >> at.BASE
            rows[x, 3 * i], rows[x, 3 * i + 1], rows[x, 3 * i + 2] = (
                t & 255,
                t >> 8 & 255,
                t >> 16 & 255,
            )
        rows[x, 3 * digits] = c & 255
        if c != 0 and c != -1:
            return False
    return True
