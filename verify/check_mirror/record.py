"""Letters, outputs, J and start of a record: everything is derived from them."""

from __future__ import annotations

from fractions import Fraction
from math import isqrt
from typing import Any

from verify.check_mirror.base import LETTERS, Refused, need, rational
from verify.check_mirror.nilpotent import Number, added, inverse, product
from verify.check_mirror.rational import Fn, Poly


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
        self.exponential: dict[int, Fn] = {}  # adjoined letters that are exp of this
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
        return quotient(f, self.count, self.count if letters is None else letters)

    def _adjoin(self, k: int, x: dict[str, Any]) -> None:
        """Slopes and the value at the start, from the kind; what is stated must agree."""
        kind, inner, own = x["kind"], None, self.letter(k)
        if kind == "constant":
            need(self.degree is None and x["of"] is None, "more constants than one")
            self.degree, rates, value = k, {}, None
        else:
            inner = self.read(x["of"], k)
            factor = self._factor(kind, own, inner)
            if kind == "exp":
                self.exponential[k] = inner
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


def quotient(f: dict[str, Any], count: int, letters: int) -> Fn:
    """Of polynomials in the first ``letters`` of ``count``."""
    made = []
    for part in (f["top"], f["bottom"]):
        poly: Poly = {}
        for c, e in part:
            need(
                len(e) == count
                and all(type(k) is int and 0 <= k <= 999 for k in e)
                and not any(e[letters:])
                and tuple(e) not in poly,
                "a polynomial that is none",
            )
            if value := rational(c):
                poly[tuple(e)] = value
        made.append(poly)
    need(made[1], "a quotient by 0")
    return Fn(*made)


def _sign(coefficients: list[Fraction]) -> int:
    signs = {c > 0 for c in coefficients if c}
    return 0 if len(signs) != 1 else 1 if signs.pop() else -1
