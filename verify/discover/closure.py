"""How many laws there can be: D less the dimension of the Lie algebra that the gradient fields
generate, at a random point modulo a prime.

A minor of fields and brackets that is not 0 there is not 0 over the rationals, so that the rank
that is found bounds the laws from above whatever was drawn. Level k are brackets of k + 1 fields.
From one jet of k infinitesimals come all left-normed brackets of its draws: with
theta_i = theta_(i-1) + eps_i X_i(theta_(i-1)) the value Y(theta_k), carried back by
z -> z - eps_i (part of X_i(theta_(i-1) + eps_i z) with eps_i), i = k..1, has at eps_S the bracket
[X_a, [X_b, .. Y]] for S = {a < b < ..}, where [X, Y] = DY X - DX Y.
After level 0 only what annihilates it is kept, so that a level costs as much as its few new rows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from verify.discover.draw import Draw
from verify.discover.draws import Sampler
from verify.exact.errors import NoValue
from verify.trace.jets import Jet, NoRoot
from verify.trace.linear import kernel

MARGIN = 3
LEAST = 16  #: draws of a batch that has to add nothing
MOST_LEVEL = 8
QUIET = 3  #: times the number of patterns
POINTS = 200  #: points whose shared roots do not exist


@dataclass
class Closed:
    """``levels``: the rank after each; ``closed`` where the last added nothing; ``upper`` bounds
    the laws in any case.
    """

    p: int
    parameters: int
    levels: list[int]
    closed: bool
    outside: Any  # (D, upper): a basis of what annihilates all that was found

    @property
    def dimension(self) -> int:
        return self.levels[-1]

    @property
    def upper(self) -> int:
        return self.parameters - self.dimension


def closure(sampler: Sampler, known: int = 0, brackets: bool = True) -> Closed:
    """Level by level until one adds nothing, or no more than ``known`` laws are left. Without
    ``brackets`` level 0 alone. Raises NoValue where no point is found.
    """
    for _ in range(POINTS):
        try:
            return _closed(sampler, known, brackets)
        except NoRoot:
            continue
    raise NoValue(f"no tensors whose roots exist modulo {sampler.p}: too many radicands at once")


def _closed(sampler: Sampler, known: int, brackets: bool) -> Closed:
    point, D = sampler.point(), sampler.size
    outside = _level0(sampler, point, known)
    levels = [D - outside.shape[1]]
    while brackets and levels[-1] < D - known and len(levels) <= MOST_LEVEL:
        before = outside.shape[1]
        fresh = partial(bracketed, sampler, point, len(levels))
        outside = _until_nothing_new(sampler, outside, known, fresh)
        if outside.shape[1] == before:
            return Closed(sampler.p, D, levels, True, outside)
        levels.append(D - outside.shape[1])
    met = levels[-1] == D
    return Closed(sampler.p, D, levels, met, outside)


def _level0(sampler: Sampler, point: Any, known: int) -> Any:
    """What annihilates the fields themselves; of patterns, batches until one adds nothing."""
    D = sampler.size
    outside = kernel(sampler.draw(D - known + MARGIN, point).here(), sampler.p)
    if sampler.rules.patterns is None:
        return outside
    fresh = lambda count: sampler.draw(count, point).here()
    return _until_nothing_new(sampler, outside, known, fresh)


def _until_nothing_new(
    sampler: Sampler, outside: Any, known: int, rows: Callable[[int], Any]
) -> Any:
    """One batch of generic rows; of patterns batches until one adds nothing, and where all draws of
    a field have one pattern until many did not.
    """
    rules = sampler.rules
    quiet, needed = 0, max(1, QUIET * len(rules.branches))
    while outside.shape[1] > known and quiet < needed:
        cut = _cut(sampler, outside, rows(_enough(sampler, outside)))
        quiet = quiet + 1 if cut.shape[1] == outside.shape[1] or rules.patterns is None else 0
        outside = cut
    return outside


def _enough(sampler: Sampler, outside: Any) -> int:
    """Draws that show all that is outside, if they are generic: patterns are few, and one may be
    missing in any small batch.
    """
    least = LEAST if sampler.rules.patterns is not None else 0
    return max(least, outside.shape[1] + MARGIN)


def _cut(sampler: Sampler, outside: Any, rows: Any) -> Any:
    """The part of ``outside`` that annihilates the rows as well."""
    met = sampler.numbers.matmul(rows, outside)
    rest = kernel(met, sampler.p)
    if rest.shape[1] == outside.shape[1]:
        return outside
    return sampler.numbers.matmul(outside, rest)


def bracketed(sampler: Sampler, point: Any, depth: int, count: int) -> Any:
    """(count * number of subsets, D): all brackets [X_S, Y] with S not empty, of each draw."""
    draws = [sampler.draw(count, point) for _ in range(depth + 1)]
    z = brackets_of(sampler, draws, point.theta)
    rows = [x for s, x in sorted(z.items()) if s]
    return np.concatenate(rows) if rows else np.zeros((0, sampler.size), np.uint64)


def brackets_of(sampler: Sampler, draws: list[Draw], start: Any) -> Jet:
    """The jet whose part S is [X_a, [X_b, .. Y]], of the draws X_1..X_k, Y."""
    f, depth = sampler.numbers, len(draws) - 1
    thetas: list[Jet] = [{0: start}]
    for i in range(depth):
        thetas.append(added(f, thetas[-1], draws[i].at(thetas[-1]), 1 << i))
    z = draws[depth].at(thetas[depth])
    for i in range(depth - 1, -1, -1):
        eps = 1 << i
        moved = added(f, thetas[i], {s: x for s, x in z.items() if not s & eps}, eps)
        back = draws[i].at(moved)
        for s, x in back.items():
            if s & eps:
                z[s] = f.sub(z[s], x) if s in z else f.neg(x)
    return z


def added(f: Any, theta: Jet, more: Jet, eps: int) -> Jet:
    """theta + eps more."""
    made = dict(theta)
    for s, x in more.items():
        if not s & eps:
            t = s | eps
            made[t] = f.add(made[t], x) if t in made else x
    return made
