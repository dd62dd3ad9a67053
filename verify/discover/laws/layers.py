"""Layers that follow one another, as a claim of any number of them: where the output is a product
of matrices, each a tensor of its own, between what is not trained, whatever every loss sees of it
is a function of the product of the layers.

The claim says that W_p W_p^T - W_(p+1)^T W_(p+1) is constant for every p, whatever the number of
layers and their sizes; it is the judge who decides it.
"""

from __future__ import annotations

import re

from verify.discover.laws.claim_text import plain
from verify.trace.graph import Graph
from verify.trace.shapes import operands

#: nodes as they are multiplied, each whether it is transposed
Product = list[tuple[int, bool]]
ALONE = "from verify import Claim, Source\n\nCLAIMS: tuple[Claim, ...] = ()\n"


def layers(graph: Graph) -> tuple[tuple[str, bool], ...]:
    """From the input on, the tensors, each whether it is transposed; () where the output is no
    product of two or more of them, each once.
    """
    found = _product(graph, graph.outputs[0]) if len(graph.outputs) == 1 else None
    own = [k for k, (place, _) in enumerate(found or ()) if graph.nodes[place].op == "param"]
    if found is None or len(own) < 2:
        return ()
    inner = [(graph.nodes[place], flip) for place, flip in found[own[0] : own[-1] + 1]]
    names = [(node.data, flip) for node, flip in reversed(inner) if len(node.shape) == 2]
    between = any(node.op != "param" for node, _ in inner)
    once = len(names) == len(inner) == len({n for n, _ in names})
    return tuple(names) if once and not between else ()


def _product(graph: Graph, place: int) -> Product | None:
    """Of a matrix, or of a column; None where it is none."""
    node = graph.nodes[place]
    if place not in graph.of_params or node.op == "param":
        return [(place, False)] if 0 < len(node.shape) < 3 else None
    if node.op == "neg":
        return _product(graph, node.args[0])
    if node.op == "mul":  # by a number
        one, two = (graph.nodes[x] for x in node.args)
        number = next((x for x in (one, two) if x.op == "const" and x.size == 1), None)
        return _product(graph, node.args[number is one]) if number else None
    if node.op == "transpose" and len(node.shape) == 2:
        inner = _product(graph, node.args[0])
        return inner and _turned(inner)
    if node.op == "einsum" and len(node.args) == 2:
        return _joined(graph, place)
    return None


def _turned(found: Product) -> Product:
    return [(place, not flip) for place, flip in reversed(found)]


def _joined(graph: Graph, place: int) -> Product | None:
    node = graph.nodes[place]
    (one, two), out = operands(node.data)
    sides = [_product(graph, x) for x in node.args]
    shared = set(one) & set(two)
    if None in sides or len(shared) != 1 or shared & set(out) or len(out) != len(one + two) - 2:
        return None
    ((left, one), (right, two)) = zip(sides, (one, two), strict=True)
    if len(one) == 1:
        left, one, right, two = right, two, left, one
    if len(one) == 1 or not left or not right:  # a number
        return None
    (c,) = shared
    found = (left if one[1] == c else _turned(left)) + (right if two[0] == c else _turned(right))
    return found if out[0] in one else _turned(found)


def named(order: tuple[tuple[str, bool], ...]) -> str:
    """The law, and what its letters are."""
    W = ", ".join(f"W_{k} = {n}{'.T' * flip}" for k, (n, flip) in enumerate(order, 1))
    return f"W_p @ W_p.T - W_(p+1).T @ W_(p+1) of {W}"


def file_with_layers(text: str, title: str) -> str:
    """A file of claims, "" for none, with one more."""
    stem = re.sub("[^a-z0-9]+", "-", title.lower()).strip("-") or "model"
    text = text or f'"""What {plain(title)} conserves."""\n\n{ALONE}'
    return f'''{text}

from verify.claims.conclusions.matrix_kinds import Unchanged  # noqa: E402
from verify.models.matrices import Matrices  # noqa: E402
from verify.models.motions import GradientFlow  # noqa: E402
from verify.terms import affine, matrices  # noqa: E402

LAYERS = Claim(  # of X = W_N .. W_1, every number of layers N
    id="{stem}-layers",
    title="what linear layers conserve, whatever their number, as of {plain(title)}",
    setting=Matrices(GradientFlow(matrices.LOSS)),
    assuming=(),
    concluding={{"moment": Unchanged(matrices.G(affine.k))}},
    source=Source.own("verify discover"),
)
CLAIMS = (*CLAIMS, LAYERS)
'''
