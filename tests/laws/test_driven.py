"""How weights move under a force at the output, and what follows in other coordinates: against the
model's motion at drawn states, and against formulas by hand.

What else belongs to the kind: models of several letters, outputs of several entries, weights that
are zero, forces that are zero; models for which a change of coordinates does not exist are refused.
"""

from __future__ import annotations

from fractions import Fraction as F
from itertools import product
from random import Random

import pytest

from proofs.flows.completion_flow import PLACES, Symmetric
from proofs.flows.powers import Powers
from verify.exact.errors import BadInput
from verify.models.derived import motion, phi_at, slopes_at
from verify.models.driven import Driven
from verify.models.hidden import hidden

MODELS = [
    ("diagonal", (3, 2)),
    ("signed-power", (3, 2)),
    ("layers", (2, 1, 2)),
    ("completion", (2, 2, 1)),
]


@pytest.mark.parametrize(("name", "sizes"), MODELS)
def test_weights_move_by_minus_the_gradient(name: str, sizes: tuple[int, ...]) -> None:
    draw, of = Random(name), Driven.of(name, *sizes)
    count = {"diagonal": 6, "signed-power": 4, "layers": 4, "completion": 4}[name]
    for _ in range(5):
        theta = [F(draw.randint(-3, 3), draw.randint(1, 3)) for _ in range(count)]
        z = of.output(theta, F)
        assert z == phi_at(of.model, of.sizes, theta)
        force = [F(draw.randint(-3, 3)) for _ in z]
        wanted = slopes_at(motion(of.model), of.sizes, theta, [-f for f in force])
        assert of.moved(theta, force, F) == wanted


def test_logarithms_of_squares_move_by_the_force_alone() -> None:
    """beta = u^2 - v^2: u' = 2 u f, v' = -2 v f."""
    assert Driven.of("signed-power", 2, 2).logarithmic() == [[2, 0], [0, 2], [-2, 0], [0, -2]]


@pytest.mark.parametrize(("name", "sizes"), [("signed-power", (3, 1)), ("diagonal", (2, 1))])
def test_other_logarithms_are_refused(name: str, sizes: tuple[int, ...]) -> None:
    with pytest.raises(BadInput, match="move by weights"):
        Driven.of(name, *sizes).logarithmic()


@pytest.mark.parametrize("degree", [2, 3, 4, 7])
def test_the_speed_of_a_power(degree: int) -> None:
    """beta = w^D, w' = D w^(D-1): beta' = D^2 beta^(2-2/D)."""
    assert Powers(degree, 1).speed() == (degree**2, 2 - F(2, degree))


def test_a_branch_that_would_leave_zero_is_refused() -> None:
    with pytest.raises(BadInput, match="expected 2 or more"):
        Powers(1, 2)


def test_completion_moves_by_its_own_entries() -> None:
    """W' = F W + W F, (log det W)' = 2 tr F, for symmetric F: by hand, entry by entry."""
    k, c = Symmetric().rates()
    draw = Random(5)
    for _ in range(5):
        w, f = ([F(draw.randint(-5, 5)) for _ in range(3)] for _ in range(2))
        whole = lambda x: {(0, 0): x[0], (0, 1): x[1], (1, 0): x[1], (1, 1): x[2]}
        a, b = whole(f), whole(w)
        for rows, (i, j) in zip(k, PLACES, strict=True):
            wanted = sum(a[i, m] * b[m, j] + b[i, m] * a[m, j] for m in range(2))
            terms = product(range(4), repeat=2)
            found = sum(a[PLACES[m]] * rows[m][n] * b[PLACES[n]] for m, n in terms)
            assert found == wanted
        assert sum(x * a[p] for x, p in zip(c, PLACES, strict=True)) == 2 * (f[0] + f[2])


def test_directions_of_hidden_groups() -> None:
    """Layers: one group for each inner size, by rows; W_k -> a W_k, W_(k+1) -> -W_(k+1) a."""
    of = Driven.of("layers", 2, 3, 1, 2)
    found = hidden(of.model, of.sizes)
    labels = [(d.group, d.at) for d in found.directions]
    pairs = lambda n: product(range(n), repeat=2)
    assert labels == [(("d", k), at) for k, n in ((1, 3), (2, 1)) for at in pairs(n)]
    draw = Random(2)
    a, theta = ([F(draw.randint(-4, 4)) for _ in range(n)] for n in (10, 11))
    w1, w2, w3 = (theta[:6], theta[6:9], theta[9:])  # 3 x 2, 1 x 3, 2 x 1
    first = [
        sum(a[3 * i + m] * w1[2 * m + j] for m in range(3)) for i, j in product(range(3), (0, 1))
    ]
    second = [a[9] * w2[j] - sum(w2[m] * a[3 * m + j] for m in range(3)) for j in range(3)]
    assert found.moved(a, theta) == [*first, *second, *(-x * a[9] for x in w3)]
    assert not hidden(of.model, of.model.at((2, 3))).directions
    assert not hidden(Driven.of("diagonal", 3, 2).model, {"L": 3, "n": 2}).directions
