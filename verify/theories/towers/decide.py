"""Proofs and refutations of one sentence about formulas: a normal form with an instance, a rational
place, a closed solution.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from verify.claims.conclusions.base import Hints
from verify.claims.conclusions.constant import Constant
from verify.claims.conclusions.exponential_decay import ExponentialDecay
from verify.claims.conclusions.formula import Formula
from verify.claims.conclusions.sign import Sign
from verify.exact.alike import SAME, STILL, plain
from verify.exact.rings import Inexact
from verify.terms.expr import Expr, num
from verify.terms.words import words
from verify.theories.found import Gap, Nothing, Shown
from verify.theories.towers.domain import reach
from verify.theories.towers.place import Outside, Spot, places
from verify.theories.towers.quotients import TooLarge
from verify.theories.towers.refute import values
from verify.theories.towers.sentence import FormulaSentence
from verify.theories.towers.signs import Factors, Signs, expression
from verify.theories.towers.terms import Degenerate, additive, moves
from verify.theories.towers.tower import Tower

_NO_HINTS = Hints()


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
        alive = values(sentence, tower, tower.normal(conclusion.quantity))
        return next(
            (sentence.spot(p) for p, value in alive if value.sign() and moves(tower, p)), None
        )
    assert isinstance(conclusion, Formula)
    try:
        return next(_living(sentence, tower, conclusion), None)
    except Degenerate as why:
        raise Nothing(str(why)) from None


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
        sentence.rules,
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
        sentence.rules,
        proof=Reduced(factors=factors),
    )


def _written(tower: Tower, found: Factors) -> tuple[tuple[Expr, int], ...]:
    return ((num(found.constant), 1), *((expression(tower, p), k) for p, k in found.factors))


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
