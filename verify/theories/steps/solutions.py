"""What a solution in closed form says against an exponential bound: that it solves the flow, and
that the quantity along it is a quotient of what is made of the time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from verify.claims.conclusions.base import Conclusion
from verify.exact.errors import NotGeneric
from verify.terms.expr import Expr, dot, num
from verify.theories.towers.sentence import FormulaSentence
from verify.theories.towers.signs import expression
from verify.theories.towers.solution import derivatives, put_in
from verify.theories.towers.tower import Tower
from verify.theories.written import label


@dataclass(frozen=True)
class Along(Conclusion):
    """In a clock: quantity times ``times`` is ``rest``; each equation is that of a letter of the
    flow, where it says anything.
    """

    quantity: Expr
    times: Expr
    rest: Expr
    equations: tuple[tuple[str, Expr, Expr], ...]
    kind = "not-exponential"

    def expressions(self) -> tuple[Expr, ...]:
        """All that it speaks of."""
        return (self.quantity, self.times, self.rest, *(e for x in self.equations for e in x[1:]))

    def beside(self, term: Any) -> dict[str, Any]:
        """The equations as a certificate states them."""
        return {x: {"kind": "equation", "eq": [term(a), term(b)]} for x, a, b in self.equations}


def along(sentence: FormulaSentence) -> FormulaSentence:
    """The sentence about the solution that its author suggests. Raises NotGeneric without one."""
    setting, given = sentence.setting, sentence.solution
    quantity: Expr = sentence.conclusion.quantity  # type: ignore[attr-defined]
    if given is None or sentence.assuming or derivatives(setting, quantity):
        raise NotGeneric("an exponential bound is refuted along a solution; none was given")
    equations = []
    for x, e in given.values.items():
        rate = put_in(setting, setting.rates.get(x, num(0)), given.values)
        if e.head != "num" or Tower(given.clock).normal(rate).top:
            equations.append((label(x) + "Moves", dot(e), rate))
    tower, value = Tower(given.clock), put_in(setting, quantity, given.values)
    q = tower.normal(value)
    if not q.top:
        raise NotGeneric("the quantity is 0 along the solution")
    lead = q.top.leading_coefficient()
    rest, times = (expression(tower, p / lead) for p in (q.top, q.bottom))
    own = Along(value, times, rest, tuple(equations))
    return replace(sentence, setting=given.clock, conclusion=own)
