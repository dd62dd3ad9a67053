"""What a picture reads of a conclusion along a trajectory: its sides, the law that it foretells,
and how far it is from that.
"""

from __future__ import annotations

from verify.claims.conclusions import (
    Conclusion,
    Conserved,
    Equation,
    Inequality,
    KeepsSign,
    LinearLaw,
)
from verify.report.pictures.track import Reader
from verify.terms.expr import Expr

Scope = dict[str, int]


def sides(conclusion: Conclusion) -> tuple[Expr, ...]:
    """What is drawn of a conclusion; empty where it has no value at a state."""
    match conclusion:
        case Conserved(q) | KeepsSign(q, _) | LinearLaw(q, _):
            return (q,)
        case Equation(left, right) | Inequality(left, right):
            return (left, right)
    return ()


def reader(expr: Expr, scope: Scope) -> Reader:
    return lambda m, first, time: m.value(expr, scope).c[0]


def law(conclusion: Conclusion, scope: Scope) -> Reader | None:
    """The value that the conclusion foretells for its first side, by the start or by the other
    side.
    """
    match conclusion:
        case Conserved(q):
            return lambda m, first, time: first.value(q, scope).c[0]
        case LinearLaw(q, rate):
            return lambda m, first, time: (
                first.value(q, scope).c[0]
                * m.ring.exp(first.value(rate, scope).c[0] * m.ring.number(time))
            )
        case Equation(_, right):
            return reader(right, scope)
    return None


def distance(conclusion: Conclusion, scope: Scope) -> Reader | None:
    """How far the first side is from its law."""
    foretold = law(conclusion, scope)
    if foretold is None:
        return None
    here = reader(sides(conclusion)[0], scope)
    return lambda m, first, time: here(m, first, time) - foretold(m, first, time)
