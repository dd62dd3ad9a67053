"""AtMost: one expression is at most another at every admitted state (with D, its rate along the
flow; with next, its value after a step).
"""

from __future__ import annotations

from dataclasses import dataclass

from verify.claims.conclusions.base import Conclusion
from verify.terms.expr import Expr


@dataclass(frozen=True)
class AtMost(Conclusion):
    """left <= right. In declared letters: the kernel reads it as an inequality, and proves it by
    hypotheses times what is visibly >= 0, and by squares.
    """

    left: Expr
    right: Expr
    kind = "at-most"
    said = "{left} <= {right}"
    tex = r"{left} \le {right}"
