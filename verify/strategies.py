"""Hypothesis strategies for the objects of this toolkit; the one file that imports Hypothesis.

    @given(gradient_flows(balanced=True, degree=0))
    def test_quasi_norm(point): ...
>>> from hypothesis import find
>>> find(rationals(), lambda x: x < 0)  # what is drawn shrinks
Fraction(-1, 1)

Every argument that narrows is keyword-only and has a default; ``depth``, ``width``, ``n`` take a
whole number or a strategy of whole numbers; a bad argument raises ``InvalidArgument`` that names
it, where the strategy is made. Everything drawn is exact and immutable, made by the recipes of
``verify.theories.states.sampler``, and shrinks to ones, few layers and losses easy to read.
"""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction
from functools import lru_cache
from typing import Any

import flint  # noqa: F401  now, and not in the first draw: Hypothesis times draws
from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from verify.exact.precision import precision
from verify.exact.rings import Ball, Exact, Inexact
from verify.models.jets import Motion
from verify.models.losses import FAMILIES, Family, Loss
from verify.models.losses.data import Draw
from verify.models.losses.degree import degree_of
from verify.models.losses.matrices import Dense
from verify.models.point import Point, Start
from verify.theories.states.sampler import READABLE, balanced_start, free_start, rooted_start

Sizes = int | st.SearchStrategy[int]
DEPTHS, DEEP = st.integers(1, 4), st.integers(2, 4)
WIDTHS, PLANES = st.integers(1, 3), st.integers(2, 3)


def rationals(
    *,
    max_numerator: int = 3,
    max_denominator: int = 3,
    positive: bool = False,
    allow_zero: bool = False,
) -> st.SearchStrategy[Fraction]:
    """Small rationals +-a/b with 1 <= a <= max_numerator and 1 <= b <= max_denominator; 0 only with
    ``allow_zero``.

    Shrinks to 1; with ``allow_zero`` to 0.
    """
    _whole("max_numerator", max_numerator, 1)
    _whole("max_denominator", max_denominator, 1)
    _one_of("positive", positive, True, False)
    _one_of("allow_zero", allow_zero, True, False)
    if positive and allow_zero:
        raise InvalidArgument("positive=True contradicts allow_zero=True: leave one of them out")
    signs = st.just(1) if positive else st.sampled_from((1, -1))
    numbers = st.builds(
        lambda a, b, sign: Fraction(sign * a, b),
        st.integers(1, max_numerator),
        st.integers(1, max_denominator),
        signs,
    )
    return numbers | st.just(Fraction(0)) if allow_zero else numbers


def balanced_weights(
    *, depth: Sizes = DEPTHS, width: Sizes = WIDTHS, allow_zero: bool = False
) -> st.SearchStrategy[Start]:
    """Starts with u_l,i^2 = u_m,i^2 for all layers l, m: L rows of n rationals; the first row has
    signs of its own.
    """
    return diagonal_networks(depth=depth, width=width, balanced=True, allow_zero=allow_zero)


def unbalanced_weights(
    *, depth: Sizes = DEEP, width: Sizes = WIDTHS, allow_zero: bool = False
) -> st.SearchStrategy[Start]:
    """Starts with u_l,i^2 != u_m,i^2 for at least one i, l, m; needs ``depth >= 2``: one layer is
    always balanced.
    """
    return diagonal_networks(depth=depth, width=width, balanced=False, allow_zero=allow_zero)


def diagonal_networks(
    *,
    depth: Sizes | None = None,
    width: Sizes = WIDTHS,
    balanced: bool | None = None,
    allow_zero: bool = False,
) -> st.SearchStrategy[Start]:
    """Layers of a diagonal network: a tuple of L rows (layers) of n rationals (coordinates).

    ``balanced`` True or False guarantees it; None draws both. ``depth`` is 1 to 4 by default, 2 to
    4 where unbalanced. Unless ``allow_zero``, no entry is 0. Some of the starts that need not be
    balanced have rational |w_i|^(1/L).
    """
    _one_of("balanced", balanced, True, False, None)
    least = 2 if balanced is False else 1
    depths = _sizes("depth", (DEEP if least == 2 else DEPTHS) if depth is None else depth, least)
    return _networks(
        depths, _sizes("width", width, 1), balanced, _one_of("allow_zero", allow_zero, True, False)
    )


@st.composite
def _networks(draw, depths, widths, balanced: bool | None, allow_zero: bool) -> Start:
    depth, width = draw(depths), draw(widths)
    if balanced or (balanced is None and draw(st.booleans())):
        return balanced_start(depth, width, _source(draw, allow_zero))
    rooted = not allow_zero and draw(st.booleans())  # its recipe divides by the entries
    start = (rooted_start if rooted else free_start)(depth, width, _source(draw, allow_zero))
    return _tipped(start) if balanced is False else start


def _source(draw, allow_zero: bool = False) -> Draw:
    """The callable that the recipes of the sampler take."""
    numbers = rationals(allow_zero=allow_zero)
    return lambda: draw(numbers)


def _tipped(start: Start) -> Start:
    """The start itself; where it happens to be balanced, with a larger first entry. Nothing is
    filtered.
    """
    if any(len({x * x for x in column}) > 1 for column in zip(*start, strict=True)):
        return start
    (first, *others), *rows = start
    return ((2 * first if first else Fraction(1), *others), *rows)


def losses(*, width: Sizes, degree: int | Fraction | None = None) -> st.SearchStrategy[Loss]:
    """Concrete losses J(w) with small exact data, of every family that the toolkit knows at this
    width and that moves.

    ``degree`` narrows them to J(c w) = c^degree J(w), c > 0, as decided by ``degree_of``; None
    draws all. Families whose gradient is 0 whatever their data are left out, since a flow that
    stands still conserves everything; at width 1 these include all of degree 0, unless they are
    asked for. Raises InvalidArgument where no family has the degree.
    """
    return _losses(_sizes("width", width, 1), _degree(degree))


def degree_zero_losses(*, width: Sizes) -> st.SearchStrategy[Loss]:
    """Scale-invariant losses, J(c w) = J(w) for c > 0. At width 1 they are constant on each side of
    0.
    """
    return losses(width=width, degree=0)


@st.composite
def _losses(draw, widths, degree: Fraction | None) -> Loss:
    return _loss(draw, draw(widths), degree)


def _loss(draw, width: int, degree: Fraction | None) -> Loss:
    families = _families(width, degree)
    if not families:
        raise InvalidArgument(
            f"degree={degree}: no loss family has it at width {width}; try 0, 1, 2 or None"
        )
    return draw(st.sampled_from(families)).build(width, _source(draw))


@lru_cache(maxsize=256)
def _families(width: int, degree: Fraction | None) -> tuple[Family, ...]:
    """The most readable first: drawing shrinks towards them."""
    places = {name: place for place, name in enumerate(READABLE)}
    at_hand = [f for f in FAMILIES if f.widths[0] <= width <= f.widths[1] and not f.still]
    at_hand.sort(key=lambda f: places.get(f.name, len(places)))
    if degree is None:
        return tuple(f for f in at_hand if width > 1 or degree_of(f.expr(width)) != 0)
    return tuple(f for f in at_hand if degree_of(f.expr(width)) == degree)


@st.composite
def _matrices(draw, sizes, definite: bool) -> Dense:
    n = draw(sizes)
    entry = st.just(Fraction(0)) | rationals()  # 0 first: drawing shrinks to the identity
    lower = [[draw(entry) for _ in range(i)] for i in range(n)]
    if not definite:
        diagonal = [draw(rationals(allow_zero=True)) for _ in range(n)]
        return tuple(
            tuple(diagonal[i] if i == j else lower[max(i, j)][min(i, j)] for j in range(n))
            for i in range(n)
        )
    pivots = [draw(rationals(positive=True)) for _ in range(n)]
    rows = [[*lower[i], Fraction(1)] for i in range(n)]
    inner = lambda i, j: sum(
        (rows[i][k] * pivots[k] * rows[j][k] for k in range(min(i, j) + 1)), Fraction(0)
    )
    return tuple(tuple(inner(i, j) for j in range(n)) for i in range(n))


def symmetric_matrices(n: Sizes, *, definite: bool = False) -> st.SearchStrategy[Dense]:
    """Symmetric n x n matrices of rationals, as tuples of rows.

    ``definite`` draws L D L' with a unit lower triangular L and a positive diagonal D: every
    positive definite matrix is of this form, so that no sign pattern is left out. Otherwise entries
    are free, also 0 (singular ones occur).
    """
    return _matrices(_sizes("n", n, 1), _one_of("definite", definite, True, False))


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
    that of ``losses``. Raises InvalidArgument for a moving flow of degree 0 at width 1.
    """
    starts = diagonal_networks(
        depth=depth, width=_sizes("width", width, 1), balanced=balanced, allow_zero=allow_zero
    )
    if moving and degree == 0 and width == 1:
        raise InvalidArgument(_AT_REST)
    return _flows(starts, _degree(degree), _one_of("moving", moving, True, False))


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
    point = Point(start, _loss(draw, width, degree))
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


def _whole(name: str, value: Any, least: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise InvalidArgument(f"{name}={value!r}: expected a whole number >= {least}")
    return value


def _one_of(name: str, value: Any, *allowed: Any) -> Any:
    if not any(value is x for x in allowed):
        raise InvalidArgument(f"{name}={value!r}: expected {' or '.join(map(str, allowed))}")
    return value


def _degree(value: Any) -> Fraction | None:
    if value is not None and (isinstance(value, bool) or not isinstance(value, (int, Fraction))):
        raise InvalidArgument(
            f"degree={value!r}: expected an exact number (int or Fraction) or None (any)"
        )
    return None if value is None else Fraction(value)


def _sizes(name: str, value: Any, least: int) -> st.SearchStrategy[int]:
    """A strategy whose values are checked when they are drawn; a number is checked at once."""
    if isinstance(value, st.SearchStrategy):
        return value.map(lambda drawn: _whole(name, drawn, least))
    return st.just(_whole(name, value, least))
