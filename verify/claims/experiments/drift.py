"""Drift: how far a conserved quantity, an equation or an inequality is from holding along sampled
trajectories.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from verify.claims.experiments.base import named
from verify.exact.errors import BadInput
from verify.terms.expr import Expr


@dataclass(frozen=True, slots=True)
class Drift:
    """The same trajectory must show no drift of the conclusion and a clear drift of the named near
    miss.
    """

    conclusion: str
    near_miss: Any  # a conclusion of a kind that it measures
    named: str
    kind: ClassVar[str] = "drift"
    measures: ClassVar[tuple[str, ...]] = ("conserved", "equation", "linear-law", "inequality")

    def __post_init__(self) -> None:
        """Raises BadInput unless the near miss is a sentence that can be measured, with a name in
        words.
        """
        named(self)
        miss, whose = self.near_miss, f"Drift({self.conclusion!r:.40}, ...)"
        if isinstance(miss, type) or getattr(miss, "kind", None) not in self.measures:
            mend = (
                "write Conserved(...) around it"
                if isinstance(miss, Expr)
                else "such as Conserved(another quantity)"
            )
            raise BadInput(
                f"{whose}: near miss of type {type(miss).__name__}; expected a conclusion of its"
                f" own: {mend}"
            )
        if (
            not isinstance(self.named, str)
            or not self.named.isprintable()
            or not self.named.strip()
        ):
            raise BadInput(
                f"{whose}: named = {self.named!r:.60}; expected the near miss in words, such as"
                " 'exponent off by a tenth'"
            )
