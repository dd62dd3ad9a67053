"""A straight-line program in the making.

Nodes: ("state",); ("clock",); ("lin", ((child, coefficient), ...), constant); ("mul", a, b);
("power", a, e); ("exp", a); ("log", a). Equal nodes are shared.
"""

from __future__ import annotations

from verify.exact.errors import BadInput

Node = tuple


class Tape:
    """``refused`` is the first thing that a symbol refused, whether or not the author's function
    went on.
    """

    def __init__(self, states: int) -> None:
        self.nodes: list[Node] = [("state",)] * states
        self._known: dict[Node, int] = {}
        self.refused: BadInput | None = None

    def noted(self, refusal: BadInput) -> BadInput:
        self.refused = self.refused or refusal
        return refusal

    def place(self, node: Node) -> int:
        """Where a node stands; it is written down the first time."""
        index = self._known.setdefault(node, len(self.nodes))
        if index == len(self.nodes):
            self.nodes.append(node)
        return index


def children(node: Node) -> tuple[int, ...]:
    match node[0]:
        case "state" | "clock":
            return ()
        case "lin":
            return tuple(child for child, _ in node[1])
        case "mul":
            return node[1:]
        case "dot":
            return (*(i for a, b, _ in node[1] for i in (a, b)), *(i for i, _ in node[2]))
    return node[1:2]
