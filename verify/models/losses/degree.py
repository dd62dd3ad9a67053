"""Is a loss homogeneous, F(c w) = c^k F(w) for c > 0? Shown by Euler's identity E F = k F, refuted
at an exact point.

``degree_of`` decides E F = k F as an identity of rational functions over Q in the letters of
``letters.py``. Letters may depend on each other (log B^2 = 2 log B), so an identity among free
letters proves and its failure proves nothing: ``refute_degree`` then looks for an exact point at
which E F - k F is certainly not zero.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache

from verify.exact.errors import BadInput
from verify.exact.jets import Jet
from verify.exact.precision import precision
from verify.exact.rings import Ball, Exact, Inexact, Ring
from verify.models.losses.base import Loss
from verify.models.losses.calculus import loss_gradient, loss_value
from verify.models.losses.letters import Letters, TooLarge, same, times
from verify.models.losses.matrices import DiagonalPlus
from verify.terms.expr import Expr

_TURNS = 8  # points tried, each with its negative


@lru_cache(maxsize=512)
def degree_of(expr: Expr) -> Fraction | None:
    """k with E F = k F wherever F is differentiable, hence F(c w) = c^k F(w) for c > 0 as long as F
    stays defined.

    ``expr`` holds forms, coordinates w_i, constants, numbers, + * ^ (rational exponents), log and
    exp. The zero loss has degree 0. None means that no k was found by this method, not that there
    is none. Raises BadInput for a denominator (or an argument of log, or a base) that is the zero
    polynomial in the letters; a loss that is nowhere defined for another reason, such as
    1/(log(B^2) - 2*log(B)), is not noticed here and has no point.
    """
    try:
        value, moved = Letters(expr).pair(expr)
        if moved.top.is_zero():
            return Fraction(0)
        left, right = times(moved.top, value.bottom), times(value.top, moved.bottom)
    except TooLarge:
        return _by_rules(expr)
    except KeyError:
        return None
    ratio = left.leading_coefficient() / right.leading_coefficient()
    return Fraction(int(ratio.p), int(ratio.q)) if same(left, ratio * right) else None


def _by_rules(node: Expr) -> Fraction | None:
    """Where one polynomial would be too large: degrees of the parts, combined by the product, sum
    and chain rule.
    """
    parts = [degree_of(a) for a in node.args if isinstance(a, Expr)]
    known = [d for d in parts if d is not None]
    if len(known) < len(parts):
        return None
    match node.head:
        case "*":
            return sum(known, Fraction(0))
        case "+":
            return known[0] if len(set(known)) == 1 else None
        case "^":
            return known[0] * node.args[1].args[0]
        case "log" | "exp":
            return Fraction(0) if known == [0] else None
    return None


def refute_degree(loss: Loss, k: Fraction) -> tuple[Fraction, ...] | None:
    """An exact point w with sum_i w_i dF/dw_i - k F certainly not zero; None after a bounded search
    without one.

    The value at the point is an exact fraction, or a ball that excludes zero. Raises BadInput where
    the loss uses a coordinate that its data do not have.
    """
    with precision():
        for ring in (Exact(), Ball(256)):
            for point in _points(_width(loss)):
                if _defect_sign(loss, k, point, ring):
                    return point
    return None


def _defect_sign(loss: Loss, k: Fraction, point: tuple[Fraction, ...], ring: Ring) -> int | None:
    """Sign of E F - k F at the point; None where it is not known or F is not defined."""
    lift = lambda x: Jet.constant(ring, x, 1)
    w = [lift(x) for x in point]
    try:
        defect = lift(-k) * loss_value(loss, w, lift)
        for x, slope in zip(w, loss_gradient(loss, w, lift), strict=True):
            defect = defect + x * slope
    except (ZeroDivisionError, Inexact):
        return None
    return ring.sign(defect.c[0])


def _width(loss: Loss) -> int:
    data = (d.diagonal if isinstance(d, DiagonalPlus) else d for d in loss.data.values())
    sizes = [len(d) for d in data if not isinstance(d, Fraction)]
    used = max((x.args[1] for x in loss.expr.walk() if x.head == "at"), default=1)
    if sizes and used > min(sizes):
        raise BadInput(
            f"the loss {loss.text} uses w{used}; its data have width {min(sizes)}. Use w1 to"
            f" w{min(sizes)}."
        )
    return min(sizes) if sizes else used


def _points(width: int) -> Iterator[tuple[Fraction, ...]]:
    """A few rational points and their negatives, of mixed sizes and signs."""
    for turn in range(_TURNS):
        point = tuple(
            Fraction((turn * i + i) % 7 + 1, turn % 3 + 1)
            * (-1 if turn > 1 and (i * turn) % 5 in (1, 2) else 1)
            for i in range(1, width + 1)
        )
        yield point
        yield tuple(-x for x in point)
