"""What the free values of a graph have to respect, and which theorem allows them: the test of the
relations between arguments, which is mandatory, and the hypotheses that it checked.

AX (Ax 1971): values of exp at arguments that are independent over Q modulo constants are
algebraically independent over the functions of tensors and inputs, also where the arguments hold
such values themselves. ERF: the same for erf at arguments that are not equal or opposite, as
primitives over that field (Ostrowski-Kolchin, and Liouville for each). LOG: logarithms of
multiplicatively independent arguments (Ax). COVER: roots of radicands that are independent modulo
squares, so that one component of the cover is as good as any. PATTERNS: those that occur.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from verify.discover.arguments import Said, independent_values
from verify.discover.choices import Rules
from verify.discover.patterns import PATTERN, Occurring
from verify.exact.errors import NoValue
from verify.trace.graph import Graph

BRANCHES = 12  #: patterns that get rules of their own


@dataclass(frozen=True)
class Settled:
    """Rules for draws, and what they rest on, by name. ``patterns_exact`` is None without any."""

    rules: Rules
    hypotheses: tuple[tuple[str, str], ...]
    patterns: Occurring | None


def unrelated(graph: Graph) -> tuple[Rules, Occurring | None]:
    """Rules that know of no relation, for a search alone: what is found is proved anyway."""
    nodes = graph.nodes
    count = lambda places: sum(nodes[n].size for n in places if nodes[n].op == "sqrt")
    patterns = Occurring(graph) if any(x.op in PATTERN for x in nodes) else None
    return Rules(graph.of_inputs, patterns=patterns, roots=count(graph.of_inputs),
                 all_roots=count(range(len(nodes)))), patterns  # fmt: skip


def settled(graph: Graph, p: int, seed: int = 0) -> Settled:
    """Raises NoValue, by name, where a hypothesis is not met."""
    rules, patterns = unrelated(graph)
    if patterns is None or not _below_patterns(graph, ("exp", "log", "erf", "sqrt")):
        rules, said = independent_values(graph, rules, p, seed)
    else:
        rules, said = _branched(graph, rules, patterns, p, seed)
    if patterns is not None:
        said.append(("PATTERNS", "activation patterns that occur at whole tensors and inputs"))
    return Settled(rules, tuple(said), patterns)


def _below_patterns(graph: Graph, ops: tuple[str, ...]) -> list[int]:
    """The nodes of these operations that depend on a pattern."""
    below: set[int] = set()
    for n, node in enumerate(graph.nodes):
        if node.op in PATTERN or below.intersection(node.args):
            below.add(n)
    return sorted(n for n in below if graph.nodes[n].op in ops)


def _branched(
    graph: Graph, rules: Rules, patterns: Occurring, p: int, seed: int
) -> tuple[Rules, Said]:
    """Rules for each of a few patterns: exp(|z|) is exp(z) in one, exp(-z) in the other. Those
    whose values are not settled are left out, and all but one of those with values that depend on
    the tensors alone (which all patterns at a point would have to share): the bound stays one.
    """
    branches, said, refused = list[Rules](), Said(), list[str]()
    shared: Rules | None = None
    for held in patterns.few(np.random.default_rng([seed, p]), BRANCHES):
        try:
            found, said = independent_values(graph, replace(rules, patterns=held), p, seed)
        except NoValue as why:
            refused.append(str(why))
        else:
            shares = _shares(graph, found)
            if not shares or shared is None:
                branches.append(found)
            shared = found if shares else shared
    if not branches:
        raise NoValue(next(iter(refused), "no activation pattern occurs"))
    said = [(name, f"{text}, in each of {len(branches)} patterns") for name, text in said]
    return replace(rules, branches=tuple(branches)), said


def _shares(graph: Graph, rules: Rules) -> bool:
    """Whether a value that is chosen belongs to the tensors alone."""
    held = rules.powers is not None and rules.powers.held > 0
    alike = rules.alike is not None and not all(rules.alike.drawn)
    roots = set(_below_patterns(graph, ("sqrt",))) - graph.of_inputs
    return held or alike or bool(roots)
