"""What the names of a tree mean: an expression of the networks' language or of formulas."""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction
from typing import Any

from verify.exact.limits import LIMITS, up_to
from verify.terms.expr import Expr, Family, J, const, euler, g, kind_of, lift, lin, num, quad, u, w
from verify.values.scan import Meaning, Node
from verify.values.syntax import parse

ARITY = {"u": 2, "P": 2, "R": 3, "w": 1, "g": 1, "q": 1, "S_B": 2, "S_W": 2, "V": 2}
LAYER_INDICES = ("l", "m", "k", "p")
_ONE_PLACE = {"log": "log", "exp": "exp", "D": "D", "start": "start", "next": "next", "abs": "abs"}


class Scalars(Meaning):
    """Trees as ``verify.terms.expr.Expr``. ``names``: what formulas declare, or None for networks,
    whose letters are fixed.
    """

    def __init__(
        self, text: str, names: Collection[str] | None, constants: Collection[str] = ()
    ) -> None:
        super().__init__(text)
        self.names, self.constants = names, constants

    number = staticmethod(num)

    def own(self, x: Node) -> Expr:
        head, args = x.head, x.args
        if head == "+":
            return Expr("+", tuple(map(self.of, args)))
        if head == "/":
            above, below = map(self.of, args)
            if below == num(0):
                self.fail(args[1], "division by zero: expected a divisor that is not zero")
            if above.head == below.head == "num":
                return num(above.args[0] / below.args[0])
            return above * below ** num(-1)
        if head == "^":
            return self.power(x)
        if head == "sqrt":
            return self.of(args[0]) ** num(Fraction(1, 2))
        if head == "abs" and (vector := self.vector(args[0])) is not None:
            return vector(2) ** num(Fraction(1, 2))
        if head in _ONE_PLACE or (head.startswith("d/d") and self.names is not None):
            return Expr(head, (self.of(args[0]),))
        if self.names is None and head in ("sum", "prod", "max", "min"):
            return self.binder(x)
        return self.leaf(x)

    def leaf(self, x: Node) -> Expr:
        if self.names is None:
            if x.head == "form":
                text = x.args[0]
                return (
                    quad(text[2:-2])
                    if text.startswith("w'") and text.endswith(" w")
                    else lin(text.partition("'")[0])
                )
            if x.head == "euler":
                return euler(self.of(x.args[0]))
            if x.head == "inner":
                left, right = (self.vector(y) for y in x.args)
                if left and right:
                    return Expr("sum", ("i", "coordinates", left(1) * right(1)))
        if x.head == "name":
            return self.atom(x) if self.names is None else self.named(x)
        self.fail(
            x,
            f"{x.head!r} does not belong to"
            f" {'formulas' if self.names is not None else 'expressions of a network'}",
        )

    def power(self, x: Node) -> Expr:
        base, exponent = x.args
        e = self.of(exponent)
        while base.head == "group":
            base = base.args[0]
        if base.head == "abs" and e == num(2) and (vector := self.vector(base.args[0])) is not None:
            return vector(2)
        body = base.args[0] if base.head == "abs" else base
        if (
            self.names is None
            and body is not base
            and body.head == "name"
            and self.split(body)[0] == "w"
            and e.has("const")
        ):
            over = _over_depth(e)
            if (
                over is not None and over[1]
            ):  # |w_i|^(c + d/L) is how a power of q_i = |w_i|^(2/L) reads
                return self.root(self.atom(body), *over)
        return self.of(base) ** e

    def root(self, w_i: Expr, c: Fraction, d: Fraction) -> Expr:
        root = Expr("at", ("q", *w_i.args[1:]))
        e = num(d / 2) + c / 2 * Expr("const", ("L",)) if c else num(d / 2)
        return root if e == num(1) else root**e

    def named(self, x: Node) -> Expr:
        name, indices = x.args
        assert self.names is not None
        if indices or name not in self.names:
            known = ", ".join(sorted(self.names)) or "none"
            self.fail(x, f"expected one of the names that have a value: {known}")
        return Expr("const", (name,))

    def split(self, x: Node) -> tuple[str, tuple[str | int, ...]]:
        """w_i, u_(l,i), S_B_(1,2): the letter and its indices."""
        name, nodes = x.args
        if nodes:
            return name, tuple(self.index(y) for y in nodes)
        for letter in ARITY:
            rest = name.removeprefix(letter + "_")
            if (
                rest != name
                and "_" not in rest
                and (letter in ("S_B", "S_W") or letter == name.partition("_")[0])
            ):
                return letter, (int(rest) if rest.isdigit() else rest,)
        return name, ()

    def index(self, x: Node) -> str | int:
        if x.head == "num" and x.args[0].denominator == 1 and 1 <= x.args[0] <= LIMITS["size"]:
            return int(x.args[0])
        if x.head == "name" and not x.args[1]:
            return x.args[0]
        self.fail(
            x, f"expected an index: a small letter, or a whole number from 1 on, {up_to('size')}"
        )

    def atom(self, x: Node) -> Expr:
        letter, indices = self.split(x)
        if letter == "J" and not indices:
            return J
        if letter not in ARITY:
            if indices or not letter.isalnum():
                self.fail(
                    x,
                    f"unknown letter; expected one of {', '.join(ARITY)} with indices, J, L, n or a"
                    " constant",
                )
            if letter not in ("L", "n") and letter not in self.constants:
                self.fail(
                    x,
                    "a constant without a value; expected L, n,"
                    f" {', '.join([*self.constants, *ARITY])}: give it in the state",
                )
            return Expr("const", (letter,))
        if len(indices) != ARITY[letter]:
            self.fail(
                x,
                f"{letter} has {ARITY[letter]} indices, as in"
                f" {letter}_{'i' if ARITY[letter] == 1 else '(l,i)'}",
            )
        if any(isinstance(y, int) and not 1 <= y <= LIMITS["size"] for y in indices):
            self.fail(x, f"expected indices from 1 on, {up_to('size')}")
        return Family(letter, ARITY[letter])[indices]

    def vector(self, x: Node) -> Any:
        """A layer u_l, w or g as a whole, as a function of the power of its entries that is summed;
        None for anything else.
        """
        if self.names is not None or x.head != "name":
            return None
        letter, indices = self.split(x)
        if letter in ("u", "P") and len(indices) == 1:
            of = (u if letter == "u" else Family("P", 2))[(indices[0], "i")]
        elif letter in ("w", "g") and not indices:
            of = (w if letter == "w" else g)["i"]
        else:
            return None
        return lambda k: Expr("sum", ("i", "coordinates", of**k)) if k != 1 else of

    def binder(self, x: Node) -> Expr:
        """Over what its index counts in the body; sum_(i=1..n) and sum_(l=1..L) where the body does
        not show it.
        """
        index, first, last, body = x.args
        inner = self.of(body)
        kinds = _counted(inner, index)
        if len(kinds) > 1:
            self.fail(
                x, f"the index {index} stands for a layer and for a coordinate; use two letters"
            )
        kind = kinds.pop() if kinds else "layers" if index in LAYER_INDICES else "coordinates"
        if last is not None:
            ranges = {const("n"): "coordinates", const("L"): "layers"}
            named = ranges.get(self.of(last)) if self.of(first) == num(1) else None
            if named is None or _counted(inner, index) - {named}:
                self.fail(
                    x,
                    "expected a range that the index has: 1..n over coordinates, 1..L over layers",
                )
            kind = named
        return Expr(x.head, (index, kind, inner))


def _counted(body: Expr, index: str) -> set[str]:
    """What an index counts where it stands: layers, coordinates, or nothing where it stands
    nowhere.
    """
    return {
        kind_of(n.args[0], k)
        for n in body.walk()
        if n.head == "at"
        for k, y in enumerate(n.args[1:])
        if y == index
    }


def _over_depth(e: Expr) -> tuple[Fraction, Fraction] | None:
    """(c, d) of an exponent c + d/L, or None."""
    match e:
        case Expr("num", (x,)):
            return x, Fraction(0)
        case Expr("+", args):
            found = [_over_depth(a) for a in args]
            known = [f for f in found if f is not None]
            return (
                tuple(sum(column, Fraction(0)) for column in zip(*known, strict=True))  # type: ignore[return-value]
                if len(known) == len(found)
                else None
            )
        case Expr("*", (Expr("num", (x,)), rest)) if (inner := _over_depth(rest)) is not None:
            return x * inner[0], x * inner[1]
        case Expr("*", (Expr("*", (a, b)), c)):
            return _over_depth(a * (b * c))
        case Expr("^", (Expr("const", ("L",)), Expr("num", (x,)))) if x == -1:
            return Fraction(0), Fraction(1)
    return None


def scalar(text: str, names: Collection[str] | None, constants: Collection[str] = ()) -> Expr:
    """An expression of a network (``names`` None), or in declared names. Raises BadInput pointing
    at the place.
    """
    return lift(Scalars(text, names, constants).of(parse(text)))
