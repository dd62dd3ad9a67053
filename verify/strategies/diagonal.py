"""Starts of diagonal networks, balanced or not."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

from verify.models.losses.data import Draw
from verify.models.point import Start
from verify.strategies.arguments import Sizes, counts, one_of
from verify.strategies.numbers import rationals
from verify.theories.states.sampler import balanced_start, free_start, rooted_start

DEPTHS, DEEP = st.integers(1, 4), st.integers(2, 4)
WIDTHS, PLANES = st.integers(1, 3), st.integers(2, 3)


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
    one_of("balanced", balanced, True, False, None)
    least = 2 if balanced is False else 1
    depths = counts("depth", (DEEP if least == 2 else DEPTHS) if depth is None else depth, least)
    return _networks(
        depths, counts("width", width, 1), balanced, one_of("allow_zero", allow_zero, True, False)
    )


@st.composite
def _networks(draw, depths, widths, balanced: bool | None, allow_zero: bool) -> Start:
    depth, width = draw(depths), draw(widths)
    if balanced or (balanced is None and draw(st.booleans())):
        return balanced_start(depth, width, source_of(draw, allow_zero))
    rooted = not allow_zero and draw(st.booleans())  # its recipe divides by the entries
    start = (rooted_start if rooted else free_start)(depth, width, source_of(draw, allow_zero))
    return _tipped(start) if balanced is False else start


def source_of(draw, allow_zero: bool = False) -> Draw:
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
