"""A witness can be checked by hand: its printed value is recomputed here from the printed numbers,
with other formulas.

With w = prod_l u_l, u_l' = -P_l g and every u_(l,i) != 0 the chain rule on |w_i|^(2/L) gives, for
any start,

    Q' = -(2/L) sum_i w_i g_i |w_i|^(2/L) sum_l u_(l,i)^(-2);        balanced: Q' = -2 sum_i w_i
    g_i.

Losses are differentiated here by hand, from their printed formulas.
"""

from __future__ import annotations

from fractions import Fraction
from math import isqrt, prod
from pathlib import Path
from typing import Any

import pytest

from tests.runner import cli

Vector = list[Fraction]


def root(x: Fraction, degree: int) -> Fraction:
    """The exact root of a positive fraction that is a perfect power, by bisection on integers."""

    def whole(n: int) -> int:
        low, high = 0, max(2, isqrt(n) + 2)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if middle**degree <= n else (low, middle)
        assert low**degree == n, f"{n} is no perfect power of order {degree}"
        return low

    return x if degree == 1 else Fraction(whole(x.numerator), whole(x.denominator))


def times(matrix: Any, x: Vector) -> Vector:
    return [
        sum((Fraction(a) * b for a, b in zip(row, x, strict=True)), Fraction(0)) for row in matrix
    ]


def inner(x: Any, y: Any) -> Fraction:
    return sum((Fraction(a) * Fraction(b) for a, b in zip(x, y, strict=True)), Fraction(0))


def fraction(w: Vector, data: dict) -> Vector:
    """w_1/(w_1 + w_2)"""
    bottom = (w[0] + w[1]) ** 2
    return [w[1] / bottom, -w[0] / bottom, *([Fraction(0)] * (len(w) - 2))]


def squared(w: Vector, data: dict) -> Vector:
    """(w'S_T w)/2 - m'w + 1/2"""
    return [a - Fraction(b) for a, b in zip(times(data["S_T"], w), data["m"], strict=True)]


def output(w: Vector, data: dict) -> Vector:
    """-(w'S_B w)/(w'S_W w + lambda)"""
    b, bottom = (
        inner(w, times(data["S_B"], w)),
        inner(w, times(data["S_W"], w)) + Fraction(data["lambda"]),
    )
    return [
        2 * (b * y - bottom * x) / bottom**2
        for x, y in zip(times(data["S_B"], w), times(data["S_W"], w), strict=True)
    ]


def difference(w: Vector, data: dict) -> Vector:
    """lambda w'S_W w - w'S_B w"""
    pairs = zip(times(data["S_W"], w), times(data["S_B"], w), strict=True)
    return [2 * (Fraction(data["lambda"]) * x - y) for x, y in pairs]


GRADIENTS = {g.__doc__: g for g in (fraction, squared, output, difference)}
GRADIENTS |= {"|w|^2": lambda w, data: [2 * x for x in w]}
GRADIENTS |= {"m": lambda w, data: [Fraction(x) for x in data["m"]]}
GRADIENTS |= {
    "w1^2*w2": lambda w, data: [2 * w[0] * w[1], w[0] ** 2, *([Fraction(0)] * (len(w) - 2))]
}


def state(witness: dict) -> tuple[list[Vector], Vector, Vector]:
    rows = [[Fraction(x) for x in row] for row in witness["start"]]
    assert (len(rows), len(rows[0])) == (witness["depth"], witness["width"])
    w = [prod(column) for column in zip(*rows, strict=True)]
    return rows, w, GRADIENTS[witness["formula"]](w, witness["loss"]["data"])


def slope(witness: dict) -> Fraction:
    """Q' from an unbalanced start, by the formula above."""
    rows, w, g = state(witness)
    depth = len(rows)
    total = Fraction(0)
    for i, (x, y) in enumerate(zip(w, g, strict=True)):
        total += x * y * root(abs(x), depth) ** 2 * sum(1 / row[i] ** 2 for row in rows)
    return -Fraction(2, depth) * total


def one(cache: Path, *arguments: str) -> dict:
    return cli(cache, "claim", *arguments, "--no-numeric", "--format", "json").json


@pytest.mark.parametrize("depth", [2, 3, 4, 6, 64])
def test_without_balance(depth: int, tmp_path: Path) -> None:
    data = one(tmp_path, "quasi-norm", "--without", "balance", "--depth", str(depth))
    witness = data["witness"]
    _, w, g = state(witness)
    assert witness["depth"] == depth and inner(w, g) == 0, (
        "it satisfies the hypothesis that is left: scale invariance"
    )
    assert witness["arithmetic"] == "exact" and Fraction(witness["value"]) == slope(witness) != 0


@pytest.mark.parametrize(
    "loss", ["squared", "ratio-output-regularised", "difference", "norm", "m", "w1^2*w2"]
)
@pytest.mark.parametrize("depth", [1, 2, 5])
def test_another_loss_from_a_balanced_start(loss: str, depth: int, tmp_path: Path) -> None:
    witness = one(tmp_path, "quasi-norm", "--loss", loss, "--depth", str(depth))["witness"]
    rows, w, g = state(witness)
    assert all(len({x * x for x in column}) == 1 for column in zip(*rows, strict=True)), "balanced"
    assert Fraction(witness["value"]) == -2 * inner(w, g) != 0
    if all(w):
        assert slope(witness) == -2 * inner(w, g), "both formulas agree where both apply"


def test_output_space_grows_at_the_predicted_slope(tmp_path: Path) -> None:
    """Q' = 4 lambda w'S_B w/(w'S_W w + lambda)^2 >= 0 from a balanced start."""
    data = one(tmp_path, "quasi-norm", "--loss", "ratio-output-regularised")
    witness, numbers = data["witness"], data["witness"]["loss"]["data"]
    _, w, _ = state(witness)
    lam = Fraction(numbers["lambda"])
    predicted = (
        4
        * lam
        * inner(w, times(numbers["S_B"], w))
        / (inner(w, times(numbers["S_W"], w)) + lam) ** 2
    )
    assert Fraction(witness["value"]) == predicted > 0
    run = cli(tmp_path, "claim", "quasi-norm", "--loss", "ratio-output-regularised", "--no-numeric")
    assert "See quasi-norm-output-space, expected PROVED: " in run.flat, (
        "the slope's own claim is named, in its own words"
    )


def test_degree_two(tmp_path: Path) -> None:
    """Q' = -2 k J with k = 2: J is recomputed, not its gradient."""
    witness = one(tmp_path, "quasi-norm", "--loss", "difference")["witness"]
    numbers = witness["loss"]["data"]
    _, w, _ = state(witness)
    value = Fraction(numbers["lambda"]) * inner(w, times(numbers["S_W"], w)) - inner(
        w, times(numbers["S_B"], w)
    )
    assert Fraction(witness["value"]) == -4 * value


def test_a_start_of_the_users_own(tmp_path: Path) -> None:
    """L = 2, w = (4, 9), w_1 g_1 = 36/169: Q' = (36/169)(82/9 - 17/4) = 175/169, computed on
    paper.
    """
    (tmp_path / "start.txt").write_text("4 1\n1 9\n")
    data = one(tmp_path, "quasi-norm", "--start", str(tmp_path / "start.txt"), "--loss", "fraction")
    assert data["witness"]["start"] == [["4", "1"], ["1", "9"]] and slope(
        data["witness"]
    ) == Fraction(175, 169)
    assert Fraction(data["witness"]["value"]) == Fraction(175, 169)


@pytest.mark.parametrize(("claim", "power"), [("quasi-norm", "w"), ("lda-layer-norm", "u")])
def test_necessity_of_scale_invariance(claim: str, power: str, tmp_path: Path) -> None:
    """(|u_l|^2)' = -2 <w, g> for every start; balanced, that is Q' too."""
    witness = next(n for n in one(tmp_path, claim)["necessity"] if n["hypothesis"] == "euler")[
        "witness"
    ]
    _, w, g = state(witness)
    assert Fraction(witness["value"]) == -2 * inner(w, g) != 0


def test_descent_adds_exactly_the_square_of_the_step(tmp_path: Path) -> None:
    witness = one(tmp_path, "lda-gd-conserves")["witness"]
    rows, _, g = state(witness)
    eta, l = Fraction(witness["constants"]["eta"]), witness["indices"]["l"] - 1
    others = [prod(row[i] for m, row in enumerate(rows) if m != l) for i in range(len(g))]
    before = inner(rows[l], rows[l])
    stepped = [x - eta * p * y for x, p, y in zip(rows[l], others, g, strict=True)]
    predicted = eta**2 * sum((p * y) ** 2 for p, y in zip(others, g, strict=True))
    assert Fraction(witness["value"]) == inner(stepped, stepped) - before == predicted > 0


def test_the_trap_of_the_signs(tmp_path: Path) -> None:
    """S_W v = m; all w_i v_i of one sign, m'w of the other; balanced with at least two layers."""
    witness = one(tmp_path, "lda-signs-alone")["witness"]
    rows = [[Fraction(x) for x in row] for row in witness["start"]]
    w = [prod(column) for column in zip(*rows, strict=True)]
    (a, b), (c, d) = ([Fraction(x) for x in row] for row in witness["loss"]["data"]["S_W"])
    m = [Fraction(x) for x in witness["loss"]["data"]["m"]]
    v = [d * m[0] - b * m[1], a * m[1] - c * m[0]]  # times the determinant, which is positive
    assert b == c and a > 0 and a * d - b * c > 0 and len(rows) >= 2
    signs = {(x * y > 0) - (x * y < 0) for x, y in zip(w, v, strict=True)}
    assert len(signs) == 1 and signs != {0} and inner(m, w) * signs.pop() < 0
    assert all(len({x * x for x in column}) == 1 for column in zip(*rows, strict=True))
