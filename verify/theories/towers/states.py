"""One exact place of a claim about formulas, of what a source draws, and a sentence there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice
from random import Random

from verify.claims.conclusions.base import Conclusion
from verify.claims.conclusions.formula import Formula
from verify.claims.conclusions.sign import Sign
from verify.claims.evidence import Checked
from verify.exact.rings import Inexact
from verify.terms.expr import Expr
from verify.terms.words import words
from verify.theories.towers.place import Outside, Place, Spot, drawn, places
from verify.theories.towers.refute import violated
from verify.theories.towers.sentence import FormulaSentence
from verify.theories.towers.terms import moves as moving
from verify.theories.towers.tower import Quotient, Tower

_TRIES, _FIRST = 6, 16  # draws; places in order, where no draw has rational roots


def tower_of(sentences: Sequence[FormulaSentence]) -> Tower:
    """One that knows what all of them divide by. Raises TooLarge."""
    tower = Tower(sentences[0].setting)
    for s in sentences:
        pairs = s.conclusion.sides() if isinstance(s.conclusion, Formula) else ()
        for e in (*s.conclusion.expressions(), *(left - right for left, right in pairs)):
            tower.normal(e)
    return tower


def simple(sentence: FormulaSentence, tower: Tower) -> list[Place]:
    """The first places that the hypotheses admit."""
    return list(islice((p for p in places(tower) if sentence.admits(p)), _FIRST))


def state(
    sentence: FormulaSentence, tower: Tower, source: Random, known: Callable[[], list[Place]]
) -> Spot | None:
    """A place that the hypotheses admit; where draws find none, one of those that are known."""
    for _ in range(_TRIES):
        place = drawn(tower, source)
        if place is not None and sentence.admits(place):
            return sentence.spot(place)
    return sentence.spot(source.choice(known())) if known() else None


def moves(tower: Tower, spot: Spot) -> bool:
    try:
        return moving(tower, Place(tower, spot.letters))
    except (Outside, Inexact):
        return False


def asked(s: FormulaSentence, tower: Tower) -> tuple[Expr, Quotient] | None:
    """The gap of an equation, or the quantity of a sign; None of what a solution alone refutes."""
    own = s.conclusion
    if isinstance(own, Sign):
        what = own.quantity
    elif isinstance(own, Formula):
        left, right = violated(tower, own)
        what = left - right
    else:
        return None
    return what, tower.normal(what)


def checked(own: Conclusion, tower: Tower, of: tuple[Expr, Quotient] | None, spot: Spot) -> Checked:
    """What is asked of a conclusion, at a place."""
    if of is None:
        return Checked(None, "it is refuted along a solution, not at a state")
    what, q = of
    try:
        value = Place(tower, spot.letters).of(q)
    except (Outside, Inexact) as why:
        return Checked(None, f"it has no rational value there: {why}")
    fails = own.excludes(value.sign()) if isinstance(own, Sign) else bool(value.sign())
    return Checked(not fails, f"{words(what)} = {value.text()} (exact)")
