"""The proof of a sentence for every size: its obligations reduce to zero modulo the relations of its hypotheses.

Only exact normal forms speak here. What does not reduce is a gap with a reason; it refutes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from verify.algebra.expr import Expr, const, dot, u
from verify.algebra.generic import quotient
from verify.algebra.monomials import letters_of, to_expr
from verify.conclusions.base import Hints
from verify.errors import NotGeneric
from verify.evidence import Proof, Step
from verify.hypotheses import Balanced
from verify.report.words import words
from verify.sentence import Sentence

_UNMOVED = frozenset({"S_B", "S_W", "V"})


@dataclass(frozen=True, slots=True)
class Gap:
    reason: str


def prove(sentence: Sentence, hints: Hints) -> Proof | Gap:
    """A proof for every depth and width admitted by the sentence, or the reason why there is none here."""
    try:
        empty = says_nothing(sentence)
        if empty:
            return Gap(empty)
        obligations = sentence.conclusion.obligations(hints)
        steps = tuple(_reduce(sentence, o) for o in obligations)
        kept = _balance_is_kept(sentence)
    except NotGeneric as gap:
        return Gap(str(gap))
    return Proof(steps, _rules(sentence, hints, steps), hints, kept)


def says_nothing(sentence: Sentence) -> str | None:
    """Why the conclusion is empty: a layer that need not exist, nothing that moves, or both sides the same expression."""
    expressions = sentence.conclusion.expressions()
    missing = [l for l in sentence.numbered("layers") if l > sentence.least_depth]
    if missing:
        return f"layer {missing[0]} does not exist at depth {sentence.least_depth}, which the statement includes"
    if len(expressions) > 1 and sentence.conclusion.kind in ("equation", "inequality") and expressions[0] == expressions[1]:
        return "both sides are the same expression: the statement says nothing"
    if sentence.conclusion.kind in ("conserved", "linear-law", "keeps-sign"):
        letters = {name for monomial in sentence.algebra().normal(expressions[0]) for name in letters_of(monomial)}
        if not letters - _UNMOVED - set(sentence.declared()):
            return f"{words(expressions[0])} contains nothing that could move"
    elif not any(e.has("at", "loss", "form") for e in expressions):
        return f"{words(expressions[0])} contains nothing that could move"
    return None


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
        raise NotGeneric(f"{words(obligation)} = 0 does not follow: {words(to_expr(rest))} is left over")
    return Step(obligation, cofactors)


def _reduce_forms(obligation: Expr) -> Step:
    """An identity of rational functions in quadratic and linear forms of w."""
    from verify.losses.identity import vanishes

    if not vanishes(obligation):
        raise NotGeneric(f"{words(obligation)} is not the zero function of its forms")
    return Step(obligation, {})


def _balance_is_kept(sentence: Sentence) -> Expr | None:
    """Rule IDEAL_IS_INVARIANT: the Lie derivative of u_l^2 - u_m^2 is a multiple of itself, computed without assuming it."""
    if not sentence.balanced:
        return None
    if sentence.setting.kind != "flow":
        raise NotGeneric("balance is a relation of the start of a flow; a descent step is judged without it")
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
