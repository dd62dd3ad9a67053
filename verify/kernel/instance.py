"""What is checked at the exact point of a certificate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from verify.kernel.affine import Index
from verify.kernel.exact import Value, added, times, true, vanishes
from verify.kernel.facts import Fact, Setting
from verify.kernel.limits import need
from verify.kernel.points import Env, Point
from verify.kernel.ring import Poly
from verify.kernel.terms import Term, letter_at, term_of


def holds(point: Point, fact: Fact) -> bool:
    """A fact at all its indices there; its sides are evaluated as they are written, too."""
    of = term_of(fact.poly)
    for env in point.places(fact.indices):
        found = point.value(of, env)
        if fact.sides:
            a, b = (point.value(x, env) for x in fact.sides)
            same = found == added(a, times(Fraction(-1), b))
            need(same, f"{fact.name}: its sides and its normal form differ at the point")
        if not true(found, fact.relation):
            return False
    return True


def inhabited(point: Point, fact: Fact) -> None:
    """Some value of its indices there."""
    some = any(True for _ in point.places(fact.indices))
    need(some, f"{fact.name}: its range is empty at the point")


def _somewhere(point: Point, p: Poly, indices: Sequence[Index]) -> bool:
    """Whether it is not 0 at all of these indices."""
    of = term_of(p)
    return any(not vanishes(point.value(of, env)) for env in point.places(indices))


def satisfied(point: Point) -> None:
    """Definitions, homogeneity, hypotheses and derived facts hold; something moves."""
    setting = point.setting
    for x in setting.letters("exp", "log", "gate"):
        for env in point.places(x.indices):
            point.value(term_of(letter_at(x)), env)
    for fact in setting.facts.values():
        need(holds(point, fact), f"{fact.name} fails at the point")
    for fact in setting.assumed() + setting.derived():
        inhabited(point, fact)
    for loss in setting.letters("loss"):
        if loss.name + "@" in setting.facts:
            seen = _somewhere(point, loss.term.poly, loss.over)
            need(seen, "the argument of a loss is 0 at the point")
    rates = setting.rates
    moves = not rates or any(_somewhere(point, p, u.indices) for u, p in rates.items())
    need(moves, "no parameter moves at the point")


def says_something(point: Point, found: Fact) -> None:
    """Its range is inhabited, it holds there; a side of an equation or inequality is not 0 there,
    or a law's subject, and some monomial of its derivative by one factor.
    """
    inhabited(point, found)
    need(holds(point, found), f"{found.name} fails at the point: a defect of the kernel")
    for terms in _seen(point.setting, found):
        places = ((t, env) for t in terms for env in point.places(found.indices))
        some = any(not vanishes(x) for t, env in places for x in _parts(point, t, env))
        need(some, f"{found.name}: everything in it is 0 at the point, so it says nothing there")


def _seen(setting: Setting, found: Fact) -> Iterator[Sequence[Term]]:
    """Of each something is not 0; the rate is worked out where the subject is not 0."""
    p, law = found.terms[0].poly, found.rule not in ("equation", "inequality")
    if not law or not p.mentions(lambda x: x.role == "log"):  # all 0
        yield found.terms[: 1 if law else None]
    if law:
        parts = setting.moving().parts(p)
        yield [term_of(Poly(p.shape, {m: c})) for x in parts for m, c in x.terms.items()]


def _parts(point: Point, t: Term, env: Env) -> Iterable[Value]:
    """The summands of a sum, or the value."""
    if t.op == "sum":
        for inner in point.places([t.head], env):
            yield from _parts(point, t.parts[0], inner)
    else:
        yield point.value(t, env)


def fails(point: Point, found: Fact) -> None:
    """A witness: the obligation does not hold at some values of the indices there."""
    inhabited(point, found)
    lasts = found.rule in ("keeps-sign-squared", "not-exponential")
    need(not lasts, f"{found.name}: a point does not refute what is said of all times")
    need(not holds(point, found), f"{found.name} holds at the witness")
