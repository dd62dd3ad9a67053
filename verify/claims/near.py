"""Is a near miss another sentence at all? A multiple of what is stated is the same one, and no run
can tell the two apart.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from verify.algebra.generic import Algebra
from verify.claims.conclusions import Conserved, Equation, Inequality, LinearLaw
from verify.exact.errors import BadInput, NotGeneric
from verify.models.diagonal import DiagonalTheory
from verify.terms.expr import Expr, dot

if TYPE_CHECKING:
    from verify.claims.claim import Claim
    from verify.claims.conclusions.base import Conclusion


def refuse_alike(claim: Claim, e: Any) -> None:
    """Raises BadInput for a near miss that says the same as the conclusion."""
    miss: Any = getattr(e, "near_miss", None)
    if hasattr(miss, "kind") and says_the_same(claim.setting, claim.concluding[e.conclusion], miss):
        raise BadInput(
            f"the near miss of {e.kind} says the same as the conclusion, as a multiple of it does;"
            " expected a false sentence near it: change an exponent, or one of its coefficients"
        )


def says_the_same(setting: Any, stated: Conclusion, miss: Conclusion) -> bool:
    """What has to vanish, or to be negative, for the one is a multiple of that for the other.
    Exact; False where it is not known.
    """
    both = [_gap(c) for c in (stated, miss)]
    if (
        setting.kind == "declared"
        or any(e is None or "R" in e.atoms() for e in both)
        or isinstance(stated, Inequality) != isinstance(miss, Inequality)
    ):
        return False
    constants = frozenset().union(*(e.constants() for e in both if e is not None), {"L", "n"})
    algebra = Algebra(DiagonalTheory(decay=getattr(setting, "decay", None), declared=constants))
    try:
        x, y = (algebra.normal(e) for e in both if e is not None)
    except NotGeneric:
        return False
    ratio = _ratio(x, y)
    return ratio is not None and (ratio > 0 or not isinstance(stated, Inequality))


def _gap(c: Conclusion) -> Expr | None:
    match c:
        case Conserved(quantity):
            return dot(quantity)
        case LinearLaw(quantity, rate):
            return dot(quantity) - rate * quantity
        case Equation(left, right) | Inequality(left, right):
            return left - right
    return None


def _ratio(x: dict, y: dict) -> Fraction | None:
    """The number c != 0 with y = c x, if there is one."""
    if x.keys() != y.keys():
        return None
    found = {y[key] / x[key] for key in x}
    return found.pop() if len(found) == 1 else None if found else Fraction(1)
