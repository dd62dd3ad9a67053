"""Each strategy's law, and what the strategies are for: properties of flows, and counterexamples to
false ones.
"""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from verify.claims.hypotheses import Balanced
from verify.exact.rings import Ball, Exact, Inexact
from verify.models.jets import Motion
from verify.models.losses import FAMILIES
from verify.models.losses.degree import degree_of
from verify.models.losses.matrices import dense
from verify.models.point import Point
from verify.strategies import (
    balanced_weights,
    degree_zero_losses,
    diagonal_networks,
    gradient_flows,
    losses,
    rationals,
    symmetric_matrices,
    unbalanced_weights,
)
from verify.terms.expr import q, total, u
from verify.testing import Undecided, assert_slope_zero

LAW = settings(
    deadline=None, max_examples=60, database=None, suppress_health_check=[HealthCheck.too_slow]
)
SEARCH = settings(
    deadline=None,
    max_examples=500,
    database=None,
    derandomize=True,
    phases=(Phase.generate, Phase.shrink),
)
#: the same where any example will do: it need not become small
EXISTS = settings(SEARCH, phases=(Phase.generate,))
Q = total("i", q["i"])
ONE = Fraction(1)


def balanced(start) -> bool:
    """Written out here: the strategies are not judged by the recipe that they use."""
    return all(
        x * x == y * y for column in zip(*start, strict=True) for x in column for y in column
    )


def determinant(matrix) -> Fraction:
    """Laplace expansion: slow, and nothing that could be wrong."""
    if not matrix:
        return ONE
    minor = lambda j: [row[:j] + row[j + 1 :] for row in matrix[1:]]
    return sum(
        ((-1) ** j * x * determinant(minor(j)) for j, x in enumerate(matrix[0])), Fraction(0)
    )


@LAW
@given(rationals(max_numerator=5, max_denominator=2))
def test_rationals_are_small_and_not_zero(x):
    assert isinstance(x, Fraction) and 0 < abs(x) <= 5 and x.denominator <= 2


@LAW
@given(st.data())
def test_sizes_are_those_asked_for(data):
    depth, width = data.draw(st.integers(2, 5)), data.draw(st.integers(1, 4))
    strategy = data.draw(st.sampled_from((balanced_weights, unbalanced_weights, diagonal_networks)))
    start = data.draw(strategy(depth=depth, width=st.just(width)))
    assert isinstance(start, tuple) and len(start) == depth
    assert all(isinstance(row, tuple) and len(row) == width for row in start)
    assert all(isinstance(x, Fraction) and x != 0 for row in start for x in row)


@LAW
@given(balanced_weights() | balanced_weights(allow_zero=True))
def test_balanced_weights_are_balanced(start):
    assert balanced(start)


@LAW
@given(unbalanced_weights() | unbalanced_weights(allow_zero=True))
def test_unbalanced_weights_never_are(start):
    assert not balanced(start)


@LAW
@given(st.booleans().flatmap(lambda flag: st.tuples(st.just(flag), gradient_flows(balanced=flag))))
def test_balance_of_flows_is_the_hypothesis(drawn):
    flag, point = drawn
    assert (Balanced().violated(point) is None) == flag == balanced(point.start)


def test_networks_are_of_both_kinds_and_zeros_occur():
    find(diagonal_networks(), balanced, settings=EXISTS)
    find(diagonal_networks(), lambda start: not balanced(start), settings=EXISTS)
    for strategy in (balanced_weights(allow_zero=True), unbalanced_weights(allow_zero=True)):
        find(strategy, lambda start: any(0 in row for row in start), settings=EXISTS)


@LAW
@given(st.integers(1, 4).flatmap(lambda n: degree_zero_losses(width=n)))
def test_degree_zero_losses_have_degree_zero(loss):
    assert degree_of(loss.expr) == 0


@LAW
@given(
    st.sampled_from((0, 1, 2)).flatmap(lambda k: st.tuples(st.just(k), losses(width=2, degree=k)))
)
def test_losses_have_the_degree_asked_for(drawn):
    degree, loss = drawn
    assert degree_of(loss.expr) == degree


@pytest.mark.parametrize(
    "family", [f for f in FAMILIES if not f.still and f.widths[0] <= 2], ids=lambda f: f.name
)
def test_every_family_that_moves_is_drawn(family):
    find(losses(width=2), lambda loss: loss.name == family.name, settings=EXISTS)


@LAW
@given(st.integers(1, 4).flatmap(symmetric_matrices))
def test_matrices_are_symmetric_and_exact(matrix):
    n = len(matrix)
    assert all(len(row) == n and all(isinstance(x, Fraction) for x in row) for row in matrix)
    assert all(matrix[i][j] == matrix[j][i] for i in range(n) for j in range(n))


@LAW
@given(st.integers(1, 4).flatmap(lambda n: symmetric_matrices(n, definite=True)))
def test_definite_matrices_have_positive_leading_minors(matrix):
    assert matrix == tuple(zip(*matrix, strict=True))
    assert all(determinant([row[:k] for row in matrix[:k]]) > 0 for k in range(1, len(matrix) + 1))


def test_no_sign_pattern_of_definite_matrices_is_left_out():
    """Diagonal plus rank one can only give a_12 a_13 a_23 >= 0."""
    find(
        symmetric_matrices(3, definite=True),
        lambda a: a[0][1] * a[0][2] * a[1][2] < 0,
        settings=EXISTS,
    )
    find(symmetric_matrices(2), lambda a: determinant(a) < 0, settings=EXISTS)


def moves(point: Point) -> bool | None:
    """Whether a weight is certain to move; None where J is not differentiable at the start."""
    for ring in (Exact(), Ball(400)):
        try:
            return any(ring.sign(jet.c[1]) for row in Motion(point, ring, 1).u for jet in row)
        except Inexact:
            continue
        except ZeroDivisionError:
            return None
    return None


@LAW
@given(gradient_flows() | gradient_flows(degree=0, balanced=True, allow_zero=True))
def test_flows_are_defined_and_move(point):
    assert moves(point) is True


@LAW
@given(gradient_flows(moving=False, width=st.integers(1, 3)))
def test_flows_that_may_rest_are_defined(point):
    assert moves(point) is not None


def test_flows_at_rest_occur_only_where_they_are_wanted():
    find(gradient_flows(moving=False, degree=0), lambda point: not moves(point), settings=EXISTS)


@LAW
@given(gradient_flows(balanced=True, degree=0))
def test_the_quasi_norm_has_slope_zero_at_balanced_scale_invariant_flows(point):
    assert_slope_zero(Q, point)


@LAW
@given(gradient_flows(balanced=True, degree=0, allow_zero=True))
def test_also_where_some_weights_vanish(point):
    assert_slope_zero(Q, point)


@LAW
@given(gradient_flows(depth=st.integers(2, 4)))
def test_differences_of_squares_have_slope_zero_whatever_the_loss_and_the_start(point):
    try:
        assert_slope_zero(u["l", "i"] ** 2 - u["m", "i"] ** 2, point)
    except (
        Undecided
    ) as unsettled:  # a ball can only fail to contradict; every other loss is decided in fractions
        assert point.loss.expr.has("exp") and "ball that contains 0" in str(unsettled)


def drifts(point: Point) -> bool:
    try:
        assert_slope_zero(Q, point)
    except Undecided:
        return False
    except AssertionError:
        return True
    return False


@pytest.mark.parametrize("dropped", [{"balanced": False}, {"degree": 2}, {"degree": 1}], ids=str)
def test_without_a_hypothesis_a_counterexample_is_found(dropped):
    wanted = {"balanced": True, "degree": 0} | dropped
    point = find(gradient_flows(**wanted), drifts, settings=SEARCH)
    assert point.depth <= 2 and point.width == 2, (
        "the counterexample did not shrink to a size for hand calculation"
    )
    assert (
        balanced(point.start) == wanted["balanced"]
        and degree_of(point.loss.expr) == wanted["degree"]
    )


@pytest.mark.parametrize(
    ("strategy", "smallest"),
    [
        (rationals(), ONE),
        (balanced_weights(), ((ONE,),)),
        (unbalanced_weights(), ((2 * ONE,), (ONE,))),
        (diagonal_networks(width=2), ((ONE, ONE),)),
        (symmetric_matrices(2, definite=True), ((ONE, 0), (0, ONE))),
    ],
    ids=["rational", "balanced", "unbalanced", "network", "definite"],
)
def test_drawing_shrinks_to_what_is_read_at_a_glance(strategy, smallest):
    assert find(strategy, lambda x: True, settings=SEARCH) == smallest


def test_matrices_of_losses_shrink_too():
    loss = find(losses(width=2), lambda loss: loss.name == "ratio", settings=SEARCH)
    assert all(
        x in (0, 1, 2) for matrix in loss.data.values() for row in dense(matrix) for x in row
    )


@pytest.mark.parametrize(
    ("make", "complaint"),
    [
        (lambda: rationals(max_numerator=0), "max_numerator=0"),
        (lambda: rationals(max_denominator=1.5), r"max_denominator=1\.5"),
        (lambda: rationals(positive=1), "positive=1: expected True or False"),
        (lambda: rationals(positive=True, allow_zero=True), "allow_zero=True"),
        (lambda: balanced_weights(depth=0), "depth=0"),
        (lambda: balanced_weights(width="2"), "width='2'"),
        (lambda: unbalanced_weights(depth=1), "depth=1: expected a whole number >= 2"),
        (lambda: diagonal_networks(balanced=1), "balanced=1: expected True or False or None"),
        (lambda: diagonal_networks(depth=True), "depth=True"),
        (lambda: losses(width=2, degree=0.5), r"degree=0\.5"),
        (
            lambda: find(losses(width=2, degree=17), bool, settings=SEARCH),
            "degree=17: no loss family",
        ),
        (lambda: symmetric_matrices(0), "n=0"),
        (lambda: symmetric_matrices(2, definite=None), "definite=None"),
        (lambda: gradient_flows(width=1, degree=0), "width=1: a loss of degree 0"),
        (lambda: gradient_flows(moving="yes"), "moving='yes'"),
        (lambda: find(balanced_weights(depth=st.just(0)), bool, settings=SEARCH), "depth=0"),
    ],
)
def test_bad_arguments_are_named(make, complaint):
    with pytest.raises(InvalidArgument, match=complaint):
        make()
