"""States that start equal and stay equal, because the program treats them alike.

Two states are twins if they start equal and their slopes are one expression once twins are written
alike: the coarsest partition with that property. Where twins are equal so are their slopes, hence
the solution with equal twins solves the whole system: it is the solution by uniqueness. Roundings
do not know this; an engine that copies one twin to the others keeps a symmetry exactly.
"""

from __future__ import annotations

from collections.abc import Hashable

from verify.integrate.trace import Program


def twins(program: Program) -> list[int]:
    """For each state the first of its twins."""
    kinds = _numbered(list(program.start))
    while True:
        nodes = _kinds(program, kinds)
        finer = _numbered([(kinds[j], nodes[d], a) for j, (d, a) in enumerate(program.slopes)])
        if max(finer) == max(kinds):
            first: dict[int, int] = {}
            return [first.setdefault(kind, j) for j, kind in enumerate(kinds)]
        kinds = finer


def _numbered(keys: list) -> list[int]:
    known: dict[Hashable, int] = {}
    return [known.setdefault(key, len(known)) for key in keys]


def _kinds(program: Program, kinds: list[int]) -> list[int]:
    """A number for each node, the same for nodes that are one expression in the kinds of the
    states.
    """
    known: dict[Hashable, int] = {}
    found: list[int] = []
    for i, node in enumerate(program.nodes):
        key = ("state", kinds[i]) if node[0] == "state" else _key(node, found)
        found.append(known.setdefault(key, len(known)))
    return found


def _key(node: tuple, found: list[int]) -> Hashable:
    match node[0]:
        case "lin":
            return "lin", tuple(sorted((found[i], a) for i, a in node[1])), node[2]
        case "mul":
            return "mul", *sorted((found[node[1]], found[node[2]]))
        case "dot":
            products = tuple(sorted((*sorted((found[a], found[b])), c) for a, b, c in node[1]))
            return "dot", products, tuple(sorted((found[i], a) for i, a in node[2])), node[3]
        case "clock":
            return ("clock",)
    return node[0], found[node[1]], *node[2:]
