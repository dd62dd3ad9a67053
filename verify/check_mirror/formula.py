"""grad Q and the dual in beta alone: what stands on the leaf for each term of the mirror map.

A term is c log |P|, c |P|^e or c beta_j |P|^e with P = r + f sqrt(D) in beta. Stated is a relation
A P^2 + B P + C = 0 with coefficients in outputs and laws, P a power of a letter: an identity in the
parameters. With the laws at their values r + f sqrt(D) solves it too; where A and the root are not
0 at the start it is the same root there, and stays it while D > 0.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from verify.check_mirror.base import need, rational
from verify.check_mirror.combinations import power, whole
from verify.check_mirror.rational import Fn
from verify.check_mirror.record import Record, quotient

Terms = list[dict[str, Any]]


class InBeta:
    """Formulas of one block, with its rational laws at their values."""

    def __init__(self, r: Record, members: list[int], b: dict[str, Any]) -> None:
        need(r.degree is None, "a formula with a degree that is a letter")
        self.r, self.count = r, len(members)
        self.outputs = [r.outputs[i] for i in members]
        laws = [x for x in b["laws"] if all(t["kind"] == "power" for t in x)]
        self.own = [*self.outputs, *(whole(r, x) for x in laws)]
        self.beta = [r.at(f) for f in self.outputs]
        self.at_laws = [r.at(f) for f in self.own[self.count :]]
        self.speed = b["speed"] or []

    def number(self, c: Fraction) -> Fn:
        zero = (0,) * self.count
        return Fn({zero: c} if c else {}, {zero: Fraction(1)})

    def letter(self, i: int) -> Fn:
        if i >= self.count:
            return self.number(self.at_laws[i - self.count])
        return Fn({tuple(int(k == i) for k in range(self.count)): Fraction(1)},
                  self.number(Fraction(1)).bottom)  # fmt: skip

    def at(self, f: Fn) -> Fraction:
        """At the outputs of the start."""

        def value(poly: dict[tuple[int, ...], Fraction]) -> Fraction:
            found = Fraction(0)
            for e, c in poly.items():
                for x, k in zip(self.beta, e, strict=True):
                    c *= x**k
                found += c
            return found

        bottom = value(f.bottom)
        need(bottom, "a formula that is not defined at the start")
        return value(f.top) / bottom

    def quadratic(self, stated: list[Any], p: Fn) -> list[Fn]:
        """C, B and A in beta, after the relation is seen to be an identity."""
        total, found = self.r.number(0), [self.number(Fraction(0)) for _ in range(3)]
        for c, factors, n in stated:
            need(
                type(n) is int and 0 <= n <= 2
                and all(type(i) is int and 0 <= i < len(self.own) for i in factors),
                "a relation that is none",
            )  # fmt: skip
            there, here = self.r.number(rational(c)), self.number(rational(c))
            for i in factors:
                there, here = there * self.own[i], here * self.letter(i)
            for _ in range(n):
                there = there * p
            total, found[n] = total + there, found[n] + here
        need(not total.top, "a relation that does not hold")
        return found

    def same(self, t: dict[str, Any], p: Fn) -> None:
        """The surd of a term is P on the leaf."""
        c, b, a = self.quadratic(t["relation"], p)
        r, start = quotient(t["rational"], self.count, self.count), self.r.at(p)
        two, twice = self.number(Fraction(2)), a + a
        slope = self.at(twice) * start + self.at(b)
        if t["root_of"] is None:
            need(t["factor"] is None, "a factor of no root")
            need(not ((a * r + b) * r + c).top, "no root of its relation")
            need(self.at(r) == start, "another root of its relation")
            double = not (b * b - two * two * a * c).top
            need(slope or (double and self.at(a)), "two roots that meet at the start")
            return
        f, inside = (quotient(t[x], self.count, self.count) for x in ("factor", "root_of"))
        need(not (a * (r * r + f * f * inside) + b * r + c).top, "no root of its relation")
        need(not (twice * r + b).top, "no root of its relation")
        need(self.at(inside) > 0, "the root of what is not positive at the start")
        need(self.at(a) * self.at(f) * slope > 0, "another root of its relation")

    def term(self, t: dict[str, Any], x: dict[str, Any]) -> None:
        """It is this term of a combination, up to a constant."""
        k, exponent, c = t["power"], t["exponent"], rational(t["coefficient"])
        need(type(k) is int and k and abs(k) <= 99 and "factor" not in x, "a term that is not read")
        ours, letters = rational(x["coefficient"]), x["letters"]
        if x["kind"] == "log":
            need(exponent == "log" and t["times_output"] is None and c * k == ours, "a logarithm")
            inside = self.r.number(0)
            for i, e in zip(letters, x["numbers"], strict=True):
                inside = inside + self.r.number(e) * self.r.letter(i)
            return self.same(t, raised(self.r, inside, k))
        need(x["kind"] == "power" and len(letters) == 1, "a term that is not read")
        (i,), (m,) = letters, x["numbers"]
        if exponent == "log":
            made = (n for n, f in self.r.exponential.items() if not (f - self.r.letter(i)).top)
            e = next(made, None)
            need(e is not None and m == 1 and c * k == ours, "a logarithm")
            return self.same(t, raised(self.r, self.r.letter(e or 0), k))
        if t["times_output"] is not None:
            i, m = self.carried(t["times_output"], i, m)
        sign = -1 if self.r.at(self.r.letter(i)) < 0 and m % 2 else 1
        plain = exponent == "1" and k == m
        need(plain or rational(exponent) * k == m, "an exponent that is another")
        need(c == (ours if plain else ours * sign), "a coefficient that is another")
        return self.same(t, raised(self.r, self.r.letter(i), k))

    def carried(self, j: int, w: int, m: int) -> tuple[int, int]:
        """w = beta_j L^(-n) where the speed is a multiple of L^n."""
        need(m == 1 and type(j) is int and 0 <= j < self.count, "an output that there is not")
        need(
            len(self.speed) == 1 and len(self.speed[0]["letters"]) == 1, "a speed that is not read"
        )
        (carrier,), (n,) = self.speed[0]["letters"], self.speed[0]["numbers"]
        product = self.r.letter(w) * power(self.r, {"letters": [carrier], "numbers": [n]})
        need(not (product - self.outputs[j]).top, "no factor of its output")
        return carrier, -n


def raised(r: Record, f: Fn, k: int) -> Fn:
    found = r.number(1)
    for _ in range(abs(k)):
        found = found * f if k > 0 else found / f
    return found


def formula_said(r: Record, members: list[int], b: dict[str, Any]) -> str:
    """What was checked of the formulas in beta; empty where there are none."""
    if b["formula"] is None:
        return ""
    own, rows, dual = InBeta(r, members, b), b["formula"]["gradient"], b["formula"]["dual"]
    need(len(rows) == len(members) == len(b["mirror_map"] or []), "formulas that do not fit")
    for row, h in zip(rows, b["mirror_map"], strict=True):
        each(own, row, h)
    if dual:
        need(b["dual"], "a dual that is not stated")
        alone = len(dual) == 1 and (dual[0]["exponent"], dual[0]["coefficient"]) == ("1", "1")
        if alone and dual[0]["power"] == 1 and all(x["kind"] == "power" for x in b["dual"]):
            need(dual[0]["times_output"] is None, "a term that is not read")
            own.same(dual[0], whole(r, b["dual"]))
        else:
            each(own, dual, b["dual"])
    roots = any(t["root_of"] for row in (*rows, dual or []) for t in row)
    return f", grad Q{' and the dual' if dual else ''} in beta" + (
        " while what has roots is positive" if roots else ""
    )


def each(own: InBeta, row: Terms, h: Terms) -> None:
    need(len(row) == len(h), "terms that do not fit")
    for t, x in zip(row, h, strict=True):
        own.term(t, x)
