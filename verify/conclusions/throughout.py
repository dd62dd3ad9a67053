"""Throughout: a quantity stays above or below a bound for a whole interval of time. Decided by enclosures."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from verify.conclusions.along import Along, escaped, exact_number, latex_of
from verify.errors import BadInput

RELATIONS = (">", "<")


@dataclass(frozen=True, slots=True)
class Throughout(Along):
    """quantity > bound (or <) at every time of [after, horizon], for every start of the setting.

    With ``beyond`` the sentence says more than the listed starts and times: then enclosures support it and do not decide it, unless
    one of them excludes it. Raises BadInput for another relation, or a bound or time that is not exact.
    """

    quantity: str
    relation: str
    bound: Fraction = Fraction(0)
    after: Fraction = Fraction(0)
    beyond: str = ""
    kind: ClassVar[str] = "throughout"

    def __post_init__(self) -> None:
        if self.relation not in RELATIONS:
            raise BadInput(
                f"Throughout({self.quantity}): relation {self.relation!r}; expected > or <: an enclosure decides no equality"
            )
        exact_number(f"Throughout({self.quantity})", "bound", self.bound)
        exact_number(f"Throughout({self.quantity})", "after", self.after)
        if self.after < 0:
            raise BadInput(f"Throughout({self.quantity}): after {self.after}; expected a clock reading >= 0")

    def holds(self, least: Fraction, most: Fraction) -> bool | None:
        """Of a value that is known to lie within [least, most]; None where that does not decide."""
        yes, no = (least > self.bound, most <= self.bound) if self.relation == ">" else (most < self.bound, least >= self.bound)
        return True if yes else False if no else None

    def render(self) -> str:
        when = self.beyond or ("from the listed starts, up to the horizon" + (f", from clock {self.after} on" if self.after else ""))
        return f"{self.quantity} {self.relation} {self.bound}, {when}"

    def latex(self) -> str:
        when = f"from clock {self.after} on, up to the horizon"
        return f"{latex_of(self.quantity)} {self.relation} {self.bound} \\quad \\mathrm{{{escaped(self.beyond or when)}}}"

    def wire(self) -> dict:
        return {
            "kind": self.kind,
            "quantity": self.quantity,
            "relation": self.relation,
            "bound": str(self.bound),
            "after": str(self.after),
        }
