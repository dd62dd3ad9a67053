"""The recurrences of ``series``, compiled once for all flows: the program is data.

A convolution is a sum over eight orders at a time (``fast_block``), of numbers that lie in memory
as ``fast_digits`` says. Coefficients decay with the order, so high digits of high orders vanish;
for every digit the last order with something at or above it is kept, and pairs of orders beyond are
not visited. Columns more than two below the point of rounding are left out: they amount to less
than 2^-10 of a unit.

Every operation is one form, z_s = inverse * (sum of weight * product + sum of weight * node) /
divisor, weights and divisor linear in s. Compiled code is cached on disk. Imports numba: only the
modules of the compiled engine import this one.
"""

from __future__ import annotations

import numpy as np

from verify.integrate import fast_digits as at
from verify.integrate.fast_block import LANES, MOST_PRODUCTS, WIDE, block

DONE, OVERFLOW = -1, -2


@at.compiled
def flush(d, n, start):  # type: ignore[no-untyped-def]
    """Add the lanes to the columns from ``start``, and clear them."""
    acc = n[at.SUMS]
    for i in range(WIDE):
        total = 0
        for lane in range(LANES):
            total += np.int64(d[acc + i * LANES + lane])
            d[acc + i * LANES + lane] = 0.0
        n[start + i] += total


@at.compiled
def gather(f, d, n, begin, end, s, k, start):  # type: ignore[no-untyped-def]
    """Add the products of the columns from k on, of all terms, to the columns from ``start``;
    returns how many blocks there were.
    """
    digits, plane, lasts, tops = n[at.DIGITS], n[at.PLANE], n[at.LASTS], n[at.TOPS]
    row, blocks, step, sums = digits + 2 * at.PAD, n[at.BLOCKS], n[at.MOST], n[at.SUMS]
    forwards, backwards = n[at.FORWARDS], n[at.BACKWARDS] + at.PAD * plane + n[at.ORDERS] - 1 - s
    used, met = 0, 0
    for t in range(n[at.TERMS] + 3 * begin, n[at.TERMS] + 3 * end, 3):
        x, y = n[t], n[t + 1]
        first, last = max(0, k - n[tops + y]), min(n[tops + x], k + WIDE - 1)
        left, right = forwards + x * digits * plane, backwards + n[t + 2] * row * plane
        ends, others = lasts + x * row + at.PAD, lasts + y * row + at.PAD
        while first <= last:  # a range with a step would divide
            stop = min(last, first + step - 1)
            if used + (stop - first + 1) * blocks > MOST_PRODUCTS:
                flush(d, n, start)
                used = 0
            count = block(f, d, n, sums, left, right, ends, others, first, stop, k, s, plane)
            used += count
            met += count
            first = stop + 1
    if met:
        flush(d, n, start)
    return met


@at.compiled
def convolve(f, d, n, begin, end, s):  # type: ignore[no-untyped-def]
    """The first columns of COLUMNS become sum over terms of sum_t x_t y_(s-t); returns how many."""
    digits, fraction = n[at.DIGITS], n[at.FRACTION]
    k, start, met = fraction - at.GUARD, n[at.COLUMNS], 1
    while met and k <= 2 * digits - 2:
        for i in range(start, start + WIDE):
            n[i] = 0
        met = gather(f, d, n, begin, end, s, k, start)
        if met:
            k += WIDE
            start += WIDE
    return k - fraction + at.GUARD


@at.compiled
def total(f, d, n, op, s):  # type: ignore[no-untyped-def]
    """Sum of weight * product and of weight * node, into the columns OUT; returns how many there
    are.
    """
    digits, out, columns, chunk = n[at.DIGITS], n[at.OUT], n[at.COLUMNS], n[at.CHUNK]
    for i in range(out, out + n[at.WORK]):
        n[i] = 0
    count = 0
    for g in range(n[at.GROUPS] + 4 * n[op + at.FROM], n[at.GROUPS] + 4 * n[op + at.TO], 4):
        weight, t, end = n[g] + s * n[g + 1], n[g + 2], n[g + 3]
        while t < end:
            length = at.carry(n, columns, convolve(f, d, n, t, min(end, t + chunk), s))
            count = max(count, length)
            for i in range(length):
                n[out + i] += weight * n[columns + i]
            t += chunk
    if n[op + at.LIN_TO] > n[op + at.LIN_FROM]:
        count = max(count, digits + at.GUARD)
    for l in range(n[at.LINS] + 3 * n[op + at.LIN_FROM], n[at.LINS] + 3 * n[op + at.LIN_TO], 3):
        weight, now = n[l] + s * n[l + 1], n[at.NOW] + n[l + 2] * digits
        for i in range(digits):
            n[out + at.GUARD + i] += weight * n[now + i]
    return count


@at.compiled
def is_plain(n, op):  # type: ignore[no-untyped-def]
    """Whether an operation is a sum of a few products and nothing else."""
    g = n[at.GROUPS] + 4 * n[op + at.FROM]
    alone = n[op + at.TO] - n[op + at.FROM] == 1 and n[op + at.LIN_FROM] == n[op + at.LIN_TO]
    return alone and n[g] == 1 and n[g + 1] == 0 and n[g + 3] - n[g + 2] <= n[at.CHUNK]


@at.compiled
def coefficient(f, d, n, op, s):  # type: ignore[no-untyped-def]
    """One coefficient of one node; False where it does not fit."""
    digits, out, columns, inverse = n[at.DIGITS], n[at.OUT], n[at.COLUMNS], n[op + at.INVERSE]
    if is_plain(n, op):
        g = n[at.GROUPS] + 4 * n[op + at.FROM]
        out, columns = columns, out
        count = convolve(f, d, n, n[g + 2], n[g + 3], s)
    else:
        count = total(f, d, n, op, s)
    by = n[op + at.DIVISOR] * s if n[op + at.BY_ORDER] else n[op + at.DIVISOR]
    if inverse >= 0:
        count = at.times(n, out, at.carry(n, out, count), n[at.NOW] + inverse * digits, columns)
        out = columns
    if by > 1:
        count = at.carry(n, out, count)
        at.divide(n, out, count, by)
    if n[op + at.CONSTANT] >= 0 and s <= n[op + at.LAST]:
        for i in range(out + count, out + digits + at.GUARD):
            n[i] = 0
        count = max(count, digits + at.GUARD)
        start = n[at.CONSTANTS] + (n[op + at.CONSTANT] + s) * digits
        for i in range(digits):
            n[out + at.GUARD + i] += n[start + i]
    return at.put(f, d, n, n[op + at.SLOT], n[op + at.BACK], s, out, count)


@at.compiled
def update(f, d, n, x, s):  # type: ignore[no-untyped-def]
    """Coefficient s of the state x, h slope_(s-1) / s; False where it does not fit."""
    digits, out, lower, slope = (
        n[at.DIGITS],
        n[at.OUT],
        at.GUARD - n[at.STEP_DIGITS],
        n[at.SLOPES] + 4 * x,
    )
    factor, now = n[at.STEP] * n[slope + 1], n[at.NOW] + n[slope] * n[at.DIGITS]
    at.clean(n, out)
    for i in range(max(0, -lower), digits):
        n[out + i + lower] = n[now + i] * factor
    count = at.carry(n, out, max(0, digits + lower))
    at.divide(n, out, count, n[slope + 2] * s)
    return at.put(f, d, n, x, n[slope + 3], s, out, count)


@at.compiled
def expand(f, d, n, s, first, last):  # type: ignore[no-untyped-def]
    """Coefficients from operation ``first`` of order s to order ``last``: DONE, OVERFLOW, or the
    operation that waits for its value.
    """
    ops = (n[at.GROUPS] - n[at.OPS]) // at.WIDTH
    while s < last:
        n[at.BLOCKS] = s // LANES + 1
        n[at.MOST] = MOST_PRODUCTS // n[at.BLOCKS]
        n[at.CHUNK] = max(1, (1 << 15) // ((s + 1) * n[at.DIGITS]))
        for i in range(first, ops):
            op = n[at.OPS] + at.WIDTH * i
            if s == 0 and n[op + at.WAITS]:
                return i
            if not coefficient(f, d, n, op, s):
                return OVERFLOW
        first = 0
        s += 1
        for x in range(n[at.STATES]):
            if not update(f, d, n, x, s):
                return OVERFLOW
    return DONE


@at.compiled
def restart(f, d, n, backs):  # type: ignore[no-untyped-def]
    """Forget all coefficients: only where some were are there digits to clear. ``backs`` are the
    nodes in the order of their backs.
    """
    digits, plane = n[at.DIGITS], n[at.PLANE]
    row = digits + 2 * at.PAD
    for slot in range(n[at.COUNT]):
        for i in range(n[n[at.TOPS] + slot] + 1):
            start = n[at.FORWARDS] + (slot * digits + i) * plane
            f[start : start + n[n[at.LASTS] + slot * row + at.PAD + i] + 1] = 0
    for back in range(len(backs)):
        for i in range(n[n[at.TOPS] + backs[back]] + 1):
            start = n[at.BACKWARDS] + (back * row + at.PAD + i) * plane + n[at.ORDERS]
            f[start - 1 - n[n[at.LASTS] + backs[back] * row + at.PAD + i] : start] = 0
    for i in range(n[at.LASTS], n[at.TOPS] + n[at.COUNT]):
        n[i] = -1
    for i in range(n[at.NORMS], n[at.NORMS] + n[at.COUNT]):
        d[i] = 0.0
