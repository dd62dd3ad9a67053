"""beta_i = w_i^D: the signed power u^D - v^D with v = 0 at the start. For D > 1 it stays there, as
v' = D v^(D-1) g.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from verify.exact.errors import BadInput
from verify.integrate.system import Scalar
from verify.models.compiled import Lift
from verify.models.driven import Driven


class Powers:
    """Raises BadInput for D < 2."""

    def __init__(self, degree: int, width: int) -> None:
        if degree < 2:
            raise BadInput(f"degree {degree}: expected 2 or more, for v = 0 to stay")
        self.degree, self.width = degree, width
        self.model = Driven.of("signed-power", degree, width)

    def output(self, w: Sequence[Scalar], lift: Lift) -> list[Scalar]:
        """beta."""
        return self.model.output([*w, *self._still(lift)], lift)

    def moved(self, w: Sequence[Scalar], force: Sequence[Scalar], lift: Lift) -> list[Scalar]:
        """w' under a force at beta."""
        return self.model.moved([*w, *self._still(lift)], force, lift)[: self.width]

    def _still(self, lift: Lift) -> list[Scalar]:
        return [lift(Fraction(0))] * self.width

    def speed(self) -> tuple[Fraction, Fraction]:
        """(c, a) with beta' = c beta^a of one coordinate under a force 1 at beta, for w > 0."""
        (w, _), lift = self.model.exponentials()
        (moved,) = self.moved([w], [lift(Fraction(1))], lift)
        square = moved * moved  # dbeta(w') = dbeta dbeta^T 1, one monomial
        return square.factor, square.exponent.factor / self.degree
