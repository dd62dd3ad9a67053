"""The kernel reads laws of the heavy ball x'' = -tau x' - dL/dx, and counts them.

Expected counts are those of the theory: each hidden layer of a linear network can be turned, n (n -
1)/2 laws; of relu nothing turns; where entries are only added to the output they are shifted: two.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from typing import Any

import numpy as np
import pytest

from tests.kernel.traced import accepted, certified, changed, graph, refused
from verify.kernel.traced.count import Fields
from verify.kernel.traced.damped import slope
from verify.kernel.traced.effort import Effort
from verify.kernel.traced.machine import Machine
from verify.kernel.traced.modular import Source
from verify.kernel.traced.program import program
from verify.trace.numbers import FLOATS


def shifted(x: (2,), *, u: (2,), a: (), b: ()) -> Any:  # type: ignore[syntax]
    """a - b is shifted: (1, 1) moves no output, two laws."""
    return u @ x + a - b


def turned(x: (2,), *, a: (2,), b: ()) -> Any:  # type: ignore[syntax]
    """|a|^2 is seen: one turn."""
    return b * (a @ a) * x[0]


COUNTS: dict[Any, int] = {
    "linear 2,2,2": 1, "linear 2,3,2": 3, "linear 2,2,2,2": 2, "relu 2,2,2": 0, "linear 2,2": 0,
    shifted: 2, turned: 1,
}  # fmt: skip


def drift(data: Any, seed: int) -> float:
    """The largest |h'| of all laws at a random state, velocity and time, in doubles, by scale."""
    model, random = graph(data), np.random.default_rng(seed)
    values = {n: random.uniform(0.4, 1.3, s) * random.choice([-1, 1], s)
              for n, s in {**model.params, **model.inputs}.items()}  # fmt: skip
    places = model.run(FLOATS, values)
    field = model.gradient(FLOATS, places, [random.normal(size=np.shape(x))
                                            for x in model.results(places)])  # fmt: skip
    names = [n + (f"[{','.join(map(str, i))}]" if i else "") for n, i in model.coordinates]
    flat = lambda of: np.concatenate([np.ravel(of[n]) for n in model.params])
    theta = dict(zip(names, flat(values), strict=True))
    force = dict(zip(names, flat({n: np.zeros(s) if field[n] is None else field[n]
                                  for n, s in model.params.items()}), strict=True))  # fmt: skip
    speed, tau = dict(zip(names, random.normal(size=len(names)), strict=True)), 0.7
    at = theta | {f"d{n}": v for n, v in speed.items()}
    rates = {n: speed[n] for n in names} | {f"d{n}": -tau * speed[n] - force[n] for n in names}
    worst = 0.0
    for given in data["laws"]:
        parts = [] if given.get("still") else [(tau * _value(given["sum"], at))]
        for c, m in given["sum"]:
            for n, e in m.items():
                rest = np.prod([at[k] ** (f - (k == n)) for k, f in m.items()])
                parts.append(float(Fraction(c)) * e * rest * rates[n])
            if given.get("still"):
                (n,) = m
                parts.append(tau * float(Fraction(c)) * rates[n[1:]])
        worst = max(worst, abs(sum(parts)) / sum(map(abs, parts)))
    return worst


def _value(terms: Any, at: Any) -> float:
    return sum(float(Fraction(c)) * np.prod([at[n] ** e for n, e in m.items()]) for c, m in terms)


@pytest.mark.parametrize("name", COUNTS)
def test_laws_and_count(name: Any) -> None:
    data, laws = certified(name, flow="heavy-ball"), COUNTS[name]
    said = accepted(data)
    size = sum(int(np.prod(s)) for s in data["traced"]["params"].values())
    assert len(data["laws"]) == laws
    assert f"have rank {2 * size + 1 - laws} = {2 * size + 1} - {laws} at a point" in said
    assert "for all tau but finitely many" in said and "heavy ball x'' = -tau x' - dL/dx" in said
    assert not laws or max(drift(data, seed) for seed in range(3)) < 1e-12


def test_how_they_read() -> None:
    said = accepted(certified(turned, flow="heavy-ball"))
    assert "(1) exp(tau t) (a[1] da[0] - a[0] da[1])" in said
    said = accepted(certified(shifted, flow="heavy-ball"))
    assert "exp(tau t) (da + db)" in said and "da + db + tau (a + b)" in said


def _law(data: Any, *terms: Any, **more: Any) -> Any:
    return changed(data, "laws", to=[{"sum": list(terms), "moves": []} | more])


def test_forgeries_are_refused() -> None:
    """What is no law of a heavy ball: a growing direction (balance), one that is seen, powers of
    velocities, none, logarithms; a law without exp where something is turned; laws that depend on
    those before; counts that are not met; laws of another flow; velocities with another's name.
    """
    data = certified(turned, flow="heavy-ball")
    plain = certified(turned)
    one, two = ["1", {"a[1]": 1, "da[0]": 1}], ["-1", {"a[0]": 1, "da[1]": 1}]
    assert accepted(_law(data, one, two)) == accepted(data)
    uncounted = {x: y for x, y in data.items() if x != "count"}
    for terms, why in (
        ([["1", {"a[0]": 1, "da[0]": 1}], ["-2", {"b": 1, "db": 1}]], "no isometry"),
        ([["1", {"a[1]": 1, "da[0]": 1}], ["1", {"a[0]": 1, "da[1]": 1}]], "no isometry"),
        ([["1", {"a[1]": 1, "db": 1}], ["-1", {"b": 1, "da[1]": 1}]], "does not move"),
        ([["1", {"db": 1}]], "does not move"),
        ([["1", {"da[0]": 2}], ["1", {"da[1]": 2}]], "not linear"),
        ([["1", {"da[0]": 1, "da[1]": 1}]], "not linear"),
        ([["1", {"a[0]": 2}]], "not linear"),
        ([["1", {"a[0]": -1, "da[1]": 1}]], "not linear"),
    ):  # fmt: skip
        assert why in refused(_law(uncounted, *terms)), terms
    assert "no constant direction" in refused(_law(data, one, two, still=True))
    assert "unknown field 'logs'" in refused(_law(data, one, two, logs=[]))
    twice = changed(data, "laws", to=2 * data["laws"])
    assert "depends on those before" in refused(twice)
    for rank in (5, 7):
        assert "7 coordinates" in refused(changed(data, "count", "rank", to=rank))
    assert "rank 6, not 7" in refused(changed(changed(data, "laws", to=[]), "count", "rank", to=7))
    assert "law 1" in refused(changed(data, "laws", to=plain["laws"]))
    assert "unknown field 'still'" in refused(
        changed(plain, "laws", to=[{"sum": [one, two], "moves": [], "still": True}]))  # fmt: skip
    assert "is no coordinate" in refused(_law(plain, one, two))
    still = certified(shifted, flow="heavy-ball")
    assert "depends on" in refused(changed(still, "laws", to=[still["laws"][1]] * 2))
    for name in ("da", "t", "tau"):
        traced = data["traced"] | {"inputs": {name: [2]}}
        traced["nodes"] = [x | {"name": name} if x["op"] == "input" else x for x in traced["nodes"]]
        assert "name of a velocity" in refused(data | {"traced": traced})


P = 2**31 - 1


def test_fields_are_those_of_the_flow() -> None:
    """w (v, -tau v, 1) - (0, grad f, 0) at a jet, the gradient as without velocities."""
    Effort.begin()
    read = program(certified(turned, flow="heavy-ball")["traced"])
    fields, at = Fields(read, P), Machine(read, P, Source(5)).point()
    state: list[Any] = [(3, 1), (4, 5), (5, 7), (6, 2), (7, 3), (8, 4), (0, 0)]
    found = fields._draw(at)(state)
    (weight,), (tau,) = found[-1], fields.tau
    assert weight and tau
    for i in range(3):
        v, dv = state[3 + i]
        assert found[i] == (weight * v % P, weight * dv % P)
    minus = [[-(tau * x) % P for x in found[i]] for i in range(3)]
    force = [[(m - x) % P for m, x in zip(minus[i], found[3 + i], strict=True)] for i in range(3)]
    g, (a0, da0), (a1, da1), (b, db) = force, *state[:3]
    s, ds = a0 * a0 + a1 * a1, 2 * (a0 * da0 + a1 * da1)  # grad = k (2 a b, s), one k for a draw
    k = g[2][0] * pow(s, -1, P) % P
    assert k and g[2][1] == k * ds % P
    assert g[0] == [2 * k * a0 * b % P, 2 * k * (da0 * b + a0 * db) % P]
    assert g[1] == [2 * k * a1 * b % P, 2 * k * (da1 * b + a1 * db) % P]


def test_gradients_of_laws() -> None:
    """Of exp(tau t) (a1 v0 - a0 v1) from that of the bracket; of v0 + v1 + tau (a0 + a1)."""
    assert slope([-7, 6, 4, -3], [3, 4, 6, 7], 11, False) == [-7, 6, 4, -3, 11 * (4 * 6 - 3 * 7)]
    assert slope([0, 0, 1, 1], [3, 4, 6, 7], 11, False) == [0, 0, 1, 1, 11 * 13]
    assert slope([0, 0, 1, 1], [3, 4, 6, 7], 11, True) == [11, 11, 1, 1, 0]


def test_laws_that_depend_on_others_are_refused() -> None:
    """Of six turns of one vector five are independent (Pluecker)."""
    data = certified(four, flow="heavy-ball")
    assert len(data["laws"]) == 5 and "have rank 6 = 11 - 5" in accepted(data)
    every = []
    for i, j in combinations(range(4), 2):
        terms = [["1", {f"a[{j}]": 1, f"da[{i}]": 1}], ["-1", {f"a[{i}]": 1, f"da[{j}]": 1}]]
        every.append({"sum": terms, "moves": []})
    assert "law 6: it depends" in refused(changed(data, "laws", to=every))


def four(x: (2,), *, a: (4,), b: ()) -> Any:  # type: ignore[syntax]
    return b * (a @ a) * x[0]
