"""Numbers of the compiled engine as rows of digits, and where everything lies in its three arrays.

A number is a row of digits to base 2^24, balanced (-2^23 <= digit <= 2^23), some of them after the
point. Sums of products of digits
are columns: whole numbers of 64 bits, two columns more below the point of rounding. Coefficients
lie digit by digit, an order next to the other, once forwards and, for right operands, once
backwards. The arrays are ``f`` of the digits, singles that hold them exactly, ``d`` of doubles and
``n`` of integers (passing many arrays costs more than the arithmetic); the head of n says where.

Imports numba: only the modules of the compiled engine import this one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import njit

BASE, HALF = 24, 1 << 23
GUARD = 2  # columns below the last digit
PAD = 3  # planes and table entries below digit 0 and above the last
#: the head of n: sizes; what an order allows; where the parts of n begin; where those of f and of d
# begin
HEAD = 27
DIGITS, FRACTION, ORDERS, PLANE, COUNT, STATES, WORK, STEP, STEP_DIGITS, BLOCKS, MOST, CHUNK = (
    range(12)
)
OPS, GROUPS, TERMS, LINS, SLOPES, CONSTANTS, LASTS, TOPS, NOW, COLUMNS, OUT = range(12, 23)
FORWARDS, BACKWARDS, SUMS, NORMS = range(23, 27)  # the scale of the digits follows the norms
#: columns of an operation
(
    SLOT,
    BACK,
    WAITS,
    CLEARS,
    FROM,
    TO,
    LIN_FROM,
    LIN_TO,
    DIVISOR,
    BY_ORDER,
    INVERSE,
    CONSTANT,
    LAST,
) = range(13)
WIDTH = 13


def compiled(function: Callable) -> Any:
    """Without reference counts: nothing is allocated, and atomic counters on every call cost more
    than the arithmetic.

    Kept on disk where there is a place for it. What is kept is found by the file of the function
    alone: whoever edits one of the files of the compiled engine removes the ``nbi`` files next to
    them.
    """
    options: dict[str, Any] = {"error_model": "numpy", "nogil": True, "_nrt": False}
    try:
        return njit(function, cache=True, **options)
    except RuntimeError:  # neither the package nor the user has a directory that can be written
        return njit(function, **options)


@compiled
def clean(n, at):  # type: ignore[no-untyped-def]
    """Zeros in the digits of the number that begins at ``at``."""
    for i in range(at, at + n[WORK]):
        n[i] = 0


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
    """Of balanced digits by a number below 2^37, in place. The digits of the quotient come from
    doubles, the rests are exact.
    """
    rest, inverse = 0, 1.0 / by
    for i in range(at + count - 1, at - 1, -1):
        t = (rest << BASE) + n[i]
        q = np.int64(t * inverse)
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
    """Round columns to digits and record them as coefficient s of a node, where zeros are. False
    where they do not fit.
    """
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
