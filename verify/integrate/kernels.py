"""The recurrences of ``series``, compiled once for all flows: the program is data.

A number is a row of digits to base 2^24, balanced (-2^23 <= digit <= 2^23), some of them after the point. Coefficients lie digit
by digit, an order next to the other, once forwards and, for right operands, once backwards: then a convolution is a sum over eight
orders at a time (``fast_block``). Coefficients decay with the order, so high digits of high orders vanish; for every digit the last
order with something at or above it is kept, and pairs of orders beyond are not visited. Columns more than two below the point of
rounding are left out: they amount to less than 2^-10 of a unit.

Every operation is one form, z_s = inverse * (sum of weight * product + sum of weight * node) / divisor, weights and divisor linear
in s. All tables and numbers lie in three arrays, ``f`` of the digits, ``d`` of doubles, ``n`` of integers (passing many arrays costs
more than the arithmetic); the head of n says where. Compiled code is cached on disk. Imports numba: only ``verify.integrate.fast`` imports this
module, when it runs.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from verify.integrate.fast_block import LANES, MOST_PRODUCTS, WIDE, block

BASE, HALF = 24, 1 << 23
GUARD = 2  # columns below the last digit
PAD = 3  # planes and table entries below digit 0 and above the last
DONE, OVERFLOW = -1, -2
#: the head of n: sizes; what an order allows; where the parts of n begin; where those of f and of d begin
HEAD = 27
DIGITS, FRACTION, ORDERS, PLANE, COUNT, STATES, WORK, STEP, STEP_DIGITS, BLOCKS, MOST, CHUNK = range(12)
OPS, GROUPS, TERMS, LINS, SLOPES, CONSTANTS, LASTS, TOPS, NOW, COLUMNS, OUT = range(12, 23)
FORWARDS, BACKWARDS, SUMS, NORMS = range(23, 27)  # the scale of the digits follows the norms
#: columns of an operation
SLOT, BACK, WAITS, CLEARS, FROM, TO, LIN_FROM, LIN_TO, DIVISOR, BY_ORDER, INVERSE, CONSTANT, LAST = range(13)
WIDTH = 13

# without reference counts: nothing is allocated here, and atomic counters on every call cost more than the arithmetic
compiled = njit(cache=True, error_model="numpy", nogil=True, _nrt=False)


@compiled
def clean(n, at):  # type: ignore[no-untyped-def]
    for i in range(at, at + n[WORK]):
        n[i] = 0


@compiled
def flush(d, n, at):  # type: ignore[no-untyped-def]
    """Add the lanes to the columns from ``at``, and clear them."""
    acc = n[SUMS]
    for i in range(WIDE):
        total = 0
        for lane in range(LANES):
            total += np.int64(d[acc + i * LANES + lane])
            d[acc + i * LANES + lane] = 0.0
        n[at + i] += total


@compiled
def convolve(f, d, n, begin, end, s):  # type: ignore[no-untyped-def]
    """The first columns of COLUMNS become sum over terms of sum_t x_t y_(s-t); returns how many."""
    digits, fraction, plane, lasts, tops = n[DIGITS], n[FRACTION], n[PLANE], n[LASTS], n[TOPS]
    row, blocks, step, sums = digits + 2 * PAD, n[BLOCKS], n[MOST], n[SUMS]
    terms, forwards, backwards = n[TERMS], n[FORWARDS], n[BACKWARDS] + PAD * plane + n[ORDERS] - 1 - s
    k, at = fraction - GUARD, n[COLUMNS]
    while k <= 2 * digits - 2:
        for i in range(at, at + WIDE):
            n[i] = 0
        used, met = 0, 0
        for t in range(terms + 3 * begin, terms + 3 * end, 3):
            x, y = n[t], n[t + 1]
            first, last = max(0, k - n[tops + y]), min(n[tops + x], k + WIDE - 1)
            left, right = forwards + x * digits * plane, backwards + n[t + 2] * row * plane
            for a in range(first, last + 1, step):
                stop = min(last, a + step - 1)
                if used + (stop - a + 1) * blocks > MOST_PRODUCTS:
                    flush(d, n, at)
                    used = 0
                count = block(f, d, n, sums, left, right, lasts + x * row + PAD, lasts + y * row + PAD, a, stop, k, s, plane)
                used += count
                met += count
        if not met:
            break
        flush(d, n, at)
        k += WIDE
        at += WIDE
    return k - fraction + GUARD


@compiled
def carry(n, at, count):  # type: ignore[no-untyped-def]
    """Balanced digits in place; returns how many columns there are then."""
    c = 0
    for i in range(at, at + count):
        t = n[i] + c
        c = (t + HALF) >> BASE
        n[i] = t - (c << BASE)
    while c:
        t = c
        c = (t + HALF) >> BASE
        n[at + count] = t - (c << BASE)
        count += 1
    return count


@compiled
def divide(n, at, count, by):  # type: ignore[no-untyped-def]
    """Of balanced digits by a number below 2^37, in place."""
    rest, half = 0, by >> 1
    for i in range(at + count - 1, at - 1, -1):
        t = (rest << BASE) + n[i]
        q = (t + half) // by
        rest = t - q * by
        n[i] = q


@compiled
def times(n, at, count, factor, out):  # type: ignore[no-untyped-def]
    """Balanced digits by a number, into ``out``; returns how many columns there are."""
    digits, fraction = n[DIGITS], n[FRACTION]
    clean(n, out)
    for a in range(digits):
        x = n[factor + a]
        if x:
            for i in range(max(0, fraction - a), count):
                n[out + i + a - fraction] += x * n[at + i]
    return count + digits - fraction


@compiled
def put(f, d, n, slot, back, s, at, count):  # type: ignore[no-untyped-def]
    """Round columns to digits and record them as coefficient s of a node, where zeros are. False where they do not fit."""
    digits, plane = n[DIGITS], n[PLANE]
    row, now, scale = digits + 2 * PAD, n[NOW] + slot * n[DIGITS], n[NORMS] + n[COUNT]
    ahead = n[FORWARDS] + slot * digits * plane + s
    behind = n[BACKWARDS] + (back * row + PAD) * plane + n[ORDERS] - 1 - s
    for i in range(at + count, at + GUARD + 1):
        n[i] = 0
    c = (n[at] + HALF) >> BASE
    c = (n[at + 1] + c + HALF) >> BASE
    highest, size, i = -1, 0.0, 0
    while i < digits and (c or i + GUARD < count):
        t = c + (n[at + i + GUARD] if i + GUARD < count else 0)
        c = (t + HALF) >> BASE
        digit = t - (c << BASE)
        n[now + i] = digit
        if digit:
            f[ahead + i * plane] = digit
            if back >= 0:
                f[behind + i * plane] = digit
            highest = i
            size += digit * d[scale + i]
        i += 1
    for rest in range(i, digits):
        n[now + rest] = 0
    d[n[NORMS] + slot] += abs(size)
    if highest >= 0:
        lasts = n[LASTS] + slot * row
        for k in range(lasts, lasts + PAD + highest + 1):
            n[k] = s
        n[n[TOPS] + slot] = max(n[n[TOPS] + slot], highest)
    for i in range(digits + GUARD, count):
        c |= n[at + i]
    return c == 0


@compiled
def total(f, d, n, op, s):  # type: ignore[no-untyped-def]
    """Sum of weight * product and of weight * node, into the columns OUT; returns how many there are."""
    digits, out, columns, chunk = n[DIGITS], n[OUT], n[COLUMNS], n[CHUNK]
    for i in range(out, out + n[WORK]):
        n[i] = 0
    count = 0
    for g in range(n[GROUPS] + 4 * n[op + FROM], n[GROUPS] + 4 * n[op + TO], 4):
        weight, end = n[g] + s * n[g + 1], n[g + 3]
        for t in range(n[g + 2], end, chunk):
            length = carry(n, columns, convolve(f, d, n, t, min(end, t + chunk), s))
            count = max(count, length)
            for i in range(length):
                n[out + i] += weight * n[columns + i]
    if n[op + LIN_TO] > n[op + LIN_FROM]:
        count = max(count, digits + GUARD)
    for l in range(n[LINS] + 3 * n[op + LIN_FROM], n[LINS] + 3 * n[op + LIN_TO], 3):
        weight, now = n[l] + s * n[l + 1], n[NOW] + n[l + 2] * digits
        for i in range(digits):
            n[out + GUARD + i] += weight * n[now + i]
    return count


@compiled
def is_plain(n, op):  # type: ignore[no-untyped-def]
    """Whether an operation is a sum of a few products and nothing else."""
    g = n[GROUPS] + 4 * n[op + FROM]
    alone = n[op + TO] - n[op + FROM] == 1 and n[op + LIN_FROM] == n[op + LIN_TO]
    return alone and n[g] == 1 and n[g + 1] == 0 and n[g + 3] - n[g + 2] <= n[CHUNK]


@compiled
def coefficient(f, d, n, op, s):  # type: ignore[no-untyped-def]
    """One coefficient of one node; False where it does not fit."""
    digits, out, columns, inverse = n[DIGITS], n[OUT], n[COLUMNS], n[op + INVERSE]
    if is_plain(n, op):
        g = n[GROUPS] + 4 * n[op + FROM]
        out, columns = columns, out
        count = convolve(f, d, n, n[g + 2], n[g + 3], s)
    else:
        count = total(f, d, n, op, s)
    by = n[op + DIVISOR] * s if n[op + BY_ORDER] else n[op + DIVISOR]
    if inverse >= 0:
        count = times(n, out, carry(n, out, count), n[NOW] + inverse * digits, columns)
        out = columns
    if by > 1:
        count = carry(n, out, count)
        divide(n, out, count, by)
    if n[op + CONSTANT] >= 0 and s <= n[op + LAST]:
        for i in range(out + count, out + digits + GUARD):
            n[i] = 0
        count = max(count, digits + GUARD)
        at = n[CONSTANTS] + (n[op + CONSTANT] + s) * digits
        for i in range(digits):
            n[out + GUARD + i] += n[at + i]
    return put(f, d, n, n[op + SLOT], n[op + BACK], s, out, count)


@compiled
def update(f, d, n, x, s):  # type: ignore[no-untyped-def]
    """Coefficient s of the state x, h slope_(s-1) / s; False where it does not fit."""
    digits, out, lower, slope = n[DIGITS], n[OUT], GUARD - n[STEP_DIGITS], n[SLOPES] + 4 * x
    factor, now = n[STEP] * n[slope + 1], n[NOW] + n[slope] * n[DIGITS]
    clean(n, out)
    for i in range(max(0, -lower), digits):
        n[out + i + lower] = n[now + i] * factor
    count = carry(n, out, max(0, digits + lower))
    divide(n, out, count, n[slope + 2] * s)
    return put(f, d, n, x, n[slope + 3], s, out, count)


@compiled
def expand(f, d, n, s, first, last):  # type: ignore[no-untyped-def]
    """Coefficients from operation ``first`` of order s to order ``last``: DONE, OVERFLOW, or the operation that waits for its value."""
    ops = (n[GROUPS] - n[OPS]) // WIDTH
    while s < last:
        n[BLOCKS] = s // LANES + 1
        n[MOST] = MOST_PRODUCTS // n[BLOCKS]
        n[CHUNK] = max(1, (1 << 15) // ((s + 1) * n[DIGITS]))
        for i in range(first, ops):
            op = n[OPS] + WIDTH * i
            if s == 0 and n[op + WAITS]:
                return i
            if not coefficient(f, d, n, op, s):
                return OVERFLOW
        first = 0
        s += 1
        for x in range(n[STATES]):
            if not update(f, d, n, x, s):
                return OVERFLOW
    return DONE


@compiled
def restart(f, d, n, backs):  # type: ignore[no-untyped-def]
    """Forget all coefficients: only where some were are there digits to clear. ``backs`` are the nodes in the order of their backs."""
    digits, plane = n[DIGITS], n[PLANE]
    row = digits + 2 * PAD
    for slot in range(n[COUNT]):
        for i in range(n[n[TOPS] + slot] + 1):
            at = n[FORWARDS] + (slot * digits + i) * plane
            f[at : at + n[n[LASTS] + slot * row + PAD + i] + 1] = 0
    for back in range(len(backs)):
        for i in range(n[n[TOPS] + backs[back]] + 1):
            at = n[BACKWARDS] + (back * row + PAD + i) * plane + n[ORDERS]
            f[at - 1 - n[n[LASTS] + backs[back] * row + PAD + i] : at] = 0
    for i in range(n[LASTS], n[TOPS] + n[COUNT]):
        n[i] = -1
    for i in range(n[NORMS], n[NORMS] + n[COUNT]):
        d[i] = 0.0
