"""``assert_stays``: passes only where an enclosure decides, and says which of the two else."""

from __future__ import annotations

from fractions import Fraction as F

import pytest

from verify.exact.errors import BadInput
from verify.integrate.system import System
from verify.testing import Undecided, assert_stays

LOGISTIC = System(
    "logistic",
    ("x",),
    (F(1, 4),),
    field=lambda x, moment: [x[0] * (1 - x[0])],
    quantities={"x": lambda x, moment: x[0]},
)
SQUARE = System(
    "blow-up",
    ("x",),
    (F(1),),
    field=lambda x, moment: [x[0] ** 2],
    quantities={"x": lambda x, moment: x[0]},
)


def test_what_holds_passes_and_returns_the_enclosure() -> None:
    found = assert_stays(LOGISTIC, "x", "<", 1, horizon=3)
    assert found.enclosure is not None and found.enclosure.radius < F(1, 10**30)


def test_what_fails_says_where_and_from_where() -> None:
    with pytest.raises(AssertionError, match=r"x < 1/2 fails for clock in \[.*x = 1/4") as caught:
        assert_stays(LOGISTIC, "x", "<", F(1, 2), horizon=3)
    assert not isinstance(caught.value, Undecided)


def test_what_begins_at_its_bound_fails_there() -> None:
    with pytest.raises(AssertionError, match=r"x > 1/4 fails for clock in \[0, 0\]") as caught:
        assert_stays(LOGISTIC, "x", ">", F(1, 4), horizon=3)
    assert not isinstance(caught.value, Undecided)


@pytest.mark.parametrize(
    ("system", "relation", "bound", "horizon", "word"),
    [
        (SQUARE, ">", 0, 2, "no digits are left|the engine gave up"),
    ],
)
def test_what_is_not_decided_never_passes(
    system: System, relation: str, bound: F, horizon: int, word: str
) -> None:
    with pytest.raises(Undecided, match=word):
        assert_stays(system, "x", relation, bound, horizon=horizon)


@pytest.mark.parametrize(
    "change",
    [
        {"quantity": "y"},
        {"relation": "="},
        {"bound": 0.5},
        {"horizon": 0},
        {"horizon": 1.5},
        {"digits": 0},
        {"after": 0.1},
    ],
)
def test_bad_arguments_are_named(change: dict) -> None:
    arguments = {"quantity": "x", "relation": "<", "bound": 1, "horizon": 3} | change
    with pytest.raises(BadInput):
        assert_stays(
            LOGISTIC,
            arguments.pop("quantity"),
            arguments.pop("relation"),
            arguments.pop("bound"),
            **arguments,
        )
