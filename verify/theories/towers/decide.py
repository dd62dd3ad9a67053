"""Proofs and refutations of one sentence about formulas: a normal form with an instance, a rational
place, a closed solution.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from verify.claims.conclusions.base import Hints
from verify.claims.conclusions.constant import Constant
from verify.claims.conclusions.exponential_decay import ExponentialDecay
from verify.claims.conclusions.formula import Formula
from verify.claims.conclusions.sign import Sign
from verify.exact.alike import SAME, STILL, plain
from verify.exact.rings import Inexact
from verify.models.formulas import Solution
from verify.terms.expr import Expr, num
from verify.terms.words import scalars, words
from verify.theories.found import Gap, Nothing, Refuted, Shown
from verify.theories.towers.domain import reach
from verify.theories.towers.place import Outside, Place, Spot, Value, places
from verify.theories.towers.sentence import FormulaSentence
from verify.theories.towers.signs import Factors, Signs, expression
from verify.theories.towers.solution import (
    Solved,
    derivatives,
    put_in,
    rational_in_time,
    shown,
    solves,
)
from verify.theories.towers.terms import Degenerate, additive, moves
from verify.theories.towers.tower import Quotient, TooLarge, Tower

_NO_HINTS = Hints()
_PLACE = "an exact place violates it"


@dataclass(frozen=True)
class Reduced:
    """The differences that reduce to zero; of a sign, the factors that have one, each with its
    power.
    """

    gaps: tuple[Expr, ...] = ()
    factors: tuple[tuple[Expr, int], ...] = ()


def prove(sentence: FormulaSentence) -> Shown | Gap:
    """Raises Nothing where it says nothing, BadInput for one that divides by zero everywhere, or
    mentions what is not declared.
    """
    try:
        if isinstance(sentence.conclusion, ExponentialDecay):
            why = (
                "this kind is only refuted, by a solution in closed form along which the quantity"
                " is a rational function of t"
            )
            return Gap(f"{why}; none was given")
        return _sign(sentence) if isinstance(sentence.conclusion, Sign) else _equal(sentence)
    except TooLarge as limit:
        return Gap(f"a polynomial grew too large: {limit}")


def refute(sentence: FormulaSentence, hint: Any = None) -> Refuted | None:
    """A rational place, or a solution in closed form, that satisfies all hypotheses and violates
    the conclusion.
    """
    try:
        if isinstance(sentence.conclusion, ExponentialDecay):
            return _decays_otherwise(sentence, hint)
        return _refuted(sentence, Tower(sentence.setting))
    except TooLarge:
        return None


def instance(sentence: FormulaSentence) -> Spot | None:
    """A rational place of all hypotheses at which something moves and the sentence says something.
    Raises Nothing.
    """
    try:
        return _instance(sentence)
    except TooLarge:
        return None


def _instance(sentence: FormulaSentence) -> Spot | None:
    tower, conclusion = Tower(sentence.setting), sentence.conclusion
    if isinstance(conclusion, Sign):
        alive = _values(sentence, tower, tower.normal(conclusion.quantity))
        return next(
            (sentence.spot(p) for p, value in alive if value.sign() and moves(tower, p)), None
        )
    assert isinstance(conclusion, Formula)
    try:
        return next(_living(sentence, tower, conclusion), None)
    except Degenerate as why:
        raise Nothing(str(why)) from None


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


def _equal(sentence: FormulaSentence) -> Shown | Gap:
    conclusion = sentence.conclusion
    assert isinstance(conclusion, Formula)
    if not any(
        plain(left - right, still=sentence.setting.rests) for left, right in conclusion.sides()
    ):
        raise Nothing(STILL if isinstance(conclusion, Constant) else SAME)
    tower = Tower(sentence.setting)
    gaps = tuple(conclusion.obligations(_NO_HINTS))
    if any(tower.normal(gap).top for gap in gaps):
        return Gap("the normal form is not zero, and no rational place violates it")
    return Shown(
        "the difference of the two sides reduces to zero exactly",
        reach(sentence),
        rules(sentence),
        proof=Reduced(gaps),
    )


def _sign(sentence: FormulaSentence) -> Shown | Gap:
    conclusion = sentence.conclusion
    assert isinstance(conclusion, Sign)
    tower = Tower(sentence.setting)
    q = tower.normal(conclusion.quantity)
    found = Signs(tower, sentence.assuming).decide(q, conclusion.relation) if q.top else None
    if found is None:
        return Gap(
            "its factors have no sign that coefficients show, and no rational place violates it"
        )
    if set(plain(conclusion.quantity)) <= {()}:
        raise Nothing(SAME)
    factors = _written(tower, found)
    text = " ".join(
        f"({words(e)})" + (f"^({k})" if k != 1 else "")
        for e, k in factors[factors[0][0] == num(1) and len(factors) > 1 :]
    )
    return Shown(
        f"it is {text}; {'these factors have' if len(factors) > 1 else 'it has'} a sign",
        reach(sentence),
        rules(sentence),
        proof=Reduced(factors=factors),
    )


def _written(tower: Tower, found: Factors) -> tuple[tuple[Expr, int], ...]:
    return ((num(found.constant), 1), *((expression(tower, p), k) for p, k in found.factors))


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


def _decays_otherwise(sentence: FormulaSentence, hint: Any) -> Refuted | None:
    """A solution in closed form, rational in time along the quantity: no exponential bounds it."""
    quantity = sentence.conclusion.quantity  # type: ignore[attr-defined]
    if (
        not isinstance(hint, Solution)
        or sentence.assuming
        or derivatives(sentence.setting, quantity)
    ):
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
        Solved(sentence, hint, shown(tower, q), shown(tower, q, scalars)), reason, rules(sentence)
    )


def _wrong_sign(sentence: FormulaSentence, own: Sign, tower: Tower, q: Quotient) -> Spot | None:
    for place, value in _values(sentence, tower, q):
        if own.excludes(value.sign()):
            return sentence.spot(place, own.quantity, value)
    return None


def _violating(sentence: FormulaSentence, tower: Tower, q: Quotient, what: Expr) -> Spot | None:
    return next(
        (
            sentence.spot(place, what, value)
            for place, value in _values(sentence, tower, q)
            if value.sign()
        ),
        None,
    )


def _values(sentence: FormulaSentence, tower: Tower, q: Quotient) -> Iterator[tuple[Place, Value]]:
    """Places that satisfy all hypotheses, with the value of q there."""
    for place in places(tower):
        try:
            value = place.of(q)
        except (Outside, Inexact):
            continue
        if sentence.admits(place):
            yield place, value


def _living(sentence: FormulaSentence, tower: Tower, conclusion: Formula) -> Iterator[Spot]:
    """Instances that say something: the flow moves there, and a term of the statement is not zero.
    Raises Degenerate.
    """
    terms = additive(tower, conclusion)
    for place in places(tower):
        try:
            alive = moves(tower, place) and any(place.of(t).coefficient for t in terms)
        except (Outside, Inexact):
            continue
        if alive and sentence.admits(place):
            yield sentence.spot(place)


def rules(sentence: FormulaSentence) -> tuple[str, ...]:
    return (sentence.conclusion.rule,) if sentence.conclusion.rule else ()
