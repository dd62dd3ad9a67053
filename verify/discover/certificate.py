"""What was found of a model, as a certificate for the kernel: the traced program, each law with
the derivatives that cancel operation by operation, and the rank that is counted.

Laws that depend on those before them do not stand in it; of others that do not it is said why. What
the kernel says of it is the kernel's affair: nothing here decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from math import prod
from typing import Any

from verify.discover.damped import bilinear, product
from verify.discover.laws.atoms import Law
from verify.discover.laws.direction import bent, direction
from verify.discover.laws.equivariance import Proof
from verify.discover.laws.layout import Layout
from verify.discover.laws.multiples import multiples
from verify.discover.laws.prove import Key, Proofs, proved_along
from verify.discover.laws.scalars import Poly
from verify.discover.laws.search import Ranked
from verify.discover.laws.text import single
from verify.discover.laws.writing_out import written_out
from verify.discover.records import Discovery
from verify.discover.rewriting import compared, rewritten
from verify.discover.shown import Shown, motion, moves, terms
from verify.trace.graph import Graph, Node

Data = dict[str, Any]


@dataclass
class Draft:
    """A certificate in the making: ``names`` are those of its laws; ``left_out``: laws that have no
    steps, or that the kernel does not read, and why.
    """

    data: Data
    names: list[str]
    left_out: list[tuple[str, str]]


def certificate(found: Discovery, anew: Graph | None = None) -> Data:
    """Of the model as it is ``written``."""
    return draft(found, anew or written(found)).data


def draft(found: Discovery, graph: Graph) -> Draft:
    """All laws that have steps in this graph."""
    metric = found.flow.metric(graph)
    flow: Any = "heavy-ball" if metric is None else {n: [str(c), k] for n, (c, k) in metric.items()}
    made = Draft({
        "format": "flowlaw-certificate",
        "version": 2,
        "traced": program(graph) | ({"flow": flow} if flow else {}),
        "laws": [],
    }, [], [])  # fmt: skip
    (_swung if metric is None else _laws)(found, graph, made)
    if graph.losses is not None:
        made.data["symmetry"] = list(map(motion, graph.losses.generators))
    elif not made.left_out and found.met and found.closed and found.dimension:
        best = min(found.closed, key=lambda c: c.upper)
        needed = best.levels.index(best.dimension)
        made.data["count"] = {"prime": str(best.p), "rank": found.dimension, "brackets": needed}
    return made


def _laws(found: Discovery, graph: Graph, made: Draft) -> None:
    """Those that are proved of this graph."""
    forms = {law: law.form(found.layout) for law in independent(found)}
    metric = found.flow.metric(graph) or {}
    rates = [metric[n] for n, s in graph.params.items() for _ in range(prod(s))] if metric else []
    along = lambda form: bent(direction(form), rates) if rates else direction(form)
    answer = proved_along(graph, {law: partial(along, form) for law, form in forms.items()})
    shown = Shown(graph)
    for x, form in forms.items():
        logs = [[str(c), terms(p, found.layout)] for c, p in form.logs]
        law = {"sum": terms(form.terms, found.layout)} | ({"logs": logs} if logs else {})
        steps = _steps(answer, x, graph, found.layout, shown)
        _add(made, single(found.layout, x), law, steps, answer.reasons.get(x))


def _swung(found: Discovery, graph: Graph, made: Draft) -> None:
    """Of a heavy ball."""
    layout, shown = Layout.of(graph.params), Shown(graph)
    answer = proved_along(graph, {x: partial(x.direction, layout) for x, _ in found.isometries})
    for x, still in found.isometries:
        law = {"sum": terms(product(x, layout), found.layout)} | ({"still": True} if still else {})
        steps = _steps(answer, x, graph, layout, shown)
        _add(made, single(found.layout, bilinear(x)), law, steps, answer.reasons.get(x))


def _add(made: Draft, name: str, law: Data, steps: Data | None, why: str | None) -> None:
    if steps is None:
        none = "the outputs move along it by no multiples of the symmetries"
        made.left_out.append((name, why or none))
    else:
        made.names.append(name)
        made.data["laws"].append(law | steps)


def _steps(
    answer: Proofs[Key], law: Key, graph: Graph, layout: Layout, shown: Shown
) -> Data | None:
    """How all moves along a law that is proved, and how far the outputs do along each motion that
    no loss sees.
    """
    proof = answer.proved.get(law)
    amounts = None if proof is None else _unseen(graph, proof)
    if proof is None or amounts is None:
        return None
    made: Data = {"moves": moves(proof, layout, shown)}
    if any(amounts):
        made["unseen"] = [[shown.product(c, m) for m, c in x.items()] for x in amounts]
    return made


def _unseen(graph: Graph, proof: Proof) -> list[Poly] | None:
    if graph.losses is None or not proof.symmetry:
        return []
    if proof.unseen:
        return [{(): c} if c else {} for c in proof.unseen]
    return multiples(written_out(graph), proof.moves)


def written(found: Discovery) -> Graph:
    """The model that a certificate is about: with powers of independent exponentials, where those
    of the graph are related and this is seen.
    """
    powers = found.settled.rules.powers if found.settled else None
    anew = rewritten(found.graph, powers)
    return found.graph if anew is None or not compared(found.graph, anew) else anew


def independent(found: Discovery) -> list[Law]:
    """Proved laws, each independent of those before it."""
    every = [law for w in found.written for law in w.laws if w.proved == len(w.laws)]
    ranked = Ranked(found.layout, found.seed + 3)
    return [law for law, new in zip(every, ranked.add(every), strict=True) if new]


def program(graph: Graph) -> Data:
    """The graph in the kernel's words, without inputs that it does not use."""
    read = {x.data for x in graph.nodes if x.op == "input"}
    return {
        "params": {n: list(s) for n, s in graph.params.items()},
        "inputs": {n: list(s) for n, s in graph.inputs.items() if n in read},
        "nodes": [_node(x) for x in graph.nodes],
        "outputs": list(dict.fromkeys(graph.outputs)),
    }


#: of operations with data: what the kernel calls it
NAMED = {"einsum": "spec", "reshape": "shape", "transpose": "axes", "broadcast": "shape",
         "concat": "axis"}  # fmt: skip


def _node(node: Node) -> Data:
    if node.op in ("param", "input"):
        return {"op": node.op, "name": node.data}
    made: Data = {"op": node.op, "args": list(node.args)}
    if node.op == "free":
        return made | {"name": node.data}
    if node.op == "const":
        return made | {"shape": list(node.shape), "values": [str(x) for x in node.data]}
    if node.op == "index":
        return made | {"shape": list(node.shape), "places": list(node.data)}
    if node.op == "top":
        return made | {"k": node.data[0], "axis": node.data[1]}
    if node.op in NAMED:
        data = node.data
        made[NAMED[node.op]] = list(data) if isinstance(data, tuple) else data
    return made
