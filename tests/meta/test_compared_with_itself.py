"""A comparison of a number with itself agrees whatever is claimed: never SUPPORTED (C3).

Of the kind: one function under two names, made twice from one text, with its arguments bound,
behind wrappers, remembered, or by one result that both sides hold; in equalities, lower bounds and
orders; near misses within a hundredth of the size, and yet further away than the instances vary.
And not of the kind: two ways that share their input, their last step, or a term.
"""

from __future__ import annotations

from fractions import Fraction as F
from functools import cache, partial
from itertools import product

import pytest

from tests.meta.test_samples_attacks import WRONG, A, B, claim, family
from verify.claims.conclusions import Agrees, NeverBelow, TendsAtOrder
from verify.claims.experiments import Compare
from verify.claims.request import Request
from verify.claims.verdict import Verdict
from verify.exact.errors import BadInput
from verify.exact.rings import ball
from verify.judge.decide import judge
from verify.models.samples import Instance, Samples


def root_of(x: F, n: int = 0) -> F:
    """A number, or the n-th of a sequence that tends to 0 at order 1."""
    return x * x if n == 0 else x / n + x / n**3


class Held:
    def __init__(self, x: F) -> None:
        self.x = x

    def value(self, *n: int) -> F:
        return root_of(self.x, *n)


def once(x):
    def f(*n):
        return root_of(x, *n)

    return f, f


def remembered(x):
    found = cache(partial(root_of, x))
    return (lambda *n: found(*n)), (lambda *n: found(*n))


def one_result(x):
    v = root_of(x)
    return (lambda *n: v), (lambda *n, w=v: w)


def behind(x, steps: int = 3):
    def f(*n):
        return root_of(x, *n)

    g = f
    for _ in range(steps):
        g = lambda *n, g=g: g(*n)
    return f, lambda *n: g(*n) * 1


def method(x):
    held = Held(x)
    return held.value, held.value


WAYS = {
    "one function": once,
    "one text": lambda x: ((lambda *n: root_of(x, *n)), (lambda *n: root_of(x, *n))),
    "bound arguments": lambda x: (partial(root_of, x), partial(root_of, x)),
    "bound and not": lambda x: (partial(root_of, x), lambda *n: root_of(x, *n) + 0),
    "behind wrappers": behind,
    "in balls": lambda x: ((lambda *n: ball(root_of(x, *n))), partial(root_of, x)),
    "remembered": remembered,
    "one result": one_result,
    "a method": method,
}


def decided(make, conclusion, miss=WRONG):
    def draw(size, source):
        x = F(source.randint(10**6, 10**7), 7)
        first, second = make(x)
        return Instance(
            f"x = {x}", {A: first, B: second, WRONG: lambda *n: second(*n) * F(101, 100)}
        )

    setting = Samples(family(draw, ()), sizes=((),), each=8)
    experiment = Compare("c", near_miss=miss)
    return judge(claim(conclusion, experiment, setting=setting), Request(digits=20))


@pytest.mark.parametrize(
    ("way", "conclusion"),
    [*product(WAYS, (Agrees(A, B), NeverBelow(A, B), TendsAtOrder(A, B, 1)))],
    ids=lambda x: getattr(x, "kind", x),
)
def test_one_computation_supports_nothing(way: str, conclusion) -> None:
    miss = F(11, 10) if conclusion.kind == "tends-at-order" else WRONG
    report = decided(WAYS[way], conclusion, miss)
    assert report.verdict is Verdict.UNDECIDED
    assert "compared with itself" in report.outcomes["c"].reason


def finish(v: F) -> F:
    return v / 2


TWO_WAYS = {
    "two formulas": lambda x: ((lambda: x * x), lambda: (x + 1) * (x - 1) + 1),
    "one last step": lambda x: ((lambda: finish(x * x)), lambda: finish((x + 1) * (x - 1) + 1)),
    "one first step": lambda x: ((lambda: finish(x) * 2), lambda: finish(x) + x - x / 2),
    "found before": lambda x: (partial(F, x * x), partial(F, (x + 1) * (x - 1) + 1)),
    "a term that vanishes": lambda x: (
        (lambda: root_of(x)),
        lambda: root_of(x) + root_of(x + 1) - root_of(x) - 2 * x - 1,
    ),
}


@pytest.mark.parametrize("way", TWO_WAYS)
def test_two_ways_that_share_a_part_are_two(way: str) -> None:
    assert decided(TWO_WAYS[way], Agrees(A, B)).verdict is Verdict.SUPPORTED


@pytest.mark.parametrize("conclusion", [Agrees(A, B), NeverBelow(A, B)], ids=lambda c: c.kind)
@pytest.mark.parametrize("miss", [WRONG, F(101, 100), F(1000001, 1000000)], ids=str)
@pytest.mark.parametrize("constant", [10**6, -(10**9)])
def test_a_constant_hides_no_far_near_miss(constant: int, miss, conclusion) -> None:
    """The instances vary by less than 1, and the near miss is further away than that."""

    def make(x):
        y = x / 10**8
        return (lambda: constant + y * y), lambda: (y + 1) * (y - 1) + constant + 1

    report = decided(make, conclusion, miss)
    assert report.verdict is Verdict.UNDECIDED
    assert "is not near" in report.outcomes["c"].reason or "NOT" in report.outcomes["c"].reason


@pytest.mark.parametrize("value", [0.5, None, "3", 1j, True], ids=repr)
def test_a_quantity_that_gives_no_exact_number_is_named(value) -> None:
    """It ended in an internal error."""
    with pytest.raises(BadInput, match=r"quantity a of x = .* expected a Fraction"):
        decided(lambda x: ((lambda: value), lambda: x), Agrees(A, B))


def test_whole_numbers_are_numbers() -> None:
    make = lambda x: ((lambda: int(7 * x)), lambda: x * 7)
    assert decided(make, Agrees(A, B)).verdict is Verdict.SUPPORTED
