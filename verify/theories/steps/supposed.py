"""What a certificate about formulas supposes of letters that the claim does not have (a divisor is
not 0, a radicand is positive) is what the claim supposes and its scope says, and no more.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import reduce
from operator import add, mul
from typing import Any

from verify.claims.hypotheses.formulas import Given
from verify.exact.errors import NotGeneric
from verify.terms.expr import Expr, const, dot, num
from verify.terms.words import words
from verify.theories.steps.scalars import Scalars
from verify.theories.steps.signs import positive
from verify.theories.towers.quotients import Quotient
from verify.theories.towers.signs import Signs
from verify.theories.towers.tower import Tower


def check(letters: Scalars, conditions: Iterable[Given]) -> None:
    """Raises NotGeneric for a sign that hypotheses, declared signs and ``conditions`` do not
    show.
    """
    tower = Tower(letters.setting)
    given = (*letters.sentence.assuming, *conditions)
    known = _known(tower, given)
    for declared in letters.letters.values():
        made: Any = declared
        said = made["role"] in ("name", "root") and made.get("sign")
        if said and not positive(made["is"], letters.letters):
            of = _expression(letters, made["is"])
            q = tower.normal(of)
            said = any(_same(tower, q, h) and h.sign in (">", made["sign"]) for h in given)
            if not said and (not q.top or known.decide(q, made["sign"]) is None):
                raise NotGeneric(f"nothing says that {words(of)} {made['sign']} 0")


def _known(tower: Tower, given: Sequence[Given]) -> Signs:
    """What is not 0, and not negative, is positive."""
    plain = Signs(tower, given)
    whole = [h for h in given if h.sign == "!=" and _never_negative(plain, tower.normal(h.expr))]
    return Signs(tower, (*given, *(replace(h, sign=">") for h in whole)))


def _same(tower: Tower, q: Quotient, h: Given) -> bool:
    return not tower.plus(q, tower.mul(tower.number(-1), tower.normal(h.expr))).top


def _never_negative(known: Signs, q: Quotient) -> bool:
    return bool(q.top) and known.not_negative(q.top * q.bottom)


def _expression(letters: Scalars, term: Any) -> Expr:
    """A term of the certificate in the claim's letters. Raises NotGeneric for a power of another
    kind.
    """
    match term:
        case str():
            return num(Fraction(term))
        case ["at", str(name), *_]:
            return _letter(letters, term, name)
        case ["+" | "*" as head, *parts]:
            return reduce(add if head == "+" else mul, (_expression(letters, x) for x in parts))
        case ["^", inner, str(e)] if Fraction(e).denominator == 1:
            return _expression(letters, inner) ** int(e)
        case ["D", inner]:
            return dot(_expression(letters, inner))
        case ["dd", at, inner]:
            by = _letter(letters, ["at", *at], at[0]).args[0]
            return Expr(f"d/d{by}", (_expression(letters, inner),))
    raise NotGeneric("a sign of what is no polynomial")


def _letter(letters: Scalars, term: Any, name: str) -> Expr:
    own = [x for x, at in letters.at.items() if at == term]
    own += [x for x, y in letters.names.items() if y == name and x not in letters.at]
    if own:
        return const(own[0])
    made: Any = letters.letters[name]
    return letters.values[name] if name in letters.values else _expression(letters, made["is"])
