"""An exponent is written as one product, and a setting in which nothing moves says so.

The kind (B1, B6): ``e^(1 t)``, ``e^(-1 t)``, ``e^(kappa (-1) t)``; a Setting whose clause of motion
is empty. To it belong every factor (1, -1, 0, sums, powers, products with numbers in any place), in
words and in LaTeX, and every motion with nothing in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from random import Random

import pytest

from verify.claims.conclusions import LinearLaw
from verify.claims.conclusions.matrix_kinds import Decays
from verify.models.matrices import Matrices
from verify.models.motions import Motion, Prescribed, Still
from verify.terms.expr import num as of_network
from verify.terms.expr import total, u
from verify.terms.letters import Letter
from verify.terms.matrices import Mat, const, num

Y = Mat("letter", ("Y", None))
kappa = const("kappa")


def drawn(seed: int) -> Mat:
    """A product or a sum of numbers and a constant, in any order."""
    source = Random(seed)
    parts = [num(Fraction(source.choice([1, -1, 2, 3]), source.choice([1, 1, 2]))), kappa]
    source.shuffle(parts)
    joined: list[Callable[[Mat, Mat], Mat]] = [
        lambda a, b: a * b, lambda a, b: a - b, lambda a, b: a + b
    ]  # fmt: skip
    return source.choice(joined)(*parts) * source.choice([num(1), num(-1), num(2)])


FACTORS = [num(1), num(-1), num(0), num(Fraction(-1, 2)), kappa - 1, 1 - kappa, kappa * kappa]


@pytest.mark.parametrize("factor", [*FACTORS, *map(drawn, range(40))], ids=str)
def test_an_exponent_is_one_product(factor: Mat) -> None:
    law = Decays(Y, factor)
    (text,) = re.findall(r"e\^\((.*)\)$", law.render())
    (tex,) = re.findall(r"e\^\{(.*)\}$", law.latex())
    for shown in (text, tex):
        assert shown == "0" or shown.endswith("t"), "the time comes last, unless nothing is left"
        assert not re.search(r"(^|[ (-])1 ", shown.replace("1 - ", "").replace("1 + ", "")), shown


@pytest.mark.parametrize(("rate", "said"), [(1, "t"), (-1, "-t"), (2, "2 t")])
def test_networks_write_it_alike(rate: int, said: str) -> None:
    law = LinearLaw(total("i", u["l", "i"] ** 2), of_network(rate))
    assert f"e^({said}) times" in law.render()
    assert f"e^({said})" in Decays(Y, num(rate)).render()


@pytest.mark.parametrize("motion", [Still(), Prescribed(), Prescribed({})], ids=repr)
@pytest.mark.parametrize("layers", [True, False])
def test_where_nothing_moves_that_is_said(motion: Motion, layers: bool) -> None:
    setting = Matrices(motion, letters=(Letter("Y", "n", "n"),), layers=layers)
    assert setting.title().startswith("matrices at rest; ")
    assert setting.latex().startswith("matrices at rest; ")
