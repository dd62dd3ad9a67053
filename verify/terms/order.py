"""How many time derivatives an expression takes."""

from __future__ import annotations

from verify.terms.expr import Expr


def order_needed(node: Expr) -> int:
    """How many derivatives in time of the states an expression needs: its deepest nest of them."""
    inner = max((order_needed(a) for a in node.args if isinstance(a, Expr)), default=0)
    return inner + (node.head == "D")
