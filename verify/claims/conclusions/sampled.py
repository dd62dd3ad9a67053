"""What the conclusions about samples share: they name quantities of a family, and comparisons at
instances decide them.
"""

from __future__ import annotations

from verify.claims.conclusions.base import Conclusion
from verify.exact.errors import BadInput
from verify.models.samples import Quantity
from verify.spelling.called import in_quotes


class Sampled(Conclusion):
    """``quantity`` and ``other`` are quantities of the setting's family."""

    quantity: Quantity
    other: Quantity
    exact = False
    in_latex = staticmethod(Quantity.quoted_latex)

    def part(self, name: str, moment: str, tex: bool) -> str:
        """What a quantity is called is its author's words: functions compute it, which nobody
        reads.
        """
        value = self.named()[name]
        if isinstance(value, Quantity) and not tex:
            return in_quotes(value.name)
        return super().part(name, moment, tex)

    def __post_init__(self) -> None:
        """Raises BadInput unless both are quantities."""
        for x in (self.quantity, self.other):
            if type(x) is not Quantity:
                raise BadInput(
                    f"{type(self).__name__}: {x!r:.60}; expected a Quantity of the setting's family"
                )
