"""The data of ``verify mirror --format json`` against what a mirror flow is, by numbers.

    check(data)     raises AssertionError where something is not as stated

Only the values of the outputs are read; slopes are complex differences. A path of beta is lifted
to the leaf, theta' = W J^T u, J W J^T u = beta', and h moves by c u there. So beta is taken around
closed paths: with a potential the integral of c u returns to 0, it is what the stated h, laws,
dual and formula say on the way, and without one it does not return for every path. What excludes
is a derivative at the start: differences of 300 digits, nested, give it again to 25.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import cache, cached_property
from itertools import combinations
from typing import Any

import mpmath
import numpy as np
from scipy.integrate import solve_ivp

DEGREE = "5/2"  #: a degree that stays a letter, by numbers
TURNS, POINTS, CLOSE, SEEN = 3, 9, 1e-6, 1e-7
STEP, DIGITS, MOST_SLOPES = "1e-45", 300, 2500
KINDS = {"exp": "exp({})", "log": "log({})", "sqrt": "sqrt({})"}
Vector = Any


def polynomial(terms: list[list[Any]]) -> str:
    """As Python, of letters t[0], t[1], .. and num(text)."""
    parts = [
        "*".join([f"num('{c}')", *(f"t[{i}]**{k}" for i, k in enumerate(e) if k)]) for c, e in terms
    ]
    return " + ".join(parts) or "num('0')"


def quotient(f: dict[str, Any]) -> str:
    return f"({polynomial(f['top'])})/({polynomial(f['bottom'])})"


def compiled(text: str, **names: Any) -> Callable[..., Any]:
    return eval(f"lambda t: {text}", names)


class Numbers:
    """What is computed with: doubles, also complex; or 300 digits."""

    def __init__(self, data: dict[str, Any], precise: bool) -> None:
        lib: Any = mpmath if precise else np
        exact = lambda x: mpmath.mpf(Fraction(x).numerator) / Fraction(x).denominator
        self.num = cache(exact if precise else (lambda x: float(Fraction(x))))
        names = {"num": self.num, **{k: getattr(lib, k) for k in KINDS}, "arctan": np.arctan}
        self.n, self.names = len(data["parameters"]), names
        lines = []
        for x in data["adjoined"]:
            if x["kind"] == "constant":
                lines.append(f"num('{DEGREE}')")
            elif x["kind"] == "power":
                place = next(
                    i for i, y in enumerate(data["adjoined"], self.n) if y["kind"] == "constant"
                )
                lines.append(f"({quotient(x['of'])})**t[{place}]")
            else:
                lines.append(KINDS[x["kind"]].format(quotient(x["of"])))
        self.made = [compiled(x, **names) for x in lines]
        self.outputs = [compiled(quotient(f), **names) for f in data["outputs"]]
        self.weights = [self.num(w) for w in data["weights"]]
        self.start = [self.num(x) for x in data["start"]]

    def letters(self, theta: Sequence[Any]) -> list[Any]:
        t = list(theta)
        for f in self.made:
            t.append(f(t))
        return t

    def beta(self, theta: Sequence[Any]) -> list[Any]:
        t = self.letters(theta)
        return [f(t) for f in self.outputs]


def combination(terms: list[dict[str, Any]]) -> str:
    """Powers, logarithms of sums, arc tangents, as Python of the letters."""
    found = []
    for x in terms:
        pairs = list(zip(x["letters"], x["numbers"], strict=True))
        if x["kind"] == "power":
            own = "*".join(f"t[{i}]**({e})" for i, e in pairs) or "1"
        elif x["kind"] == "log":
            own = "log(((" + " + ".join(f"{e}*t[{i}]" for i, e in pairs) + ")**2))/2"
        else:
            own = f"arctan(t[{x['letters'][0]}])"
        factor = f"*({quotient(x['factor'])})" if "factor" in x else ""
        found.append(f"num('{x['coefficient']}'){factor}*({own})")
    return " + ".join(found) or "0"


def formula(terms: list[dict[str, Any]]) -> str:
    """In beta: t[j] are the outputs of the block."""
    found = []
    for x in terms:
        own = quotient(x["rational"]) if x["rational"] else "1"
        if x["root_of"]:
            own += f" + ({quotient(x['factor'])})*sqrt({quotient(x['root_of'])})"
        if x["exponent"] == "log":
            own = f"log(abs({own}))"
        elif x["exponent"] != "1":
            own = f"abs({own})**num('{x['exponent']}')"
        beta = "" if x["times_output"] is None else f"*t[{x['times_output']}]"
        found.append(f"num('{x['coefficient']}'){beta}*({own})")
    return " + ".join(found) or "0"


class Lifted:
    """Paths of some outputs, lifted to the leaf in doubles."""

    def __init__(self, data: dict[str, Any], members: list[int]) -> None:
        self.numbers, self.members = Numbers(data, False), members
        self.weights, self.start = (np.array(x) for x in (self.numbers.weights, self.numbers.start))

    def jacobian(self, theta: Vector) -> Vector:
        """One evaluation at theta + i e_k for all k."""
        many = theta[:, None] + 1e-30j * np.eye(len(theta))
        t = self.numbers.letters(list(many))
        rows = [np.broadcast_to(self.numbers.outputs[i](t), len(theta)) for i in self.members]
        return np.imag(rows) / 1e-30

    def beta(self, theta: Vector) -> Vector:
        return np.array(self.numbers.beta(theta))[self.members]

    @cached_property
    def rank(self) -> int:
        return int(np.linalg.matrix_rank(self.jacobian(self.start), tol=1e-9))

    def around(self, size: float, speed: Callable | None, draw: random.Random) -> Vector | None:
        """Columns (theta, integral of c u, integral of c u.beta) at points of a closed path; None
        where it meets a singular state.
        """
        d, n = len(self.members), len(self.start)
        a, b = (np.array([[draw.gauss(0, 1) / k for k in (1, 2)] for _ in range(d)]) for _ in "ab")
        j = self.jacobian(self.start)
        pulled = np.linalg.pinv(j) @ (abs(a) + abs(b)).sum(axis=1)
        near = min([abs(x) for x in self.start if x] + [1.0])
        size *= near / (1e-9 + np.linalg.norm(pulled))
        turn = np.array([1, 2])

        left = iter(range(MOST_SLOPES))

        def slope(s: float, y: Vector) -> Vector:
            if next(left, None) is None:
                raise np.linalg.LinAlgError
            j = self.jacobian(y[:n])
            moved = size * ((b * turn) @ np.cos(turn * s) - (a * turn) @ np.sin(turn * s))
            u = np.linalg.solve((j * self.weights) @ j.T, moved)
            c = 1.0 if speed is None else speed(self.numbers.letters(y[:n]))
            return np.concatenate([self.weights * (j.T @ u), c * u, [c * (u @ self.beta(y[:n]))]])

        begin = np.concatenate([self.start, np.zeros(d + 1)])
        times = np.linspace(0, 2 * np.pi, POINTS)
        try:
            ran = solve_ivp(slope, (0, times[-1]), begin, "DOP853", times, rtol=1e-10, atol=1e-12)
        except np.linalg.LinAlgError:
            return None
        good = ran.success and np.isfinite(ran.y).all()
        return ran.y if good and np.allclose(self.beta(ran.y[:n, -1]), self.beta(self.start),
                                             atol=1e-8) else None  # fmt: skip

    def gap(self, path: Vector) -> float:
        """How far the integral of c u is from 0 at the end, in terms of its size on the way."""
        u = path[len(self.start) : -1]
        return float(abs(u[:, -1]).max() / (1e-300 + abs(u).max()))


def check(data: dict[str, Any]) -> None:
    whole = Lifted(data, list(range(len(data["outputs"]))))
    assert whole.rank == len(data["outputs"])
    if data["within"] and not data["adjoined"]:
        _within(data)
    found = {b["verdict"] for b in data["blocks"]}
    several = len(data["blocks"]) > 1
    assert not several or "time change" not in found  # c would be constant
    stated = "excluded" if "excluded" in found else next(
        (v for v in ("undecided", "time change") if v in found), "mirror"
    )  # fmt: skip
    assert data["verdict"] == stated
    assert sorted(i for b in data["blocks"] for i in b["outputs"]) == whole.members
    used = [Lifted(data, b["outputs"]).jacobian(whole.start * 1.01 + 0.003) for b in data["blocks"]]
    for one, other in combinations(used, 2):
        assert not (abs(one).max(axis=0) * abs(other).max(axis=0)).any()  # no common parameter
    for b in data["blocks"]:
        own = Lifted(data, b["outputs"])
        if b["verdict"] in ("mirror", "time change"):
            _potential(own, b)
        elif b["verdict"] == "excluded":
            assert any(_gaps(own, None)), "every path that was tried closes"
        for key in ("excluded_by", "change_of_time_excluded_by"):
            if w := b[key]:
                _word(data, b["outputs"], w)


def _gaps(own: Lifted, speed: Callable | None) -> Iterator[bool]:
    """For paths of several sizes, whether the integral does not return."""
    draw = random.Random(1)
    paths = (own.around(size, speed, draw) for size in (0.02, 0.1, 0.3) for _ in range(TURNS))
    return (own.gap(p) > SEEN for p in paths if p is not None)


def _potential(own: Lifted, b: dict[str, Any]) -> None:
    names, n, d = own.numbers.names, len(own.start), len(own.members)
    speed = compiled(combination(b["speed"]), **names) if b["speed"] else None
    assert speed is None or speed(own.numbers.letters(own.start)) > 0
    path = own.around(0.2, speed, random.Random(2))
    if path is None:
        path = own.around(0.02, speed, random.Random(3))
    assert path is not None
    assert d == 1 or own.gap(path) < SEEN, "a closed path that does not close"
    t = own.numbers.letters(list(path[:n]))
    beta = [own.numbers.outputs[i](t) for i in own.members]
    size = CLOSE * (1e-9 + abs(path[n:-1]).max())

    def moves(said: str, by: Vector, of: Any, small: float) -> None:
        value = np.broadcast_to(compiled(said, **names)(of), POINTS)
        assert abs(value - value[0] - by).max() < small * (1 + abs(value).max()), said

    for law in b["laws"]:
        moves(combination(law), 0 * path[n], t, 1e-8)
    for j, h in enumerate(b["mirror_map"] or []):
        moves(combination(h), path[n + j], t, size)
    if b["dual"]:
        moves(combination(b["dual"]), path[-1], t, size * (1 + abs(np.array(beta)).max()))
    for j, row in enumerate(b["formula"]["gradient"] if b["formula"] else ()):
        moves(formula(row), path[n + j], beta, size)
    if b["formula"] and b["formula"]["dual"]:
        moves(formula(b["formula"]["dual"]), path[-1], beta, size * (1 + abs(np.array(beta)).max()))


def dot(a: Sequence[Any], b: Sequence[Any]) -> Any:
    return sum(x * y for x, y in zip(a, b, strict=True))


class Differences:
    """Functions of theta in 300 digits, numbers or lists, and their derivatives along the fields of
    a block.
    """

    def __init__(self, data: dict[str, Any], members: list[int]) -> None:
        self.numbers, self.members = Numbers(data, True), members
        self.step = mpmath.mpf(STEP)
        self._known: dict[tuple, list[list[Any]]] = {}

    def along(self, v: Callable, f: Callable) -> Callable:
        """v f, by a central difference."""

        def value(x: list[Any]) -> Any:
            way = [self.step * y for y in v(x)]
            up, down = (f([a + s * b for a, b in zip(x, way, strict=True)]) for s in (1, -1))
            if isinstance(up, list):
                return [(a - b) / (2 * self.step) for a, b in zip(up, down, strict=True)]
            return (up - down) / (2 * self.step)

        return value

    def slopes(self, x: list[Any]) -> list[list[Any]]:
        """The rows of J."""
        key = tuple(x)
        if key not in self._known:
            columns = []
            for k in range(len(x)):
                at = [[y + s * self.step * (k == m) for m, y in enumerate(x)] for s in (1, -1)]
                up, down = (self.numbers.beta(y) for y in at)
                columns.append([(up[i] - down[i]) / (2 * self.step) for i in self.members])
            self._known[key] = [list(row) for row in zip(*columns, strict=True)]
        return self._known[key]

    def field(self, i: int) -> Callable:
        return lambda x: [
            w * y for w, y in zip(self.numbers.weights, self.slopes(x)[i], strict=True)
        ]

    def kernel(self, i: int, k: int) -> Callable:
        return lambda x: dot(self.field(i)(x), self.slopes(x)[k])

    def matrix(self, x: list[Any]) -> Any:
        d = range(len(self.members))
        return mpmath.matrix([[self.kernel(i, k)(x) for k in d] for i in d])

    def bracket(self, i: int, k: int) -> Callable:
        """[X_i, X_k] as a vector."""
        first, second = (
            self.along(self.field(i), self.field(k)),
            self.along(self.field(k), self.field(i)),
        )
        return lambda x: [a - b for a, b in zip(first(x), second(x), strict=True)]

    def turned(self, i: int, k: int) -> Callable:
        """J [X_i, X_k]."""
        v = self.bracket(i, k)
        return lambda x: [dot(row, way) for way in [v(x)] for row in self.slopes(x)]

    def solved(self, i: int, k: int) -> Callable:
        """S_ik = K^-1 J [X_i, X_k]."""
        return lambda x: list(mpmath.lu_solve(self.matrix(x), mpmath.matrix(self.turned(i, k)(x))))

    def vertical(self, x: list[Any]) -> list[Any]:
        """[X_1, X_2] - W J^T S."""
        s, rows = self.solved(0, 1)(x), [self.field(i)(x) for i in (0, 1)]
        return [
            v - s[0] * a - s[1] * b for v, a, b in zip(self.bracket(0, 1)(x), *rows, strict=True)
        ]

    def named(self, what: str, n: list[int]) -> Callable:
        size = lambda x: 1 if what.endswith("-solved") else mpmath.det(self.matrix(x))
        if what == "defect":
            return lambda x: self.turned(n[0], n[1])(x)[n[2]]
        if what == "vertical":
            return self.along(self.bracket(n[0], n[1]), self.kernel(n[2], n[3]))
        if what.startswith("shape"):
            return lambda x: size(x) * self.solved(n[0], n[1])(x)[n[2]]
        mu = lambda i, k, x: self.solved(i, k)(x)[k]
        if what.startswith("slope"):
            return lambda x: size(x) * (mu(n[0], n[1], x) - mu(n[0], n[2], x))
        over = lambda i, k: self.along(self.vertical, self.kernel(i, k))
        if what == "vertical-shape":
            return lambda x: (
                size(x) * (over(0, 0)(x) * self.kernel(*n)(x) - over(*n)(x) * self.kernel(0, 0)(x))
            )
        assert what == "closed"
        first = self.along(self.field(0), lambda x: -self.solved(0, 1)(x)[0])
        second = self.along(self.field(1), lambda x: self.solved(0, 1)(x)[1])
        return lambda x: first(x) - second(x) - over(0, 0)(x) / self.kernel(0, 0)(x)


def _word(data: dict[str, Any], members: list[int], w: dict[str, Any]) -> None:
    if any(x["kind"] in ("constant", "power") for x in data["adjoined"]):
        return  # its value is a function of the degree
    with mpmath.workdps(DIGITS):
        own = Differences(data, members)
        f = own.named(w["what"], w["indices"])
        for a in reversed(w["fields"]):
            f = own.along(own.field(a), f)
        value, stated = f(own.numbers.start), w["value"]
        if "[" in stated or "." in stated:  # a ball
            middle, _, radius = stated.strip("[]").partition(" +/- ")
            away = abs(value - mpmath.mpf(middle))
            assert away <= mpmath.mpf(radius or 0) < abs(mpmath.mpf(middle)) / 10**6
        else:
            exact = own.numbers.num(stated)
            assert exact and abs(value - exact) < mpmath.mpf("1e-25") * abs(exact), stated


def _within(data: dict[str, Any]) -> None:
    """On the subspace the outputs are those of the whole space, and their slopes lie in it."""
    w, draw = data["within"], random.Random(0)
    basis = np.array([[float(Fraction(x)) for x in b] for b in w["basis"]])
    weights = np.array([float(Fraction(x)) for x in data["weights"]])
    assert np.allclose((basis @ basis.T) * weights, np.eye(len(basis)))
    number = lambda x: float(Fraction(x))
    whole = [compiled(polynomial(f), num=number) for f in w["whole"]]
    own = Numbers(data, False)
    for _ in range(5):
        s = np.array([draw.uniform(-2, 2) for _ in basis])
        x = s @ basis
        assert np.allclose([f(list(x)) for f in whole], own.beta(list(s)))
        many = list(x[:, None] + 1e-30j * np.eye(len(x)))
        slopes = np.array([np.imag(np.broadcast_to(f(many), len(x))) / 1e-30 for f in whole])
        assert np.allclose(slopes, slopes @ basis.T @ (weights[:, None] * basis), atol=1e-9)
