"""Rates of claims about formulas that speak of one or two coordinates of a model, of its loss or of
exponentials of its weights: each is the derived slope, or follows from it by the chain rule. Most
are taken from phi (``verify/models/formula_flow.py``); here they come from the models' motions.

What an exponential is worth is a number of its own here: rates are rational in it. Which other
claims about formulas have rates, and of which model they are none, is in ``test_typed_flows``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction as F
from random import Random

import pytest

from tests.laws.test_a_new_model import OFFSET
from verify.library.registry import claims
from verify.models.catalogue import Model, model
from verify.models.derived import motion, slopes_at
from verify.models.formulas import Formulas
from verify.terms.exponents import exponent_of
from verify.terms.expr import Expr

At = dict[str, F]
Case = tuple[At, At]  # letters and atoms with their values, and the rates that are derived


def drawn(draw: Random) -> F:
    return F(draw.randint(1, 6), draw.randint(1, 4))


def slopes(of: Model | str, sizes: tuple[int, ...], theta: Sequence[F], g: Sequence[F]) -> list[F]:
    m = model(of) if isinstance(of, str) else of
    return slopes_at(motion(m), m.at(sizes), list(theta), list(g))


def layer(g: Sequence[F]) -> list[F]:
    """Of one layer, w itself: its slope is that of the loss alone."""
    return slopes("diagonal", (1, len(g)), [F(0)] * len(g), g)


def signed_square(draw: Random) -> Case:
    p, m, x, y = (drawn(draw) for _ in range(4))
    r = x * (p**2 - m**2) - y
    moved = slopes("signed-power", (2, 1), [p, m], [2 * r * x])  # loss r^2
    return {"p": p, "m": m, "x": x, "y": y, "r": r}, dict(zip("pm", moved, strict=True))


def two_products(draw: Random) -> Case:
    u, v, p, q, k, a, b = (drawn(draw) for _ in range(7))
    g = [u * v + k * p * q - a, k * u * v + p * q - b]
    moved = slopes("diagonal", (2, 2), [u, p, v, q], g)
    at = dict(zip("uvpqkab", (u, v, p, q, k, a, b), strict=True))
    return at, dict(zip("upvq", moved, strict=True)) | {"S": u * v, "T": p * q, "t": F(1)}


def fourth_power(draw: Random) -> Case:
    x = drawn(draw)
    return {"x": x}, {"x": layer([4 * x**3])[0]}


def one_sample(draw: Random) -> Case:
    x, e = drawn(draw), drawn(draw)
    return {"x": x, "E": e}, {"w": layer([-x / e])[0], "t": F(1)}


def both_signs(draw: Random) -> Case:
    e = drawn(draw) + F(1, 7)  # exp(w), of exp(-w) + exp(w), which stands still at 1
    return {"E": e}, {"E": e * layer([-1 / e + e])[0]}


def polynomial_tail(draw: Random) -> Case:
    u, v = drawn(draw), drawn(draw)
    moved = layer([-1 / u**2, -8 / (8 * v) ** 2])
    return {"u": u, "v": v}, {"u": moved[0], "v": moved[1], "t": F(1)}


def exponential_tail(draw: Random) -> Case:
    u, v = drawn(draw), drawn(draw)
    moved = layer([-1 / u, -8 / v])
    return {"U": u, "V": v}, {"u": moved[0], "v": moved[1], "t": F(1)}


def not_spanning(draw: Random) -> Case:
    e = drawn(draw)
    moved = layer([-3 / e, -4 / e])
    return {"E": e}, {"u": moved[0], "v": moved[1], "t": F(1)}


def zero_multiplier(draw: Random) -> Case:
    u, v = drawn(draw), drawn(draw)
    first, second = 1 / u, 1 / (u * v)
    moved = layer([-first - second, -second])
    rates = {"u": moved[0], "v": moved[1], "U": u * moved[0], "V": v * moved[1]}
    return {"U": u, "V": v}, rates


def clock_of_a_loss(draw: Random) -> Case:
    r, w, x = draw.randint(1, 3), drawn(draw), drawn(draw)
    moved = slopes("signed-power", (r + 2, 1), [w, F(0)], [-x])
    assert moved[1] == 0
    return {"r": F(r), "w": w, "x": x, "v": w**-r}, {"w": moved[0], "s": F(1)}


def homogeneous(draw: Random) -> Case:
    """Powers of degree L of three weights and two samples; e_n is what exp(-q_n) is worth."""
    degree, w = draw.randint(2, 4), [drawn(draw) for _ in range(3)]
    samples = [[drawn(draw) - 2 for _ in w] for _ in range(2)]
    e = [drawn(draw), drawn(draw)]
    g = [-sum(a * row[i] for a, row in zip(e, samples, strict=True)) for i in range(3)]
    moved = slopes("signed-power", (degree, 3), [*w, F(0), F(0), F(0)], g)[:3]
    q = [sum(x * y**degree for x, y in zip(row, w, strict=True)) for row in samples]
    value, h = sum(e), sum(x * x for x in moved)
    at = {"L": F(degree), "R": sum(x * x for x in w), "E": value, "h": h}
    at["v"] = sum(a * b for a, b in zip(q, e, strict=True))
    rate = 2 * sum(a * b for a, b in zip(w, moved, strict=True))
    return at, {"R": rate, "l": h / value, "E": -h}


def one_direction(draw: Random) -> Case:
    """One sample (3, 4)/x, so that the speed is rational."""
    e, x = drawn(draw), drawn(draw)
    moved = layer([-3 * e / x, -4 * e / x])
    square, s = sum(v * v for v in moved), 5 * e / x
    assert s * s == square
    return {"E": e, "s": s}, {"E": -square, "l": square / e, "way": s, "t": F(1)}


def multipliers(draw: Random) -> tuple[list[F], list[F], list[F], F, F]:
    """Weights u, v of (1, 2) and (3, -1), their slopes over 4, and what exp(-x_n.beta) is worth."""
    u, v, e, f = [drawn(draw), drawn(draw)], [drawn(draw), drawn(draw)], drawn(draw), drawn(draw)
    g = [-(e + 3 * f), -(2 * e - f)]
    moved = slopes("signed-power", (2, 2), [*u, *v], g)
    return u, v, [x / 4 for x in moved], e, f


def in_time(draw: Random) -> Case:
    """Of z_i = log(u_i/v_i) the rates; the multipliers from these."""
    u, v, moved, e, f = multipliers(draw)
    first, second = (moved[i] / u[i] - moved[i + 2] / v[i] for i in range(2))
    behind = (2 * first - second) / 7
    return {"p": e, "q": f}, {"u": first - 3 * behind, "v": behind}


def in_entry(draw: Random) -> tuple[At, At, F]:
    """b = u^2 - v^2 and m = 2 v^2 in the clock z = log(u/v) of one entry; the rate of nu_2."""
    (u, _), (v, _), moved, e, f = multipliers(draw)
    clock = moved[0] / u - moved[2] / v
    rates = {"b": (2 * u * moved[0] - 2 * v * moved[2]) / clock, "m": 4 * v * moved[2] / clock}
    return {"b": u**2 - v**2, "m": 2 * v**2, "r": e / f, "f": drawn(draw)}, rates, f / clock


def early(draw: Random) -> Case:
    at, rates, rate = in_entry(draw)
    cosine = rates["b"] + rates["m"]  # p = b + m
    return at, {**rates, "f": at["f"] * (4 * rate - 1 + cosine)}


def behind(draw: Random) -> Case:
    at, rates, rate = in_entry(draw)
    return at, {**rates, "f": at["f"] * (4 * rate - 1)}


def two_degrees(draw: Random) -> Case:
    """q = w^2 + b; E' by the chain rule, E a multiple of exp(-q)."""
    w, b, e = drawn(draw), drawn(draw), drawn(draw)
    moved = slopes(OFFSET, (2, 1), [w, b], [-e])
    return {"w": w, "b": b, "E": e}, {
        "w": moved[0],
        "b": moved[1],
        "E": -e * (2 * w * moved[0] + moved[1]),
    }


RATES: dict[str, Callable[[Random], Case]] = {
    "zero-start": signed_square,
    "zero-start-falls": signed_square,
    "lasso-path": two_products,
    "convex-flow-exponential": fourth_power,
    "soudry-one-sample": one_sample,
    "soudry-non-separable": both_signs,
    "soudry-non-separable-grows": both_signs,
    "soudry-tail": polynomial_tail,
    "soudry-tail-exponential": exponential_tail,
    "soudry-not-spanning": not_spanning,
    "soudry-zero-multiplier": zero_multiplier,
    "logistic-one-sample-clock": clock_of_a_loss,
    "lyu-li": homogeneous,
    "lyu-li-rises": homogeneous,
    "lyu-li-stationary": homogeneous,
    "lyu-li-turn": homogeneous,
    "soudry-all-data-values": one_direction,
    "exp-crossover-clock": in_time,
    "exp-crossover-early": early,
    "exp-crossover-behind": behind,
    "lyu-li-non-homogeneous": two_degrees,
}


def number(e: Expr, at: At) -> F:
    match e.head, e.args:
        case "num", (c,):
            return F(c)
        case "const", (name,):
            return at[name]
        case "^", (base, power):
            exponent, symbolic = exponent_of(power)
            assert not symbolic and exponent.denominator == 1
            return number(base, at) ** int(exponent)
    found = [number(x, at) for x in e.args]
    total = F(e.head == "*")
    for x in found:
        total = total * x if e.head == "*" else total + x
    return total


@pytest.mark.parametrize("name", RATES)
def test_rates_are_derived(name: str) -> None:
    setting = claims()[name].claim.setting
    assert isinstance(setting, Formulas)
    for seed in range(5):
        at, wanted = RATES[name](Random(f"{name}{seed}"))
        assert {x: number(e, at) for x, e in setting.rates.items()} == wanted
        assert any(wanted.values())
