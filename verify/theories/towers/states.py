"""One exact place of a claim about formulas, of what a source draws, and a sentence there."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from random import Random

from verify.claims.conclusions.formula import Formula
from verify.claims.conclusions.sign import Sign
from verify.claims.evidence import Checked
from verify.exact.rings import Inexact
from verify.terms.words import words
from verify.theories.towers.place import Outside, Place, Spot, drawn, places
from verify.theories.towers.refute import violated
from verify.theories.towers.sentence import FormulaSentence
from verify.theories.towers.terms import moves as moving
from verify.theories.towers.tower import Tower

_TRIES, _FIRST = 6, 8  # draws; places in order, where no draw has rational roots


def tower_of(sentences: Sequence[FormulaSentence]) -> Tower:
    """One that knows what all of them divide by. Raises TooLarge."""
    tower = Tower(sentences[0].setting)
    for s in sentences:
        pairs = s.conclusion.sides() if isinstance(s.conclusion, Formula) else ()
        for e in (*s.conclusion.expressions(), *(left - right for left, right in pairs)):
            tower.normal(e)
    return tower


def state(sentence: FormulaSentence, tower: Tower, source: Random) -> Spot | None:
    """A place that the hypotheses admit."""
    for _ in range(_TRIES):
        place = drawn(tower, source)
        if place is not None and sentence.admits(place):
            return sentence.spot(place)
    simple = islice((p for p in places(tower) if sentence.admits(p)), _FIRST)
    known = list(simple)
    return sentence.spot(source.choice(known)) if known else None


def moves(tower: Tower, spot: Spot) -> bool:
    try:
        return moving(tower, Place(tower, spot.letters))
    except (Outside, Inexact):
        return False


def checked(s: FormulaSentence, spot: Spot) -> Checked:
    """The gap of an equation, or the quantity of a sign."""
    own, tower = s.conclusion, Tower(s.setting)
    if isinstance(own, Sign):
        what = own.quantity
    elif isinstance(own, Formula):
        left, right = violated(tower, own)
        what = left - right
    else:
        return Checked(None, "it is refuted along a solution, not at a state")
    q = tower.normal(what)
    try:
        value = Place(tower, spot.letters).of(q)
    except (Outside, Inexact) as why:
        return Checked(None, f"it has no rational value there: {why}")
    fails = own.excludes(value.sign()) if isinstance(own, Sign) else bool(value.sign())
    return Checked(not fails, f"{words(what)} = {value.text()} (exact)")
