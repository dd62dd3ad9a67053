"""Where derivatives, starts, steps, R and functions of w may stand in a sentence about a network:
what its reader refuses elsewhere.
"""

from __future__ import annotations

from verify.exact.errors import BadInput
from verify.terms.expr import Expr
from verify.terms.own import ours
from verify.terms.words import words

_OF_W = ("num", "const", "form", "+", "*", "^", "log", "exp")


def placed(setting: str, node: Expr) -> None:
    """R leaves out two layers; derivatives and starts belong to flows, what comes after a step to
    steps. Raises BadInput.
    """
    if ours(node, "R") and node.args[1] == node.args[2]:
        raise BadInput(
            f"R[{node.args[1]}, {node.args[2]}, ..] leaves out one layer; expected two different"
            " ones"
        )
    if node.head in ("D", "start", "next") and (node.head == "next") != (setting == "step"):
        raise BadInput(
            f"{node.head!r} in a {setting}; expected dot(..) and start(..) along a flow, after(..)"
            " of a step"
        )
    if node.head in ("log", "exp", "euler"):
        _of_w(node)


def _of_w(node: Expr) -> None:
    """log, exp and euler take a formula in forms and numbered coordinates of w, as a loss is
    one.
    """
    for x in node.args[0].walk():
        coordinate = x.head == "at" and x.args[0] == "w" and isinstance(x.args[1], int)
        exponent = x.head == "^" and x.args[1].head != "num"
        if exponent or not (x.head in _OF_W or coordinate):
            raise BadInput(
                f"{words(x)} inside {node.head}(..); expected a formula in quad('S_B'), lin('m'),"
                " w[1], w[2], .. and numbers, with + * / log exp and powers of numbers"
            )


def once(kinds: list[str]) -> None:
    """A hypothesis of one kind is assumed once. Raises BadInput."""
    twice = [kind for kind in kinds if kinds.count(kind) > 1]
    if twice:
        raise BadInput(
            f"the hypothesis {twice[0]!r} is assumed {kinds.count(twice[0])} times; expected it"
            " once: leave the weaker one out"
        )
