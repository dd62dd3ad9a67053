"""Identities between rational functions of forms and coordinates in which Euler's operator
occurs.
"""

from __future__ import annotations

from fractions import Fraction

from verify.models.losses.letters import Letters, Rational, TooLarge
from verify.terms.expr import Expr


class _WithEuler(Letters):
    """Values only: ``euler`` nodes become E of their body, and the second component above them is
    not used.
    """

    def pair(self, node: Expr) -> tuple[Rational, Rational]:
        if node.head == "euler":
            return Letters.pair(self, node.args[0])[1], self.constant(Fraction(0))
        return super().pair(node)


def vanishes(expr: Expr) -> bool:
    """Whether the expression is zero as a rational function of independent letters: then it is zero
    wherever it is defined.

    False proves nothing. Raises BadInput for a denominator that is zero everywhere.
    """
    if any(
        node.has("euler") for outer in expr.walk() if outer.head == "euler" for node in outer.args
    ):
        return False
    try:
        return _WithEuler(expr).pair(expr)[0].top.is_zero()
    except (KeyError, TooLarge):
        return False
