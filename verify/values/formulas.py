"""Scalar formulas at exact values of their letters: roots, powers, exponentials, derivatives along
the flow and by a letter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from verify.exact.errors import BadInput, NoValue
from verify.exact.jets import Jet
from verify.exact.rings import Ball, Inexact, Ring
from verify.models.formulas import Exp, Formulas, Let, Power, Root
from verify.terms.expr import Expr
from verify.terms.order import order_needed
from verify.terms.words import words
from verify.theories.towers.place import Outside, Spot
from verify.theories.towers.quotients import Quotient, TooLarge
from verify.theories.towers.tower import Tower
from verify.values.radicals import Radicals
from verify.values.record import Value, enclosed, exactly, narrow
from verify.values.smooth import NotSmooth, magnitude


class Jets:
    """Letters, atoms and expressions as jets along the rates, over a ring. ``letters``: exact
    numbers, or balls.
    """

    def __init__(
        self, setting: Formulas, letters: Mapping[str, Any], ring: Ring, order: int
    ) -> None:
        self.setting, self.ring = setting, ring
        self.exact = {
            x: v for x, v in letters.items() if isinstance(v, Fraction) and x not in setting.rates
        }
        self.known = {x: Jet(ring, [ring.number(v)]) for x, v in letters.items()}
        for s in range(order):
            slopes = {x: self.value(e).c[s] for x, e in setting.rates.items()}
            for x, jet in self.known.items():
                slope = slopes.get(x)
                rate = (
                    ring.number(Fraction(0))
                    if slope is None
                    else slope / ring.number(Fraction(s + 1))
                )
                self.known[x] = Jet(ring, [*jet.c, rate])
            self.known = {
                x: self.known[x] for x in letters
            }  # atoms are worked out again, one order further
        self.length = order + 1

    def constant(self, x: Fraction) -> Jet:
        return Jet.constant(
            self.ring, x, len(next(iter(self.known.values())).c) if self.known else 1
        )

    def name(self, name: str) -> Jet:
        if name not in self.known:
            self.known[name] = self._atom(next(a for a in self.setting.atoms if a.name == name))
        return self.known[name]

    def _atom(self, atom: Root | Power | Exp | Let) -> Jet:
        inside = self.value(atom.of)
        if isinstance(atom, Root):
            return self.raised(inside, Fraction(1, atom.degree), atom.text())
        if isinstance(atom, Power):
            return self.power(inside, atom.exponent, atom.text())
        return inside.exp() if isinstance(atom, Exp) else inside

    def raised(self, base: Jet, e: Fraction, what: str) -> Jet:
        if e.denominator > 1 and self.ring.sign(base.c[0]) == -1:
            raise ZeroDivisionError(f"{what}: the root of a negative number")
        return base.power(e)

    def power(self, base: Jet, exponent: Expr, what: str) -> Jet:
        e = self.rational(exponent)
        if e is not None:
            return self.raised(base, e, what)
        return (base.log() * self.value(exponent)).exp()

    def rational(self, e: Expr) -> Fraction | None:
        """The exact value of an exponent in numbers and letters that stand still, where it is
        rational.
        """
        try:
            still = Formulas(self.setting.prose, self.setting.letters, self.setting.atoms)
            ring: Any = Radicals()
            if e.constants() - self.exact.keys() or e.has("D"):
                return None
            found = (
                e.args[0]
                if e.head == "num"
                else Jets(still, self.exact, ring, 0).value(e).c[0].rational
            )
            return (
                found
                if found is None or max(abs(found.numerator), found.denominator) <= 1000
                else None
            )
        except (Inexact, ZeroDivisionError, StopIteration):
            return None

    def value(self, node: Expr) -> Jet:
        match node:
            case Expr("num", (x,)):
                return self.constant(x)
            case Expr("const", (name,)):
                return self.name(name)
            case Expr("+", (first, *rest)):
                found = self.value(first)
                for x in rest:
                    found = found + self.value(x)
                return found
            case Expr("*", (first, *rest)):
                found = self.value(first)
                for x in rest:
                    found = found * self.value(x)
                return found
            case Expr("^", (base, exponent)):
                return self.power(self.value(base), exponent, words(node))
            case Expr("abs", (body,)):
                return magnitude(self.value(body), words(node))
            case Expr("log" | "exp" as head, (body,)):
                return self.value(body).log() if head == "log" else self.value(body).exp()
            case Expr("D", (body,)):
                return self.value(body).derivative()
        if node.head.startswith("d/d"):
            return self.partial(node)
        raise BadInput(
            f"{words(node)}: {node.head!r} has no value in formulas; expected numbers, names, + - *"
            " / ^, log, exp, |x|, D, d/dx"
        )

    def partial(self, node: Expr) -> Jet:
        """A partial derivative as the quotient of polynomials that the tower finds. What it divides
        by must not be zero.
        """
        tower = Tower(self.setting)
        q = tower.normal(node)
        for p in tower.divisors:
            if self.ring.sign(self.polynomial(tower, p).c[0]) == 0:
                raise ZeroDivisionError(f"{words(node)} divides by zero")
        return self.quotient(tower, q)

    def quotient(self, tower: Tower, q: Quotient) -> Jet:
        return self.polynomial(tower, q.top) * self.polynomial(tower, q.bottom).power(Fraction(-1))

    def polynomial(self, tower: Tower, p: Any) -> Jet:
        found = self.constant(Fraction(0))
        for exponents, c in p.to_dict().items():
            term = self.constant(Fraction(int(c.p), int(c.q)))
            for x, k in zip(tower.symbols, exponents, strict=True):
                term = term * self.name(x).power(Fraction(int(k))) if k else term
            found = found + term
        return found


@dataclass(frozen=True)
class Letters:
    """Exact values of all letters of a setting."""

    setting: Formulas
    letters: Mapping[str, Fraction]

    def describe(self) -> str:
        return ", ".join(f"{x} = {v}" for x, v in self.letters.items())

    def _placed(self, e: Expr) -> Fraction | None:
        """The value where exponentials cancel: in the tower they are letters, and a polynomial in
        them can be 0, or a number.
        """
        try:
            found = Spot(self.setting, self.letters).value(e)
        except (BadInput, Inexact, Outside, TooLarge):
            return None
        return None if found.factors else found.coefficient

    def value(self, e: Expr, digits: int, start: Any = None) -> Value:
        """``start`` gives balls for the letters at a precision, where the state is a later one.
        Raises BadInput, NoValue.
        """
        of, order = words(e), order_needed(e)
        try:
            if start is None:
                try:
                    exact: Any = Radicals()
                    x = Jets(self.setting, self.letters, exact, order).value(e).c[0]
                    return exactly(of, self.describe(), x, digits)
                except (Inexact, OverflowError):
                    if (exact_all_the_same := self._placed(e)) is not None:
                        return exactly(of, self.describe(), exact_all_the_same, digits)
                except ZeroDivisionError as why:
                    raise NoValue(
                        f"{of} is not defined there, or not differentiable: {why}"
                    ) from None

            def ball_at(bits: int) -> Any:
                letters = self.letters if start is None else start(bits)
                return Jets(self.setting, letters, Ball(bits), order).value(e).c[0]

            return enclosed(of, self.describe(), narrow(ball_at, digits), digits)
        except NotSmooth as why:
            raise NoValue(str(why)) from None
