"""Exact states of a sentence about formulas, and what its expressions are worth there, with which
certificates are compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import reduce
from itertools import islice
from operator import add
from typing import Any

from verify.claims.conclusions.base import Conclusion
from verify.claims.conclusions.constant import Constant
from verify.claims.conclusions.equals import Equals
from verify.claims.conclusions.rate_law import RateLaw
from verify.claims.conclusions.sign import Sign
from verify.exact.errors import NotGeneric
from verify.exact.rings import Inexact
from verify.kernel.exact import Number, number
from verify.terms.expr import Expr, dot, num
from verify.theories.steps import asked
from verify.theories.steps.scalars import Scalars
from verify.theories.steps.solutions import Along
from verify.theories.towers.place import Outside, Place, Spot, places
from verify.theories.towers.refute import violated
from verify.theories.towers.sentence import FormulaSentence
from verify.theories.towers.tower import Tower

MOST_POINTS, SEARCHED = 40, 200


def asserted(sentence: FormulaSentence, refuting: bool) -> Conclusion:
    """At a rate 0 it is a constant; against a law of a rate that is not made of constants stands
    the equation of its two that fails.
    """
    c, given, tower = sentence.conclusion, sentence.setting, Tower(sentence.setting)
    if isinstance(c, RateLaw) and not tower.normal(c.rate).top:
        return Constant(c.quantity)
    still = {x.name for x in given.letters} - given.rates.keys()
    if refuting and isinstance(c, RateLaw) and not c.rate.constants() <= still:
        return Equals(*violated(tower, c))
    return c


def sides(c: Equals) -> tuple[Expr, Expr]:
    """A sum that is 0, or its derivative, is its first term and minus the others, so that it says
    something.
    """
    moved = c.left.head == "D"
    inner = c.left.args[0] if moved else c.left
    if c.right != num(0) or inner.head != "+":
        return c.left, c.right
    first, *others = inner.args
    second = -reduce(add, others)
    return (dot(first), dot(second)) if moved else (first, second)


def exact_states(letters: Scalars, sentence: Any, shown: Any) -> Iterator[asked.Here]:
    """That of the judge, and a few more."""
    first = [shown] if isinstance(shown, Spot) and _computed(shown, letters) else []
    admitted = map(sentence.spot, filter(sentence.admits, places(Tower(sentence.setting))))
    more = (p for p in islice(admitted, SEARCHED) if _computed(p, letters))
    for spot in (*first, *islice(more, MOST_POINTS)):
        yield _here(letters, sentence, spot)
    if isinstance(shown, Spot) and shown.what and isinstance(sentence.conclusion, Sign):
        for place in islice(_excluded(sentence), MOST_POINTS):
            yield _here(letters, sentence, sentence.spot(place))


def _excluded(sentence: Any) -> Iterator[Place]:
    """Where the sign is against the sentence and, if anything moves, something does, which it need
    not at the first witness that is found.
    """
    tower, c = Tower(sentence.setting), sentence.conclusion
    quantity = tower.normal(c.quantity)
    rates = [tower.normal(x) for x in sentence.setting.rates.values()]
    for place in places(tower):
        try:
            value = place.of(quantity).coefficient
            moves = not rates or any(place.of(r).coefficient for r in rates)
        except (Outside, Inexact):
            continue
        sign = (value > 0) - (value < 0)
        if moves and c.excludes(sign) and sentence.admits(place):
            yield place


def _here(letters: Scalars, sentence: Any, spot: Any) -> asked.Here:
    c: Any = asserted(sentence, letters.refuting)
    if isinstance(c, Equals):
        stated = [*sides(c)]
    else:
        more = [num(0)] if isinstance(c, Sign) else [dot(c.quantity)]
        more += [c.rate] if isinstance(c, RateLaw) else []
        stated = [c.quantity, *more, *([c.times, c.rest] if isinstance(c, Along) else [])]
    return asked.Here(letters.instance(spot), lambda at: [_value(spot, e) for e in stated])


def _value(spot: Any, e: Expr) -> Number | None:
    tower = Tower(spot.setting)
    try:
        found = spot.value(e)
        place = Place(tower, spot.letters)
        r = sum((k * place.rational(tower.inside(x)) for x, k in found.factors), Fraction(0))
    except (Outside, Inexact):
        return None
    return number({r: found.coefficient})


def _computed(spot: Spot, letters: Scalars) -> bool:
    """Whether all that a certificate gives is rational there."""
    try:
        letters.instance(spot)
    except (Outside, Inexact, NotGeneric):
        return False
    return True
