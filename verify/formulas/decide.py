"""One sentence about formulas: proved by a normal form with an instance, refuted at a rational place, or neither."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from verify.algebra.expr import Expr, num
from verify.algebra.rings import Inexact
from verify.conclusions.base import Hints
from verify.conclusions.constant import Constant
from verify.conclusions.exponential_decay import ExponentialDecay
from verify.conclusions.formula import Formula
from verify.conclusions.sign import Sign
from verify.evidence import Outcome, Proof, Step
from verify.exact.alike import SAME, STILL, plain
from verify.formulas.domain import reach
from verify.formulas.place import Outside, Place, Spot, Value, places
from verify.formulas.sentence import FormulaSentence
from verify.formulas.signs import Factors, Signs, expression
from verify.formulas.solution import Solved, derivatives, put_in, rational_in_time, shown, solves
from verify.formulas.terms import Degenerate, additive, moves
from verify.formulas.tower import Quotient, TooLarge, Tower
from verify.report.words import scalars, words
from verify.settings.formulas import Solution
from verify.verdict import Verdict

_NO_HINTS = Hints()


@dataclass(frozen=True)
class Decided:
    """An outcome with what its certificate needs: factors of a sign, the constant that is right."""

    outcome: Outcome
    factors: tuple[tuple[Expr, int], ...] = ()
    constant: Fraction | None = None


def decide(sentence: FormulaSentence, hint: Any = None) -> Decided:
    """Raises BadInput for a formula that divides by zero everywhere, or mentions what is not declared."""
    try:
        if isinstance(sentence.conclusion, ExponentialDecay):
            return _decay(sentence, hint)
        return _sign(sentence) if isinstance(sentence.conclusion, Sign) else _equal(sentence)
    except TooLarge as limit:
        return _undecided(sentence, f"a polynomial grew too large: {limit}")


def refute(sentence: FormulaSentence) -> Spot | None:
    """A rational place that satisfies all hypotheses and violates the conclusion."""
    tower = Tower(sentence.setting)
    if isinstance(sentence.conclusion, Sign):
        return _wrong_sign(sentence, tower, tower.normal(sentence.conclusion.quantity))
    if isinstance(sentence.conclusion, Formula):
        left, right = violated(tower, sentence.conclusion)
        what = left if right == num(0) else left - right
        return _violating(sentence, tower, tower.normal(left - right), what)
    return None


def violated(tower: Tower, conclusion: Formula) -> tuple[Expr, Expr]:
    """The pair whose gap refutes the sentence: its own equation.

    A later pair counts only where those before it hold everywhere. Of a law q' = c q that is c' q: then q'' - c^2 q = c' q, and the
    sentence fails; where q' = c q fails somewhere, the derivative of the rate says nothing about q(0) e^(c t).
    """
    return next((p for p in conclusion.sides() if tower.normal(p[0] - p[1]).top), conclusion.sides()[0])


def _equal(sentence: FormulaSentence) -> Decided:
    conclusion = sentence.conclusion
    assert isinstance(conclusion, Formula)
    if not any(plain(left - right, still=sentence.setting.rests) for left, right in conclusion.sides()):
        return Decided(Outcome(sentence, Verdict.VACUOUS, STILL if isinstance(conclusion, Constant) else SAME))  # type: ignore[arg-type]
    tower = Tower(sentence.setting)
    gaps = [tower.normal(gap) for gap in conclusion.obligations(_NO_HINTS)]
    if any(gap.top for gap in gaps):
        witness = refute(sentence)
        if witness is None:
            return _undecided(sentence, "the normal form is not zero, and no rational place violates it")
        constant = _constant(tower, *conclusion.sides()[0]) if gaps[0].top else None
        return Decided(_refuted(sentence, witness, conclusion.sides()[0], constant), constant=constant)
    proof = Proof(tuple(Step(gap, {}) for gap in conclusion.obligations(_NO_HINTS)), _rules(sentence), _NO_HINTS)
    try:
        instance = next(_living(sentence, tower, conclusion), None)
    except Degenerate as why:
        return Decided(Outcome(sentence, Verdict.VACUOUS, str(why)))  # type: ignore[arg-type]
    return _proved(sentence, tower, proof, instance, "the difference of the two sides reduces to zero exactly")


def _constant(tower: Tower, left: Expr, right: Expr) -> Fraction | None:
    """c with left = c right, where it is a rational number."""
    below = tower.normal(right)
    if not below.top:
        return None
    q = tower.mul(tower.normal(left), Quotient(below.bottom, below.top))
    if not (q.top.is_constant() and q.bottom.is_constant() and q.top):
        return None
    c = q.top.leading_coefficient() / q.bottom.leading_coefficient()
    return Fraction(int(c.p), int(c.q))


def _refuted(sentence: FormulaSentence, witness: Spot, sides: tuple[Expr, Expr], constant: Fraction | None) -> Outcome:
    named = f"; the constant is {constant}: {words(sides[0])} = {constant} ({words(sides[1])})" if constant is not None else ""
    return Outcome(sentence, Verdict.REFUTED, f"an exact place violates it{named}", witness=witness)  # type: ignore[arg-type]


def _sign(sentence: FormulaSentence) -> Decided:
    conclusion = sentence.conclusion
    assert isinstance(conclusion, Sign)
    tower = Tower(sentence.setting)
    q = tower.normal(conclusion.quantity)
    found = Signs(tower, sentence.assuming).decide(q, conclusion.relation) if q.top else None
    if found is None:
        witness = _wrong_sign(sentence, tower, q)
        if witness is not None:
            return Decided(Outcome(sentence, Verdict.REFUTED, "an exact place violates it", witness=witness))  # type: ignore[arg-type]
        return _undecided(sentence, "its factors have no sign that coefficients show, and no rational place violates it")
    if set(plain(conclusion.quantity)) <= {()}:
        return Decided(Outcome(sentence, Verdict.VACUOUS, SAME))  # type: ignore[arg-type]
    alive = (p for p, value in _values(sentence, tower, q) if value.sign() and moves(tower, p))
    instance = next((sentence.spot(p) for p in alive), None)
    factors = _written(tower, found)
    text = " ".join(f"({words(e)})" + (f"^({k})" if k != 1 else "") for e, k in factors[factors[0][0] == num(1) :])
    proof = Proof((Step(conclusion.quantity, {}),), _rules(sentence), _NO_HINTS)
    decided = _proved(sentence, tower, proof, instance, f"it is {text}; these factors have a sign")
    return Decided(decided.outcome, factors if decided.outcome.verdict is Verdict.PROVED else ())


def _written(tower: Tower, found: Factors) -> tuple[tuple[Expr, int], ...]:
    return ((num(found.constant), 1), *((expression(tower, p), k) for p, k in found.factors))


def _decay(sentence: FormulaSentence, hint: Any) -> Decided:
    conclusion = sentence.conclusion
    assert isinstance(conclusion, ExponentialDecay)
    known = isinstance(hint, Solution) and not sentence.assuming and not derivatives(sentence.setting, conclusion.quantity)
    solved = solves(sentence.setting, hint) if known else None
    if solved is None:
        return _undecided(sentence, "this kind is only refuted, by a solution in closed form, and none was given that solves the flow")
    tower, _ = solved
    q = tower.normal(put_in(sentence.setting, conclusion.quantity, hint.values))
    if not rational_in_time(tower, q):
        return _undecided(sentence, "along the solution that was given the quantity is no rational function of t, or it is zero")
    witness = Solved(sentence, hint, shown(tower, q), shown(tower, q, scalars))
    reason = "a solution in closed form violates it: a rational function of t"
    return Decided(Outcome(sentence, Verdict.REFUTED, reason, rules=_rules(sentence), witness=witness))  # type: ignore[arg-type]


def _wrong_sign(sentence: FormulaSentence, tower: Tower, q: Quotient) -> Spot | None:
    relation = sentence.conclusion.relation  # type: ignore[attr-defined]
    for place, value in _values(sentence, tower, q):
        if (value.sign() == 0 and relation != ">=") or (value.sign() < 0 and relation != "!="):
            return sentence.spot(place, sentence.conclusion.expressions()[0], value)
    return None


def _violating(sentence: FormulaSentence, tower: Tower, q: Quotient, what: Expr) -> Spot | None:
    return next((sentence.spot(place, what, value) for place, value in _values(sentence, tower, q) if value.sign()), None)


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
    """Instances that say something: the flow moves there, and a term of the statement is not zero. Raises Degenerate."""
    terms = additive(tower, conclusion)
    for place in places(tower):
        try:
            alive = moves(tower, place) and any(place.of(t).coefficient for t in terms)
        except (Outside, Inexact):
            continue
        if alive and sentence.admits(place):
            yield sentence.spot(place)


def _proved(sentence: FormulaSentence, tower: Tower, proof: Proof, instance: Spot | None, reason: str) -> Decided:
    if instance is None:
        return _undecided(sentence, "no rational instance that satisfies all hypotheses and is not degenerate was found")
    return Decided(Outcome(sentence, Verdict.PROVED, reason, reach(sentence), (), proof.rules, proof, instance))  # type: ignore[arg-type]


def _rules(sentence: FormulaSentence) -> tuple[str, ...]:
    return (sentence.conclusion.rule,) if sentence.conclusion.rule else ()


def _undecided(sentence: FormulaSentence, reason: str) -> Decided:
    return Decided(Outcome(sentence, Verdict.UNDECIDED, reason))  # type: ignore[arg-type]
