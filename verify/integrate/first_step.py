"""The first step of the Taylor method, from the size and the slope of the start."""

from __future__ import annotations

from math import ceil, inf, log2
from typing import TYPE_CHECKING

from verify.integrate.dyadic import dyadic, log2_of
from verify.integrate.rounding import rounding_bits, slope_bits

if TYPE_CHECKING:
    from verify.integrate.taylor_steps import Walk

PROBE = 12  # order of the expansions that find the first step


def first_step(walk: Walk) -> float:
    """log2 of a first step: from the slope, then from series of low order until their radius is
    about h.
    """
    longest = log2_of(walk.horizon - walk.begin)
    slope = _slope(walk, longest)
    log_h = min(longest, walk._log_size() + walk.bits - log2(slope)) if slope else longest
    for _ in range(8):
        log_radius = walk._expand(dyadic(log_h), PROBE)[1]
        if abs(log_radius) < 1 or (log_radius >= 0 and log_h == longest):
            break
        log_h = min(longest, log_h + log_radius)
    log_h = min(longest, log_h + walk.eps / walk.order)
    series, _ = walk._expand(dyadic(log_h), PROBE)
    lost = rounding_bits(series, log_h, walk.order) - walk.bits
    if walk.eps + walk._log_size() < lost < inf:  # the first full step would find it at more cost
        walk._widen(ceil(lost - walk.eps - walk._log_size()) + 4, walk._range())
    return log_h


def _slope(walk: Walk, longest: float) -> int:
    """max |x'| at the start, in units, with the bits to know its size or that it is nothing up
    to the horizon.
    """
    while True:
        series, _ = walk._expand((1, walk.bits), 1)
        slope = max(int(abs(a * series.c[d][0])) for d, a in walk.program.slopes)
        lost = slope_bits(series, 1)
        if (
            lost < slope.bit_length() - 20
            or lost + longest - walk.bits <= walk.eps + walk._log_size()
        ):
            return slope
        walk._widen(walk.bits // 2, walk._range())
