"""The value of a slope at a state: in fractions, where they suffice, else in a ball."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from verify.exact.rings import Ball, Exact, Inexact, Ring
from verify.models.jets import Motion
from verify.models.point import Point
from verify.terms.expr import Expr
from verify.terms.order import order_needed
from verify.theories.measure.conservation import by_layer, defined


def motions_at(slope: Expr, point: Point, decay: str | None) -> list[Motion]:
    """The flow at the point in fractions, where they suffice, and in balls."""
    found: list[Motion] = []
    for ring in (Exact(), Ball()):
        # where fractions suffice, a ball around 0 is no objection
        with defined(point), suppress(Inexact, *([ZeroDivisionError] if found else [])):
            found.append(
                Motion(point, ring, order_needed(slope), decay=decay, balanced=by_layer(point))
            )
    return found


def at_rest(motions: list[Motion]) -> bool:
    """No weight is certain to move."""
    return not any(m.ring.sign(jet.c[1]) for m in motions for row in m.u for jet in row)


def value_of(
    slope: Expr, motions: list[Motion], scope: Mapping[str, int]
) -> tuple[Ring, Any] | None:
    """With the ring in which it is; None where there is none."""
    for motion in motions:
        with defined(motion.point), suppress(Inexact):
            return motion.ring, motion.value(slope, scope).c[0]
    return None
