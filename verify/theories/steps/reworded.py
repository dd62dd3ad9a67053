"""The same sentence about a diagonal network, as the kernel has words for it: about each coordinate
instead of one by its number, what is conserved instead of a derivative or a rate that is 0.
"""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from verify.claims.conclusions import Conserved, Equation, LinearLaw
from verify.claims.conclusions.base import Conclusion
from verify.claims.sentence import Sentence
from verify.exact.errors import NotGeneric
from verify.terms.expr import Expr, kind_of, num, substitute


def reworded(sentence: Sentence) -> Sentence:
    """Raises NotGeneric where no letter is left for an index."""
    return replace(sentence, conclusion=_standing(_anywhere(sentence), sentence))


def _anywhere(sentence: Sentence) -> Conclusion:
    """With a free index for the one coordinate that is called by its number: whatever is supposed
    is so of all coordinates alike, so that they can change places.
    """
    c: Any = sentence.conclusion
    numbers = sentence.numbered("coordinates")
    if len(numbers) != 1 or any(x.has("form", "euler") for x in c.expressions()):
        return c
    taken = {*sentence.constants(), *(y for x in c.expressions() for y in _indices(x))}
    free = [x for x in "ijhabc" if x not in taken]
    if not free:
        raise NotGeneric("no letter is left for a coordinate")

    def anywhere(node: Expr) -> Expr:
        if node.head != "at":
            return node
        name, *at = node.args
        places = [
            free[0] if isinstance(x, int) and kind_of(name, k) == "coordinates" else x
            for k, x in enumerate(at)
        ]
        return Expr("at", (name, *places))

    every = {f.name: getattr(c, f.name) for f in fields(c)}
    return replace(
        c, **{x: substitute(e, anywhere) for x, e in every.items() if isinstance(e, Expr)}
    )


def _indices(e: Expr) -> set[str]:
    found = {x for y in e.walk() if y.head == "at" for x in y.args[1:] if isinstance(x, str)}
    return found | {str(y.args[0]) for y in e.walk() if y.head in ("sum", "prod", "max", "min")}


def _standing(c: Conclusion, sentence: Sentence) -> Conclusion:
    """A derivative that is 0, a law with the rate 0: it is constant."""
    match c:
        case Equation(Expr("D", (what,)), right) if right == num(0):
            return Conserved(what)
        case LinearLaw(what, rate) if not sentence.algebra().normal(rate):
            return Conserved(what)
    return c
