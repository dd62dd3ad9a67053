"""Roots of formulas: where the sentence speaks of them at all, and where they are not 0."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from verify.exact.errors import NotGeneric
from verify.models.formulas import Let, Power, Root
from verify.terms.expr import Expr
from verify.theories.steps import signs
from verify.theories.towers.domain import along, domain
from verify.theories.towers.quotients import Poly
from verify.theories.towers.sentence import FormulaSentence
from verify.theories.towers.tower import Tower

Data = object


class Radical:
    """A root of a sentence, and what the certificate knows of the letters under it."""

    def __init__(
        self,
        sentence: FormulaSentence,
        root: Root,
        letters: Mapping[str, Any],
        not_zero: Collection[str],
    ) -> None:
        self.sentence, self.root = sentence, root
        self.letters, self.not_zero = letters, not_zero

    def supposed(self, of: Data, refuting: bool, moves: bool) -> str:
        """Nothing, where what is under it is seen to be >= 0. If not, it is > 0 where the sentence
        says so, or at a state at which it fails; >= 0 where it says so and nothing moves. Raises
        NotGeneric where it is none of these.
        """
        if signs.not_negative(of, self.letters):
            return ""
        if refuting:
            return ">"
        tower = Tower(self.sentence.setting)
        inside = tower.inside(self.root.name)
        for c in domain(self.sentence):
            q = tower.normal(c.expr)
            same = _unit(q.top * inside.bottom) == _unit(inside.top * q.bottom)
            if same and (c.relation == ">" or (c.relation == ">=" and not moves)):
                return c.relation
        raise NotGeneric(f"the root {self.root.name} of what may be negative")

    def divides(self, exponent: Callable[[Expr], Data]) -> bool:
        """Whether it is a divisor, the base of a power, or looked at along solutions."""
        name, atoms = self.root.name, self.sentence.setting.atoms
        every = [*self.sentence.conclusion.expressions(), *(a.of for a in atoms)]
        every += self.sentence.setting.rates.values()
        base = any(isinstance(a, Power) and name in a.of.constants() for a in atoms)
        powers = [x for e in every for x in e.walk() if x.head == "^" and self._factor(x.args[0])]
        whole = [str(n) for n in range(1, 65)]
        return base or any(exponent(x.args[1]) not in whole for x in powers) or along(self.sentence)

    def _factor(self, e: Expr) -> bool:
        """Whether it is a product in which the root is: of a sum the root need not divide."""
        if e.head in ("*", "^"):
            return any(self._factor(x) for x in e.args if isinstance(x, Expr))
        lets = {a.name: a.of for a in self.sentence.setting.atoms if isinstance(a, Let)}
        own = e.args[0] if e.head == "const" else ""
        return own == self.root.name or (own in lets and self._factor(lets[own]))

    def positive(self, of: Data, refuting: bool) -> bool:
        """It is seen to be, or the sentence excludes its zeros; what fails at a state where it is
        not 0 fails. Raises NotGeneric where none of these is so.
        """
        if refuting:
            return True
        tower = Tower(self.sentence.setting)
        inside, own = tower.inside(self.root.name).top, tower.known[self.root.name].top
        said = [c.expr for c in domain(self.sentence) if c.relation != ">="]
        known = [_unit(tower.normal(e).top) for x in said for e in (x, -x)]
        zero = any(_unit(p) in known for p in (inside, own))
        zero = zero or all(_unit(p) in known for p, _ in inside.factor()[1])
        if not (signs.positive(of, self.letters, self.not_zero) or zero):
            raise NotGeneric(f"the root {self.root.name} may be 0")
        return True


def _unit(p: Poly) -> Poly:
    """Up to a positive number."""
    return p / abs(p.leading_coefficient())
