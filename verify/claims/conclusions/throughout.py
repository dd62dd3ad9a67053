"""Throughout: a quantity stays above or below a bound for a whole interval of time. Decided by
enclosures.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from verify.claims.conclusions.along import Along, exact_number
from verify.exact.errors import BadInput

RELATIONS = (">", "<")


@dataclass(frozen=True)
class Throughout(Along):
    """quantity > bound (or <) at every time of [after, horizon], for every start of the setting.

    It says nothing beyond the listed starts and the horizon, for nothing beyond them is enclosed;
    what happens later is stated by Grows, Tends or Decays, which are measured beside a near miss.
    Raises BadInput for another relation, a bound or time that is not exact, or anything given as
    ``beyond``.
    """

    quantity: str
    relation: str
    bound: Fraction = Fraction(0)
    after: Fraction = Fraction(0)
    beyond: str = ""
    kind = "throughout"
    said = "{quantity} {relation} {bound}, from the listed starts, up to the horizon{later}"
    tex = (
        r"{quantity} {relation} {bound}"
        r" \quad ({after} \le \tau \le T)\text{ from the listed starts}"
    )

    def __post_init__(self) -> None:
        if self.relation not in RELATIONS:
            raise BadInput(
                f"Throughout({self.quantity}): relation {self.relation!r}; expected > or <: an"
                " enclosure decides no equality"
            )
        if not isinstance(self.quantity, str):
            raise BadInput(
                f"Throughout({self.quantity!r}): expected the name of a quantity in quotes"
            )
        exact_number(f"Throughout({self.quantity})", "bound", self.bound)
        exact_number(f"Throughout({self.quantity})", "after", self.after)
        if self.beyond:
            raise BadInput(
                f"Throughout({self.quantity}): beyond {self.beyond!r}; nothing beyond the listed"
                " starts and the horizon is enclosed: leave it out, list more starts, or state"
                " what happens late as Grows, Tends or Decays, with a near miss"
            )
        if self.after < 0:
            raise BadInput(
                f"Throughout({self.quantity}): after {self.after}; expected a clock reading >= 0"
            )

    def holds(self, least: Fraction, most: Fraction) -> bool | None:
        """Of a value that is known to lie within [least, most]; None where that does not decide."""
        yes, no = (
            (least > self.bound, most <= self.bound)
            if self.relation == ">"
            else (most < self.bound, least >= self.bound)
        )
        return True if yes else False if no else None

    def named(self) -> dict[str, Any]:
        later = f", from clock {self.after} on" if self.after else ""
        return super().named() | {"later": later}

    def wire(self) -> dict:
        return {name: x for name, x in super().wire().items() if name != "beyond"}
