"""Terms of declared letters, as certificates write them, at exact states: value and derivative
along the flow, by dual numbers. Nothing of the kernel is used.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product
from random import Random
from typing import Any

Dual = tuple[Fraction, Fraction]
Place = tuple[str, tuple[int, ...]]


class Beyond(ValueError):
    """A term, a letter or a motion that is not read here."""


@dataclass
class State:
    """``sets``: how many elements; ``values`` of letters at indices, which count from 0; ``rates``
    of those that move.
    """

    sets: Mapping[str, int]
    values: dict[Place, Fraction]
    rates: dict[Place, Fraction] = field(default_factory=dict)


def dual(t: Any, env: Mapping[str, int], here: State) -> Dual:
    """Raises Beyond."""
    match t:
        case str():
            return Fraction(t), Fraction(0)
        case ["at", str(x), *at] if all(i in env for i in at):
            place = x, tuple(env[i] for i in at)
            if place not in here.values:
                raise Beyond(x)
            return here.values[place], here.rates.get(place, Fraction(0))
        case ["+", *parts]:
            found = [dual(x, env, here) for x in parts]
            return sum((v for v, _ in found), Fraction(0)), sum((d for _, d in found), Fraction(0))
        case ["*", *parts]:
            value, slope = Fraction(1), Fraction(0)
            for x in parts:
                v, d = dual(x, env, here)
                value, slope = value * v, slope * v + value * d
            return value, slope
        case ["^", inner, str(n)] if n.isdigit():
            v, d = dual(inner, env, here)
            k = int(n)
            return v**k, k * v ** (k - 1) * d if k else Fraction(0)
        case ["sum", str(i), str(kind), inner] if kind in here.sets:
            each = [dual(inner, {**env, i: k}, here) for k in range(here.sets[kind])]
            return sum((v for v, _ in each), Fraction(0)), sum((d for _, d in each), Fraction(0))
        case ["D", inner]:
            return dual(inner, env, here)[1], Fraction(0)
    raise Beyond(repr(t)[:60])


def indices(given: Mapping[str, str], sets: Mapping[str, int]) -> Iterator[dict[str, int]]:
    """All values of indices of sets. Raises Beyond."""
    if not all(isinstance(x, str) and x in sets for x in given.values()):
        raise Beyond("an index of no set")
    for at in product(*(range(sets[x]) for x in given.values())):
        yield dict(zip(given, at, strict=True))


def flowing(setting: Any, here: State) -> State:
    """With the rates of the gradient flow of a loss: u' = -speed Sum_n g_n dz_n/du. Raises
    Beyond.
    """
    letters, motion = setting["letters"], setting["motion"]
    losses = [x for x, y in letters.items() if y["role"] == "loss"]
    if motion.get("kind") != "gradient-flow" or len(losses) != 1 or motion["of"] != ["at", *losses]:
        raise Beyond("another motion")
    loss = letters[losses[0]]
    if "degree" in loss or {y["role"] for y in letters.values()} - {
        "parameter",
        "constant",
        "loss",
    }:
        raise Beyond("other letters")
    found = State(here.sets, here.values)
    for x, y in letters.items():
        if y["role"] != "parameter":
            continue
        own = y.get("for", {})
        for env in indices(own, here.sets):
            place = x, tuple(env.values())
            one = State(here.sets, here.values, {place: Fraction(1)})
            slope = Fraction(0)
            for at in indices(loss.get("for", {}), here.sets):
                slope += (
                    here.values[loss["gradient"], tuple(at.values())] * dual(loss["of"], at, one)[1]
                )
            speed = motion.get("speeds", {}).get(x, "1")
            found.rates[place] = -dual(speed, env, here)[0] * slope
    return found


def drawn(setting: Any, rng: Random, most: int = 2) -> State:
    """Small numbers; constants positive. Raises Beyond."""
    sets = {x: rng.randint(1, most) for x in setting["sets"]}
    here = State(sets, {})
    for x, y in setting["letters"].items():
        name = y["gradient"] if y["role"] == "loss" else x
        for env in indices(y.get("for", {}), sets):
            v = Fraction(rng.choice([-3, -2, -1, 1, 2, 3]), rng.choice([1, 1, 2]))
            here.values[name, tuple(env.values())] = abs(v) if y["role"] == "constant" else v
    return flowing(setting, here)


def gap(stated: Any, env: Mapping[str, int], here: State) -> Fraction:
    """What is to be 0 of an equation or a law. Raises Beyond."""
    match stated:
        case {"kind": "conserved", "what": what}:
            return dual(what, env, here)[1]
        case {"kind": "equation", "eq": [left, right]}:
            return dual(left, env, here)[0] - dual(right, env, here)[0]
    raise Beyond("another conclusion")


def fails(setting: Any, stated: Any, rng: Random, turns: int = 6) -> str:
    """Where it does not hold, if that is found. Raises Beyond."""
    for _ in range(turns):
        here = drawn(setting, rng)
        for env in indices(stated.get("for", {}), here.sets):
            if found := gap(stated, env, here):
                return f"{found} at {env}, {here.sets}, {here.values}"
    return ""
