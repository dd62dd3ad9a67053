"""Normal forms in a tower: fractions of polynomials over Q in letters and atoms, modulo r^n = (its
radicand) for each root.

Derivatives, for any derivation ':

    r' = r of'/(n of) for r^n = of,    a' = e a of'/of for a = of^e,    a' = a of' for a = exp(of).

A numerator that reduces to zero proves an identity wherever all terms are defined; every divisor is
remembered, so that a point can be asked whether they are. A numerator that does not reduce to zero
proves nothing.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from verify.exact.errors import BadInput
from verify.exact.limits import is_power, up_to
from verify.models.formulas import Atom, Exp, Formulas, Let, Power, Root
from verify.terms.expr import Expr
from verify.theories.towers.quotients import Poly, Quotient, Quotients

FLOW = ""  #: the derivation along the flow; a letter's name is the partial derivative by it


class Tower(Quotients):
    """One setting's letters and atoms. ``divisors`` collects whatever was divided by, in order."""

    def __init__(self, setting: Formulas) -> None:
        letters = [x.name for x in setting.letters]
        super().__init__(letters + [a.name for a in setting.atoms if not isinstance(a, Let)])
        self.setting = setting
        self._inside: dict[str, Quotient] = {}  # what an atom was made of
        self._exponents: dict[str, Quotient] = {}
        self._slopes: dict[tuple[str, str], Quotient] = {}
        self._symbol = {
            x: Quotient(g, self._ring.constant(1))
            for x, g in zip(self.symbols, self._ring.gens(), strict=True)
        }
        self.known = {
            x.name: self._symbol[x.name] for x in setting.letters
        }  # of atoms those that were added already
        for atom in setting.atoms:
            self._add(atom)

    def _add(self, atom: Atom) -> None:
        inside = self.normal(atom.of)
        if isinstance(atom, Let):
            self.known[atom.name] = inside
            return
        self._inside[atom.name], self.known[atom.name] = inside, self._symbol[atom.name]
        if isinstance(atom, Power):
            self._exponents[atom.name] = self.normal(atom.exponent)
        if isinstance(atom, Root):
            if not inside.bottom.is_constant():
                raise BadInput(
                    f"root {atom.name}: its radicand has a denominator; expected a polynomial:"
                    " divide the root instead"
                )
            self._relations.append(
                (
                    self.symbols.index(atom.name),
                    atom.degree,
                    inside.top / inside.bottom.leading_coefficient(),
                )
            )

    def inside(self, name: str) -> Quotient:
        """What an atom is a root, power or exponential of."""
        return self._inside[name]

    def exponent(self, name: str) -> Quotient:
        return self._exponents[name]

    def never_negative(self, name: str) -> bool:
        """No coefficient of a root's radicand is negative, and what has no sign occurs in even
        powers: states lie on both sides.
        """
        free = [k for k, x in enumerate(self.setting.letters) if x.sign != ">"]
        terms = self._inside[name].top / self._inside[name].bottom.leading_coefficient()
        return all(c > 0 and not any(e[k] % 2 for k in free) for e, c in terms.to_dict().items())

    def normal(self, e: Expr) -> Quotient:
        """Value of an expression. Raises BadInput for a name or a head that does not belong here,
        TooLarge.
        """
        match e:
            case Expr("num", (value,)):
                return self.number(value)
            case Expr("const", (name,)) if name in self.known:
                return self.known[name]
            case Expr("const", (name,)) if name in self._symbol:
                raise BadInput(
                    f"an abbreviation takes a derivative in which {name} occurs, declared behind"
                    " it; expected it before"
                )
            case Expr("+", args):
                return self._folded(args, self.plus)
            case Expr("*", args):
                return self._folded(args, self.mul)
            case Expr("^", (base, Expr("num", (n,)))) if is_power(n):
                return self.power(self.normal(base), int(n))
            case Expr("D", (body,)):
                return self.derived(self.normal(body), FLOW)
            case Expr(head, (body,)) if head.startswith("d/d"):
                return self.derived(self.normal(body), head[3:])
        raise BadInput(
            f"{e.head} {e.args[:1]}: expected numbers, declared names, + * and whole powers,"
            f" {up_to('power')}, D or d/dx"
        )

    def _folded(self, args: tuple, step: Any) -> Quotient:
        result = self.normal(args[0])
        for x in args[1:]:
            result = step(result, self.normal(x))
        return result

    def derived(self, q: Quotient, along: str) -> Quotient:
        """(top/bottom)' by the quotient rule."""
        top, bottom = self._chained(q.top, along), self._chained(q.bottom, along)
        over = Quotient(q.bottom, self._ring.constant(1))
        minus = self.mul(self.mul(self.number(-1), Quotient(q.top, over.bottom)), bottom)
        upper = self.plus(self.mul(top, over), minus)
        return self.mul(upper, Quotient(over.bottom, self.times(q.bottom, q.bottom)))

    def _chained(self, p: Poly, along: str) -> Quotient:
        """p' = sum over symbols of (dp/ds) s'."""
        result, used = self.number(0), p.degrees() if p else ()
        for place, degree in enumerate(used):
            if degree:
                inner = Quotient(p.derivative(place), self._ring.constant(1))
                result = self.plus(result, self.mul(inner, self.slope(self.symbols[place], along)))
        return result

    def slope(self, name: str, along: str) -> Quotient:
        """Derivative of a letter or an atom."""
        key = (name, along)
        if key not in self._slopes:
            self._slopes[key] = self._slope(name, along)
        return self._slopes[key]

    def _slope(self, name: str, along: str) -> Quotient:
        if name not in self._inside:
            rates = self.setting.rates
            return (
                self.number(int(name == along))
                if along
                else self.normal(rates[name])
                if name in rates
                else self.number(0)
            )
        inside, value = self._inside[name], self.known[name]
        atom = next(a for a in self.setting.atoms if a.name == name)
        moved = self.derived(inside, along)
        self._still(name, along)
        if not moved.top:
            return moved
        if isinstance(atom, Exp):
            return self.mul(value, moved)
        factor = (
            self.exponent(name)
            if isinstance(atom, Power)
            else self.number(Fraction(1, getattr(atom, "degree", 1)))
        )
        return self.mul(self.mul(factor, value), self.mul(moved, self.inverse(inside)))

    def _still(self, name: str, along: str) -> None:
        """The exponent of a power must stand still along the derivation. Raises BadInput."""
        if name in self._exponents and self.derived(self._exponents[name], along).top:
            by = f"d/d{along}" if along else "the flow"
            raise BadInput(
                f"power {name}: its exponent moves under {by}; expected an exponent in letters that"
                " stand still"
            )
