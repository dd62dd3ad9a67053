"""Expressions in matrices as terms of a certificate."""

from __future__ import annotations

from collections.abc import Iterable

from verify.exact.errors import NotGeneric
from verify.terms.affine import Affine
from verify.terms.letters import Dim, Letter, Theory
from verify.terms.matrices import Mat, num
from verify.terms.relation import Equal
from verify.terms.shapes import shape
from verify.theories.words.derive import unfolded

Data = object
#: the moments by their name, where they are needed beyond k = 1..N-1
MOMENTS = Letter("G", "k", "k", "inner", "hermitian")


def place(a: Affine) -> Data:
    """An index or exponent."""
    if not a.terms:
        return a.const
    if len(a.terms) == 1 and a.terms[0][1] == 1 and not a.const:
        return a.terms[0][0]
    found: dict[str, Data] = {name: c for name, c in a.terms if c}
    return {**found, "": a.const} if a.const else found


def ranges(first: int, less: int) -> dict[str, Data]:
    """k = first..N - less."""
    return {"k": interval(first, less)}


def interval(first: int, less: int) -> Data:
    """first..N - less."""
    return {"from": first, "to": {"N": 1, "": -less} if less else "N"}


def size(dim: Dim) -> Data:
    """A number of rows or columns: d_k, or a set of its own (all sizes alike are one set)."""
    of, at = dim
    return of if at is None else ["d", place(at)]


def over(e: Equal) -> dict[str, Data]:
    """The index of an equation with what it runs through."""
    return {"for": ranges(e.first, e.less)} if e.indexed else {}


def term(e: Mat, of: Theory) -> Data:
    """An expression as a term; a number added to square matrices is that multiple of the identity.
    H_k(c), (w_c)_k are written out, and G_k is where it has no name: at an index where that speaks
    of what is not there, the kernel refuses it. Raises NotGeneric for what the kernel has no
    operation for.
    """
    match e:
        case Mat("num", (x,)):
            return str(x)
        case Mat("const", (name,)):
            return ["at", name]
        case Mat("loss"):
            return ["at", "E"]
        case Mat("letter" | "seq", (name, at)):
            return ["at", name] if at is None else ["at", name, place(at)]
        case Mat("+", (x, y)) if num(0) in (x, y):
            return term(y if x == num(0) else x, of)
        case Mat("+", (x, y)):
            return ["+", *sides(x, y, of)]
        case Mat("*", parts):
            return ["*", *(term(x, of) for x in parts)]
        case Mat("^", (Mat("letter", (name, None)), power)) if (
            not power.terms and power.const < 0 and name not in of.definite
        ):
            inverse = ["at", inverse_of(str(name))]
            return inverse if power.const == -1 else ["^", inverse, str(-power.const)]
        case Mat("^", (inner, power)):
            return ["^", term(inner, of), place(power) if power.terms else str(power.const)]
        case Mat("mark", ("H", inner)):
            return ["H", term(inner, of)]
        case Mat("mark", ("T", inner)):
            return ["H", ["C", term(inner, of)]]
        case Mat("mark", ("C", inner)):
            return ["C", term(inner, of)]
        case Mat("tr" | "D" | "next" as head, (inner,)):
            return [head, term(inner, of)]
        case Mat("sum", (name, first, last, body)):
            return ["sum", name, {"from": place(first), "to": place(last)}, term(body, of)]
        case Mat("G", (at,)) if of.letters.get("G") is MOMENTS:
            return ["at", "G", place(at)]
        case Mat("G" | "H" | "w"):
            return term(unfolded(e), of)
        case Mat("within", (_, 1, 1, body)):
            return term(body, of)
    raise NotGeneric(f"{e.head}: no operation of the kernel")


def sides(x: Mat, y: Mat, of: Theory) -> list[Data]:
    """Two expressions that are added, or equal, as terms of one type."""
    found = [term(x, of), term(y, of)]
    if zero := num(0) in (x, y):
        return found
    types = shape(x, of), shape(y, of)
    for k in (0, 1):
        if types[k] is None and (other := types[1 - k]) is not None and not zero:
            one: Data = ["I", size(other[0])]
            found[k] = one if found[k] == "1" else ["*", found[k], one]
    return found


def pair(e: Equal, of: Theory) -> list[Data]:
    """The sides of an equation."""
    return sides(e.left, e.right, of)


def inverse_of(name: str) -> str:
    """The letter for the inverse of a letter."""
    return name + "inv"


def inverted(every: Iterable[Mat], deep: bool = True) -> set[str]:
    """Letters that stand with a negative power; also, or not, with minus the depth."""
    powers = [
        x.args for e in every for x in e.walk() if x.head == "^" and x.args[0].head == "letter"
    ]
    return {
        str(x.args[0])
        for x, n in powers
        if (n.const < 0 if not n.terms else deep and n.coefficient("N") < 0)
    }
