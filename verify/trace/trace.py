"""``traced``: the graph of a model, from a plain Python function, compared with the function.

The function's parameters are the model's arrays, each with its shape as its annotation (or its
default): those before the ``*`` are inputs, those after it are tensors that are trained.

    def model(x: (2,), *, W1: (3, 2), W2: (2, 3)):
        return W2 @ np.maximum(W1 @ x, 0)

It may return one array, or a tuple or list of arrays.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from verify.exact.errors import BadInput
from verify.trace import rules_sums
from verify.trace.doubles import doubles, in_doubles
from verify.trace.graph import Graph, Node, Shape
from verify.trace.numbers import FLOATS
from verify.trace.record import Recorder, Refused, Traced
from verify.trace.signature import Signature, signature

POINTS = 3  #: at which it is compared with the function
TRIED = 60  #: points, until so many have a value
CLOSE = 1e-7  # of doubles; the order of sums may differ

assert rules_sums.FUNCTIONS  # importing it fills the tables of rules


def traced(function: Callable[..., Any], name: str = "", seed: int = 0) -> Graph:
    """Raises BadInput: a signature without shapes, an operation without a rule, a branch that
    depends on data, a tensor that is never used, a model that is constant, and a graph that does
    not give what the function gives.
    """
    found = signature(function)
    name = name or getattr(function, "__name__", "model")
    graph = _recorded(function, found, name)
    _used(graph)
    _compared(function, graph, seed)
    return graph


def _recorded(function: Callable[..., Any], found: Signature, name: str) -> Graph:
    recorder = Recorder()
    given = {n: recorder.push("input", (), s, n) for n, s in found.inputs.items()}
    given |= {n: recorder.push("param", (), s, n) for n, s in found.params.items()}
    try:
        outputs = _listed(called(function, found, given))
    except BadInput as error:
        raise type(error)(f"{name}: {error}") from error
    for out in outputs:
        if not isinstance(out, Traced):
            kind = type(out).__name__
            fixed = kind in ("ndarray", "int", "float") or isinstance(out, np.generic)
            what = "an output is constant" if fixed else f"it returns an object of type {kind}"
            raise BadInput(
                f"{name}: {what}; expected an array that depends on the tensors, or a tuple of such"
            )
        if out.masked is not None:
            raise BadInput(f"{name}: an output is -inf in places")
    if not sum(x.size for x in outputs):
        raise BadInput(f"{name}: no output; expected an array with entries, or a tuple of such")
    notes = _notes(recorder)
    return pruned(recorder.nodes, tuple(x.place for x in outputs), found, name, notes)


def called(function: Callable[..., Any], found: Signature, given: dict[str, Any]) -> Any:
    """The function's result; inputs by position, tensors by name."""
    return function(*(given[n] for n in found.inputs), **{n: given[n] for n in found.params})


def _listed(result: Any) -> list[Any]:
    if isinstance(result, (tuple, list)):
        return list(result)
    return [result]


def _notes(recorder: Recorder) -> tuple[str, ...]:
    if not recorder.floats:
        return ()
    few = ", ".join(f"{float(x)!r}" for x in sorted(recorder.floats)[:3])
    more = f" and {len(recorder.floats) - 3} more" if len(recorder.floats) > 3 else ""
    return (f"float constants are the exact binary fractions that they are: {few}{more}",)


def pruned(
    nodes: Sequence[Node], outputs: tuple[int, ...], found: Signature, name: str,
    notes: tuple[str, ...] = (),
) -> Graph:  # fmt: skip
    """Without the nodes that no output needs, renumbered."""
    needed, todo = set(outputs), list(outputs)
    while todo:
        new = set(nodes[todo.pop()].args) - needed
        needed |= new
        todo += new
    places = {old: new for new, old in enumerate(sorted(needed))}
    kept = tuple(
        Node(n.op, tuple(places[i] for i in n.args), n.shape, n.data)
        for n in (nodes[old] for old in sorted(needed))
    )
    at = tuple(places[i] for i in outputs)
    return Graph(name, found.params, found.inputs, kept, at, notes)


def _used(graph: Graph) -> None:
    """Raises BadInput for what is never used."""
    if not graph.of_params.intersection(graph.outputs):
        raise BadInput(f"{graph.name}: the output does not depend on any tensor that is trained")
    used = {n.data for n in graph.nodes if n.op in ("param", "input")}
    for name in graph.params:
        if name not in used:
            raise BadInput(
                f"{graph.name}: the tensor {name} is never used: each of its entries stands still,"
                " whatever is trained; leave it out"
            )


def sampled(
    shapes: dict[str, Shape], random: np.random.Generator, above: int = 0
) -> dict[str, Any]:  # fmt: skip
    """Doubles about 1 for each array, of both signs or ``above`` 0."""
    signs = [1] if above else [-1, 1]
    return {n: random.uniform(0.3, 1.2, s) * random.choice(signs, s) for n, s in shapes.items()}


def _compared(function: Callable[..., Any], graph: Graph, seed: int) -> None:
    """Raises Refused where the graph gives something else than the function."""
    random = np.random.default_rng(seed)
    found = Signature(dict(graph.params), dict(graph.inputs))
    good, tried, last = 0, 0, np.zeros(1)
    while good < POINTS:
        if tried == TRIED:
            raise Refused(f"{graph.name}: at a random point its value is not finite: {last[:3]}")
        given = sampled({**found.inputs, **found.params}, random, tried >= POINTS and tried % 2)
        tried += 1
        with np.errstate(all="ignore"):
            own = _listed(_given(function, found, given))
            ours = graph.results(graph.run(FLOATS, given))
        values = [in_doubles(np.asarray(x)) for x in own]
        missing = [x for x in values if x.dtype.kind == "f" and not np.all(np.isfinite(x))]
        if missing:
            last = missing[0].ravel()
            continue
        good += 1
        for a, b in zip(values, ours, strict=True):
            _close(a, np.asarray(b), graph.name)


def _given(function: Callable[..., Any], found: Signature, given: dict[str, Any]) -> Any:
    """The function's result; NumPy has no functions of multiples by fractions, as of objects."""
    try:
        return called(function, found, {n: x.copy() for n, x in given.items()})
    except TypeError:
        return called(function, found, {n: doubles(x) for n, x in given.items()})


def _close(own: Any, ours: Any, name: str) -> None:
    if own.shape != ours.shape:
        raise Refused(f"{name}: it returns shape {own.shape}, recorded {ours.shape}")
    if own.dtype.kind not in "fiu":
        raise Refused(f"{name}: it returns numbers of type {own.dtype}; expected real numbers")
    if not np.all(np.isfinite(own)):
        raise Refused(f"{name}: at a random point its value is not finite: {own.ravel()[:3]}")
    if np.max(np.abs(own - ours), initial=0.0) > CLOSE * (1 + np.max(np.abs(own), initial=0.0)):
        raise Refused(
            f"{name}: at a random point it gives {own.ravel()[:3]}, what was recorded"
            f" {ours.ravel()[:3]}: it branches on data or types, or differs from call to call"
        )
