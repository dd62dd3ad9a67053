"""What was found of a model, as a certificate for the kernel: the traced program, each law with
the derivatives that cancel operation by operation, and the rank that is counted.

Laws that depend on those before them are left out. What the kernel says of it is the kernel's
affair: nothing here decides.
"""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial
from math import prod
from typing import Any

from verify.discover.damped import product
from verify.discover.laws.atoms import Law
from verify.discover.laws.direction import bent, direction
from verify.discover.laws.equivariance import Proof
from verify.discover.laws.layout import Layout
from verify.discover.laws.multiples import multiples
from verify.discover.laws.prove import Key, Proofs, proved_along
from verify.discover.laws.scalars import Poly
from verify.discover.laws.search import Ranked
from verify.discover.laws.writing_out import written_out
from verify.discover.records import Discovery, Kernel
from verify.discover.rewriting import compared, rewritten
from verify.discover.shown import Shown, motion, moves, terms
from verify.kernel.certificate import verified
from verify.kernel.limits import LIMITS, NotACertificate, Refused
from verify.kernel.traced.effort import TRACED, Beyond
from verify.trace.graph import Graph, Node

Data = dict[str, Any]


def asked(found: Discovery, however_large: bool = False) -> Kernel:
    """The kernel's answer: with the count as far as it counts, then for the laws alone. Of a model
    whose arguments of exp, roots or erf are related it is about the model as it is rewritten.
    """
    most = TRACED["parameters"]
    large = found.size > most
    above = f"{found.size} parameters, the kernel counts up to {most}" if large else ""
    if large and not however_large:
        return Kernel(reason=above)
    if found.graph.losses is not None:
        return _restricted(found)
    graph = written(found)
    answer = _read(certificate(found, graph), large, above)
    return replace(answer, anew=graph is not found.graph)


def _restricted(found: Discovery) -> Kernel:
    """Of losses with declared symmetries: the laws alone, if all have their steps."""
    made = certificate(found, found.graph)
    swung = found.flow.metric(found.graph) is None
    if len(made["laws"]) < len(found.isometries if swung else independent(found)):
        return Kernel(reason="laws along which the outputs move by no multiples of the symmetries")
    return _read(made, False, "the kernel counts the laws of every loss")


def _read(made: Data, large: bool, above: str) -> Kernel:
    if large:
        made.pop("count", None)
    counts = "count" in made
    if not counts and not made["laws"]:
        return Kernel(reason=above or "there is nothing to certify")
    if len(_text(made)) > LIMITS["bytes"] or _size(made) > LIMITS["nodes"]:
        return Kernel(reason="a certificate of more entries than the kernel reads")
    try:
        return _answer(made, counts, above)
    except Beyond as why:
        return _laws_alone(made, str(why))
    except (Refused, NotACertificate) as why:
        return Kernel(_text(made), reason=str(why), refused=True)


def _laws_alone(made: Data, reason: str) -> Kernel:
    """Where the count is more than the kernel knows."""
    alone = {x: y for x, y in made.items() if x != "count"}
    if not alone["laws"]:
        return Kernel(reason=reason)
    try:
        return _answer(alone, False, reason)
    except (Beyond, NotACertificate):
        return Kernel(reason=reason)
    except Refused as why:
        return Kernel(_text(made), reason=str(why), refused=True)


def _answer(made: Data, counts: bool, reason: str) -> Kernel:
    text = _text(made)
    return Kernel(text, verified(text.encode()), counts, reason, laws=len(made["laws"]))


def _text(made: Data) -> str:
    return json.dumps(made, separators=(",", ":")) + "\n"


def _size(data: Any) -> int:
    """Entries of its JSON, as the kernel counts them."""
    inner = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return 1 + sum(map(_size, inner))


def certificate(found: Discovery, anew: Graph | None = None) -> Data:
    """Of the model as it is ``written``."""
    graph = anew or written(found)
    metric = found.flow.metric(graph)
    flow: Any = "heavy-ball" if metric is None else {n: [str(c), k] for n, (c, k) in metric.items()}
    made: Data = {
        "format": "flowlaw-certificate",
        "version": 2,
        "traced": program(graph) | ({"flow": flow} if flow else {}),
    }
    laws, every = (_swung if metric is None else _laws)(found, graph)
    made["laws"] = laws
    if graph.losses is not None:
        return made | {"symmetry": list(map(motion, graph.losses.generators))}
    if len(laws) == every and found.met and found.closed and found.dimension:
        best = min(found.closed, key=lambda c: c.upper)
        needed = best.levels.index(best.dimension)
        made["count"] = {"prime": str(best.p), "rank": found.dimension, "brackets": needed}
    return made


def _laws(found: Discovery, graph: Graph) -> tuple[list[Data], int]:
    """Those that are proved of this graph, and of how many."""
    forms = {law: law.form(found.layout) for law in independent(found)}
    metric = found.flow.metric(graph) or {}
    rates = [metric[n] for n, s in graph.params.items() for _ in range(prod(s))] if metric else []
    along = lambda form: bent(direction(form), rates) if rates else direction(form)
    answer = proved_along(graph, {law: partial(along, form) for law, form in forms.items()})
    shown, made = Shown(graph), []
    for x, form in forms.items():
        if (steps := _steps(answer, x, graph, found.layout, shown)) is not None:
            logs = [[str(c), terms(p, found.layout)] for c, p in form.logs]
            law = {"sum": terms(form.terms, found.layout)} | steps
            made.append(law | ({"logs": logs} if logs else {}))
    return made, len(forms)


def _swung(found: Discovery, graph: Graph) -> tuple[list[Data], int]:
    """Of a heavy ball."""
    layout, shown = Layout.of(graph.params), Shown(graph)
    answer = proved_along(graph, {x: partial(x.direction, layout) for x, _ in found.isometries})
    made = []
    for x, still in found.isometries:
        if (steps := _steps(answer, x, graph, layout, shown)) is not None:
            law = {"sum": terms(product(x, layout), found.layout)} | steps
            made.append(law | ({"still": True} if still else {}))
    return made, len(found.isometries)


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
