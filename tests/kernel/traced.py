"""Certificates of small models, and what the kernel says of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np

from tests.kernel.read import answer
from verify.commands.discover import graph_of
from verify.discover.certificate import certificate
from verify.discover.discovery import discover
from verify.discover.flows import flow as flow_of
from verify.trace.functions import gelu, layer_norm
from verify.trace.graph import Graph, Node
from verify.trace.numbers import FLOATS
from verify.trace.trace import traced

Data = dict[str, Any]


def gelu_gate(x: (2,), *, A: (2, 2), B: (2, 2), C: (2, 2)) -> Any:  # type: ignore[syntax]
    """One law for each of the 2 units: B x alone stands inside, so that B has none."""
    return A @ (gelu(B @ x) * (C @ x))


def centred(x: (2,), *, U: (3, 2), g: (3,), O: (2, 3)) -> Any:  # type: ignore[syntax]
    """Laws: |U - mean|^2, two sums of U that are not seen, g_i^2 - |O_i|^2 for each i."""
    return O @ (g * layer_norm(U @ x))


@cache
def _text(model: str | Callable[..., Any], as_it_is: bool, flow: str | None) -> str:
    if isinstance(model, str):
        name, _, sizes = model.partition(" ")
        graph = graph_of(name, sizes)
    else:
        graph = traced(model)
    found = discover(graph, flow=flow_of(flow, graph))
    return json.dumps(certificate(found, graph if as_it_is else None))


def certified(
    model: str | Callable[..., Any], as_it_is: bool = False, flow: str | None = None
) -> Data:
    """Of a model of the house, "linear 2,3,2", or of a function; ``as_it_is``: with
    exponentials and roots that are related.
    """
    made: Data = json.loads(_text(model, as_it_is, flow))
    return made


def accepted(data: object) -> str:
    """The sentence."""
    code, said = answer(data)
    assert code == 0, said
    return said


def refused(data: object) -> str:
    """The reason; the file is one that is understood."""
    code, said = answer(data)
    assert code == 1, said
    return said


def changed(data: Data, *path: Any, to: Any) -> Data:
    """With another entry at a place."""
    made = deepcopy(data)
    inner: Any = made
    for x in path[:-1]:
        inner = inner[x]
    inner[path[-1]] = to
    return made


DATA = {"einsum": "spec", "reshape": "shape", "transpose": "axes", "broadcast": "shape",
        "concat": "axis", "const": "values", "index": "places"}  # fmt: skip


def graph(data: Data) -> Graph:
    """The program of a certificate that was accepted, as the engine reads it."""
    program = data["traced"]
    params = {n: tuple(s) for n, s in program["params"].items()}
    inputs = {n: tuple(s) for n, s in program["inputs"].items()}
    nodes: list[Node] = []
    random = np.random.default_rng(1)
    values = {n: random.uniform(0.4, 1.3, s) for n, s in (params | inputs).items()}
    for given in program["nodes"]:
        op = given["op"]
        if op in ("param", "input", "free"):
            shape = (params | inputs).get(given["name"], ())
            nodes.append(Node(op, (), shape, given["name"]))
            continue
        extra: Any = given.get(DATA.get(op, ""), None)
        if op == "const":
            extra = tuple(Fraction(x) for x in extra)
        elif op == "top":
            extra = (given["k"], given["axis"])
        elif isinstance(extra, list):
            extra = tuple(extra)
        shape = tuple(given["shape"]) if "shape" in given else ()
        trial = Graph(
            "", params, inputs, (*nodes, Node(op, tuple(given["args"]), shape, extra)), ()
        )
        made = np.shape(trial.run(FLOATS, values)[-1])
        nodes.append(Node(op, tuple(given["args"]), made, extra))
    return Graph("mutant", params, inputs, tuple(nodes), tuple(program["outputs"]))


def drifts(data: Data, seed: int = 0) -> float:
    """The largest |grad h . M grad f| of all laws and outputs in doubles, each by its own scale."""
    model, random = graph(data), np.random.default_rng(seed)
    values = {n: random.uniform(0.4, 1.3, s) * random.choice([-1, 1], s)
              for n, s in {**model.params, **model.inputs}.items()}  # fmt: skip
    with np.errstate(all="ignore"):
        places = model.run(FLOATS, values)
    seeds = [random.normal(size=np.shape(x)) for x in model.results(places)]
    field = model.gradient(FLOATS, places, seeds)
    flat = np.concatenate([np.ravel(np.zeros(s) if field[n] is None else field[n])
                           for n, s in model.params.items()])  # fmt: skip
    at = np.concatenate([np.ravel(values[n]) for n in model.params])
    for name, (c, k) in data["traced"].get("flow", {}).items():
        mine = np.concatenate([np.full(s, n == name).ravel() for n, s in model.params.items()])
        flat = np.where(mine, float(Fraction(c)) * at**k * flat, flat)
    worst = 0.0
    for law in data["laws"]:
        slope = _slope(law["sum"], model, at)
        for c, inside in law.get("logs", []):
            slope = slope + float(Fraction(c)) * _slope(inside, model, at) / _value(
                inside, model, at
            )
        scale = np.linalg.norm(slope) * np.linalg.norm(flat)
        worst = max(worst, abs(float(slope @ flat)) / scale) if scale else worst
    return worst


def _names(model: Graph) -> dict[str, int]:
    return {n + (f"[{','.join(map(str, i))}]" if i else ""): k
            for k, (n, i) in enumerate(model.coordinates)}  # fmt: skip


def _value(terms: Any, model: Graph, at: Any) -> float:
    names = _names(model)
    return sum(float(Fraction(c)) * float(np.prod([at[names[n]] ** float(e) for n, e in m.items()]))
               for c, m in terms)  # fmt: skip


def _slope(terms: Any, model: Graph, at: Any) -> Any:
    names, made = _names(model), np.zeros(len(at))
    for c, m in terms:
        for by, e in m.items():
            rest = [at[names[n]] ** float(k - (n == by)) for n, k in m.items()]
            made[names[by]] += float(Fraction(c)) * e * float(np.prod(rest))
    return made
