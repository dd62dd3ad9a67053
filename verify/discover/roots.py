"""Radicands modulo squares: where they are independent, a root modulo the prime is a generic point
of the cover. Radicands that differ by a number share one root, times the root of that number,
modulo primes that have it.

The root that is taken modulo p is the one that is a square itself; it is multiplicative up to
signs only, so that sqrt(9 z) is -3 sqrt(z) where 3 is no square: such roots are written through
each other here. Any other relation is refused.

Draws at one point share its tensors. Radicands that depend on inputs are therefore asked at one
point: a h(x)^2 is no square where a is a tensor, and yet its roots at two inputs are related.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

from verify.discover.draws import Sampler
from verify.discover.one_root import Surd, surd
from verify.exact.errors import NoValue
from verify.trace.jets import NoRoot
from verify.trace.linear import rational
from verify.trace.prime import has_roots

MORE = 40  #: points beyond the number of radicands: a false relation survives with 2^-40
BATCHES = 400
ONE: Surd = (Fraction(1), ())


def same_roots(sampler: Sampler) -> tuple[dict[int, list[Any]], str]:
    """For a place the entries that are (entry, place, entry there, a root as factor). Raises
    NoValue where radicands are dependent modulo squares in another way.
    """
    here = _seen(sampler, shared=True)
    apart = any(n not in sampler.graph.of_inputs for n in here)
    seen = _seen(sampler, shared=False) if apart else here
    same: dict[int, list[tuple[int, int, int, Surd]]] = {}
    known: list[tuple[int, int]] = []
    for n in seen:
        own: list[int] = []
        for j in range(seen[n][-1].shape[1]):
            match = _matched(sampler, seen, n, j, [*known, *((n, i) for i in own)])
            if match is None:
                own.append(j)
            elif match[3] != ONE:
                same.setdefault(n, []).append((j, *match[1:]))
        asked = here if n in sampler.graph.of_inputs else seen
        _independent(sampler, asked[n][-1][:, own])
        known += [(n, j) for j in own]
    if same and not apart:  # a factor that depends on the tensors is another one elsewhere
        other = _seen(sampler, shared=True)
        for n, rows in same.items():
            for j, place, i, factor in rows:
                if _matched(sampler, other, n, j, [(place, i)]) != (j, place, i, factor):
                    raise NoValue("two radicands differ by a factor that depends on the tensors")
    numbers = sorted({f"sqrt({x})" for rows in same.values() for *_, (_, n) in rows for x in n})
    more = f"; {', '.join(numbers)}: roots of their equations" if numbers else ""
    return same, f"{len(known)} radicands are independent modulo squares{more}"


def _seen(sampler: Sampler, shared: bool) -> dict[int, list[Any]]:
    """By place of a root the values of radicands at draws where all roots before it exist: those
    of all places before, and its own. The draws are at one point, or each at its own.
    """
    graph, found = sampler.graph, {}
    roots = [n for n, x in enumerate(graph.nodes) if x.op == "sqrt"]
    needed = {n: MORE + graph.nodes[n].size for n in roots}
    rows: dict[int, list[list[Any]]] = {n: [] for n in roots}

    def look(n: int, before: list[Any], z: Any) -> None:
        rows[n].append([*before, z])

    point = sampler.point() if shared else None
    for _ in range(BATCHES):
        try:
            sampler.observed(look, point)
        except NoRoot:
            point = sampler.point()
            for found_there in rows.values():
                found_there.clear()
        if all(sum(len(r[-1]) for r in rows[n]) >= needed[n] for n in roots):
            break
    else:
        raise NoValue(f"roots modulo {sampler.p} of so many radicands at once are too rare")
    for n in roots:
        count = len(rows[n][0])
        found[n] = [np.concatenate([r[i] for r in rows[n]]) for i in range(count)]
    return found


def _matched(
    sampler: Sampler, seen: dict[int, list[Any]], n: int, j: int, known: list[tuple[int, int]]
) -> tuple[int, int, int, Surd] | None:
    """(entry, place, entry there, factor) of the first radicand that it is a multiple of."""
    f, order = sampler.numbers, list(seen)
    z = seen[n][-1][:, j]
    for place, i in known:
        other = seen[n][order.index(place)][:, i]
        ratio = f.mul(z, f.inverse(other))
        if not (ratio == ratio[0]).all():
            continue
        c = rational(int(ratio[0]), f.p)
        root = None if c is None else surd(c)
        if root is None or not has_roots(f.p, root[1]):
            raise NoValue(
                f"two radicands differ by the factor {'of a constant' if c is None else c},"
                " whose root is not rational: write one root through the other"
            )
        return j, place, i, root
    return None


def _independent(sampler: Sampler, values: Any) -> None:
    """Raises NoValue unless no product of these radicands is a constant times a square."""
    f = sampler.numbers
    signs = f.power(values, (f.p - 1) // 2) != 1
    rows = np.concatenate([signs, np.ones((len(signs), 1), bool)], axis=1).astype(np.uint8)
    rank = 0
    for j in range(rows.shape[1]):
        pivot = next((i for i in range(rank, len(rows)) if rows[i, j]), None)
        if pivot is None:
            raise NoValue(
                "radicands are dependent modulo squares: a product of them is a square (the root of"
                " a square is an absolute value: write np.abs), so that roots have signs of their"
                " own and the count would not be exact"
            )
        rows[[rank, pivot]] = rows[[pivot, rank]]
        rows[rank + 1 :][rows[rank + 1 :, j] == 1] ^= rows[rank]
        rank += 1
