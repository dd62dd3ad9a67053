"""What was found of a model, as a certificate for the kernel: the traced program, each law with
the derivatives that cancel operation by operation, and the rank that is counted.

Laws that depend on those before them do not stand in it. What is more than the kernel knows of is
left out by name, first the count, then a law at a time, and the others are certified. What it says
of them is its affair: nothing here decides.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
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
from verify.discover.records import Discovery, Kernel
from verify.discover.rewriting import compared, rewritten
from verify.discover.shown import Shown, motion, moves, program, terms
from verify.kernel.certificate import verified
from verify.kernel.limits import LIMITS, NotACertificate, Refused
from verify.kernel.traced.effort import TRACED, Beyond
from verify.trace.graph import Graph
from verify.trace.inverses import MOVES

Data = dict[str, Any]
ONE_BY_ONE = 3  #: laws that are left out alone; then all from the next one on
LARGE = "a certificate of more entries than the kernel reads"


@dataclass
class Draft:
    """A certificate in the making: ``names`` are those of its laws; ``left_out``: laws that have no
    steps, or that the kernel does not read, and why.
    """

    data: Data
    names: list[str]
    left_out: list[tuple[str, str]]


def asked(found: Discovery, however_large: bool = False) -> Kernel:
    """The kernel's answer: with the count as far as it counts, then for the laws alone. Of a model
    whose arguments of exp, roots or erf are related it is about the model as it is rewritten.
    """
    most = TRACED["parameters"]
    large = found.size > most
    above = f"{found.size} parameters, the kernel counts up to {most}" if large else ""
    if large and not however_large:
        return Kernel(reason=above)
    if found.graph.parameters > TRACED["coordinates"]:
        return Kernel(reason=f"more than {TRACED['coordinates']} coordinates")
    declared = found.graph.losses is not None
    graph = found.graph if declared else written(found)
    made = draft(found, graph)
    if large:
        made.data.pop("count", None)
    answer = _read(made, "the kernel counts the laws of every loss" if declared else above)
    return replace(answer, anew=graph is not found.graph, left_out=tuple(made.left_out))


def _read(made: Draft, reason: str) -> Kernel:
    """``reason``: why there is no count in it."""
    reason = _fitted(made) or reason
    alone, last = 0, -1
    while made.names or "count" in made.data:
        text, counts = _text(made.data), "count" in made.data
        if len(text) > LIMITS["bytes"] or _size(made.data) > LIMITS["nodes"]:
            return _none(made, LARGE)
        try:
            return Kernel(text, verified(text.encode()), counts, reason, laws=len(made.names))
        except Beyond as why:
            law = re.match(r"law (\d+): (.*)", str(why), re.DOTALL)
            reason = reason or str(why)
            if law is None and not counts:
                return _none(made, str(why))
            made.data.pop("count", None)
            if law is not None:
                first = int(law[1]) - 1
                rest = first == last or alone == ONE_BY_ONE
                _leave_out(made, first, len(made.names) if rest else first + 1, law[2])
                alone, last = alone + 1, first
        except (Refused, NotACertificate) as why:
            return Kernel(text, reason=str(why), refused=True)
    return Kernel(reason=reason or "there is nothing to certify")


def _none(made: Draft, why: str) -> Kernel:
    """The model is beyond the kernel, whatever its laws are."""
    made.left_out.clear()
    return Kernel(reason=why)


def _leave_out(made: Draft, first: int, end: int, why: str) -> None:
    made.left_out += [(x, f"beyond the kernel: {why}") for x in made.names[first:end]]
    del made.names[first:end], made.data["laws"][first:end]


def _fitted(made: Draft) -> str:
    """Laws as long as there is room for them; why not for all."""
    frame = made.data | {"laws": []}
    length, size = len(_text(frame)), _size(frame)
    for n, law in enumerate(made.data["laws"]):
        length, size = length + len(_text(law)), size + _size(law)
        if length > LIMITS["bytes"] or size > LIMITS["nodes"]:
            made.data.pop("count", None)
            _leave_out(made, n, len(made.names), LARGE)
            return LARGE
    return ""


def _text(made: Data) -> str:
    return json.dumps(made, separators=(",", ":")) + "\n"


def _size(data: Any) -> int:
    """Entries of its JSON, as the kernel counts them."""
    inner = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return 1 + sum(map(_size, inner))


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
    if anew is None or not compared(found.graph, anew):
        return found.graph
    densities = [x.args[1] for x in anew.nodes if x.op == "erf"]
    return anew if all(_is_density(anew, n) for n in densities) else found.graph


def _is_density(graph: Graph, place: int) -> bool:
    """Whether it is one exponential, or 1 over one, in each entry, times the free constant: as the
    kernel writes that of erf, and no power of another.
    """
    node = graph.nodes[place]
    of = [n for n in node.args if graph.nodes[n].op != "free"]
    one = node.op == "mul" and len(of) == 1
    moved = one or node.op in (*MOVES, "concat", "inv")
    return node.op == "exp" or (moved and all(_is_density(graph, n) for n in of))


def independent(found: Discovery) -> list[Law]:
    """Proved laws, each independent of those before it."""
    every = [law for w in found.written for law in w.laws if w.proved == len(w.laws)]
    ranked = Ranked(found.layout, found.seed + 3)
    return [law for law, new in zip(every, ranked.add(every), strict=True) if new]
