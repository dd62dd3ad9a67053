"""Terms read from JSON: names are resolved, types, ranges and exponents checked, once."""

from __future__ import annotations

from collections.abc import Callable

from verify.kernel.affine import single
from verify.kernel.letters import Base, Letter
from verify.kernel.limits import TYPE_CHECKING, At, Refused, need
from verify.kernel.load import Data, items, name, rational, text
from verify.kernel.motion import Derivation, stepped
from verify.kernel.names import Names, placed
from verify.kernel.ring import Poly, amount, factor, total, unit
from verify.kernel.terms import Term, letter_at, raised, started, zero

if TYPE_CHECKING:
    from verify.kernel.facts import Setting
Read = Callable[["Scope", str, list[Data]], Term]


class Scope(Names):
    """Names, and the terms that are read under them."""

    def pair(self, data: Data) -> tuple[Term, Term]:
        """Two sides of the same type; "0" is of any type."""
        a, b = (None if x == "0" else self.term(x) for x in items(data, 2))
        typed = a or b
        if typed is None:
            raise Refused("0 on both sides")
        left, right = (x or zero(typed.poly.shape) for x in (a, b))
        need(left.poly.shape == right.poly.shape, "sides of different types")
        return left, right

    def real(self, data: Data) -> Term:
        found = self.term(data)
        need(found.poly.shape is None, "expected a real number, not a matrix")
        return found

    def term(self, data: Data) -> Term:
        """A term with its normal form."""
        if isinstance(data, str):
            c = rational(data)
            return Term("number", unit(None).times(c), head=c)
        found = items(data)
        need(found, "an empty term")
        op = text(found[0])
        need(op in READ, f"{op!r} is no operation")
        least, most, read = READ[op]
        need(least <= len(found) - 1 <= most, f"{op} with {len(found) - 1} parts")
        return read(self, op, found[1:])


def _letter(scope: Scope, op: str, parts: list[Data]) -> Term:
    x = scope.names.get(name(parts[0]))
    if x and x.counts:
        need(len(parts) == 1, "a number has no indices")
        return Term(op, amount(single(x)), head=x)
    if not isinstance(x, Letter):
        raise Refused(f"{parts[0]!r} is no letter here")
    at = [scope.entry(a) for a in parts[1:]]
    values = placed(x.indices, at)
    poly = x.term.poly.at(values) if x.role == "let" else letter_at(x, at)
    return Term(op, poly, head=x, at=at)


def _joined(scope: Scope, op: str, parts: list[Data]) -> Term:
    terms = [scope.term(x) for x in parts]
    poly = terms[0].poly
    for x in terms[1:]:
        poly = poly + x.poly if op == "+" else poly * x.poly
    return Term(op, poly, terms)


def _power(scope: Scope, op: str, parts: list[Data]) -> Term:
    inner, e = scope.term(parts[0]), scope.exponent(parts[1])
    return Term(op, raised(inner.poly, e), [inner], at=[e])


def _sum(scope: Scope, op: str, parts: list[Data]) -> Term:
    index = scope.index(parts[0], scope.kind(parts[1]))
    inner = scope.under(index).term(parts[2])
    return Term(op, total(index, index.kind, inner.poly), [inner], head=index)


def _sized(scope: Scope, op: str, parts: list[Data]) -> Term:
    size = scope.size(parts[0])
    return Term(op, unit((size, size)) if op == "I" else factor(Base(size=size)), head=size)


def _applied(scope: Scope, op: str, parts: list[Data]) -> Term:
    inner = scope.term(parts[0])
    return Term(op, _of(scope.setting, op, inner.poly), [inner])


def _of(s: Setting, op: str, p: Poly) -> Poly:
    if op in ("H", "C", "tr"):
        need(op == "tr" or p.shape, f"{op} of a number")
        return p.trace() if op == "tr" else p.star("HC".index(op) + 1)
    if op == "next" and s.gain is not None:
        return stepped(p, s.gain)
    if op == "next" or s.flow is None:
        raise Refused(f"{op} needs a {'step' if op == 'next' else 'motion in time'}")
    return s.flow.of(p) if op == "D" else started(p)


def _partial(scope: Scope, op: str, parts: list[Data]) -> Term:
    """dd x: x is real and moves; its other places have derivative [place = place]."""
    first = items(parts[0])
    with At("dd"):
        x = scope.letter(first[0] if first else "", "parameter", "free", "product")
        need(not x.size and not x.fixed, "dd is along a real letter that moves")
    at = [scope.entry(a) for a in first[1:]]
    placed(x.indices, at)
    inner = scope.term(parts[1])
    change = scope.setting.along
    for own, a in zip(x.indices, at, strict=True):
        change = change * factor(Base(at=(single(own) - a,)))
    by = Derivation({x: change}, f"dd {x.name}")
    return Term(op, by.of(inner.poly), [inner], head=x, at=at)


def _is(scope: Scope, op: str, parts: list[Data]) -> Term:
    """[a = b]: 1 or 0 where that is a number."""
    a, b = (scope.entry(x) for x in parts)
    kinds = [x.kind if (x := y.index()) and not x.counts else None for y in (a, b)]
    need(kinds[0] == kinds[1], "indices of different sets")
    return Term(op, factor(Base(at=(a - b,))), at=[a, b])


MANY = 64
#: the operations, with how many parts they have
READ: dict[str, tuple[int, int, Read]] = {
    "at": (1, MANY, _letter),
    "+": (2, MANY, _joined),
    "*": (2, MANY, _joined),
    "^": (2, 2, _power),
    "sum": (3, 3, _sum),
    **{op: (1, 1, _applied) for op in ("H", "C", "tr", "D", "start", "next")},
    **{op: (1, 1, _sized) for op in ("I", "size")},
    "dd": (2, 2, _partial),
    "is": (2, 2, _is),
}
