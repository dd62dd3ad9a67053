"""The proof of a sentence for every size: its obligations reduce to zero modulo the relations of
its hypotheses.

Only exact normal forms speak here. What does not reduce is a gap with a reason; it refutes nothing.
"""

from __future__ import annotations

from dataclasses import replace

from verify.algebra.generic import quotient
from verify.algebra.monomials import letters_of, to_expr
from verify.claims.conclusions.base import Hints
from verify.claims.evidence import Proof, Step
from verify.claims.hypotheses import Balanced, NonZero
from verify.claims.sentence import Sentence
from verify.exact.alike import SAME, STILL, plain
from verify.exact.errors import NotGeneric
from verify.models.losses.identity import vanishes
from verify.terms.expr import Expr, const, dot, u
from verify.terms.words import words
from verify.theories.found import Gap

_UNMOVED = frozenset({"S_B", "S_W", "V"})


def prove(sentence: Sentence, hints: Hints) -> Proof | Gap:
    """A proof for every depth and width admitted by the sentence, or the reason why there is none
    here.
    """
    try:
        gap = missing_layer(sentence) or says_nothing(sentence)
        if gap:
            return Gap(gap)
        obligations = sentence.conclusion.obligations(hints)
        if sentence.conclusion.kind == "keeps-sign":
            _is_continuous(sentence, sentence.conclusion.expressions()[1])
        steps = tuple(_reduce(sentence, o) for o in obligations)
        kept = _balance_is_kept(sentence)
    except NotGeneric as gap:
        return Gap(str(gap))
    return Proof(steps, _rules(sentence, hints, steps), hints, kept)


def missing_layer(sentence: Sentence) -> str | None:
    """A layer that need not exist."""
    missing = [l for l in sentence.numbered("layers") if l > sentence.stated_depth]
    return (
        f"layer {missing[0]} does not exist at depth {sentence.stated_depth}, which the statement"
        " includes"
        if missing
        else None
    )


def _is_continuous(sentence: Sentence, rate: Expr) -> None:
    """GRONWALL: the rate has a value also where w = 0, whatever is assumed of w on the way there.
    Raises NotGeneric.
    """
    rest = tuple(h for h in sentence.assuming if not isinstance(h, NonZero))
    replace(sentence, assuming=rest).algebra().normal(rate)


def says_nothing(sentence: Sentence) -> str | None:
    """Why a sentence that is true says nothing: nothing in it could move, or both sides are the
    same as they stand.
    """
    expressions = sentence.conclusion.expressions()
    if sentence.conclusion.kind in ("equation", "inequality"):
        if not plain(expressions[0] - expressions[1], still=_numbers):
            return SAME
    if sentence.conclusion.kind in ("conserved", "linear-law", "keeps-sign"):
        found = sentence.algebra().normal(expressions[0])
        letters = {name for monomial in found for name in letters_of(monomial)}
        return (
            SAME
            if not found
            else STILL
            if not letters - _UNMOVED - set(sentence.declared())
            else None
        )
    return STILL if all(map(_numbers, expressions)) else None


def _numbers(e: Expr) -> bool:
    """Made of numbers alone."""
    return not e.has("at", "loss", "form")


def _reduce(sentence: Sentence, obligation: Expr) -> Step:
    if obligation.has("euler"):
        return _reduce_forms(obligation)
    algebra = sentence.algebra()
    rest = algebra.normal(obligation)
    cofactors: dict[str, Expr] = {}
    for name, relation in sentence.relations().items():
        if not rest:
            break
        cofactor, rest = quotient(rest, algebra.normal(relation))
        if cofactor:
            cofactors[name] = to_expr(cofactor)
    if rest:
        raise NotGeneric(
            f"{words(obligation)} = 0 does not follow: {words(to_expr(rest))} is left over"
        )
    return Step(obligation, cofactors)


def _reduce_forms(obligation: Expr) -> Step:
    """An identity of rational functions in quadratic and linear forms of w."""
    if not vanishes(obligation):
        raise NotGeneric(f"{words(obligation)} is not the zero function of its forms")
    return Step(obligation, {})


def _balance_is_kept(sentence: Sentence) -> Expr | None:
    """Rule IDEAL_IS_INVARIANT: the Lie derivative of u_l^2 - u_m^2 is a multiple of itself,
    computed without assuming it.
    """
    if not sentence.balanced:
        return None
    if sentence.setting.kind != "flow":
        raise NotGeneric(
            "balance is a relation of the start of a flow; a descent step is judged without it"
        )
    difference = u["l", "i"] ** 2 - u["m", "i"] ** 2
    free = Sentence(sentence.setting, (), sentence.name, sentence.conclusion)
    lie = dot(difference)
    if sentence.setting.decay:
        lie = lie + 2 * const(sentence.setting.decay) * difference
    if free.algebra().normal(lie):
        raise NotGeneric("balance does not persist along this field")
    return lie


def _rules(sentence: Sentence, hints: Hints, steps: tuple[Step, ...]) -> tuple[str, ...]:
    rules = list(sentence.conclusion.rules(hints))
    if any(s.cofactors for s in steps):
        rules.append("EULER_HOMOGENEOUS")
    if sentence.balanced and not _holds_unbalanced(sentence, steps):
        rules += ["ROOT_OF_NONNEGATIVE", "IDEAL_IS_INVARIANT"]
    return tuple(dict.fromkeys(rules))


def _holds_unbalanced(sentence: Sentence, steps: tuple[Step, ...]) -> bool:
    """Whether the same obligations reduce without balance, so that no rule about it is used."""
    rest = tuple(h for h in sentence.assuming if not isinstance(h, Balanced))
    free = Sentence(sentence.setting, rest, sentence.name, sentence.conclusion)
    try:
        return all(_reduce(free, s.obligation) for s in steps)
    except NotGeneric:
        return False
