"""Degrees of a graph: in an input alone, and of numerator and denominator in everything that is
drawn, for the probability that a random point hides something.
"""

from __future__ import annotations

from verify.trace.graph import Graph, Node

SUMS = ("add", "sub", "concat")
SAME = ("neg", "reshape", "transpose", "broadcast", "index")


def one_field(graph: Graph) -> bool:
    """Whether the model is one function of the tensors times a power of one input, or alone: then
    all gradient fields are parallel, and their Lie algebra has dimension 1 exactly.
    """
    outputs = [graph.nodes[i] for i in graph.outputs]
    inputs = [n for n in graph.nodes if n.op == "input"]
    if sum(n.size for n in outputs) != 1 or sum(n.size for n in inputs) > 1:
        return False
    found: list[int | None] = []
    for node in graph.nodes:
        found.append(_homogeneous(node, [found[i] for i in node.args]))
    return found[graph.outputs[0]] is not None


def _homogeneous(node: Node, args: list[int | None]) -> int | None:
    """Its degree in the inputs, where it is homogeneous."""
    if node.op in ("param", "const", "free"):
        return 0
    if node.op == "input":
        return 1
    if None in args:
        return None
    known = [x for x in args if x is not None]
    if node.op in ("mul", "einsum"):
        return sum(known)
    if node.op in SUMS or node.op in SAME:
        return known[0] if len(set(known)) == 1 else None
    if node.op == "inv":
        return -known[0]
    return 0 if not any(known) else None


def degrees(graph: Graph, pieces: bool = False) -> tuple[int, int] | None:
    """(of the numerator T, of the denominator B) of the outputs at most, each value of exp, log and
    erf counted as a variable times what bounds its derivative as well: of every node it has the
    degrees T + B and 2 B at most. None where roots or patterns are no rational functions of what is
    drawn (with ``pieces`` those of one pattern are), and where losses have declared symmetries.
    """
    if graph.losses is not None:
        return None
    found: list[tuple[int, int]] = []
    for node in graph.nodes:
        if node.op == "sqrt" or (node.op in ("step", "top") and not pieces):
            return None
        found.append(_degree(graph, node, [found[i] for i in node.args]))
    tops, bottoms = zip(*(found[i] for i in graph.outputs), strict=True)
    return max(tops), max(bottoms)


def _degree(graph: Graph, node: Node, args: list[tuple[int, int]]) -> tuple[int, int]:
    if node.op in ("const", "free", "step", "top"):
        return 0, 0
    if node.op in ("param", "input"):
        return 1, 0
    if node.op in ("exp", "log", "erf"):  # e z', z' / z, and c z' times a density
        top, bottom = args[0]
        return top + {"erf": 3}.get(node.op, 1), bottom + (node.op == "log") * top
    if node.op in SAME:
        return args[0]
    if node.op == "inv":
        return args[0][1], args[0][0]
    if node.op in ("mul", "einsum"):
        top, bottom = sum(a for a, _ in args), sum(b for _, b in args)
        terms = graph.nodes[node.args[0]].size if node.op == "einsum" else 1
        return (top, bottom) if not bottom else (top + (terms - 1) * bottom, terms * bottom)
    bottom = sum(b for _, b in args)
    return max(a + bottom - b for a, b in args), bottom


def chance(graph: Graph, rank: int, levels: int, p: int) -> float | None:
    """That a rank found at one random point is below the true one: degree of a minor by p."""
    found = degrees(graph)
    if found is None:
        return None
    top, bottom = found
    return min(1.0, (rank * levels * (top + 2 * bottom + 2)) / p)
