"""The recurrences of ``series``, compiled once for all flows: the program is data.

A number is a row of digits to base 2^24, balanced (-2^23 <= digit <= 2^23), ``fraction`` of them after the point. Coefficients lie
digit by digit, an order next to the other, once forwards and, for right operands, once backwards: then a convolution is a sum over
eight orders at a time (``fast_block``). Coefficients decay with the order, so high digits of high orders vanish; for every digit the
last order with something at or above it is kept, and pairs of orders beyond are not visited. Columns more than two below the point
of rounding are left out: they amount to less than 2^-10 of a unit.

Every operation is one form, z_s = inverse * (sum of weight * product + sum of weight * node) / divisor, weights and divisor linear
in s. Compiled code is cached on disk. Imports numba: only ``verify.integrate.fast`` imports this module, when it runs.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from verify.integrate.fast_block import LANES, MOST_PRODUCTS, WIDE, block

BASE, HALF = 24, 1 << 23
GUARD = 2  # columns below the last digit
PAD = 3  # planes and table entries below digit 0 and above the last
DONE, OVERFLOW = -1, -2
#: columns of the table of operations
SLOT, BACK, WAITS, CLEARS, FROM, TO, LIN_FROM, LIN_TO, DIVISOR, BY_ORDER, INVERSE, CONSTANT, LAST = range(13)

compiled = njit(cache=True, error_model="numpy", nogil=True)


@compiled
def flush(acc, columns, at):  # type: ignore[no-untyped-def]
    for i in range(WIDE):
        total = 0
        for lane in range(LANES):
            total += np.int64(acc[i * LANES + lane])
            acc[i * LANES + lane] = 0.0
        columns[at + i] += total


@compiled
def convolve(terms, begin, end, s, shape, f, r, j, top, acc, columns):  # type: ignore[no-untyped-def]
    """Columns of sum over terms of sum_t x_t y_(s-t); returns how many there are."""
    digits, fraction, orders, plane = shape[0], shape[1], shape[2], shape[3]
    row, blocks = digits + 2 * PAD, s // LANES + 1
    step = MOST_PRODUCTS // blocks
    columns[:] = 0
    k = fraction - GUARD
    while k <= 2 * digits - 2:
        used, met = 0, 0
        for t in range(begin, end):
            x, y, back = terms[t, 0], terms[t, 1], terms[t, 2]
            first, last = max(0, k - top[y]), min(top[x], k + WIDE - 1)
            at = (back * row + PAD) * plane + orders - 1 - s
            for a in range(first, last + 1, step):
                stop = min(last, a + step - 1)
                if used + (stop - a + 1) * blocks > MOST_PRODUCTS:
                    flush(acc, columns, k - fraction + GUARD)
                    used = 0
                count = block(f, r, j, acc, x * digits * plane, at, x * row + PAD, y * row + PAD, a, stop, k, s, plane)
                used += count
                met += count
        if not met:
            break
        flush(acc, columns, k - fraction + GUARD)
        k += WIDE
    return k - fraction + GUARD


@compiled
def carry(columns, count):  # type: ignore[no-untyped-def]
    """Balanced digits in place; returns how many columns there are then."""
    c = 0
    for i in range(count):
        t = columns[i] + c
        c = (t + HALF) >> BASE
        columns[i] = t - (c << BASE)
    while c:
        t = c
        c = (t + HALF) >> BASE
        columns[count] = t - (c << BASE)
        count += 1
    return count


@compiled
def divide(columns, count, by):  # type: ignore[no-untyped-def]
    """Of balanced digits by a number below 2^37, in place."""
    rest, half = 0, by >> 1
    for i in range(count - 1, -1, -1):
        t = (rest << BASE) + columns[i]
        q = (t + half) // by
        rest = t - q * by
        columns[i] = q


@compiled
def times(columns, count, factor, shape, out):  # type: ignore[no-untyped-def]
    """Balanced digits by a number, into ``out``; returns how many columns there are."""
    digits, fraction = shape[0], shape[1]
    out[:] = 0
    for a in range(digits):
        x = factor[a]
        if x:
            for i in range(max(0, fraction - a), count):
                out[i + a - fraction] += x * columns[i]
    return count + digits - fraction


@compiled
def put(slot, back, s, columns, count, shape, f, r, j, top, now, norm, scale):  # type: ignore[no-untyped-def]
    """Round to digits and record them as coefficient s. False where they do not fit."""
    digits, orders, plane = shape[0], shape[2], shape[3]
    row = digits + 2 * PAD
    ahead, behind = slot * digits * plane + s, (back * row + PAD) * plane + orders - 1 - s
    c = (columns[0] + HALF) >> BASE
    c = (columns[1] + c + HALF) >> BASE
    highest, size = -1, 0.0
    for i in range(digits):
        t = columns[i + GUARD] + c
        c = (t + HALF) >> BASE
        d = t - (c << BASE)
        x = np.float64(d)
        now[slot, i] = d
        f[ahead + i * plane] = x
        if back >= 0:
            r[behind + i * plane] = x
        if d:
            highest = i
        size += x * scale[i]
    norm[slot] += abs(size)
    if highest >= 0:
        for i in range(PAD + highest + 1):
            j[slot * row + i] = s
        top[slot] = max(top[slot], highest)
    for i in range(digits + GUARD, count):
        c |= columns[i]
    return c == 0


@compiled
def total(op, s, groups, terms, lins, shape, f, r, j, top, now, acc, columns, out):  # type: ignore[no-untyped-def]
    """Sum of weight * product and of weight * node, into ``out``; returns how many columns there are."""
    digits = shape[0]
    out[:] = 0
    count = 0
    chunk = max(1, (1 << 15) // ((s + 1) * digits))
    alone = op[TO] - op[FROM] == 1
    for g in range(op[FROM], op[TO]):
        weight, begin, end = groups[g, 0] + s * groups[g, 1], groups[g, 2], groups[g, 3]
        direct = alone and weight == 1 and end - begin <= chunk
        for t in range(begin, end, chunk):
            n = convolve(terms, t, min(end, t + chunk), s, shape, f, r, j, top, acc, columns)
            if not direct:
                n = carry(columns, n)
            count = max(count, n)
            for i in range(n):
                out[i] += weight * columns[i]
    if op[LIN_TO] > op[LIN_FROM]:
        count = max(count, digits + GUARD)
    for l in range(op[LIN_FROM], op[LIN_TO]):
        weight, z = lins[l, 0] + s * lins[l, 1], lins[l, 2]
        for i in range(digits):
            out[i + GUARD] += weight * now[z, i]
    return count


@compiled
def coefficient(op, s, groups, terms, lins, constants, shape, f, r, j, top, now, norm, scale, acc, columns, out):  # type: ignore[no-untyped-def]
    """One coefficient of one node; False where it does not fit."""
    digits, orders, plane = shape[0], shape[2], shape[3]
    if op[WAITS]:
        for i in range(digits):
            if op[CLEARS] >= 0:
                f[(op[CLEARS] * digits + i) * plane + s] = 0.0
            elif op[BACK] >= 0:
                r[(op[BACK] * (digits + 2 * PAD) + PAD + i) * plane + orders - 1 - s] = 0.0
    count = total(op, s, groups, terms, lins, shape, f, r, j, top, now, acc, columns, out)
    by = op[DIVISOR] * s if op[BY_ORDER] else op[DIVISOR]
    if by > 1 or op[INVERSE] >= 0:
        count = carry(out, count)
    if op[INVERSE] >= 0:
        count = times(out, count, now[op[INVERSE]], shape, columns)
        if by > 1:
            count = carry(columns, count)
            divide(columns, count, by)
        return put(op[SLOT], op[BACK], s, columns, count, shape, f, r, j, top, now, norm, scale)
    if by > 1:
        divide(out, count, by)
    if op[CONSTANT] >= 0 and s <= op[LAST]:
        count = max(count, digits + GUARD)
        for i in range(digits):
            out[i + GUARD] += constants[op[CONSTANT] + s, i]
    return put(op[SLOT], op[BACK], s, out, count, shape, f, r, j, top, now, norm, scale)


@compiled
def expand(s, first, last, ops, slopes, step, groups, terms, lins, constants, shape, f, r, j, top, now, norm, scale, acc, columns, out):  # type: ignore[no-untyped-def]
    """Coefficients from operation ``first`` of order s to order ``last``: DONE, OVERFLOW, or the operation that waits for its value."""
    while s < last:
        for i in range(first, len(ops)):
            if s == 0 and ops[i, WAITS]:
                return i
            if not coefficient(ops[i], s, groups, terms, lins, constants, shape, f, r, j, top, now, norm, scale, acc, columns, out):
                return OVERFLOW
        first = 0
        s += 1
        for x in range(len(slopes)):
            out[:] = 0
            lower, factor = GUARD - step[1], step[0] * slopes[x, 1]
            for i in range(max(0, -lower), shape[0]):
                out[i + lower] = now[slopes[x, 0], i] * factor
            count = carry(out, max(0, shape[0] + lower))
            divide(out, count, slopes[x, 2] * s)
            if not put(x, slopes[x, 3], s, out, count, shape, f, r, j, top, now, norm, scale):
                return OVERFLOW
    return DONE


@compiled
def place(slot, back, data, shape, f, r, j, top, now, norm, scale, out):  # type: ignore[no-untyped-def]
    """The first coefficient of a node from two's complement, low bytes first. It must fit."""
    digits = shape[0]
    out[:] = 0
    for i in range(digits):
        out[i + GUARD] = np.int64(data[3 * i]) | np.int64(data[3 * i + 1]) << 8 | np.int64(data[3 * i + 2]) << 16
    if data[3 * digits - 1] >> 7:
        out[digits + 1] -= 1 << BASE
    return put(slot, back, 0, out, digits + GUARD, shape, f, r, j, top, now, norm, scale)


@compiled
def bytes_of(slot, orders, shape, f, rows):  # type: ignore[no-untyped-def]
    """Coefficients as rows of two's complement, low bytes first."""
    digits, plane = shape[0], shape[3]
    for s in range(orders):
        c = 0
        for i in range(digits):
            t = np.int64(f[(slot * digits + i) * plane + s]) + c
            c = t >> BASE
            rows[s, 3 * i], rows[s, 3 * i + 1], rows[s, 3 * i + 2] = t & 255, t >> 8 & 255, t >> 16 & 255
        rows[s, 3 * digits] = c & 255
