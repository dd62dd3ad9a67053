"""Hypothesis strategies for the objects of this toolkit; nothing else of it imports Hypothesis.

    @given(states("quasi-norm"))  # exact states that satisfy a claim's hypotheses
    def test_quasi_norm(point): assert_holds("quasi-norm", point)

    @given(networks("layers", loss="squared"))  # a model of the catalogue with exact weights
    def test_layers(network): ...
>>> from hypothesis import find
>>> find(rationals(), lambda x: x < 0)  # what is drawn shrinks
Fraction(-1, 1)
>>> find(networks("layers", sizes=(1, 1, 1), loss="squared"), lambda n: any(n.slope()))
<layers at d = (1, 1, 1), J = 1/2 |X - Y|^2: W_1[1,1] = 1, W_2[1,1] = 1; Y[1,1] = 2>

Every argument that narrows is keyword-only and has a default; a bad one is named where the strategy
is made: ``states`` and ``networks`` raise BadInput, the others ``InvalidArgument``. There
``depth``, ``width``, ``n`` take a whole number or a strategy of whole numbers. Everything drawn is
exact and immutable, made by the theories' own recipes, of which the command seeds the numbers, and
shrinks to ones, small sizes and losses easy to read. Where drawing is slow on a busy machine
Hypothesis complains of its deadline: ``settings(deadline=None)``.
"""

from verify.strategies.diagonal import balanced_weights, diagonal_networks, unbalanced_weights
from verify.strategies.flows import degree_zero_losses, gradient_flows, losses
from verify.strategies.numbers import rationals, symmetric_matrices
from verify.strategies.of_claims import states
from verify.strategies.of_models import networks

__all__ = [
    "balanced_weights",
    "degree_zero_losses",
    "diagonal_networks",
    "gradient_flows",
    "losses",
    "networks",
    "rationals",
    "states",
    "symmetric_matrices",
    "unbalanced_weights",
]
