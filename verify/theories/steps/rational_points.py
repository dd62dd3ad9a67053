"""States of formulas at which exponentials are rational, which is where their exponents are 0."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import partial

from verify.exact.rings import Inexact
from verify.models.formulas import Exp
from verify.theories.towers.place import Outside, Place, pool
from verify.theories.towers.tower import Tower

Letters = dict[str, Fraction]
DRAWN = 40
AT = (Fraction(1), Fraction(2), Fraction(3))


def flat(tower: Tower) -> Iterator[Place]:
    """From values of all letters, of which some are solved for so that every exponent is 0: in the
    order of the exponentials, for a letter that it is affine in.
    """
    names = [a.name for a in tower.setting.atoms if isinstance(a, Exp)]
    for letters in map(partial(_drawn, tower), range(DRAWN if names else 0)):
        for found in _solved(tower, names, letters):
            place = _place(tower, found)
            if place is not None and place.defined():
                yield place


def _drawn(tower: Tower, k: int) -> Letters:
    """Different ones for different letters, the k-th time."""
    pools = [(x.name, pool(x)) for x in tower.setting.letters]
    return {x: of[k * j % len(of)] for j, (x, of) in enumerate(pools, 1)}


def _solved(tower: Tower, names: Sequence[str], letters: Letters) -> Iterator[Letters]:
    """Each letter in its turn."""
    if not names:
        yield letters
        return
    for x in tower.setting.letters:
        a, b, c = (_inside(tower, names[0], {**letters, x.name: v}) for v in AT)
        if a is not None and b is not None and c is not None and c - b == b - a != 0:
            own = {**letters, x.name: AT[0] - a / (b - a)}
            yield from _solved(tower, names[1:], own)


def _inside(tower: Tower, name: str, letters: Letters) -> Fraction | None:
    place = _place(tower, letters)
    try:
        return place.rational(tower.inside(name)) if place else None
    except (Outside, Inexact):
        return None


def _place(tower: Tower, letters: Letters) -> Place | None:
    try:
        return Place(tower, letters)
    except (Outside, Inexact):
        return None
