"""VARY: the gradient of an objective, read off its first variation.

d(objective) = Sum Re<G, d.theta>, over all parameters and their indices; then theta' = -G.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from verify.kernel.affine import ONE, Affine, Index, Interval, Symbol, single
from verify.kernel.letters import Base, Letter
from verify.kernel.limits import Refused, need
from verify.kernel.motion import Derivation, summed
from verify.kernel.ring import Poly, factor, product_of, unit
from verify.kernel.terms import bind, letter_at, opened, word


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


def _placed(u: Letter, place: tuple[Affine, ...], indices: list[Index], rest: Poly) -> Poly:
    """Sum_indices rest d.u_place as Sum_own G d.u_own: a bound index that runs through the whole
    range of its place becomes the letter's own index; a fixed place gives [own = place].
    """
    values: dict[Symbol, Affine] = {}
    absent: list[tuple[Index, Affine]] = []
    for own, entry in zip(u.indices, place, strict=True):
        a = entry.at(values)
        bound = [x for x in indices if x not in values and x in a.symbols()]
        if bound:
            need(len(bound) == 1, "a parameter at an index that depends on two sums")
            values[bound[0]], more = _solved(a, bound[0], own, values)
            absent += more
        else:
            rest = rest * factor(Base(at=(single(own) - a,)))
    left = [bind(x.name, x.kind, x, values) for x in indices if x not in values]
    found = summed(left, rest.at(values))
    for own, end in absent:
        need(not found.at({own: end}).terms, "a sum over a part of a parameter's indices only")
    return found


def _solved(
    a: Affine, v: Index, own: Index, values: Mapping[Symbol, Affine]
) -> tuple[Affine, list[tuple[Index, Affine]]]:
    """v in terms of the letter's own index, where a runs through its range as v does, perhaps but
    for its ends, which are returned, too.
    """
    kind, c = v.kind.at(values), dict(a.terms)[v]
    if not isinstance(kind, Interval):
        need(kind == own.kind, "a sum over another set than the parameter's")
        return single(own), []
    need(c in (1, -1) and isinstance(own.kind, Interval), "a parameter at every other index")
    assert isinstance(own.kind, Interval)
    rest = a - single(v).times(c)
    low, high = (kind.low, kind.high) if c > 0 else (kind.high, kind.low)
    absent = []
    for end, last, more in ((low, own.kind.low, 1), (high, own.kind.high, -1)):
        here = rest + end.times(c)
        need(here in (last, last.plus(more)), "a sum over a part of a parameter's indices only")
        absent += [(own, last)] if here != last else []
    return (single(own) - rest).times(Fraction(c)), absent
