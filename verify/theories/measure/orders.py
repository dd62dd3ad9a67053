"""The order p of an error C eta^p, from runs at eta, eta/2, eta/4, ...

The local orders log2(e(eta) / e(eta/2)) are extrapolated to eta = 0, as polynomials in eta
(Richardson), by Aitken's process and as polynomials in 1 / log(1/eta): a factor log(1/eta) widens
the uncertainty.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from math import log

from verify.exact.errors import BadInput
from verify.theories.measure.extrapolation import Reading
from verify.theories.measure.late_slope import checked, log_of
from verify.theories.measure.rates import Number, Rate, rate_of


def order_in_parameter(
    parameters: Sequence[Number], errors: Sequence[Number], noise: Number | Sequence[Number] = 0
) -> Rate:
    """p from errors > 0 at parameters that are halved each time, all < 1; noise is what each error
    may be wrong by.

    From the first error that is not above its noise on, all are refused. The window is that of
    log(1/eta). Raises BadInput for parameters that are not halved (exactly, or in doubles) or not
    in (0, 1), and for lists of different lengths.
    """
    data = checked(parameters, errors, noise)
    _check([eta for eta, _, _ in data])
    floor = max((float(n) for _, _, n in data), default=0.0)
    kept = []
    for eta, e, n in data:
        if e <= n:
            break
        kept.append((-log_of(eta), log_of(e), float(n / e)))
    readings = [_order(a, b) for a, b in pairwise(kept)]
    etas = [float(eta) for eta, _, _ in data[1 : 1 + len(readings)]]
    inverse = [1 / r.place for r in readings]
    return rate_of(readings, [etas, inverse], floor, [e for _, e, _ in kept])


def _order(a: tuple[float, float, float], b: tuple[float, float, float]) -> Reading:
    (l, e, n), (r, d, k) = a, b
    rounding = 2.0**-50 * (abs(e) + abs(d) + 1)
    return Reading((l + r) / 2, (e - d) / log(2), (n + k + rounding) / log(2))


def _check(parameters: Sequence[Fraction]) -> None:
    if any(not 0 < eta < 1 for eta in parameters):
        raise BadInput(
            "a parameter is not in (0, 1): the logarithm of 1/eta would not be positive, choose a"
            " smaller unit or smaller steps"
        )
    for a, b in pairwise(parameters):
        if abs(a / b - 2) > Fraction(1, 10**9):
            raise BadInput(
                f"{float(a):.6g} is followed by {float(b):.6g}, expected half of it: halve the"
                " parameter each time"
            )
