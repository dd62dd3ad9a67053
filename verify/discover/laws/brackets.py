"""Laws that follow from others, as the bracket of two motions that move no output moves none.

The motion of sum_k c_k T_k[i].T_k[j] is linear, c_k (E_ij + E_ji) on the units of each T_k. Where
all c_k are 1 or -1, c_k^3 = c_k, and

    [E_ij + E_ji, [E_jj, E_jk + E_kj]] = E_ik + E_ki

proves all n (n + 1)/2 laws from those of n units and of neighbours.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from verify.discover.laws.atoms import Inner, Law
from verify.discover.laws.layout import Layout
from verify.discover.laws.polarised import between, groups

MANY = 200  #: laws that follow; fewer are proved one by one


@dataclass(frozen=True)
class Chain:
    """``known``: the laws of units and of neighbours, from which all of ``pairs`` follow.
    ``parts``: c_k, and the coordinates of T_k, (n, m).
    """

    known: tuple[Law, ...]
    pairs: dict[tuple[int, int], Law]
    parts: tuple[tuple[int, Any], ...]


def chains(laws: Iterable[Law], layout: Layout) -> list[Chain]:
    """Where many laws follow from few."""
    there = list(dict.fromkeys(laws))
    found = (_chain(group, set(there), layout) for group in groups(there))
    return [x for x in found if x is not None]


def _chain(units: list[Law], there: set[Law], layout: Layout) -> Chain | None:
    n = len(units)
    if n * n < 2 * MANY or any(abs(c) != 1 for c, _ in units[0].sum):
        return None
    steps = [between(a, b) for a, b in pairwise(units)]
    if not there.issuperset(steps):
        return None
    apart = ((i, j) for i in range(n) for j in range(i + 2, n))
    pairs = {(i, j): x for i, j in apart if (x := between(units[i], units[j])) in there}
    parts = _parts(units, layout)
    return Chain((*units, *steps), pairs, parts) if len(pairs) >= MANY and parts else None


def _parts(units: list[Law], layout: Layout) -> tuple[tuple[int, Any], ...]:
    """None where two parts share a coordinate, or have not one shape."""
    made = []
    for k, (c, _) in enumerate(units[0].sum):
        atoms = [x.sum[k][1] for x in units]
        own = [a.left for a in atoms if isinstance(a, Inner)]
        if len({p.shape for p in own}) != 1:
            return ()
        made.append((int(c), np.stack([p.flat(layout) for p in own])))
    every = np.concatenate([where.ravel() for _, where in made])
    return tuple(made) if len(np.unique(every)) == len(every) else ()
