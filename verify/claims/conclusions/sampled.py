"""What the conclusions about samples share: they name quantities of a family, and comparisons at
instances decide them.
"""

from __future__ import annotations

from verify.claims.conclusions.base import Conclusion
from verify.exact.errors import BadInput
from verify.models.sample_letters import spelt


class Sampled(Conclusion):
    """``quantity`` and ``other`` are names of quantities of the setting's family."""

    quantity: str
    other: str
    exact = False
    in_latex = staticmethod(spelt)

    def __post_init__(self) -> None:
        """Raises BadInput unless both are names."""
        for name in (self.quantity, self.other):
            if not isinstance(name, str) or not name:
                raise BadInput(
                    f"{type(self).__name__}: {name!r}; expected the name of a quantity of the"
                    " setting's family, in quotes"
                )
