"""A clock is changed, and the author's functions run again: what they answer then is compared with
what they answered before.

To the kind belong: the field, a loss, a quantity; a clock with t(s) in closed form and one without;
a change that is seen away from the start only, or only at later times. And arguments of experiments
of another kind, refused where they are written.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction as F

import pytest

from verify.claims.experiments import Contrast, Late
from verify.exact.errors import BadInput
from verify.integrate.system import LOG, Clock, System, retimed
from verify.values.evaluate import value

OWN = Clock("own", "s", lambda x, s: 1 / x[0])


def turning(first: Callable, later: Callable, calls: int = 2) -> Callable:
    """Answers as ``first`` the times that a System asks when it is made, as ``later`` from then
    on.
    """
    asked = [0]

    def answer(x, moment):
        asked[0] += 1
        return (first if asked[0] <= calls else later)(x, moment)

    return answer


PLAIN = (lambda x, m: [-x[0]], lambda x, m: x[0] ** 2)
CHANGED: dict[str, tuple[Callable, Callable]] = {
    "another field": (lambda x, m: [-2 * x[0]], PLAIN[1]),
    "away from the start": (lambda x, m: [-x[0] * x[0]], PLAIN[1]),
    "later": (lambda x, m: [-x[0] * (1 + m.time)], PLAIN[1]),
    "another quantity": (PLAIN[0], lambda x, m: x[0] ** 3),
}


@pytest.mark.parametrize("clock", [LOG, OWN], ids=["log", "own"])
@pytest.mark.parametrize("name", CHANGED)
def test_functions_that_answer_otherwise_in_another_clock_are_refused(
    name: str, clock: Clock
) -> None:
    field, quantity = (turning(a, b) for a, b in zip(PLAIN, CHANGED[name], strict=True))
    plain = System("late", ("x",), (F(1),), field, quantities={"q": quantity})
    with pytest.raises(BadInput, match="another one when it is asked again"):
        retimed(plain, clock)


def test_a_loss_that_changes_is_refused() -> None:
    plain = System(
        "late", ("x",), (F(1),), loss=turning(lambda x, m: x[0] ** 2, lambda x, m: x[0] ** 4)
    )
    with pytest.raises(BadInput, match="the loss is another one"):
        retimed(plain, LOG)


@pytest.mark.parametrize("clock", [LOG, OWN], ids=["log", "own"])
def test_functions_that_answer_alike_pass(clock: Clock) -> None:
    fields = (PLAIN[0], lambda x, m: [-x[0] * m.rate], lambda x, m: [-x[0] * m.time.exp()])
    for field in fields:
        assert (
            retimed(
                System("late", ("x",), (F(1),), field, quantities={"q": PLAIN[1]}), clock
            ).clock.name
            == clock.name
        )


SLIPS = {
    "a float": (lambda: Late("c", 0.9, "nine tenths"), "0.9"),
    "a text": (lambda: Late("c", "9/10", "nine tenths"), "9/10"),
    "a truth value": (lambda: Late("c", True, "one"), "True"),
    "no name": (lambda: Late("c", F(1), ""), "in words"),
    "a number as name": (lambda: Late("c", F(1), 7), "in words"),
    "a conclusion": (lambda: Late(3, F(1), "one"), "name of a conclusion"),
    "a conclusion of a contrast": (lambda: Contrast(3), "name of a conclusion"),
    "a method": (lambda: Contrast("c", method=["RK45"]), "method"),
}


@pytest.mark.parametrize("name", SLIPS)
def test_experiments_of_another_kind_are_refused_where_they_are_written(name: str) -> None:
    build, said = SLIPS[name]
    with pytest.raises(BadInput, match=said):
        build()


def test_a_loss_for_a_system_is_refused() -> None:
    """It was ignored."""
    with pytest.raises(BadInput, match="only a network takes a loss"):
        value("x", System("late", ("x",), (F(1),), PLAIN[0]), loss="squared")
