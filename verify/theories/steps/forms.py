"""Terms of diagonal networks, with quadratic forms of w and the data that they speak of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from verify.claims.sentence import Sentence
from verify.exact.errors import BadInput, NotGeneric
from verify.exact.rings import Exact, Inexact
from verify.models.jets import Motion
from verify.models.point import Point
from verify.terms.expr import Expr, kind_of
from verify.terms.indices import affine
from verify.theories.steps.stated import Fields
from verify.theories.written import label

Data = object
LAYERS: Data = {"from": 1, "to": "L"}
RUNS: Mapping[str, Data] = {"layers": LAYERS, "coordinates": "coord"}
#: a sentence's letters that a certificate has by the same name
LETTERS = frozenset("uPRwgq")
#: and what they become in one step: letters made of the layers v after it
AFTER = {"u": "v", "P": "o", "w": "z", "q": "p"}
#: of the data, which a point gives with its loss
MATRICES = frozenset(("S_B", "S_W", "V"))


class Forms:
    """Terms, with the data that they speak of, and names for quadratic forms of w and for divisors.
    ``data``: the name that the sentence has for a letter, and its indices.
    """

    def __init__(self) -> None:
        self.data: dict[str, tuple[str, Fields]] = {}
        self.names: Fields = {}
        self.after = set[str]()  # letters that are wanted after the step
        self.later = False

    def term(self, e: Expr) -> Data:
        """An expression as a term. Raises NotGeneric for what the kernel has no operation for."""
        match e:
            case Expr("num", (x,)):
                return str(x)
            case Expr("const", (name,)):
                return ["size", "coord"] if name == "n" else ["at", name]
            case Expr("loss"):
                return ["at", "J"]
            case Expr("at", (name, *at)) if name in LETTERS:
                if any(
                    isinstance(x, int) and kind_of(name, k) != "layers" for k, x in enumerate(at)
                ):
                    raise NotGeneric("a coordinate that is called by its number")
                return ["at", self._then(name), *at]
            case Expr("at", (name, str(i), str(j))) if name in MATRICES:
                return ["at", self._datum(name, {"i": "coord", "j": "coord"}), i, j]
            case Expr("+" | "*" as head, parts):
                return [head, *map(self.term, parts)]
            case Expr("^", (inner, power)):
                if inner.head == "^":
                    return self.term(inner.args[0] ** (inner.args[1] * power))
                n = exponent(power)
                divides = inner.head in ("+", "form") and str(n).startswith("-")
                return ["^", self._divisor(inner) if divides else self.term(inner), n]
            case Expr("sum", (index, kind, body)):
                return ["sum", index, RUNS[kind], self.term(body)]
            case Expr("next", (inner,)) if inner.atoms() & {"w", "P", "q"}:
                return self._stepped(inner)
            case Expr("D" | "start" | "next" as head, (inner,)):
                return [head, self.term(inner)]
            case Expr("form", ("quad", name)):
                return self._form(name)
            case Expr("log", (inner,)):
                ratio = self.named("r", {"role": "name", "is": self.term(inner), "sign": ">"})
                return self.named("y", {"role": "log", "is": ratio})
            case Expr("euler", (inner,)):
                along = ["dd", ["w", "i"], self.term(inner)]
                return ["sum", "i", "coord", ["*", ["at", "w", "i"], along]]
        raise NotGeneric(f"{e.head}: no operation of the kernel")

    def _stepped(self, e: Expr) -> Data:
        self.later = True
        found = self.term(e)
        self.later = False
        return found

    def _then(self, name: str) -> str:
        if not self.later:
            return name
        if name not in AFTER:
            raise NotGeneric("what is said of a gradient after a step: not written yet")
        self.after.add(AFTER[name])
        return AFTER[name]

    def _datum(self, name: str, run: Fields) -> str:
        self.data[label(name)] = name, run
        return label(name)

    def _form(self, name: str) -> Data:
        """w' A w, with a name."""
        first, second = ["at", "w", "j"], ["at", "w", "k"]
        if name.startswith("diag_") or name == "I":
            squares: list[Data] = [["^", first, "2"]]
            if name != "I":
                squares = [["at", self._datum(name, {"j": "coord"}), "j"], *squares]
            own: Data = ["*", *squares] if len(squares) > 1 else squares[0]
        else:
            entry = ["at", self._datum(name, {"j": "coord", "k": "coord"}), "j", "k"]
            own = ["sum", "k", "coord", ["*", entry, first, second]]
        return self.named("q" + label(name), {"role": "name", "is": ["sum", "j", "coord", own]})

    def _divisor(self, e: Expr) -> Data:
        """A name of what is not 0, as it is divided by."""
        if e.head == "+":
            return self.named("d", {"role": "name", "is": self.term(e), "sign": "!="})
        found = self.term(e)
        self.names[found[1]]["sign"] = "!="  # type: ignore[index]
        return found

    def named(self, name: str, declared: Fields) -> Data:
        """A letter by this name, declared so. Raises NotGeneric where it is another one."""
        if self.names.get(name, declared)["is"] != declared["is"]:
            raise NotGeneric("two divisors, or two logarithms: not written yet")
        self.names.setdefault(name, declared)
        return ["at", name]


def exponent(e: Expr) -> Data:
    """A number, or a sum of multiples of constants and a number. Raises NotGeneric."""
    try:
        found = {x: c for x, c in affine(e).items() if c}
    except BadInput as why:
        raise NotGeneric(str(why)) from None
    if set(found) <= {""}:
        return str(found.get("", Fraction(0)))
    return {x: int(c) if c.denominator == 1 else str(c) for x, c in found.items()}


def data(forms: Forms, point: Point) -> dict[str, Data]:
    """Matrices of the data, the diagonals of some. Raises NotGeneric."""
    found = dict[str, Data]()
    for x, (name, run) in forms.data.items():
        rows: Any = point.loss.data.get(name)
        if rows is None:
            raise NotGeneric(f"no value of {name}")
        found[x] = [[str(y) for y in r] for r in rows]
        if len(run) == 1:
            found[x] = [str(r[k]) for k, r in enumerate(rows)]
    return found


def rational(sentence: Sentence, point: Point) -> Point:
    """The state, with one of the matrices so long that the logarithm of a quotient of forms is 0.
    Raises NotGeneric where the quotient has no value.
    """
    inside = (x.args[0] for e in sentence.conclusion.expressions() for x in e.walk()
              if x.head == "log")  # fmt: skip
    for ratio in inside:
        (name, *_) = (x.args[1] for x in ratio.walk() if x.head == "form")
        try:
            value = Motion(point, Exact(), 0).value(ratio, {}).c[0]
            rows: Any = point.loss.data[name]
            scaled: Any = tuple(tuple(x / value for x in row) for row in rows)
        except (Inexact, ZeroDivisionError, KeyError, TypeError) as why:
            raise NotGeneric(str(why)) from None
        point = replace(point, loss=replace(point.loss, data={**point.loss.data, name: scaled}))
    return point
