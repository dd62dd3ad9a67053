"""What the conclusions about samples share: they name quantities of a family, and comparisons at
instances decide them.
"""

from __future__ import annotations

from verify.claims.conclusions.base import Conclusion
from verify.exact.errors import BadInput
from verify.models.samples import Quantity


class Sampled(Conclusion):
    """``quantity`` and ``other`` are quantities of the setting's family."""

    quantity: Quantity
    other: Quantity
    exact = False
    in_latex = staticmethod(Quantity.latex)

    def __post_init__(self) -> None:
        """Raises BadInput unless both are quantities."""
        for x in (self.quantity, self.other):
            if type(x) is not Quantity:
                raise BadInput(
                    f"{type(self).__name__}: {x!r:.60}; expected a Quantity of the setting's family"
                )
