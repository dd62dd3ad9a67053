"""Reader of ``verify mirror --format json``.

    python -I -S check_mirror.py FILE...

Standard library only, and nothing of what found the answer. From outputs, letters and start alone
it derives the slopes J, the fields X_i and K = J J^T, and checks

- of a potential: X_i h_j = c delta_ij, laws and dual as identities of rational functions, c > 0,
  rank J = d at the start, and why h is a function of the outputs on the leaf;
- of an exclusion: the stated value of a derivative along the fields at the start, which is not 0.

It prints the sentence that it has checked. Formulas in beta, integrals and names are not read; nor
is a start at which a letter is not rational. Exit code 0 accepted, 1 refused, 2 not such a record.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from fractions import Fraction
from itertools import combinations
from math import isqrt
from typing import Any

Poly = dict[tuple[int, ...], Fraction]
Number = dict[int, Fraction]  # in nilpotent letters s_0, s_1, ..: by the set of those that occur
Function = Callable[[list[Number]], Number]
BYTES, DIGITS, WORK, LETTERS = 4_000_000, 2_000, 4_000_000, 120
KINDS = ("mirror", "time change", "excluded")


class Refused(Exception):
    """It does not hold, or is not checked."""


class NotACertificate(Exception):
    """It is no record of this kind."""


def need(holds: Any, why: str) -> None:
    if not holds:
        raise Refused(why)


class Work:
    left = WORK

    @classmethod
    def spend(cls, n: int) -> None:
        cls.left -= n
        need(cls.left > 0, "too large to check")


def plus(a: Poly, b: Poly, sign: int = 1) -> Poly:
    found = dict(a)
    for e, c in b.items():
        found[e] = found.get(e, Fraction(0)) + sign * c
    return {e: c for e, c in found.items() if c}


def times(a: Poly, b: Poly) -> Poly:
    Work.spend(len(a) * len(b))
    found: Poly = {}
    for e, c in a.items():
        for f, d in b.items():
            key = tuple(x + y for x, y in zip(e, f, strict=True))
            found[key] = found.get(key, Fraction(0)) + c * d
    return {e: c for e, c in found.items() if c}


class Fn:
    """top/bottom, not reduced."""

    def __init__(self, top: Poly, bottom: Poly) -> None:
        self.top, self.bottom = top, bottom

    def __add__(self, o: Fn) -> Fn:
        if not self.top or not o.top:
            return o if not self.top else self
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
        need(o.top, "a division by 0")
        return Fn(times(self.top, o.bottom), times(self.bottom, o.top))

    def partial(self, i: int) -> Fn:
        one = tuple(0 for _ in next(iter(self.bottom)))
        if set(self.bottom) == {one}:
            return Fn(slope(self.top, i), self.bottom)
        top = plus(
            times(slope(self.top, i), self.bottom), times(self.top, slope(self.bottom, i)), -1
        )
        return Fn(top, times(self.bottom, self.bottom))


def slope(a: Poly, i: int) -> Poly:
    return {tuple(x - (n == i) for n, x in enumerate(e)): c * e[i] for e, c in a.items() if e[i]}


def rational(text: Any) -> Fraction:
    fits = isinstance(text, str) and len(text) <= DIGITS
    if not fits or not re.fullmatch(r"-?[0-9]+(/[1-9][0-9]*)?", text):
        raise NotACertificate(f"{text!r:.40} is no rational number in quotes")
    return Fraction(text)


def added(a: Number, b: Number, sign: int = 1) -> Number:
    found = dict(a)
    for e, c in b.items():
        found[e] = found.get(e, Fraction(0)) + sign * c
    return found


def product(a: Number, b: Number) -> Number:
    Work.spend(len(a) * len(b))
    found: Number = {}
    for e, c in a.items():
        for f, d in b.items():
            if not e & f:
                found[e | f] = found.get(e | f, Fraction(0)) + c * d
    return found


def inverse(a: Number) -> Number:
    """1/(a_0 + n) = (1/a_0) sum (-n/a_0)^k, n nilpotent."""
    first = a.get(0, Fraction(0))
    need(first, "a division by 0 at the start")
    rest = {e: -c / first for e, c in a.items() if e}
    found, power = {0: 1 / first}, {0: 1 / first}
    while rest and any((power := product(power, rest)).values()):
        found = added(found, power)
    return found


class Record:
    """Letters, outputs, J and start of a record; everything else is derived from them."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.names = [*data["parameters"], *(x["name"] for x in data["adjoined"])]
        self.n, self.count = len(data["parameters"]), len(self.names)
        need(len(set(self.names)) == self.count <= LETTERS, "letters twice, or too many")
        self.zero: tuple[int, ...] = (0,) * self.count
        self.degree: int | None = None  # a constant letter
        self.weights = [rational(w) for w in data["weights"]]
        self.start: list[Fraction | None] = [rational(x) for x in data["start"]]
        need(len(self.weights) == len(self.start) == self.n, "a start that does not fit")
        need(all(w > 0 for w in self.weights), "a metric that is not positive")
        self.rates: list[dict[int, Fn]] = [{i: self.number(1)} for i in range(self.n)]
        for k, x in enumerate(data["adjoined"], self.n):
            self._adjoin(k, x)
        self.outputs = [self.read(f) for f in data["outputs"]]
        self.rows = [self.derived(f) for f in self.outputs]
        self.fields = [self.raised(row) for row in self.rows]

    def number(self, c: Any) -> Fn:
        return Fn({self.zero: Fraction(c)} if c else {}, {self.zero: Fraction(1)})

    def letter(self, i: int) -> Fn:
        need(type(i) is int and 0 <= i < self.count, "a letter that there is not")
        return Fn(
            {tuple(int(k == i) for k in range(self.count)): Fraction(1)}, self.number(1).bottom
        )

    def read(self, f: dict[str, Any], letters: int | None = None) -> Fn:
        """A quotient of polynomials in the first letters."""
        letters, made = self.count if letters is None else letters, []
        for part in (f["top"], f["bottom"]):
            poly: Poly = {}
            for c, e in part:
                need(
                    len(e) == self.count
                    and all(type(k) is int and 0 <= k <= 999 for k in e)
                    and not any(e[letters:]) and tuple(e) not in poly,
                    "a polynomial that is none",
                )  # fmt: skip
                if value := rational(c):
                    poly[tuple(e)] = value
            made.append(poly)
        need(made[1], "a quotient by 0")
        return Fn(*made)

    def _adjoin(self, k: int, x: dict[str, Any]) -> None:
        """Slopes and the value at the start, from the kind; what is stated must agree."""
        kind, inner, own = x["kind"], None, self.letter(k)
        if kind == "constant":
            need(self.degree is None and x["of"] is None, "more constants than one")
            self.degree, rates, value = k, {}, None
        else:
            inner = self.read(x["of"], k)
            factor = self._factor(kind, own, inner)
            by = enumerate(self.derived(inner))
            rates = {i: factor * f for i, f in by if f.top}
            value = self._value(kind, inner)
        stated = {int(i): self.read(f, k + 1) for i, f in x["slopes"].items()}
        need(
            all(0 <= i < self.n for i in stated)
            and not any((stated.get(i, own - own) - rates.get(i, own - own)).top
                        for i in range(self.n)),
            f"{self.names[k]} has other slopes",
        )  # fmt: skip
        self.rates.append(rates)
        self.start.append(value)

    def _factor(self, kind: str, own: Fn, inner: Fn) -> Fn:
        if kind == "exp":
            return own
        if kind == "log":
            return self.number(1) / inner
        if kind == "sqrt":
            return self.number(1) / (own + own)
        need(kind == "power" and self.degree is not None, "a function that is not known")
        need(
            any(not (inner - self.letter(i)).top for i in range(self.n)),
            "a power with a letter as exponent, of what is no parameter",
        )
        return self.letter(self.degree or 0) * own / inner

    def _value(self, kind: str, inner: Fn) -> Fraction | None:
        """At the start, where it is rational."""
        try:
            x = self.at(inner)
        except Refused:
            return None
        if kind in ("log", "sqrt", "power"):
            need(x > 0, "a logarithm, root or power of what is not positive at the start")
        if kind == "sqrt":
            root = Fraction(isqrt(x.numerator), isqrt(x.denominator))
            return root if root * root == x else None
        return {"exp": {0: Fraction(1)}, "log": {1: Fraction(0)}, "power": {1: Fraction(1)}}[
            kind
        ].get(int(x) if x.denominator == 1 else -1)

    def derived(self, f: Fn) -> list[Fn]:
        """By each parameter."""
        found = [self.number(0)] * self.n
        for i in range(len(self.rates)):
            if (part := f.partial(i)).top:
                for k, rate in self.rates[i].items():
                    found[k] = found[k] + part * rate
        return found

    def raised(self, row: list[Fn]) -> list[Fn]:
        return [self.number(w) * x for w, x in zip(self.weights, row, strict=True)]

    def dot(self, a: list[Fn], b: list[Fn]) -> Fn:
        found = self.number(0)
        for x, y in zip(a, b, strict=True):
            if x.top and y.top:
                found = found + x * y
        return found

    def at(self, f: Fn) -> Fraction:
        return self.there(f, self.state()).get(0, Fraction(0))

    def state(self) -> list[Number | None]:
        return [None if x is None else {0: x} for x in self.start]

    def there(self, f: Fn, state: list[Number | None]) -> Number:
        """The value of a quotient where letters have these values."""

        def of(poly: Poly) -> Number:
            whole: Number = {}
            for exponents, c in poly.items():
                term: Number = {0: c}
                for i, k in enumerate(exponents):
                    x = state[i] if k and i < len(state) else {0: Fraction(1)}
                    need(x is not None, f"{self.names[i]} is not rational at the start")
                    for _ in range(k):
                        term = product(term, x)  # type: ignore[arg-type]
                whole = added(whole, term)
            return whole

        return product(of(f.top), inverse(of(f.bottom)))

    def positive(self, f: Fn) -> bool:
        """At the start; with a letter as degree, for every one above 2."""
        if self.degree is None:
            return self.at(f) > 0
        return _sign(self._of_degree(f.top)) * _sign(self._of_degree(f.bottom)) > 0

    def _of_degree(self, poly: Poly) -> list[Fraction]:
        """Coefficients in t, where the degree is 2 + t."""
        found: list[Fraction] = []
        for e, c in poly.items():
            for i, k in enumerate(e):
                if k and i != self.degree:
                    need(self.start[i] is not None, f"{self.names[i]} is not rational at the start")
                    c *= self.start[i] ** k  # type: ignore[operator]
            term = [c]
            for _ in range(e[self.degree or 0]):
                term = [
                    2 * a + b
                    for a, b in zip([*term, Fraction(0)], [Fraction(0), *term], strict=True)
                ]
            wide = max(len(found), len(term))
            pad = lambda x, wide=wide: [*x, *[Fraction(0)] * (wide - len(x))]
            found = [a + b for a, b in zip(pad(found), pad(term), strict=True)]
        return found


def _sign(coefficients: list[Fraction]) -> int:
    signs = {c > 0 for c in coefficients if c}
    return 0 if len(signs) != 1 else 1 if signs.pop() else -1


class Along:
    """Derivatives along the fields of a block, as values at the start: X_a f is the coefficient of
    s in f(theta + s X_a), s nilpotent.
    """

    def __init__(self, record: Record, members: list[int]) -> None:
        self.r, self.members = record, members
        self.free = 0

    def slopes(self, l: int, state: list[Number]) -> list[Number]:
        row = self.r.rows[self.members[l]]
        return [self.r.there(f, state) if f.top else {} for f in row]  # type: ignore[arg-type]

    def kernel(self, l: int, m: int) -> Function:
        def value(state: list[Number]) -> Number:
            found: Number = {}
            both = zip(self.slopes(l, state), self.slopes(m, state), self.r.weights, strict=True)
            for x, y, w in both:
                found = added(found, product(product(x, y), {0: w}))
            return found

        return value

    def along(self, a: int, f: Function) -> Function:
        def value(state: list[Number]) -> Number:
            s, self.free = 1 << self.free, self.free + 1
            row = self.slopes(a, state)
            moved = list(state)
            for g, rates in enumerate(self.r.rates):
                step: Number = {}
                for k, rate in rates.items():
                    if row[k]:
                        part = product(self.r.there(rate, state), row[k])  # type: ignore[arg-type]
                        step = added(step, product(part, {0: self.r.weights[k]}))
                if step:
                    moved[g] = added(state[g], product(step, {s: Fraction(1)}))
            found = {e ^ s: c for e, c in f(moved).items() if e & s}
            self.free -= 1
            return found

        return value

    def bracket(self, i: int, k: int, f: Function) -> Function:
        return minus(self.along(i, self.along(k, f)), self.along(k, self.along(i, f)))

    def defect(self, i: int, k: int, m: int) -> Function:
        """(J [X_i, X_k])_m."""
        return minus(self.along(i, self.kernel(k, m)), self.along(k, self.kernel(i, m)))

    def shape(self, i: int, k: int) -> list[Function]:
        """det K S_ik."""
        d = range(len(self.members))

        def entry(m: int) -> Function:
            def value(state: list[Number]) -> Number:
                rows = [[self.kernel(a, b)(state) for b in d] for a in d]
                return total(product(cofactor(rows, m, j), self.defect(i, k, j)(state)) for j in d)

            return value

        return [entry(m) for m in d]

    def size(self, state: list[Number]) -> Number:
        d = range(len(self.members))
        return determinant([[self.kernel(a, b)(state) for b in d] for a in d])


def negated(f: Function) -> Function:
    return lambda state: {e: -c for e, c in f(state).items()}


def minus(f: Function, g: Function) -> Function:
    return lambda state: added(f(state), g(state), -1)


def total(parts: Any) -> Number:
    found: Number = {}
    for x in parts:
        found = added(found, x)
    return found


def determinant(rows: list[list[Number]]) -> Number:
    if not rows:
        return {0: Fraction(1)}
    return total(product(rows[0][j], cofactor(rows, 0, j)) for j in range(len(rows)))


def cofactor(rows: list[list[Number]], i: int, j: int) -> Number:
    rest = [[x for b, x in enumerate(r) if b != j] for a, r in enumerate(rows) if a != i]
    return product({0: Fraction((-1) ** (i + j))}, determinant(rest))


def word_value(r: Record, members: list[int], w: dict[str, Any]) -> tuple[str, Fraction]:
    """What is stated, in words, and its value at the start: it has to be the stated one, not 0."""
    a, d = Along(r, members), len(members)
    what, indices, fields = w["what"], w["indices"], w["fields"]
    need(
        all(type(x) is int and 0 <= x < d for x in (*indices, *fields)) and len(fields) <= 4,
        "indices of outputs that there are not",
    )
    wanted = {"defect": 3, "vertical": 4, "shape": 3, "shape-solved": 3, "slope": 3,
              "slope-solved": 3, "vertical-shape": 2, "closed": 2}  # fmt: skip
    need(what in wanted and len(indices) == wanted[what], "a kind of exclusion that is not known")
    f, said = _word(r, members, a, what, indices)
    for x in reversed(fields):
        inner = f"({said})" if " - " in said else said
        f, said = a.along(x, f), f"X_{x + 1} {inner}"
    value = f(r.state()).get(0, Fraction(0))  # type: ignore[arg-type]
    need(value and value == rational(w["value"]), f"{said} is {value}, not {w['value']}")
    return said, value


def _word(r: Record, members: list[int], a: Along, what: str, n: list[int]) -> tuple[Function, str]:
    i, k = n[0], n[1]
    pair = f"[X_{i + 1}, X_{k + 1}]"
    if what == "defect":
        return a.defect(i, k, n[2]), f"(J {pair})_{n[2] + 1}"
    if what == "vertical":
        need(not any(x.top for x in defects(r, members)), "some J [X_i, X_k] is not 0")
        return a.bracket(i, k, a.kernel(n[2], n[3])), f"{pair} K_{n[2] + 1},{n[3] + 1}"
    if what in ("shape", "shape-solved"):
        need(n[2] not in (i, k) and i < k, "a condition that is none")
        f = a.shape(i, k)[n[2]]
        return _divided(a, f, what), f"(S_{i + 1},{k + 1})_{n[2] + 1}"
    if what in ("slope", "slope-solved"):
        need(len({i, k, n[2]}) == 3, "a condition that is none")
        f = minus(_slope(a, i, k), _slope(a, i, n[2]))
        return _divided(a, f, what), f"two values of X_{i + 1} log c"
    need(len(members) == 2, "a condition for two outputs")
    return _of_two(a, what, i, k)


def _of_two(a: Along, what: str, i: int, k: int) -> tuple[Function, str]:
    """Conditions on a change of time of two outputs."""
    s = a.shape(0, 1)

    def v(f: Function) -> Function:
        """det K times the vertical part of [X_1, X_2]."""
        less = [negated(x) for x in s]
        parts = [(a.size, a.bracket(0, 1, f)), (less[0], a.along(0, f)), (less[1], a.along(1, f))]
        return lambda state: total(product(x(state), y(state)) for x, y in parts)

    first = a.kernel(0, 0)
    if what == "vertical-shape":
        at = a.kernel(i, k)
        cross = lambda x, y: lambda state: product(v(x)(state), y(state))
        said = f"v(K)_11 K_{i + 1},{k + 1} - v(K)_{i + 1},{k + 1} K_11"
        return minus(cross(first, at), cross(at, first)), said
    need((i, k) == (0, 1), "a condition that is none")
    over = lambda f: lambda state: product(f(state), inverse(a.size(state)))
    nu = lambda state: product(over(v(first))(state), inverse(first(state)))
    # X_1 mu_2 - X_2 mu_1 - nu, mu_1 = (S)_2, mu_2 = -(S)_1
    parts = (a.along(0, over(s[0])), a.along(1, over(s[1])), nu)
    turned = negated(lambda state: total(f(state) for f in parts))
    return turned, "X_1 mu_2 - X_2 mu_1 - nu"


def _divided(a: Along, f: Function, what: str) -> Function:
    if not what.endswith("-solved"):
        return f
    return lambda state: product(f(state), inverse(a.size(state)))


def _slope(a: Along, i: int, k: int) -> Function:
    """det K mu_i as S_ik has it."""
    if i < k:
        return a.shape(i, k)[k]
    return negated(a.shape(k, i)[k])


def defects(r: Record, members: list[int]) -> list[Fn]:
    """All (J [X_i, X_k])_m as functions."""
    return [
        r.dot(r.rows[m], bracket(r, i, k)) for i, k in combinations(members, 2) for m in members
    ]


def bracket(r: Record, i: int, k: int) -> list[Fn]:
    left, right = r.fields[i], r.fields[k]
    return [r.dot(left, r.derived(y)) - r.dot(right, r.derived(x))
            for x, y in zip(left, right, strict=True)]  # fmt: skip


def block_said(r: Record, b: dict[str, Any], several: bool) -> str:
    """What was checked of a block, in words."""
    members = b["outputs"]
    d, rows = len(members), [r.rows[i] for i in members]
    used = [k for k in range(r.n) if any(row[k].top for row in rows)]
    kernel = [[r.dot(r.fields[i], r.rows[k]) for k in members] for i in members]
    need(full_rank(r, rows, used, kernel), "the Jacobian has not full rank at the start")
    verdict = b["verdict"]
    if verdict == "excluded":
        said = said_at(r, members, b["excluded_by"])
        more = b.get("change_of_time_excluded_by")
        also = (
            "" if more is None else f"; after a change of time neither: {said_of(r, members, more)}"
        )
        return f"no mirror flow: {said} at the start{also}"
    laws = [slopes_of(r, f) for f in b["laws"]]
    for f in laws:
        need(not any(r.dot(r.fields[i], f).top for i in members), "a law is none")
    speed, without = r.number(1), ""
    if verdict == "time change":
        need(not several and b["speed"], "a change of time that is none")
        speed = whole(r, b["speed"])
        need(r.positive(speed), "c is not positive at the start")
        if r.degree is None:  # with a letter as degree nothing is said of the plain clock
            without = f" (without it none: {said_at(r, members, b['excluded_by'])})"
    mirror = potential(r, b, members, speed)
    leaf(r, b["why"], members, used, laws, bool(mirror), kernel)
    need(mirror or verdict == "mirror", "a change of time without its mirror map")
    clock = "" if verdict == "mirror" else " after a change of time"
    clock += without
    delta = "delta_ij" if verdict == "mirror" else "c delta_ij"
    found = f"X_i h_j = {delta}" if mirror else "no h is stated"
    return f"mirror flow{clock}: {found}, {len(laws)} laws, rank J = {d} ({b['why']})"


def potential(r: Record, b: dict[str, Any], members: list[int], speed: Fn) -> list[Any]:
    """The mirror map as it is stated, where it and the dual have the derivatives that they need."""
    mirror, d = b["mirror_map"] or [], len(members)
    need(len(mirror) in (0, d), "a mirror map that does not fit")
    for j, h in enumerate(map(lambda f: slopes_of(r, f), mirror)):
        for i in range(d):
            right = speed if i == j else r.number(0)
            need(not (r.dot(r.fields[members[i]], h) - right).top, "h is no mirror map")
    if b["dual"]:
        h = slopes_of(r, b["dual"])
        for i in members:
            need(not (r.dot(r.fields[i], h) - speed * r.outputs[i]).top, "the dual is none")
    return list(mirror)


def said_of(r: Record, members: list[int], w: dict[str, Any]) -> str:
    need(w["what"] not in ("defect", "vertical"), "what excludes no change of time")
    return said_at(r, members, w)


def said_at(r: Record, members: list[int], w: dict[str, Any]) -> str:
    said, value = word_value(r, members, w)
    return f"{said} = {value}"


def leaf(r: Record, why: str, members: list[int], used: list[int], laws: list[list[Fn]],
         found: bool, kernel: list[list[Fn]]) -> None:  # fmt: skip
    """Why h is a function of the outputs on the leaf."""
    if why == "one output":
        return need(len(members) == 1, "more outputs than one")
    if why == "commuting":
        pairs = combinations(members, 2)
        return need(
            not any(x.top for i, k in pairs for x in bracket(r, i, k)), "brackets are not 0"
        )
    need(found, "no mirror map is stated")
    if why == "laws":
        rows = [[f[k] for k in used] for f in (*(r.rows[i] for i in members), *laws)]
        return need(
            len(used) == len(members)
            or (r.degree is None and rank([[r.at(x) for x in row] for row in rows]) == len(used)),
            "outputs and laws are not as many as parameters",
        )
    need(why == "involutive" and len(members) <= 3, "a reason that is not known")
    for i, k in combinations(members, 2):
        v = bracket(r, i, k)
        row = [r.dot(r.rows[m], v) for m in members]
        size = fn_det(r, kernel)
        for a in used:
            x = size * v[a]
            for p, j in enumerate(members):
                for q in range(len(members)):
                    x = x - fn_cofactor(r, kernel, p, q) * row[q] * r.fields[j][a]
            need(not x.top, "a bracket that is no combination of the fields")
    return None


def fn_det(r: Record, rows: list[list[Fn]]) -> Fn:
    found = r.number(0 if rows else 1)
    for j in range(len(rows)):
        found = found + rows[0][j] * fn_cofactor(r, rows, 0, j)
    return found


def fn_cofactor(r: Record, rows: list[list[Fn]], i: int, j: int) -> Fn:
    rest = [[x for b, x in enumerate(row) if b != j] for a, row in enumerate(rows) if a != i]
    return r.number((-1) ** (i + j)) * fn_det(r, rest)


def full_rank(r: Record, rows: list[list[Fn]], used: list[int], kernel: list[list[Fn]]) -> bool:
    if r.degree is None:
        return bool(used) and rank([[r.at(row[k]) for k in used] for row in rows]) == len(rows)
    return len(rows) <= 4 and r.positive(fn_det(r, kernel))


def rank(rows: list[list[Fraction]]) -> int:
    rows, found = [list(x) for x in rows], 0
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


def factor(r: Record, x: dict[str, Any]) -> Fn:
    """A coefficient, with a constant beside it."""
    found = r.number(rational(x["coefficient"]))
    if "factor" in x:
        own = r.read(x["factor"])
        exponents = (e for poly in (own.top, own.bottom) for e in poly)
        constant = all(not k or i == r.degree for e in exponents for i, k in enumerate(e))
        need(constant, "a factor that is no constant")
        found = found * own
    return found


def power(r: Record, x: dict[str, Any]) -> Fn:
    found = r.number(1)
    for i, e in zip(x["letters"], x["numbers"], strict=True):
        need(type(e) is int and abs(e) <= 99, "an exponent that is none")
        for _ in range(abs(e)):
            found = found * r.letter(i) if e > 0 else found / r.letter(i)
    return found


def whole(r: Record, terms: list[dict[str, Any]]) -> Fn:
    found = r.number(0)
    for x in terms:
        need(x["kind"] == "power", "c is no sum of powers")
        found = found + factor(r, x) * power(r, x)
    return found


def slopes_of(r: Record, terms: list[dict[str, Any]]) -> list[Fn]:
    """Of a combination of powers, logarithms of sums and arc tangents, by each parameter."""
    found = [r.number(0)] * r.n
    for x in terms:
        if x["kind"] == "power":
            own = r.derived(power(r, x))
        elif x["kind"] == "log":
            inside = r.number(0)
            for i, e in zip(x["letters"], x["numbers"], strict=True):
                need(type(e) is int, "a sum that is none")
                inside = inside + r.number(e) * r.letter(i)
            need(r.degree is not None or r.at(inside), "the logarithm of 0 at the start")
            own = [f / inside for f in r.derived(inside)]
        else:
            need(x["kind"] == "atan" and len(x["letters"]) == 1, "a function that is not known")
            y = r.letter(x["letters"][0])
            own = [f / (r.number(1) + y * y) for f in r.derived(y)]
        by = factor(r, x)
        found = [a + by * b if b.top else a for a, b in zip(found, own, strict=True)]
    return found


def within(r: Record, w: dict[str, Any]) -> str:
    """The subspace: its basis is orthogonal, with the metric's weights; the outputs are those of
    the whole space there, and their slopes lie in it.
    """
    basis = [[rational(x) for x in b] for b in w["basis"]]
    wide = len(w["parameters"])
    need(len(basis) == r.n and all(len(b) == wide for b in basis), "a basis that does not fit")
    need(len(w["whole"]) == len(r.outputs) and r.count == r.n, "a subspace that is not checked")
    inner = lambda x, y: sum(p * q for p, q in zip(x, y, strict=True))
    for i, b in enumerate(basis):
        need(not any(inner(b, x) for x in basis[:i]), "a basis that is not orthogonal")
        need(inner(b, b) * r.weights[i] == 1, "a metric that is not the induced one")
    put = [
        {tuple(int(n == k) for n in range(r.n)): b[j] for k, b in enumerate(basis) if b[j]}
        for j in range(wide)
    ]
    for stated, own in zip(w["whole"], r.outputs, strict=True):
        need(
            all(len(e) == wide and all(type(k) is int and k >= 0 for k in e) for _, e in stated),
            "no polynomial",
        )
        poly = {tuple(e): rational(c) for c, e in stated}
        here = Fn(composed(poly, put, r), r.number(1).bottom)
        need(not (here - own).top, "outputs that are not those of the whole space")
        slopes = [composed(slope(poly, j), put, r) for j in range(wide)]
        for j in range(wide):  # what is left of a slope after its projection onto the basis
            rest = slopes[j]
            for k, b in enumerate(basis):
                for m in range(wide):
                    if b[j] and b[m]:
                        c = r.weights[k] * b[j] * b[m]
                        rest = plus(rest, {e: c * x for e, x in slopes[m].items()}, -1)
            need(not rest, "the flow leaves the subspace")
    return f", in a linear subspace of dimension {r.n} to which the flow is tangent"


def composed(poly: Poly, put: list[Poly], r: Record) -> Poly:
    found: Poly = {}
    for e, c in poly.items():
        term: Poly = {r.zero: c} if c else {}
        for j, k in enumerate(e):
            for _ in range(k):
                term = times(term, put[j])
        found = plus(found, term)
    return found


def verified(data: dict[str, Any]) -> str:
    r = Record(data)
    blocks = data["blocks"]
    need(blocks and sorted(i for b in blocks for i in b["outputs"]) == list(range(len(r.outputs))),
         "blocks that are not all outputs")  # fmt: skip
    for b, other in combinations(blocks, 2):
        used = [
            {k for i in x["outputs"] for k in range(r.n) if r.rows[i][k].top} for x in (b, other)
        ]
        need(not used[0] & used[1], "blocks that share a parameter")
    found, several = {b["verdict"] for b in blocks}, len(blocks) > 1
    verdict = (
        "excluded" if "excluded" in found else "time change" if "time change" in found else "mirror"
    )
    need(found <= set(KINDS) | {"undecided"}, "a verdict that is none")
    need("undecided" not in found or verdict == "excluded", "undecided: there is nothing to check")
    need(data["verdict"] == verdict, "a verdict that does not follow from its blocks")
    decided = [b for b in blocks if verdict != "excluded" or b["verdict"] == "excluded"]
    space = within(r, data["within"]) if data["within"] else ""
    start = ", ".join(f"{x} = {v}" for x, v in zip(r.names, r.start, strict=False) if v is not None)
    said = "; ".join(block_said(r, b, several) for b in decided)
    return f"accepted: from {start}{space}: {said}"


def check(data: object) -> str:
    """The sentence that was checked. Raises NotACertificate or Refused, nothing else."""
    if not isinstance(data, dict) or data.get("schema") != "flowlaw-mirror/1":
        raise NotACertificate("no answer of verify mirror --format json")
    Work.left = WORK
    try:
        return verified(data)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError) as problem:
        raise NotACertificate(f"not of its shape: {problem!r:.80}") from None


def load(text: bytes) -> object:
    """Raises NotACertificate."""
    if len(text) > BYTES:
        raise NotACertificate(f"more than {BYTES} bytes")
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise NotACertificate(f"not JSON: {problem}") from None


def main(paths: list[str]) -> int:
    codes = [] if paths else [2]
    for path in paths:
        try:
            with open(path, "rb") as file:
                print(check(load(file.read(BYTES + 1))))
            codes.append(0)
        except (Refused, NotACertificate, OSError) as reason:
            codes.append(1 if isinstance(reason, Refused) else 2)
            print(
                f"{path}: {'refused' if codes[-1] == 1 else 'not accepted'}: {reason}",
                file=sys.stderr,
            )
    if not paths:
        print("usage: python -I -S check_mirror.py FILE...", file=sys.stderr)
    return max(codes)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
