"""What the compiled engine reads off an expansion: sizes, an estimate of rounding, the state at the end of the step.

The estimate follows ``rounding``. Imports numba: only ``verify.integrate.fast_expansion`` imports this module.
"""

from __future__ import annotations

import numpy as np

from verify.integrate.kernels import BASE, DIVISOR, FROM, GUARD, LIN_FROM, LIN_TO, SLOT, TO, WAITS, carry, compiled


@compiled
def largest(states, s, shape, f):  # type: ignore[no-untyped-def]
    """Bits of the largest coefficient s of the states, in units; 0 where all vanish."""
    digits, plane = shape[0], shape[3]
    most = 0
    for x in range(states):
        for i in range(digits - 1, -1, -1):
            d = f[(x * digits + i) * plane + s]
            if d:
                if i:
                    d = d * (1 << BASE) + f[(x * digits + i - 1) * plane + s]
                most = max(most, int(np.floor(np.log2(abs(d)))) + 1 + BASE * max(0, i - 1))
                break
    return most


@compiled
def first(x, shape, f, scale):  # type: ignore[no-untyped-def]
    """The first coefficient of a node as a double."""
    value = 0.0
    for i in range(shape[0]):
        value += f[(x * shape[0] + i) * shape[3]] * scale[i]
    return value


@compiled
def slope_error(fresh, ops, slopes, groups, terms, lins, kinds, exponents, shape, f, norm, scale, error):  # type: ignore[no-untyped-def]
    """The largest error of a time derivative in units."""
    error[:] = fresh
    for i in range(len(ops)):
        slot, below = ops[i, SLOT], float(ops[i, DIVISOR])
        if ops[i, WAITS]:
            x = kinds[i, 1]
            x0, y0 = first(x, shape, f, scale), first(slot, shape, f, scale)
            error[slot] = through(kinds[i, 0], exponents[i], norm[x], x0, error[x], norm[slot], y0, fresh)
            continue
        e = fresh
        for g in range(ops[i, FROM], ops[i, TO]):
            weight = abs(groups[g, 0]) / below
            for t in range(groups[g, 2], groups[g, 3]):
                a, b = terms[t, 0], terms[t, 1]
                e += weight * (norm[a] * error[b] + norm[b] * error[a])
        for l in range(ops[i, LIN_FROM], ops[i, LIN_TO]):
            e += abs(lins[l, 0]) / below * error[lins[l, 2]] + norm[lins[l, 2]]
        error[slot] = e
    worst = 0.0
    for j in range(len(slopes)):
        worst = max(worst, abs(slopes[j, 1]) / slopes[j, 2] * error[slopes[j, 0]])
        if np.isnan(error[slopes[j, 0]]):
            worst = np.inf
    return worst


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
def ends(states, order, top, shift, shape, f, columns, rows):  # type: ignore[no-untyped-def]
    """The states at theta = top * 2^-shift, top <= 64, shift <= 6, as rows of two's complement, low bytes first; False: too large."""
    digits, plane = shape[0], shape[3]
    factor = top << (BASE - shift)
    for x in range(states):
        columns[:] = 0
        for s in range(order, -1, -1):
            for i in range(digits + GUARD):
                columns[i] *= factor
            if carry(columns, digits + GUARD) > digits + GUARD + 1:
                return False
            for i in range(digits + GUARD):
                columns[i] = columns[i + 1]
            columns[digits + GUARD] = 0
            for i in range(digits):
                columns[i + GUARD] += np.int64(f[(x * digits + i) * plane + s])
        c = (columns[1] + (1 << BASE - 1)) >> BASE
        for i in range(digits):
            t = columns[i + GUARD] + c
            c = t >> BASE
            rows[x, 3 * i], rows[x, 3 * i + 1], rows[x, 3 * i + 2] = t & 255, t >> 8 & 255, t >> 16 & 255
        rows[x, 3 * digits] = c & 255
        if c != 0 and c != -1:
            return False
    return True
