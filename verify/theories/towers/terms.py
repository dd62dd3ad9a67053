"""What keeps an identity from saying nothing: a term that is not zero at the instance, and a flow
that moves there.
"""

from __future__ import annotations

from verify.claims.conclusions.formula import Formula
from verify.exact.rings import Inexact
from verify.models.formulas import Let
from verify.terms.expr import Expr
from verify.theories.towers.place import Place
from verify.theories.towers.quotients import Quotient
from verify.theories.towers.tower import FLOW, Tower


class Degenerate(Exception):
    """Nothing that the statement mentions can be non-zero, or nothing moves."""


def additive(tower: Tower, conclusion: Formula) -> list[Quotient]:
    """Terms of the sides of the first pair that are not zero everywhere; for D q, the parts (dq/dx)
    x'. Raises Degenerate.
    """
    opened = [part for side in conclusion.sides()[0] for part in _parts(_unfolded(tower, side))]
    found = [q for e in opened for q in _values(tower, e) if q.top]
    if not found:
        raise Degenerate("every term of the statement is zero everywhere")
    return found


def moves(tower: Tower, place: Place) -> bool:
    """Some letter has a rate that is not zero there, and each has a value, which the reader asks
    for; a setting without rates has nothing that should move.
    """
    rates = [tower.slope(x, FLOW) for x in tower.setting.rates]
    try:
        return not rates or any([place.of(q).coefficient for q in rates])
    except Inexact:  # such as 1 + e
        return False


def _unfolded(tower: Tower, e: Expr) -> Expr:
    """An abbreviation at the root is opened."""
    lets = {a.name: a.of for a in tower.setting.atoms if isinstance(a, Let)}
    while e.head == "const" and e.args[0] in lets:
        e = lets[e.args[0]]
    return e


def _parts(e: Expr) -> list[Expr]:
    if e.head == "+":
        return [part for x in e.args for part in _parts(x)]
    if e.head == "*" and e.args[0].head == "num" and len(e.args) == 2:
        return _parts(e.args[1])
    return [e]


def _values(tower: Tower, e: Expr) -> list[Quotient]:
    """The value of a term; a derivative of what moves counts through its parts: letter by letter,
    or term by term.
    """
    whole = tower.normal(e)
    if e.head != "D" or whole.top:
        return [whole]
    inner = tower.normal(e.args[0])
    if inner.top.is_constant() and inner.bottom.is_constant():
        return [whole]
    by_letter = [
        tower.mul(tower.derived(inner, x), tower.slope(x, FLOW)) for x in tower.setting.rates
    ]
    return by_letter + [
        tower.derived(tower.normal(part), FLOW) for part in _parts(_unfolded(tower, e.args[0]))
    ]
