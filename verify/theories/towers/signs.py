"""Signs of polynomials, decided by coefficients: a factor is positive where all its terms are, and
one of them strictly.

A term is positive where its coefficient is, every letter of unknown sign has an even exponent, and
the rest is positive; it is strictly so where no letter in it can vanish. A hypothesis x > a is used
through x = a + (x - a).
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass
from fractions import Fraction

from verify.claims.hypotheses.formulas import Given
from verify.models.formulas import Formulas, Root
from verify.terms.expr import Expr, const, num, substitute
from verify.theories.towers.quotients import Poly, Quotient
from verify.theories.towers.tower import Tower


@dataclass(frozen=True, slots=True)
class Factors:
    """quantity = constant times the product of polynomial^multiplicity."""

    constant: Fraction
    factors: tuple[tuple[Poly, int], ...]


class Signs:
    """What is known about signs in one tower; nothing of the letters that are ``unsigned``."""

    def __init__(
        self, tower: Tower, assuming: Iterable[Given], unsigned: Set[str] = frozenset()
    ) -> None:
        self.tower = tower
        declared = {x.name: "" if x.name in unsigned else x.sign for x in tower.setting.letters}
        roots = {a.name for a in tower.setting.atoms if isinstance(a, Root)}
        self.sign = {x: declared.get(x, ">=" if x in roots else ">") for x in tower.symbols}
        self.known: list[tuple[Poly, str]] = []
        self.shifts: list[tuple[int, Poly]] = []
        for name, sign in declared.items():
            if sign:
                self.known.append((tower.known[name].top, sign))
        for h in assuming:
            self._learn(tower.normal(h.expr), h.sign)
        self.known.sort(key=lambda pair: pair[1] != ">")
        for name in (a.name for a in tower.setting.atoms if isinstance(a, Root)):
            self.sign[name] = ">" if self.of(tower.inside(name).top) == ">" else ">="

    def _learn(self, q: Quotient, sign: str) -> None:
        if not q.top or not q.bottom.is_constant():
            return
        p = q.top / q.bottom.leading_coefficient()
        self.known.append((p, sign))
        used = [k for k, d in enumerate(p.degrees()) if d]
        if len(used) != 1 or p.degrees()[used[0]] != 1:
            return
        name = self.tower.symbols[used[0]]
        if len(p) == 1 and not self.sign[name]:
            self.sign[name] = "!="  # a letter by itself
        if sign == ">" and p.leading_coefficient() > 0:
            lead = p.leading_coefficient()
            letter = self.tower.known[name].top
            self.shifts.append(
                (used[0], letter + (letter - p / lead))
            )  # x -> x + a, where the new x is > 0

    def of(self, p: Poly) -> str | None:
        """The sign ">", "<" or "!=", or None where that is not known."""
        for known, sign in self.known:
            ratio = p / p.leading_coefficient() == known / known.leading_coefficient()
            if ratio and sign == "!=":
                return "!="
            if ratio:
                return ">" if p.leading_coefficient() / known.leading_coefficient() > 0 else "<"
        found = self.by_terms(p, ())
        if found is None and self.shifts:
            moved = dict(self.shifts)
            gens = [moved.get(k, self.tower.known[x].top) for k, x in enumerate(self.tower.symbols)]
            found = self.by_terms(p.compose(*gens), tuple(moved))
        return found

    def by_terms(self, p: Poly, positive: tuple[int, ...]) -> str | None:
        signs, strict = set(), False
        for exponents, c in p.to_dict().items():
            signs.add(c > 0)
            sharp = True
            for k, e in enumerate(exponents):
                sign = ">" if k in positive else self.sign[self.tower.symbols[k]]
                if e % 2 and sign in ("", "!="):
                    return None
                sharp = sharp and not (e and sign in ("", ">="))
            strict = strict or sharp
        if len(signs) != 1 or not strict:
            return None
        return ">" if signs == {True} else "<"

    def not_negative(self, p: Poly) -> bool:
        """No term is negative; all may vanish."""
        odd = [k for k, x in enumerate(self.tower.symbols) if self.sign[x] in ("", "!=")]
        return all(
            c > 0 and not any(exponents[k] % 2 for k in odd) for exponents, c in p.to_dict().items()
        )

    def decide(self, q: Quotient, relation: str) -> Factors | None:
        """Factors whose signs show ``quantity relation 0``, or None."""
        found = factored(q)
        sign = 1 if found.constant > 0 else -1
        for p, multiplicity in found.factors:
            own = self.of(p)
            if relation == "!=" and multiplicity < 0:
                continue
            if relation == ">=" and multiplicity > 0 and multiplicity % 2 == 0:
                continue  # an even power above is not negative
            if multiplicity < 0 and multiplicity % 2 == 0:
                continue  # nor is one below, which is not 0 either: see domain.py
            if own is None or (own == "!=" and relation != "!=" and multiplicity % 2):
                return None
            sign *= -1 if own == "<" and multiplicity % 2 else 1
        return found if relation == "!=" or sign > 0 else None


def factored(q: Quotient) -> Factors:
    """Irreducible factors above and below; q is not zero."""
    (c, above), (d, below) = q.top.factor(), q.bottom.factor()
    ratio = c / d
    pairs = [(p, int(k)) for p, k in above] + [(p, -int(k)) for p, k in below]
    return Factors(Fraction(int(ratio.p), int(ratio.q)), tuple(pairs))


def expression(tower: Tower, p: Poly) -> Expr:
    """A polynomial as an expression: sum of coefficient times powers."""
    terms = []
    for exponents, c in p.to_dict().items():
        coefficient = Fraction(int(c.p), int(c.q))
        powers = [
            const(x) ** int(e) if e > 1 else const(x)
            for x, e in zip(tower.symbols, exponents, strict=True)
            if e
        ]
        parts = [num(coefficient), *powers] if coefficient != 1 or not powers else powers
        terms.append(Expr("*", tuple(parts)) if len(parts) > 1 else parts[0])
    return Expr("+", tuple(terms)) if len(terms) > 1 else terms[0]


def quotient(tower: Tower, q: Quotient) -> Expr:
    """A normal form as an expression."""
    top, bottom = expression(tower, q.top), expression(tower, q.bottom)
    return top if bottom == num(1) else top / bottom


def worked_out(setting: Formulas, e: Expr) -> Expr:
    """Without derivatives in time."""
    tower = Tower(setting)

    def done(x: Expr) -> Expr:
        return quotient(tower, tower.normal(x)) if x.head == "D" else x

    return substitute(e, done)
