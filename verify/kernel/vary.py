"""VARY: the gradient of an objective, read off its first variation.

d(objective) = Sum Re<G, d.theta>, over all parameters and their indices; then theta' = -G.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from verify.kernel.affine import ONE, Affine, Index, Interval, Symbol, bind, single
from verify.kernel.letters import Base, Letter
from verify.kernel.limits import Refused, need
from verify.kernel.motion import Derivation, summed
from verify.kernel.ring import Poly, factor, product_of, unit
from verify.kernel.terms import letter_at, opened, word


def gradients(objective: Poly, parameters: Sequence[Letter]) -> dict[Letter, Poly]:
    """G for each parameter, in its own indices. The variation changes parameters alone."""
    need(objective.shape is None, "the objective of a gradient flow is a real number")
    moved = {u: Letter("d." + u.name, "variation", u.indices, u.size) for u in parameters}
    by = Derivation({u: letter_at(d) for u, d in moved.items()}, "the variation")
    variation = by.of(objective)
    found = {u: Poly(u.size) for u in parameters}
    owner = {d: u for u, d in moved.items()}
    for mono, c in variation.terms.items():
        indices, factors, _ = opened(mono)
        u, place, rest = _read(factors, owner)
        found[u] += _placed(u, place, indices, rest).times(c)
    return found


def _read(
    factors: list[tuple[Base, Affine]], owner: Mapping[Letter, Letter]
) -> tuple[Letter, tuple[Affine, ...], Poly]:
    """(u, a, r) for Re<r, d.u_a>, turned until d.u stands first: Re tr (dW r) = Re<r^H, dW>; where
    dW is marked, r is.
    """
    for k, (base, e) in enumerate(factors):
        others = product_of([*factors[:k], *factors[k + 1 :]])
        if isinstance(base.head, Letter) and base.head in owner:
            need(e == ONE, "a variation that is not linear")
            return owner[base.head], base.at, others
        for j, x in enumerate(base.word):
            if x.letter in owner:
                need(e == ONE and x.power == ONE, "a variation that is not linear")
                turned = [*base.word[j + 1 :], *base.word[:j]]
                r = word(turned) if turned else unit(x.letter.shape(x.at))
                return owner[x.letter], x.at, others * r.star(x.star ^ 1)
    raise Refused("a variation that does not speak of a parameter")


