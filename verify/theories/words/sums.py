"""Sums over layers: ranges are met, indices shifted to a standard place, ends peeled off where two
ranges differ.
"""

from __future__ import annotations

from fractions import Fraction

from verify.exact.errors import NotGeneric
from verify.terms.affine import ONE, Affine, N, index
from verify.terms.letters import Theory
from verify.theories.words.element import (
    BOUND,
    FREE,
    Element,
    Key,
    Word,
    collected,
    cyclic,
    joined,
    shrunk,
)


def summed(x: Element, over: str, first: int, less: int, theory: Theory) -> Element:
    """sum of x over ``over`` = first..N - less. Raises NotGeneric for a sum in a sum, or a letter
    that does not exist everywhere.
    """
    terms: list[tuple[Key, Fraction]] = []
    for key, c in met(x, over, first, less, theory).items():
        if any(r[0] == BOUND for r in key[3]):
            raise NotGeneric("a sum over layers inside a sum over layers")
        terms += _placed(key, c, over, theory)
    return collected(terms)


def met(x: Element, over: str, first: int, less: int, theory: Theory) -> Element:
    """Every term with the range first..N - less of ``over`` met; what must exist does. Raises
    NotGeneric.
    """
    return collected((_met(key, over, first, less, theory), c) for key, c in x.items())


def _met(key: Key, over: str, first: int, less: int, theory: Theory) -> Key:
    ranges = joined(key[3], ((over, first - 1, less, FREE, FREE),))
    low, high, need_low, need_high = next(r[1:] for r in ranges if r[0] == over)
    if need_low > low or need_high > high:
        raise NotGeneric(f"a letter does not exist for every {over} = {1 + low}..N-{high}")
    for name, _, _, e in key[2]:
        if (
            e.coefficient(over)
            and not theory.invertible(name)
            and not _never_negative(e, over, low, high, theory)
        ):
            raise NotGeneric(
                f"{name}^({e}) has a negative exponent for some {over}, and {name} need not be"
                " invertible"
            )
    for (name, _), e in key[0]:
        if (
            e.coefficient(over)
            and name not in theory.positive
            and not _never_negative(e, over, low, high, theory)
        ):
            raise NotGeneric(
                f"{name}^({e}) has a negative exponent for some {over}, and {name} need not be"
                " positive"
            )
    ranges = tuple(
        (n, a, b, FREE, FREE) if n == over else (n, a, b, c, d) for n, a, b, c, d in ranges
    )
    return (key[0], key[1], key[2], ranges)


def _never_negative(e: Affine, over: str, low: int, high: int, theory: Theory) -> bool:
    ends = (e.put(over, Affine(1 + low)), e.put(over, N - high))
    return all(
        x.coefficient("N") >= 0 and x.at({n: theory.least_depth for n, _ in x.terms}) >= 0
        for x in ends
    )


def _placed(key: Key, c: Fraction, over: str, theory: Theory) -> list[tuple[Key, Fraction]]:
    """With the bound variable at its standard place; a term that does not depend on it is
    multiplied by the number of its values.
    """
    scalars, traced, word, ranges = key
    low, high = next((r[1], r[2]) for r in ranges if r[0] == over)
    rest = tuple(r for r in ranges if r[0] != over)
    shift = _standard(scalars, word, over)
    if shift is None:
        if low + high > theory.least_depth:
            raise NotGeneric("a sum over a range that may be empty by more than one")
        count = [((*scalars, (("N", None), ONE)), c), (scalars, -c * (low + high))]
        return [((_sorted(s), traced, word, rest), d) for s, d in count if d]
    put = index(BOUND) + shift
    moved = substituted((scalars, traced, word, ()), over, put, theory)
    return [
        (
            (
                moved[0],
                traced,
                moved[2],
                tuple(sorted((*rest, (BOUND, low - shift, high + shift, FREE, FREE)))),
            ),
            c,
        )
    ]


def _sorted(scalars: tuple) -> tuple:
    found: dict = {}
    for atom, e in scalars:
        found[atom] = found.get(atom, Affine()) + e
    return tuple(sorted(((a, e) for a, e in found.items() if e != Affine()), key=repr))


def _standard(scalars: tuple, word: Word, over: str) -> int | None:
    """The shift after which the least index offset is 0, or the first exponent has no number; None
    without the variable.
    """
    offsets = [i.const for _, i, _, _ in word if i is not None and i.coefficient(over)]
    offsets += [i.const for (_, i), _ in scalars if i is not None and i.coefficient(over)]
    if offsets:
        return -min(offsets)
    exponents = [e for _, _, _, e in word if e.coefficient(over)] + [
        e for _, e in scalars if e.coefficient(over)
    ]
    if not exponents:
        return None
    least = min(exponents, key=lambda e: (e.terms, e.const))
    return -least.const // least.coefficient(over) if abs(least.coefficient(over)) == 1 else 0


def substituted(key: Key, name: str, value: Affine, theory: Theory) -> Key:
    """A term with ``value`` for a variable, in normal form; ranges of that variable are dropped:
    the caller has met them.
    """
    scalars = tuple(
        ((n, i.put(name, value) if i is not None else None), e.put(name, value))
        for (n, i), e in key[0]
    )
    word = tuple(
        (n, i.put(name, value) if i is not None else None, m, e.put(name, value))
        for n, i, m, e in key[2]
    )
    word = shrunk(word, theory)
    return (
        _sorted(scalars),
        key[1],
        cyclic(word, theory) if key[1] else word,
        tuple(r for r in key[3] if r[0] != name),
    )


def settled(x: Element, theory: Theory) -> Element:
    """Sums of one term over different ranges brought to their common range; what is left over
    stands alone.
    """
    groups: dict[Key, list[tuple[tuple, Fraction]]] = {}
    rest: list[tuple[Key, Fraction]] = []
    for key, c in collected(t for old, d in x.items() for t in _again(old, d, theory)).items():
        bound = next((r for r in key[3] if r[0] == BOUND), None)
        if bound is None:
            rest.append((key, c))
        else:
            free = tuple(r for r in key[3] if r[0] != BOUND)
            groups.setdefault((key[0], key[1], key[2], free), []).append((bound, c))
    for (s, t, word, free), found in groups.items():
        low, high = max(b[1] for b, _ in found), max(b[2] for b, _ in found)
        for bound, c in found:
            rest += _peeled((s, t, word, free), bound, low, high, c, theory)
    return collected(rest)


def _again(key: Key, c: Fraction, theory: Theory) -> list[tuple[Key, Fraction]]:
    """A sum whose word has changed, brought to its standard place again."""
    if not any(r[0] == BOUND for r in key[3]) or _standard(key[0], key[2], BOUND) == 0:
        return [(key, c)]
    return _placed(key, c, BOUND, theory)


def _peeled(
    key: Key, bound: tuple, low: int, high: int, c: Fraction, theory: Theory
) -> list[tuple[Key, Fraction]]:
    if (
        low + high > theory.least_depth
    ):  # the common range could be negative, and the ends would be counted twice
        low, high = bound[1], bound[2]
    terms = [((*key[:3], tuple(sorted((*key[3], (BOUND, low, high, FREE, FREE))))), c)]
    ends = [Affine(j) for j in range(bound[1] + 1, low + 1)] + [
        N - j for j in range(bound[2], high)
    ]
    for at in ends:
        terms.append((substituted((*key[:3], key[3]), BOUND, at, theory), c))
    return terms
