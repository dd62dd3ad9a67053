"""Where derivatives, starts, steps and R may stand in a sentence about a network: what its reader
refuses elsewhere.
"""

from __future__ import annotations

from verify.exact.errors import BadInput
from verify.terms.expr import Expr


def placed(where: str, setting: str, node: Expr) -> None:
    """R leaves out two layers; derivatives and starts belong to flows, what comes after a step to
    steps. Raises BadInput.
    """
    if node.args[:1] == ("R",) and node.args[1] == node.args[2]:
        raise BadInput(
            f"{where}: R[{node.args[1]}, {node.args[2]}, ..] leaves out one layer; expected two"
            " different ones"
        )
    if node.head in ("D", "start", "next") and (node.head == "next") != (setting == "step"):
        raise BadInput(
            f"{where}: {node.head!r} in a {setting}; expected dot(..) and start(..) along a flow,"
            " after(..) of a step"
        )
