"""Refutations of one sentence about formulas: a rational place, or a closed solution along which
the quantity is a rational function of time.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from verify.claims.conclusions.exponential_decay import ExponentialDecay
from verify.claims.conclusions.formula import Formula
from verify.claims.conclusions.sign import Sign
from verify.exact.rings import Inexact
from verify.terms.expr import Expr, num
from verify.terms.words import scalars, words
from verify.theories.found import Refuted
from verify.theories.towers.place import Outside, Place, Spot, Value, places
from verify.theories.towers.quotients import Quotient, TooLarge
from verify.theories.towers.sentence import FormulaSentence
from verify.theories.towers.solution import (
    Solved,
    derivatives,
    put_in,
    rational_in_time,
    shown,
    solves,
)
from verify.theories.towers.tower import Tower

_PLACE = "an exact place violates it"


def refute(sentence: FormulaSentence) -> Refuted | None:
    """A rational place, or a solution in closed form, that satisfies all hypotheses and violates
    the conclusion.
    """
    try:
        if isinstance(sentence.conclusion, ExponentialDecay):
            return _decays_otherwise(sentence)
        return _refuted(sentence, Tower(sentence.setting))
    except TooLarge:
        return None


def violated(tower: Tower, conclusion: Formula) -> tuple[Expr, Expr]:
    """The pair whose gap refutes the sentence: its own equation.

    A later pair counts only where those before it hold everywhere. Of a law q' = c q that is c' q:
    then q'' - c^2 q = c' q, and the sentence fails; where q' = c q fails somewhere, the derivative
    of the rate says nothing about q(0) e^(c t).
    """
    return next(
        (p for p in conclusion.sides() if tower.normal(p[0] - p[1]).top), conclusion.sides()[0]
    )


def constant(sentence: FormulaSentence) -> Fraction | None:
    """c with left = c right, where the sentence is a false equation and c a rational number."""
    if not isinstance(sentence.conclusion, Formula):
        return None
    tower, (left, right) = Tower(sentence.setting), sentence.conclusion.sides()[0]
    above, below = tower.normal(left), tower.normal(right)
    if not below.top or not tower.normal(left - right).top:
        return None
    q = tower.mul(above, Quotient(below.bottom, below.top))
    if not (q.top.is_constant() and q.bottom.is_constant() and q.top):
        return None
    c = q.top.leading_coefficient() / q.bottom.leading_coefficient()
    return Fraction(int(c.p), int(c.q))


def _refuted(sentence: FormulaSentence, tower: Tower) -> Refuted | None:
    conclusion = sentence.conclusion
    if isinstance(conclusion, Sign):
        spot = _wrong_sign(sentence, conclusion, tower, tower.normal(conclusion.quantity))
        return None if spot is None else Refuted(spot, _PLACE)
    assert isinstance(conclusion, Formula)
    left, right = violated(tower, conclusion)
    spot = _violating(
        sentence, tower, tower.normal(left - right), left if right == num(0) else left - right
    )
    if spot is None:
        return None
    c, (left, right) = constant(sentence), conclusion.sides()[0]
    named = f"; the constant is {c}: {words(left)} = {c} ({words(right)})" if c is not None else ""
    return Refuted(spot, _PLACE + named)


def _decays_otherwise(sentence: FormulaSentence) -> Refuted | None:
    """A solution in closed form, rational in time along the quantity: no exponential bounds it."""
    quantity, hint = sentence.conclusion.quantity, sentence.solution  # type: ignore[attr-defined]
    if hint is None or sentence.assuming or derivatives(sentence.setting, quantity):
        return None
    solved = solves(sentence.setting, hint)
    if solved is None:
        return None
    tower, _ = solved
    q = tower.normal(put_in(sentence.setting, quantity, hint.values))
    if not rational_in_time(tower, q):
        return None
    reason = "a solution in closed form violates it: a rational function of t"
    return Refuted(
        Solved(sentence, hint, shown(tower, q), shown(tower, q, scalars)), reason, sentence.rules
    )


def _wrong_sign(sentence: FormulaSentence, own: Sign, tower: Tower, q: Quotient) -> Spot | None:
    for place, value in values(sentence, tower, q):
        if own.excludes(value.sign()):
            return sentence.spot(place, own.quantity, value)
    return None


def _violating(sentence: FormulaSentence, tower: Tower, q: Quotient, what: Expr) -> Spot | None:
    return next(
        (
            sentence.spot(place, what, value)
            for place, value in values(sentence, tower, q)
            if value.sign()
        ),
        None,
    )


def values(sentence: FormulaSentence, tower: Tower, q: Quotient) -> Iterator[tuple[Place, Value]]:
    """Places that satisfy all hypotheses, with the value of q there."""
    for place in places(tower):
        try:
            value = place.of(q)
        except (Outside, Inexact):
            continue
        if sentence.admits(place):
            yield place, value
