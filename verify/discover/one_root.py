"""A graph whose roots are multiples of as few as there can be: sqrt(4 z) beside sqrt(z) is twice
that, and erf(-z) beside erf(z) is -1 times that. Proofs read it, which know of each root only what
its square is, and of erf only its derivative.

That one argument is a multiple of another is an identity of polynomials in entries, exact: the
square of a fraction c above 0, as sqrt(c^2 z) = c sqrt(z) wherever there is a root, or 1 or -1.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from math import isqrt
from typing import Any

import numpy as np
from flint import fmpz

from verify.discover.anew import Anew
from verify.discover.laws.direction import NotProved
from verify.discover.laws.equivariance import Prover
from verify.discover.laws.scalars import Poly, Scalars
from verify.discover.laws.writing_out import Ring, leaves
from verify.exact.errors import NoValue
from verify.trace.graph import Graph
from verify.trace.numbers import FLOATS
from verify.trace.prime import PRIMES, primes_with_roots
from verify.trace.trace import sampled

MOST = 64  #: arguments
STATES, CLOSE = 3, 1e-9
OPS = ("sqrt", "erf")
LONG, FEW = 2**64, 12  #: numbers that are factored, and primes whose roots are declared
#: a fraction above 0 times the root of a product of primes
Surd = tuple[Fraction, tuple[int, ...]]
#: of an entry of a place: place and entry of another, and what it is multiplied with
Same = dict[tuple[int, int], tuple[int, int, Surd]]


def with_one_root(graph: Graph) -> Graph | None:
    """None where no argument is a multiple of another, or there are too many to be compared."""
    return _with(graph, False)


def with_free_roots(graph: Graph) -> Graph:
    """The same with sqrt(3 z) as a free constant times sqrt(z): a law of it, whatever that constant
    is, is one of the graph.
    """
    return _with(graph, True) or graph


def _with(graph: Graph, surds: bool) -> Graph | None:
    made = None
    while same := _same(made or graph, surds):
        made = _Writer(made or graph, same).written()
    return made


def primes_of(graph: Graph) -> tuple[int, int]:
    """Those modulo which a model is counted: with the roots of all numbers by which radicands
    differ, as far as this is seen.
    """
    found = {x for _, _, (_, primes) in _same(graph, True).values() for x in primes}
    return primes_with_roots(frozenset(found)) if len(found) <= FEW else PRIMES


def surd(c: Fraction) -> Surd | None:
    """The root of a number; None of one that is not above 0, or too long."""
    whole = c.numerator * c.denominator
    if not 0 < whole < LONG:
        return None
    primes = tuple(int(x) for x, k in fmpz(whole).factor() if k % 2)
    rest = whole
    for x in primes:
        rest //= x
    return Fraction(isqrt(rest), c.denominator), primes


def _same(graph: Graph, surds: bool) -> Same:
    places = [n for n, x in enumerate(graph.nodes) if x.op in OPS]
    if not 1 < sum(graph.nodes[n].size for n in places) <= MOST:
        return {}
    found: Same = {}
    known: dict[str, list[tuple[int, int]]] = {op: [] for op in OPS}
    seen, written = _in_doubles(graph, places), _Arguments(graph, max(places))
    for n in places if seen else ():
        op = graph.nodes[n].op
        for i in range(graph.nodes[n].size):
            for place, j in known[op]:
                near = _constant(seen[n][:, i], seen[place][:, j])
                factor = written.factor(op, (n, i), (place, j)) if near else None
                if factor is not None and (surds or not factor[1]):
                    found[n, i] = (place, j, factor)
                    break
            else:
                known[op].append((n, i))
    return found


def _in_doubles(graph: Graph, places: list[int]) -> dict[int, Any]:
    """(states, entries) of arguments at states at which all are finite; {} where there are none."""
    random, rows = np.random.default_rng(graph.parameters), list[list[Any]]()
    for above in range(2 * STATES):
        values = sampled({**graph.inputs, **graph.params}, random, above % 2)
        with np.errstate(all="ignore"):
            run = graph.run(FLOATS, values, max(places))
        row = [np.ravel(run[graph.nodes[n].args[0]]) for n in places]
        if all(np.isfinite(x).all() for x in row) and len(rows) < STATES:
            rows.append(row)
    return {n: np.stack([row[k] for row in rows]) for k, n in enumerate(places)} if rows else {}


def _constant(one: Any, other: Any) -> bool:
    """Whether one may be a multiple of the other; what is so in doubles is decided exactly."""
    scale = np.abs(one).max() * np.abs(other).max()
    return bool(np.all(np.abs(one * other[0] - other * one[0]) <= CLOSE * scale))


class _Arguments:
    """Arguments of roots, written out when they are asked for."""

    def __init__(self, graph: Graph, stop: int) -> None:
        self.graph, self.stop = graph, stop
        self.known: dict[tuple[int, int], Poly | None] = {}

    @cached_property
    def _run(self) -> tuple[list[Any], Prover]:
        """All nodes entry by entry. Raises NoValue."""
        scalars, graph = Scalars(), self.graph
        values = {n: leaves(scalars, n, s) for n, s in {**graph.params, **graph.inputs}.items()}
        return graph.run(Ring(scalars), values, self.stop), Prover(scalars)

    def factor(self, op: str, one: tuple[int, int], other: tuple[int, int]) -> Surd | None:
        """What the one value is of the other; None where that is not seen."""
        ratio = self.ratio(one, other)
        if ratio is None:
            return None
        return surd(ratio) if op == "sqrt" else (ratio, ()) if abs(ratio) == 1 else None

    def ratio(self, one: tuple[int, int], other: tuple[int, int]) -> Fraction | None:
        """Of two arguments, where it is a number."""
        a, b = self._poly(one), self._poly(other)
        if not a or not b or a.keys() != b.keys():
            return None
        ratio = Fraction(a[min(a)]) / b[min(b)]
        return ratio if all(x == ratio * b[m] for m, x in a.items()) else None

    def _poly(self, at: tuple[int, int]) -> Poly | None:
        n, i = at
        if at not in self.known:
            try:
                run, prover = self._run
                c, v = run[self.graph.nodes[n].args[0]].flat()[i]
                self.known[at] = prover.expand({(v,) if v >= 0 else (): c})
            except (NoValue, NotProved):
                self.known[at] = None
        return self.known[at]


class _Writer(Anew):
    def __init__(self, graph: Graph, same: Same) -> None:
        super().__init__(graph)
        self.same = same
        self.entry: dict[tuple[int, int], int] = {}

    def written(self) -> Graph:
        changed = {n for n, _ in self.same} | {n for n, _, _ in self.same.values()}
        for n in range(len(self.graph.nodes)):
            if n in changed:
                self._by_entries(n)
            else:
                self.copied(n)
        return self.result()

    def _by_entries(self, n: int) -> None:
        """Those that are no multiples together, the others by these."""
        node = self.graph.nodes[n]
        own = [i for i in range(node.size) if (n, i) not in self.same]
        if own:
            args = tuple(self._some(self.place[a], own) for a in node.args)
            made = self.push(node.op, args, (len(own),), node.data)
            for k, i in enumerate(own):
                self.entry[n, i] = self.push("index", (made,), (), (k,))
        for i in range(node.size):
            if (n, i) in self.same:
                place, j, (c, primes) = self.same[n, i]
                numbers = [self.push("const", (), (), (c,))]
                numbers += [self.push("free", (), (), f"sqrt({x})") for x in primes]
                made = self.entry[place, j]
                for x in numbers:
                    made = self.push("mul", (made, x), ())
                self.entry[n, i] = made
        self.place[n] = self.shaped([self.entry[n, i] for i in range(node.size)], node.shape)

    def _some(self, place: int, own: list[int]) -> int:
        """These entries of an array, in a row."""
        whole = own == list(range(self.nodes[place].size))
        return self.flat(place) if whole else self.push("index", (place,), (len(own),), tuple(own))
