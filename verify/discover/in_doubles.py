"""Laws that are said to be proved, at states in doubles: with the values that exp, erf, roots and
patterns have there, of the traced model itself. Nothing is taken over from the proof, from the
variables it is written in, or from what draws modulo a prime respect.

It proves nothing. A law that changes by more than rounding explains refutes its proof.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Set
from typing import Any, TypeVar

import numpy as np

from verify.discover.deciding import Doubles
from verify.discover.draw import flattened, values_of
from verify.discover.laws.atoms import Law
from verify.discover.laws.brackets import Chain, chains
from verify.discover.laws.equivariance import Proof
from verify.discover.laws.forms import Form
from verify.discover.laws.layout import Layout
from verify.discover.laws.prove import Proofs, proved
from verify.discover.laws.quadratic import Quadratic
from verify.discover.laws.refute import refuted
from verify.discover.laws.scaling import still
from verify.discover.laws.writing_out import entries_of
from verify.exact.errors import EnginesDisagree
from verify.trace.graph import Graph
from verify.trace.jets import Jets
from verify.trace.prime import Reals

Key = TypeVar("Key", bound=Hashable)
STATES, BATCHES = 16, 6
ENTRIES = 4_000_000  #: of all nodes and states together
LARGE = 50_000  #: entries and products, from which on weights are asked before all is written out
ROUNDING = 1e-6  #: of the sum of the absolute values of all terms
FLOOR = 1e-3  #: of the largest entry of a field, where all others are small; and of 1


def proofs(
    graph: Graph, layout: Layout, laws: Iterable[Law], anew: Graph | None = None
) -> Proofs[Law]:
    """Of laws in the tensors of a layout; of many that few others prove these are ``following``, if
    they hold in doubles as well. Raises EnginesDisagree.
    """
    asked = list(laws)
    known = chains(asked, layout)
    due = {x for chain in known for x in chain.pairs.values()}
    ones = [law for law in asked if law not in due]
    scaled = still(graph, ones) if entries_of(graph) > LARGE else set()
    read = believed(graph, {law: law.form(layout) for law in ones}, anew, scaled)
    read.by_weights.update(scaled & read.proved.keys())
    for chain in known:
        own = [read.proved.get(x) for x in chain.known]
        if all(proof and not proof.symmetry for proof in own):
            read.following.update(_still(chain, *states(graph)))
    rest = believed(graph, {x: x.form(layout) for x in due - read.following}, anew)
    read.proved.update(rest.proved)
    read.reasons.update(rest.reasons)
    return read


def _still(chain: Chain, theta: Any, fields: Any) -> set[Law]:
    """The laws that follow, less those that change at a state."""
    wide = _wide(fields)
    total, size, least = 0, 0, 0
    for c, where in chain.parts:
        at, moved, more = (x[:, where] for x in (theta, fields, wide))
        total = total + c * _both(at, moved)
        size, least = size + _both(abs(at), abs(moved)), least + _both(abs(at), more)
    with np.errstate(all="ignore"):
        found = np.abs(total) / np.maximum(size, least)
    worst = np.max(found, axis=0, initial=0.0, where=np.isfinite(found))
    return {x for pair, x in chain.pairs.items() if worst[pair] <= ROUNDING}


def _both(a: Any, b: Any) -> Any:
    """a[i].b[j] + b[i].a[j], at each state."""
    product = a @ b.transpose(0, 2, 1)
    return product + product.transpose(0, 2, 1)


def believed(
    graph: Graph,
    laws: Mapping[Key, Form],
    anew: Graph | None = None,
    scaled: Set[Key] = frozenset(),
) -> Proofs[Key]:
    """Laws with a proof, of the graph as it is or as it is written ``anew``, and those that are
    ``scaled`` and need no other, less those that change at states of the graph itself. Raises
    EnginesDisagree where the second reading refuses a proof, or an exact state the law.
    """
    read = proved(anew or graph, {law: form for law, form in laws.items() if law not in scaled})
    read.proved.update((law, Proof({})) for law in laws if law in scaled)
    for law, rate in moving(graph, {law: laws[law] for law in read.proved}).items():
        witness = refuted(graph, laws[law])
        if witness is not None:
            raise EnginesDisagree(f"the proof of a conservation law is wrong: {witness.text()}")
        read.reasons[law] = f"it has a proof, and changes in doubles by {rate:.2g} of its terms"
        del read.proved[law]
    return read


def moving(graph: Graph, laws: Mapping[Key, Form], ties: bool = False) -> dict[Key, float]:
    """Those that change at a state, and how much for each unit of what their terms change."""
    if not laws:
        return {}
    theta, fields = states(graph, ties)
    with np.errstate(all="ignore"):
        wide = _wide(fields)
        found = {key: rates(form, theta, fields, wide) for key, form in laws.items()}
    worst = {key: float(np.max(r, initial=0.0, where=np.isfinite(r))) for key, r in found.items()}
    return {key: rate for key, rate in worst.items() if rate > ROUNDING}


def states(graph: Graph, ties: bool = False) -> tuple[Any, Any]:
    """Tensors and the gradients of a random combination of outputs at random inputs, (count, D):
    states at which all values exist, away from ties. There may be none. With ``ties`` those as
    well: at random a number is 0 only where it is in its whole piece, and of it nothing depends.
    """
    random = np.random.default_rng(graph.parameters)
    count = max(1, min(STATES, ENTRIES // sum(n.size for n in graph.nodes)))
    for _ in range(BATCHES):
        theta, fields = _batch(graph, random, count, ties)
        if len(theta):
            break
    return theta, fields


def _batch(graph: Graph, random: np.random.Generator, count: int, ties: bool) -> tuple[Any, Any]:
    theta = random.uniform(0.3, 1.7, (count, graph.parameters))
    theta *= random.choice([-1, 1], theta.shape)
    inputs = {n: random.uniform(-2, 2, (count, *s)) for n, s in graph.inputs.items()}
    choice = Doubles()
    ring = Jets(Reals(), choice)
    with np.errstate(all="ignore"):
        places = graph.run(ring, values_of(graph, {0: theta}, inputs))
        seeds = [{0: random.uniform(-1, 1, (count, *graph.nodes[i].shape))} for i in graph.outputs]
        slopes = graph.gradient(ring, places, seeds)
    fields = flattened(graph, slopes, count, float)[0]
    good = np.broadcast_to(choice.sure, (count,)) & np.isfinite(fields).all(axis=1)
    for close in () if ties else choice.close.values():
        good = good & ~close.reshape(len(close), -1).any(axis=1)
    return theta[good], fields[good]


def rates(form: Form, theta: Any, fields: Any, wide: Any) -> Any:
    """Of each state, the rate of a law by the sum of the absolute values of its parts; where the
    fields are nothing but rounding, by what ``wide`` ones of the size of FLOOR would give.
    """
    total, size = _along(form.terms, theta, fields)
    least = _along(form.terms, theta, wide)[1]
    for c, inside in form.logs:
        scale = float(c) / _value(inside, theta)
        part, more = _along(inside, theta, fields)
        total, size = total + part * scale, size + more * abs(scale)
        least = least + _along(inside, theta, wide)[1] * abs(scale)
    return np.abs(total) / np.maximum(size, least)


def _wide(fields: Any) -> Any:
    most = np.maximum(np.abs(fields).max(axis=1, keepdims=True, initial=0.0), FLOOR)
    return np.broadcast_to(FLOOR * most, fields.shape)


def _columns(terms: Mapping[Any, Any]) -> list[tuple[tuple[int, ...], Any, Any]]:
    """Terms of equal exponents together: exponents, coordinates (terms, factors), coefficients."""
    if isinstance(terms, Quadratic):
        return [(e, where, c.astype(float)) for e, where, c in terms.groups]
    groups: dict[tuple[int, ...], list[Any]] = {}
    for m, c in terms.items():
        groups.setdefault(tuple(e for _, e in m), []).append(([i for i, _ in m], float(c)))
    return [(e, np.array([i for i, _ in g], int).reshape(len(g), len(e)),
             np.array([c for _, c in g])) for e, g in groups.items()]  # fmt: skip


def _value(terms: Mapping[Any, Any], theta: Any) -> Any:
    total = np.zeros(len(theta))
    for exponents, where, c in _columns(terms):
        powers = theta[:, where] ** np.array(exponents, float)
        total = total + (c * powers.prod(axis=2)).sum(axis=1)
    return total


def _along(terms: Mapping[Any, Any], theta: Any, fields: Any) -> tuple[Any, Any]:
    """The rate of a polynomial, and that with the absolute value of each part."""
    total, size = np.zeros(len(theta)), np.zeros(len(theta))
    for exponents, where, c in _columns(terms):
        values = theta[:, where]
        for k, e in enumerate(exponents):
            lower = np.array(exponents, float) - np.eye(len(exponents))[k]
            part = c * e * (values**lower).prod(axis=2) * fields[:, where[:, k]]
            total, size = total + part.sum(axis=1), size + abs(part).sum(axis=1)
    return total, size
