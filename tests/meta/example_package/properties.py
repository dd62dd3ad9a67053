"""Properties of the claims of somebody else's paper: the states come from the claims themselves.

pytest properties.py
"""

import pytest
from example_claims import LAYER_NORM_GAP, LAYER_NORM_OF_ANY_LOSS
from hypothesis import find, given, settings

from verify.strategies import networks, states
from verify.testing import assert_holds

CALM = settings(deadline=None, derandomize=True, max_examples=25)


@CALM
@given(states(LAYER_NORM_GAP))
def test_the_gap_is_conserved(point):
    assert_holds(LAYER_NORM_GAP, point)


def test_the_misreading_fails_at_a_state_for_hand_calculation():
    point = find(states(LAYER_NORM_OF_ANY_LOSS), fails, settings=CALM)
    assert point.depth <= 2 and point.width <= 2
    with pytest.raises(AssertionError, match="norm fails"):
        assert_holds(LAYER_NORM_OF_ANY_LOSS, point)


def fails(point):
    try:
        assert_holds(LAYER_NORM_OF_ANY_LOSS, point)
    except AssertionError:
        return True
    return False


@CALM
@given(networks("diagonal", depth=2, width=2, loss="squared"))
def test_balance_is_conserved_whatever_the_data(network):
    (a, b, c, d), (p, q, r, s) = network.weights, network.slope()  # u_1 = (a, b), u_2 = (c, d)
    assert (a * p, b * q) == (c * r, d * s)
