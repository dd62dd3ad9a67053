"""Indices that say what they run through, letters with such indices, and how the kernel writes
terms in them.

An index is its name and a range: a finite set by its name (``units``), or whole numbers from..to
(``1..L``). In one claim an index has one range.
"""

from __future__ import annotations

import re
from fractions import Fraction

from verify.exact.errors import BadInput, require
from verify.exact.limits import is_word
from verify.terms.expr import Expr, Number, lift
from verify.terms.own import Own

Data = object
_WORD = "[A-Za-z][A-Za-z0-9]*"
_END = "[0-9]{1,3}|[A-Za-z][A-Za-z0-9]*(?: ?[+-] ?[0-9]{1,3})?"
_RANGE = re.compile(rf"(?P<low>{_END})\.\.(?P<high>{_END})")
_SUM = re.compile(r"([A-Za-z][A-Za-z0-9]*) ?([+-]) ?([0-9]+)")

KNOWN = "+ - * / and powers, Sum, dot, start, after, adjoint, trace, same, identity"
NO_EXPONENT = (
    "an exponent that is no sum of multiples of constants; expected numbers, constants and"
    " integers, such as 2 - D or k/2 + 1"
)


class Index(str):
    """The name of an index with its range ``kind``; as a text it is its name.

    >>> Index("l", "1..L").kind
    '1..L'
    """

    kind: str

    def __new__(cls, name: str, kind: str) -> Index:
        """Raises BadInput for a name or a range of another form."""
        fits = isinstance(name, str) and is_word(_WORD, name)
        require(fits, "Index", name, "a name of letters and digits: Index('i', 'inputs')")
        told = isinstance(kind, str) and (is_word(_WORD, kind) or _RANGE.fullmatch(kind))
        require(told, f"Index {name}: range", kind, "the name of a finite set, or 1..L")
        found = super().__new__(cls, name)
        found.__dict__["kind"] = kind
        return found

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"an Index does not change: {name}")

    def __repr__(self) -> str:
        return f"Index({str(self)!r}, {self.kind!r})"

    def __reduce__(self) -> tuple:
        return Index, (str(self), self.kind)


def Sum(index: Index, body: Expr | Number) -> Expr:
    """The sum over the range of an index. Raises BadInput for an index without a range."""
    require(isinstance(index, Index), "Sum", index, "an index first: Sum(i, a[i] ** 2)")
    return Expr("sum", (index, Own(index.kind), lift(body)))


def adjoint(body: Expr) -> Expr:
    """The conjugate transpose of a matrix."""
    require(isinstance(body, Expr), "adjoint", body, "a matrix, such as adjoint(Q.here)")
    return Expr("H", (body,))


def trace(body: Expr) -> Expr:
    """The real part of the trace of a square matrix."""
    require(isinstance(body, Expr), "trace", body, "a matrix, such as adjoint(Q.here) * Q.here")
    return Expr("tr", (body,))


def identity(size: str) -> Expr:
    """The identity matrix of a set."""
    fits = isinstance(size, str) and is_word(_WORD, size)
    require(fits, "identity", size, "the name of a set: identity('rows')")
    return Expr("I", (size,))


def same(a: Index | int, b: Index | int) -> Expr:
    """1 where two indices are equal, 0 elsewhere."""
    for x in (a, b):
        fits = isinstance(x, Index) or type(x) is int
        require(fits, "same", x, "an Index or a whole number: same(b, 1)")
    return Expr("is", (a, b))


def ends(kind: str) -> tuple[str, str] | None:
    """The two ends of a range of whole numbers; None of a set."""
    found = _RANGE.fullmatch(kind)
    return None if found is None else (found["low"], found["high"])


def place(end: str) -> Data:
    """An end of a range as the kernel writes it: a number, a name, a name and a number."""
    found = _SUM.fullmatch(end)
    if found is None:
        return int(end) if end.isdigit() else end
    return {found[1]: 1, "": int(found[2] + found[3])}


def run(kind: str) -> Data:
    """A range as the kernel writes it."""
    found = ends(kind)
    return kind if found is None else {"from": place(found[0]), "to": place(found[1])}


def runs(indices: tuple[Index, ...]) -> dict[str, Data]:
    """Ranges by the names of their indices."""
    return {str(i): run(i.kind) for i in indices}


def free(*expressions: Expr) -> tuple[Index, ...]:
    """Indices that no sum binds, in the order in which they occur first."""
    found: dict[str, Index] = {}
    for e in expressions:
        _free(e, frozenset(), found)
    return tuple(found.values())


def _free(e: Expr, bound: frozenset[str], found: dict[str, Index]) -> None:
    inner = bound | {e.args[0]} if e.head == "sum" else bound
    for x in e.args[1:] if e.head == "at" else e.args:
        if isinstance(x, Expr):
            _free(x, inner, found)
        elif e.head in ("at", "is") and isinstance(x, Index) and x not in bound:
            found.setdefault(str(x), x)


def term(e: Expr) -> Data:
    """An expression as a term of the kernel. Raises BadInput for what it has no operation for."""
    match e:
        case Expr("num", (x,)):
            return str(x)
        case Expr("const", (name,)):
            return ["at", name]
        case Expr("at", (name, *at)):
            return ["at", name, *(x if isinstance(x, int) else str(x) for x in at)]
        case Expr("I", (size,)):
            return ["I", size]
        case Expr("is", at):
            return ["is", *(x if isinstance(x, int) else str(x) for x in at)]
        case Expr("+" | "*" as head, parts):
            return [head, *map(term, parts)]
        case Expr("^", (Expr("num", (x,)), Expr("num", (n,)))) if x and n.denominator == 1:
            return str(x ** int(n)) if abs(n) <= 64 else ["^", str(x), str(n)]
        case Expr("^", (inner, power)):
            return ["^", term(inner), exponent(power)]
        case Expr("sum", (index, kind, body)):
            return ["sum", str(index), run(kind), term(body)]
        case Expr("D" | "start" | "next" | "H" | "tr" as head, (inner,)):
            return [head, term(inner)]
    raise BadInput(f"{e.head}: no operation of the kernel; expected {KNOWN}")


def exponent(e: Expr) -> Data:
    """A number, or a sum of multiples of constants and a number. Raises BadInput."""
    found = {x: c for x, c in affine(e).items() if c}
    if set(found) <= {""}:
        return str(found.get("", Fraction(0)))
    if list(found.items()) == [(next(iter(found)), Fraction(1))]:
        return next(iter(found))
    return {x: int(c) if c.denominator == 1 else str(c) for x, c in found.items()}


def affine(e: Expr) -> dict[str, Fraction]:
    """The coefficients of constants, of "" the number. Raises BadInput for what is no such sum."""
    match e:
        case Expr("num", (x,)):
            return {"": Fraction(x)}
        case Expr("const", (name,)):
            return {name: Fraction(1)}
        case Expr("+", parts):
            found: dict[str, Fraction] = {}
            for part in parts:
                for x, c in affine(part).items():
                    found[x] = found.get(x, Fraction(0)) + c
            return found
        case Expr("*", parts):
            return _scaled([affine(x) for x in parts])
        case Expr("^", (Expr("num", (c,)), Expr("num", (n,)))) if c and n == -1:
            return {"": 1 / c}
    raise BadInput(NO_EXPONENT)


def _scaled(parts: list[dict[str, Fraction]]) -> dict[str, Fraction]:
    """A product of which all factors but one are numbers."""
    c, found = Fraction(1), {"": Fraction(1)}
    for part in parts:
        if set(part) <= {""}:
            c *= part.get("", Fraction(0))
        elif set(found) <= {""}:
            found = part
        else:
            raise BadInput(NO_EXPONENT)
    return {x: c * d for x, d in found.items()}


def letter(name: str, indices: tuple[Index, ...]) -> Expr:
    """A letter at its indices, or alone."""
    return Expr("at", (Own(name), *indices)) if indices else Expr("const", (Own(name),))
