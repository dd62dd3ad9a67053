"""What the conclusions about formulas share: sides that must be equal wherever all terms are
defined.
"""

from __future__ import annotations

from verify.claims.conclusions.base import Conclusion, Hints
from verify.terms.expr import Expr
from verify.terms.words import scalars


class Formula(Conclusion):
    """Each pair of ``sides`` states left = right; a normal form proves it, a value at a rational
    point refutes it.
    """

    in_latex = staticmethod(scalars)

    def sides(self) -> tuple[tuple[Expr, Expr], ...]:
        """Pairs of expressions that the conclusion calls equal."""
        raise NotImplementedError

    def expressions(self) -> tuple[Expr, ...]:
        return tuple(e for pair in self.sides() for e in pair)

    def obligations(self, hints: Hints) -> tuple[Expr, ...]:
        return tuple(left - right for left, right in self.sides())
