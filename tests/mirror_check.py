"""The data of ``verify mirror --format json`` computed again, from the data alone and without any
of its code: polynomials are dictionaries of exponents, numbers are fractions.

    check(data)     raises AssertionError where an identity or a value is not as stated
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import log, prod, sqrt
from typing import Any

Poly = dict[tuple[int, ...], Fraction]


def plus(a: Poly, b: Poly, sign: int = 1) -> Poly:
    found = dict(a)
    for e, c in b.items():
        found[e] = found.get(e, Fraction(0)) + sign * c
    return {e: c for e, c in found.items() if c}


def times(a: Poly, b: Poly) -> Poly:
    found: Poly = {}
    for e, c in a.items():
        for f, d in b.items():
            key = tuple(x + y for x, y in zip(e, f, strict=True))
            found[key] = found.get(key, Fraction(0)) + c * d
    return {e: c for e, c in found.items() if c}


def slope(a: Poly, i: int) -> Poly:
    return {tuple(x - (n == i) for n, x in enumerate(e)): c * e[i] for e, c in a.items() if e[i]}


@dataclass(frozen=True)
class Fn:
    """top/bottom, not reduced."""

    top: Poly
    bottom: Poly

    def __add__(self, o: Fn) -> Fn:
        if self.bottom == o.bottom:
            return Fn(plus(self.top, o.top), self.bottom)
        top = plus(times(self.top, o.bottom), times(o.top, self.bottom))
        return Fn(top, times(self.bottom, o.bottom))

    def __neg__(self) -> Fn:
        return Fn({e: -c for e, c in self.top.items()}, self.bottom)

    def __sub__(self, o: Fn) -> Fn:
        return self + (-o)

    def __mul__(self, o: Fn) -> Fn:
        return Fn(times(self.top, o.top), times(self.bottom, o.bottom))

    def __truediv__(self, o: Fn) -> Fn:
        return Fn(times(self.top, o.bottom), times(self.bottom, o.top))


class Checked:
    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data
        self.n = len(data["parameters"])
        self.letters = self.n + len(data["adjoined"])
        wide = len(data["outputs"][0]["top"][0][1])
        self.one: Poly = {(0,) * wide: Fraction(1)}
        self.rates: list[dict[int, Fn]] = [{i: self.number(1)} for i in range(self.n)]
        for x in data["adjoined"]:
            self.rates.append({int(k): self.read(f) for k, f in x["slopes"].items()})
        self.start = [Fraction(x) for x in data["start"]]
        self.weights = [Fraction(x) for x in data["weights"]]

    def number(self, c: Any) -> Fn:
        return Fn({e: Fraction(c) for e in self.one if Fraction(c)}, self.one)

    def letter(self, i: int) -> Fn:
        (e,) = self.one
        return Fn({tuple(int(n == i) for n in range(len(e))): Fraction(1)}, self.one)

    def read(self, f: dict[str, Any]) -> Fn:
        return Fn(*({tuple(e): Fraction(c) for c, e in f[x]} for x in ("top", "bottom")))

    def derived(self, f: Fn) -> list[Fn]:
        """By each parameter."""
        found = [self.number(0) for _ in range(self.n)]
        for i in range(self.letters):
            top = plus(times(slope(f.top, i), f.bottom), times(f.top, slope(f.bottom, i)), -1)
            for k, rate in self.rates[i].items() if top else ():
                found[k] = found[k] + Fn(top, times(f.bottom, f.bottom)) * rate
        return found

    def raised(self, row: list[Fn]) -> list[Fn]:
        """The field of a row of slopes."""
        return [x if w == 1 else self.number(w) * x
                for w, x in zip(self.weights, row, strict=True)]  # fmt: skip

    def at_start(self, f: Fn) -> Fraction:
        values = [*self.start, *([None] * (self.letters - self.n))]

        def of(p: Poly) -> Fraction:
            whole = Fraction(0)
            for e, c in p.items():
                for x, k in zip(values, e, strict=False):
                    c = c * x**k if k else c
                whole += c
            return whole

        return of(f.top) / of(f.bottom)


def dot(a: list[Fn], b: list[Fn], zero: Fn) -> Fn:
    found = zero
    for x, y in zip(a, b, strict=True):
        if x.top and y.top:
            found = found + x * y
    return found


def check(data: dict[str, Any]) -> None:
    c = Checked(data)
    if data["within"] and not data["adjoined"]:
        _within(c, data["within"])
    outputs = [c.read(f) for f in data["outputs"]]
    rows = [c.derived(f) for f in outputs]
    if not data["adjoined"]:
        assert rank([[c.at_start(x) for x in row] for row in rows]) == len(rows)
    found = {b["verdict"] for b in data["blocks"]}
    several = len(data["blocks"]) > 1
    assert not several or "time change" not in found  # c would be constant
    whole = (
        "excluded" if "excluded" in found or ("time change" in found and several)
        else next((v for v in ("undecided", "time change") if v in found), "mirror")
    )  # fmt: skip
    assert data["verdict"] == whole
    assert sorted(i for b in data["blocks"] for i in b["outputs"]) == list(range(len(outputs)))
    for b, other in combinations(data["blocks"], 2):  # blocks share no parameter
        used = [{k for i in x["outputs"] for k in range(c.n) if rows[i][k].top} for x in (b, other)]
        assert not used[0] & used[1]
    for b in data["blocks"]:
        _block(c, b, [outputs[i] for i in b["outputs"]], [rows[i] for i in b["outputs"]])


def _within(c: Checked, w: dict[str, Any]) -> None:
    """The start and all fields stay in the subspace, whose basis is orthogonal with these weights;
    the outputs are those of the whole space there. At random points, exactly.
    """
    basis = [[Fraction(x) for x in b] for b in w["basis"]]
    inner = lambda a, b: sum(x * y for x, y in zip(a, b, strict=True))
    for i, a in enumerate(basis):
        assert [inner(a, b) for b in basis[:i]] == [0] * i and inner(a, a) == 1 / c.weights[i]
    draw = random.Random(0)
    for _ in range(5):
        s = [Fraction(draw.randint(-9, 9)) for _ in basis]
        x = [sum(a * b[k] for a, b in zip(s, basis, strict=True)) for k in range(len(basis[0]))]
        for f, own in zip(w["whole"], c.data["outputs"], strict=True):
            poly = {tuple(e): Fraction(k) for k, e in f}
            of = lambda p, at: sum(k * prod(v**n for v, n in zip(at, e, strict=True))
                                   for e, k in p.items())  # fmt: skip
            assert of(poly, x) == of(c.read(own).top, s)
            slopes = [Fraction(of(slope(poly, k), x)) for k in range(len(x))]
            assert rank([*basis, slopes]) == len(basis)


def _block(c: Checked, b: dict[str, Any], outputs: list[Fn], rows: list[list[Fn]]) -> None:
    zero = c.number(0)
    fields = [c.raised(row) for row in rows]
    along = lambda i, f: dot(fields[i], c.derived(f), zero)
    speed = _total(c, b["speed"]) if b["speed"] else c.number(1)
    laws = [_slopes(c, f) for f in b["laws"]]
    for f in laws:
        for field in fields:
            assert not dot(field, f, zero).top, "a law is none"
    if b["verdict"] in ("mirror", "time change"):
        for j, h in enumerate(b["mirror_map"] or []):
            for i, row in enumerate(fields):
                right = speed if i == j else zero
                assert not (dot(row, _slopes(c, h), zero) - right).top, "h is no mirror map"
        if b["dual"]:
            for row, f in zip(fields, outputs, strict=True):
                assert not (dot(row, _slopes(c, b["dual"]), zero) - speed * f).top
        if b["formula"] and not data_adjoined(c):
            for terms, h in zip(b["formula"]["gradient"], b["mirror_map"], strict=True):
                here = _in_beta(c, terms, [float(c.at_start(f)) for f in outputs])
                assert abs(here - _number(c, h)) < 1e-9, "a formula is not h at the start"
        used = [k for k in range(c.n) if any(row[k].top for row in rows)]
        if b["why"] == "laws":
            at = [[c.at_start(f[k]) for k in used] for f in (*rows, *laws)]
            assert rank(at) == len(used) and b["mirror_map"]
        elif b["why"] == "commuting":
            for i, k in combinations(range(len(rows)), 2):
                assert not any(x.top for x in bracket(c, fields, i, k))
        else:
            assert b["why"] in ("one output", "involutive") and (
                len(rows) == 1 or b["why"] == "involutive"
            )
        assert b["speed"] is None or c.at_start(speed) > 0
    if b["verdict"] in ("excluded", "time change"):
        w = b["excluded_by"]
        i, k, *rest = w["indices"]
        kernel = lambda l, m: dot(fields[l], rows[m], zero)
        if w["what"] == "defect":
            f = dot(rows[rest[0]], bracket(c, fields, i, k), zero)
        else:
            f = dot(bracket(c, fields, i, k), c.derived(kernel(*rest)), zero)
        for a in reversed(w["fields"]):
            f = along(a, f)
        assert c.at_start(f) == Fraction(w["value"]) != 0


def bracket(c: Checked, rows: list[list[Fn]], i: int, k: int) -> list[Fn]:
    zero = c.number(0)
    return [
        dot(rows[i], c.derived(rows[k][a]), zero) - dot(rows[k], c.derived(rows[i][a]), zero)
        for a in range(c.n)
    ]


def _factor(c: Checked, x: dict[str, Any]) -> Fn:
    found = c.number(x["coefficient"])
    return found * c.read(x["factor"]) if "factor" in x else found


def _power(c: Checked, x: dict[str, Any]) -> Fn:
    found = c.number(1)
    for i, e in zip(x["letters"], x["numbers"], strict=True):
        for _ in range(abs(e)):
            found = found * c.letter(i) if e > 0 else found / c.letter(i)
    return found


def _total(c: Checked, terms: list[dict[str, Any]]) -> Fn:
    found = c.number(0)
    for x in terms:
        found = found + _factor(c, x) * _power(c, x)
    return found


def _slopes(c: Checked, terms: list[dict[str, Any]]) -> list[Fn]:
    found = [c.number(0) for _ in range(c.n)]
    for x in terms:
        if x["kind"] == "power":
            own = c.derived(_power(c, x))
        elif x["kind"] == "log":
            inside = c.number(0)
            for i, e in zip(x["letters"], x["numbers"], strict=True):
                inside = inside + c.number(e) * c.letter(i)
            own = [f / inside for f in c.derived(inside)]
        else:
            y = c.letter(x["letters"][0])
            own = [f / (c.number(1) + y * y) for f in c.derived(y)]
        found = [a + _factor(c, x) * b for a, b in zip(found, own, strict=True)]
    return found


def data_adjoined(c: Checked) -> bool:
    return bool(c.data["adjoined"])


def _in_beta(c: Checked, terms: list[dict[str, Any]], beta: list[float]) -> float:
    """A formula at these outputs, in floats."""

    def at(f: dict[str, Any]) -> float:
        parts = [
            sum(float(Fraction(k)) * prod(b**n for b, n in zip(beta, e, strict=True))
                for k, e in f[x])
            for x in ("top", "bottom")
        ]  # fmt: skip
        return parts[0] / parts[1]

    found = 0.0
    for t in terms:
        x = at(t["rational"])
        if t["root_of"]:
            x += at(t["factor"]) * sqrt(at(t["root_of"]))
        if t["exponent"] == "log":
            x = log(abs(x))
        elif t["exponent"] != "1":
            x = abs(x) ** float(Fraction(t["exponent"]))
        factor = 1.0 if t["times_output"] is None else beta[t["times_output"]]
        found += float(Fraction(t["coefficient"])) * factor * x
    return found


def _number(c: Checked, terms: list[dict[str, Any]]) -> float:
    """A combination of powers and logarithms at the start, in floats."""
    found = 0.0
    for x in terms:
        values = [float(c.start[i]) for i in x["letters"]]
        pairs = list(zip(values, x["numbers"], strict=True))
        own = prod(v**e for v, e in pairs) if x["kind"] == "power" else 0.0
        if x["kind"] == "log":
            own = log(abs(sum(v * e for v, e in pairs)))
        found += float(Fraction(x["coefficient"])) * own
    return found


def rank(rows: list[list[Fraction]]) -> int:
    rows, found = [list(r) for r in rows], 0
    for j in range(len(rows[0]) if rows else 0):
        p = next((i for i in range(found, len(rows)) if rows[i][j]), None)
        if p is None:
            continue
        rows[found], rows[p] = rows[p], rows[found]
        for i in range(found + 1, len(rows)):
            q = rows[i][j] / rows[found][j]
            rows[i] = [x - q * y for x, y in zip(rows[i], rows[found], strict=True)]
        found += 1
    return found
