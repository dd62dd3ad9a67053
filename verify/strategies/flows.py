"""Losses, and gradient flows of diagonal networks with one of them."""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction
from functools import lru_cache

import flint  # noqa: F401  now, and not in the first draw: Hypothesis times draws
from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from verify.exact.precision import precision
from verify.exact.rings import Ball, Exact, Inexact
from verify.models.jets import Motion
from verify.models.losses import FAMILIES, Family, Loss
from verify.models.losses.degree import degree_of
from verify.models.point import Point
from verify.strategies.arguments import Sizes, counts, exact_degree, one_of
from verify.strategies.diagonal import PLANES, diagonal_networks, source_of
from verify.theories.states.sampler import READABLE


def losses(*, width: Sizes, degree: int | Fraction | None = None) -> st.SearchStrategy[Loss]:
    """Concrete losses J(w) with small exact data, of every family that the toolkit knows at this
    width and that moves.

    ``degree`` narrows them to J(c w) = c^degree J(w), c > 0, as decided by ``degree_of``; None
    draws all. Families whose gradient is 0 whatever their data are left out, since a flow that
    stands still conserves everything; at width 1 these include all of degree 0, unless they are
    asked for. Raises InvalidArgument where no family has the degree.
    """
    return _losses(counts("width", width, 1), exact_degree(degree))


def degree_zero_losses(*, width: Sizes) -> st.SearchStrategy[Loss]:
    """Scale-invariant losses, J(c w) = J(w) for c > 0. At width 1 they are constant on each side of
    0.
    """
    return losses(width=width, degree=0)


@st.composite
def _losses(draw, widths, degree: Fraction | None) -> Loss:
    return loss_of(draw, draw(widths), degree)


def loss_of(draw, width: int, degree: Fraction | None) -> Loss:
    """Of a family that moves. Raises InvalidArgument where none has the degree."""
    families = _families(width, degree)
    if not families:
        raise InvalidArgument(
            f"degree={degree}: no loss family has it at width {width}; try 0, 1, 2 or None"
        )
    return draw(st.sampled_from(families)).build(width, source_of(draw))


@lru_cache(maxsize=256)
def _families(width: int, degree: Fraction | None) -> tuple[Family, ...]:
    """The most readable first: drawing shrinks towards them."""
    places = {name: place for place, name in enumerate(READABLE)}
    at_hand = [f for f in FAMILIES if f.widths[0] <= width <= f.widths[1] and not f.still]
    at_hand.sort(key=lambda f: places.get(f.name, len(places)))
    if degree is None:
        return tuple(f for f in at_hand if width > 1 or degree_of(f.expr(width)) != 0)
    return tuple(f for f in at_hand if degree_of(f.expr(width)) == degree)


def gradient_flows(
    *,
    depth: Sizes | None = None,
    width: Sizes = PLANES,
    balanced: bool | None = None,
    degree: int | Fraction | None = None,
    moving: bool = True,
    allow_zero: bool = False,
) -> st.SearchStrategy[Point]:
    """Gradient flows u_l' = -P_l * grad J(w) of diagonal networks, each as a ``Point``: a start and
    a concrete loss.

    J is differentiable at the start. ``moving`` keeps only starts that are certainly not at rest.
    ``depth``, ``balanced`` and ``allow_zero`` are those of ``diagonal_networks``, ``degree`` is
    that of ``losses``. Raises
    InvalidArgument for a moving flow of degree 0 at width 1: there is none.
    """
    starts = diagonal_networks(
        depth=depth, width=counts("width", width, 1), balanced=balanced, allow_zero=allow_zero
    )
    if moving and degree == 0 and width == 1:
        raise InvalidArgument(_AT_REST)
    return _flows(starts, exact_degree(degree), one_of("moving", moving, True, False))


_AT_REST = (
    "width=1: a loss of degree 0 in one variable has gradient 0, nothing moves; use width >= 2 or"
    " moving=False"
)


@st.composite
def _flows(draw, starts, degree: Fraction | None, moving: bool) -> Point:
    start = draw(starts)
    width = len(start[0])
    if moving and degree == 0 and width == 1:
        raise InvalidArgument(_AT_REST)
    point = Point(start, loss_of(draw, width, degree))
    speeds = _signs_of_speed(point)
    assume(speeds is not None and (any(speeds) or not moving))
    return point


def _signs_of_speed(point: Point) -> list[int | None] | None:
    """The sign of every weight's speed (None: not known), or None where J is not differentiable at
    the start.
    """
    with precision(), suppress(ZeroDivisionError):
        for ring in (Exact(), Ball()):
            with suppress(Inexact):
                return [ring.sign(jet.c[1]) for row in Motion(point, ring, 1).u for jet in row]
    return None
