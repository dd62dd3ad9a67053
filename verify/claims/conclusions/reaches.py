"""Reaches: a quantity is above or below a bound at some time before a given one. Decided by
enclosures, as ``Throughout`` is.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from verify.claims.conclusions.along import Along, exact_number
from verify.claims.conclusions.throughout import RELATIONS, Throughout
from verify.exact.errors import BadInput


@dataclass(frozen=True)
class Reaches(Along):
    """quantity > bound (or <) at some time of [0, before], from every start of the setting.

    An event: the enclosure has to lead no further than to it. It is excluded where the quantity
    stays on the other side all the time. Raises BadInput for another relation, or a bound or time
    that is not exact.
    """

    quantity: str
    relation: str
    bound: Fraction
    before: Fraction
    kind = "reaches"
    after: ClassVar[Fraction] = Fraction(0)
    said = "{quantity} {relation} {bound} at some time of [0, {before}], from each listed start"
    tex = (
        r"{quantity} {relation} {bound}"
        r" \quad \text{at some } \tau \in [0, {before}]\text{, from each listed start}"
    )

    def __post_init__(self) -> None:
        if self.relation not in RELATIONS:
            raise BadInput(
                f"Reaches({self.quantity}): relation {self.relation!r}; expected > or <: an"
                " enclosure decides no equality"
            )
        if not isinstance(self.quantity, str):
            raise BadInput(f"Reaches({self.quantity!r}): expected the name of a quantity in quotes")
        exact_number(f"Reaches({self.quantity})", "bound", self.bound)
        exact_number(f"Reaches({self.quantity})", "before", self.before)
        if self.before <= 0:
            raise BadInput(
                f"Reaches({self.quantity}): before {self.before}; expected a clock reading > 0"
            )

    @property
    def never(self) -> Throughout:
        """What excludes it, where it holds up to ``before``."""
        other = "<" if self.relation == ">" else ">"
        return Throughout(self.quantity, other, Fraction(self.bound))

    def holds(self, least: Fraction, most: Fraction) -> bool | None:
        """At one time, of a value that is known to lie within [least, most]."""
        return Throughout(self.quantity, self.relation, Fraction(self.bound)).holds(least, most)
