"""A graph whose exponentials are all powers of some that are independent: exp(a - b) beside exp(a)
and exp(b) is their quotient. Proofs read it, which know of exponentials only that f' = f.

The exponents come from values modulo a prime; that each argument is that combination of the others
and a constant is an identity of polynomials, or the graph stays as it is.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

from verify.discover.anew import Anew
from verify.discover.choices import Powers
from verify.discover.laws.direction import NotProved
from verify.discover.laws.equivariance import Prover
from verify.discover.laws.scalars import Poly, Scalars
from verify.discover.laws.writing_out import Ring, leaves
from verify.discover.one_root import with_one_root
from verify.exact.errors import EnginesDisagree, NoValue
from verify.trace.graph import Graph
from verify.trace.linear import echelon
from verify.trace.numbers import FLOATS
from verify.trace.trace import CLOSE, POINTS, sampled

MOST = 64  #: arguments
EXPONENT = 8


def rewritten(graph: Graph, powers: Powers | None) -> Graph | None:
    """With exponentials as powers of independent ones, then roots and error functions through each
    other (``one_root``); None where nothing has to be written anew.
    """
    made = _in_powers(graph, powers)
    return with_one_root(made or graph) or made


def _in_powers(graph: Graph, powers: Powers | None) -> Graph | None:
    """None also where it is not an identity: one exponential in the argument of another, too many,
    roots or patterns that keep it from being seen.
    """
    exps = [n for n, x in enumerate(graph.nodes) if x.op == "exp"]
    if powers is None or not exps or sum(graph.nodes[n].size for n in exps) > MOST:
        return None
    after = _after(graph, exps)
    rows = np.concatenate([powers.at[n] for n in exps])
    if _seen_anyway(rows) or after.intersection(exps):
        return None
    combine, back, count = echelon([[int(x) for x in row] for row in rows[:, :-1]])
    exponents = [row[:count] for row in back]
    if not count or max((abs(e) for row in exponents for e in row), default=0) > EXPONENT:
        return None
    constants = _constants(graph, exps, combine[:count], exponents)
    if constants is None:
        return None
    return _Writer(graph, exps, after).written(combine[:count], exponents, constants)


def compared(graph: Graph, anew: Graph) -> bool:
    """Whether a graph has the values of what it was made from, at states in doubles at which these
    exist; not where none was found. Raises EnginesDisagree where it has others.
    """
    random, good = np.random.default_rng(graph.parameters), 0
    for above in range(2 * POINTS):
        values = sampled({**graph.inputs, **graph.params}, random, above % 2)
        with np.errstate(all="ignore"):
            one, two = (np.concatenate([np.ravel(x) for x in g.results(g.run(FLOATS, values))])
                        for g in (graph, anew))  # fmt: skip
        if np.all(np.isfinite(one)) and np.all(np.isfinite(two)):
            good += 1
            if np.max(np.abs(one - two)) > CLOSE * (1 + np.max(np.abs(one))):
                raise EnginesDisagree("a model that was written anew has other values")
    return good > 0


def _after(graph: Graph, exps: list[int]) -> set[int]:
    """What depends on an exponential."""
    found: set[int] = set()
    for n, node in enumerate(graph.nodes):
        if any(i in found or i in exps for i in node.args):
            found.add(n)
    return found


def _seen_anyway(rows: Any) -> bool:
    """Equal and opposite arguments are one variable in any proof."""
    return not rows[:, -1].any() and all(sum(abs(int(x)) for x in row) <= 1 for row in rows[:, :-1])


def _constants(
    graph: Graph, exps: list[int], combine: list[list[int]], exponents: list[list[int]]
) -> list[Fraction] | None:
    """Of each argument what is left without its combination of the basis, if it is a constant."""
    scalars = Scalars()
    values = {n: leaves(scalars, n, s) for n, s in {**graph.params, **graph.inputs}.items()}
    try:
        places = graph.run(Ring(scalars), values, max(exps))
        prover = Prover(scalars)
        given = [x for n in exps for x in places[graph.nodes[n].args[0]].flat()]
        each = [prover.expand({(v,) if v >= 0 else (): c}) if c else {} for c, v in given]
    except (NoValue, NotProved):
        return None
    basis = [_combined(each, row) for row in combine]
    found = []
    for own, row in zip(each, exponents, strict=True):
        rest = _combined([own, *basis], [1, *(-e for e in row)])
        if set(rest) - {()}:
            return None
        found.append(Fraction(rest.get((), 0)))
    return found


def _combined(each: list[Poly], row: list[int]) -> Poly:
    made: Poly = {}
    for e, poly in zip(row, each, strict=True):
        for m, c in poly.items():
            made[m] = made.get(m, 0) + e * c
    return {m: c for m, c in made.items() if c}


class _Writer(Anew):
    def __init__(self, graph: Graph, exps: list[int], after: set[int]) -> None:
        super().__init__(graph)
        self.exps, self.after = exps, after

    def written(
        self, combine: list[list[int]], exponents: list[list[int]], constants: list[Fraction]
    ) -> Graph:
        graph = self.graph
        for n in range(len(graph.nodes)):
            if n not in self.after and n not in self.exps:
                self.copied(n)
        basis = self._basis(combine)
        at = 0
        for n in self.exps:
            size = graph.nodes[n].size
            entries = [self._product(basis, len(combine), exponents[i], constants[i])
                       for i in range(at, at + size)]  # fmt: skip
            self.place[n] = self.shaped(entries, graph.nodes[n].shape)
            at += size
        for n in sorted(self.after):
            self.copied(n)
        return self.result()

    def _basis(self, combine: list[list[int]]) -> int:
        """exp of the arguments in the basis."""
        flat = [self.flat(self.place[self.graph.nodes[n].args[0]]) for n in self.exps]
        whole = self.joined(flat)
        shape = (len(combine), len(combine[0]))
        table = self.push("const", (), shape, tuple(Fraction(x) for row in combine for x in row))
        arguments = self.push("einsum", (table, whole), (len(combine),), "ij,j->i")
        return self.push("exp", (arguments,), (len(combine),))

    def _product(self, basis: int, count: int, row: list[int], constant: Fraction) -> int:
        """The product of powers of the basis, and of e."""
        factors = []
        for j, e in enumerate(row):
            source = self.push("inv", (basis,), (count,)) if e < 0 else basis
            factors += [self.push("index", (source,), (), (j,))] * abs(e) if e else []
        if constant or not factors:
            number = self.push("const", (), (), (constant,))
            factors.append(self.push("exp", (number,), ()))
        made = factors[0]
        for x in factors[1:]:
            made = self.push("mul", (made, x), ())
        return made
