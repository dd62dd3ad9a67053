"""Small rationals, and symmetric matrices of them."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from verify.models.losses.matrices import Dense
from verify.strategies.arguments import Sizes, counts, one_of, whole


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
    whole("max_numerator", max_numerator, 1)
    whole("max_denominator", max_denominator, 1)
    one_of("positive", positive, True, False)
    one_of("allow_zero", allow_zero, True, False)
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


#: one strategy for all draws inside others: Hypothesis validates each new one again
SMALL = rationals()


@st.composite
def _matrices(draw, sizes, definite: bool) -> Dense:
    n = draw(sizes)
    entry = st.just(Fraction(0)) | SMALL  # 0 first: drawing shrinks to the identity
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
    return _matrices(counts("n", n, 1), one_of("definite", definite, True, False))
