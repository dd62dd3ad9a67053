"""How often a sentence about networks is differentiated: as often as its reader does at a state."""

from __future__ import annotations

from verify.exact.errors import BadInput
from verify.exact.limits import LIMITS, up_to
from verify.terms.expr import Expr

_ONCE_MORE = frozenset({"conserved", "linear-law", "keeps-sign"})  # their own derivative


def derivatives(e: Expr) -> int:
    """How many D lie inside each other."""
    return (e.head == "D") + max((derivatives(x) for x in e.args if isinstance(x, Expr)), default=0)


def refuse_orders(kind: str, expressions: tuple[Expr, ...]) -> None:
    """Raises BadInput for a sentence of higher order."""
    order = max(map(derivatives, expressions), default=0) + (kind in _ONCE_MORE)
    if order > LIMITS["derivatives"]:
        raise BadInput(
            f"a derivative of order {order}; expected {up_to('derivatives')}: state it of"
            " a quantity that is a derivative already"
        )
