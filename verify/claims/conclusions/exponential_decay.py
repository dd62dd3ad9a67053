"""ExponentialDecay: a formula falls at least like an exponential along every solution. Refuted by a
solution in closed form.
"""

from __future__ import annotations

from dataclasses import dataclass

from verify.claims.conclusions.base import Conclusion
from verify.terms.expr import Expr
from verify.terms.words import scalars


@dataclass(frozen=True)
class ExponentialDecay(Conclusion):
    """|quantity(t)| <= C e^(-c t) with some C and c > 0 for every solution that exists for all t >=
    0; both may depend on it.
    """

    quantity: Expr
    kind = "exponential-decay"
    rule = "RATIONAL_IS_NOT_EXPONENTIAL"
    in_latex = staticmethod(scalars)
    said = "from every start |{quantity}| <= C e^(-c t) with some C and some c > 0"
    tex = (
        r"\left|{quantity}\right| \le C e^{-c t}"
        r" \quad\text{from every start, for some } C, c > 0"
    )
