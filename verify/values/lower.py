"""What the names of a tree mean: an expression of the networks' language, of formulas, or of words in matrices."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction
from typing import Any, NoReturn

from verify.algebra.expr import Expr, Family, J, euler, g, kind_of, lift, lin, num, quad, u, w
from verify.exact.limits import LIMITS
from verify.losses.tokens import complain
from verify.star import expr as star
from verify.star.affine import Affine, affine
from verify.values.syntax import Node, parse

ARITY = {"u": 2, "P": 2, "R": 3, "w": 1, "g": 1, "q": 1, "S_B": 2, "S_W": 2, "V": 2}
LAYER_INDICES = ("l", "m", "k", "p")
_ONE_PLACE = {"log": "log", "exp": "exp", "D": "D", "start": "start", "next": "next", "abs": "abs"}


class Scalars:
    """Trees as ``verify.algebra.expr.Expr``. ``names``: what formulas declare, or None for networks, whose letters are fixed."""

    def __init__(self, text: str, names: Collection[str] | None, constants: Collection[str] = ()) -> None:
        self.text, self.names, self.constants = text, names, constants

    def fail(self, node: Node, expected: str) -> NoReturn:
        complain(self.text, node.at, expected, "the expression")

    def expr(self, x: Node) -> Expr:
        head, args = x.head, x.args
        if head == "num":
            return num(args[0])
        if head == "group":
            return self.expr(args[0])
        if head == "neg":
            return -self.expr(args[0])
        if head == "+":
            return Expr("+", tuple(map(self.expr, args)))
        if head == "*":
            return self.expr(args[0]) * self.expr(args[1])
        if head == "/":
            below = self.expr(args[1])
            if below == num(0):
                self.fail(args[1], "division by zero: expected a divisor that is not zero")
            above = self.expr(args[0])
            return num(above.args[0] / below.args[0]) if above.head == below.head == "num" else above * below ** num(-1)
        if head == "^":
            return self.power(x)
        if head == "sqrt":
            return self.expr(args[0]) ** num(Fraction(1, 2))
        if head == "abs" and (vector := self.vector(args[0])) is not None:
            return vector(2) ** num(Fraction(1, 2))
        if head in _ONE_PLACE or (head.startswith("d/d") and self.names is not None):
            return Expr(head, (self.expr(args[0]),))
        if self.names is None and head in ("sum", "prod", "max", "min") and args[1] is None:
            return self.binder(x)
        return self.leaf(x)

    def leaf(self, x: Node) -> Expr:
        if self.names is None:
            if x.head == "form":
                text = x.args[0]
                return quad(text[2:-2]) if text.startswith("w'") and text.endswith(" w") else lin(text.partition("'")[0])
            if x.head == "euler":
                return euler(self.expr(x.args[0]))
            if x.head == "inner":
                left, right = (self.vector(y) for y in x.args)
                if left and right:
                    return Expr("sum", ("i", "coordinates", left(1) * right(1)))
        if x.head == "name":
            return self.atom(x) if self.names is None else self.named(x)
        self.fail(x, f"{x.head!r} does not belong to {'formulas' if self.names is not None else 'expressions of a network'}")

    def power(self, x: Node) -> Expr:
        base, exponent = x.args
        e = self.expr(exponent)
        while base.head == "group":
            base = base.args[0]
        if base.head == "abs" and e == num(2) and (vector := self.vector(base.args[0])) is not None:
            return vector(2)
        body = base.args[0] if base.head == "abs" else base
        if self.names is None and body is not base and body.head == "name" and self.split(body)[0] == "w" and e.has("const"):
            over = _over_depth(e)
            if over is not None and over[1]:  # |w_i|^(c + d/L) is how a power of q_i = |w_i|^(2/L) reads
                return self.root(self.atom(body), *over)
        return self.expr(base) ** e

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
            if rest != name and "_" not in rest and (letter in ("S_B", "S_W") or letter == name.partition("_")[0]):
                return letter, (int(rest) if rest.isdigit() else rest,)
        return name, ()

    def index(self, x: Node) -> str | int:
        if x.head == "num" and x.args[0].denominator == 1 and 1 <= x.args[0] <= LIMITS["size"]:
            return int(x.args[0])
        if x.head == "name" and not x.args[1]:
            return x.args[0]
        self.fail(x, f"expected an index: a small letter, or a whole number from 1 to {LIMITS['size']}")

    def atom(self, x: Node) -> Expr:
        letter, indices = self.split(x)
        if letter == "J" and not indices:
            return J
        if letter not in ARITY:
            if indices or not letter.isalnum():
                self.fail(x, f"unknown letter; expected one of {', '.join(ARITY)} with indices, J, L, n or a constant")
            if letter not in ("L", "n") and letter not in self.constants:
                self.fail(x, f"a constant without a value; expected L, n, {', '.join([*self.constants, *ARITY])}: give it in the state")
            return Expr("const", (letter,))
        if len(indices) != ARITY[letter]:
            self.fail(x, f"{letter} has {ARITY[letter]} indices, as in {letter}_{'i' if ARITY[letter] == 1 else '(l,i)'}")
        if any(isinstance(y, int) and not 1 <= y <= LIMITS["size"] for y in indices):
            self.fail(x, f"expected indices from 1 to {LIMITS['size']}")
        return Family(letter, ARITY[letter])[indices]

    def vector(self, x: Node) -> Any:
        """A layer u_l, w or g as a whole, as a function of the power of its entries that is summed; None for anything else."""
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
        index, _, _, body = x.args
        inner = self.expr(body)
        kinds = {kind_of(n.args[0], k) for n in inner.walk() if n.head == "at" for k, y in enumerate(n.args[1:]) if y == index}
        if len(kinds) > 1:
            self.fail(x, f"the index {index} stands for a layer and for a coordinate; use two letters")
        return Expr(x.head, (index, kinds.pop() if kinds else "layers" if index in LAYER_INDICES else "coordinates", inner))


def _over_depth(e: Expr) -> tuple[Fraction, Fraction] | None:
    """(c, d) of an exponent c + d/L, or None."""
    match e:
        case Expr("num", (x,)):
            return x, Fraction(0)
        case Expr("+", args):
            found = [_over_depth(a) for a in args]
            known = [f for f in found if f is not None]
            return tuple(sum(column, Fraction(0)) for column in zip(*known, strict=True)) if len(known) == len(found) else None  # type: ignore[return-value]
        case Expr("*", (Expr("num", (x,)), rest)) if (inner := _over_depth(rest)) is not None:
            return x * inner[0], x * inner[1]
        case Expr("*", (Expr("*", (a, b)), c)):
            return _over_depth(a * (b * c))
        case Expr("^", (Expr("const", ("L",)), Expr("num", (x,)))) if x == -1:
            return Fraction(0), Fraction(1)
    return None


class Words:
    """Trees as ``verify.star.expr.Mat``. ``letters``: names of matrices, True for families; ``sequences`` of numbers."""

    def __init__(self, text: str, letters: Mapping[str, bool], sequences: Collection[str], constants: Collection[str]) -> None:
        self.text, self.letters, self.sequences, self.constants = text, letters, sequences, constants

    def fail(self, node: Node, expected: str) -> NoReturn:
        complain(self.text, node.at, expected, "the expression")

    def mat(self, x: Node) -> star.Mat:
        head, args = x.head, x.args
        if head == "num":
            return star.num(args[0])
        if head == "group":
            return self.mat(args[0])
        if head == "neg":
            return -self.mat(args[0])
        if head == "+":
            found = self.mat(args[0])
            for y in args[1:]:
                found = found - self.mat(y.args[0]) if y.head == "neg" else found + self.mat(y)
            return found
        if head == "*":
            return self.mat(args[0]) * self.mat(args[1])
        if head == "/":
            if args[1].head != "num" or not args[1].args[0]:
                self.fail(args[1], "expected a number that is not 0: matrices are divided by numbers alone; an inverse is X^(-1)")
            above = self.mat(args[0])
            return star.num(above.args[0] / args[1].args[0]) if above.head == "num" else star.num(1 / args[1].args[0]) * above
        if head == "^":
            return star.Mat("^", (self.mat(args[0]), self.place(args[1])))
        if head == "mark":
            return star.Mat("mark", ({"H": "H", "T": "T", "conj": "C"}[args[0]], self.mat(args[1])))
        if head in ("tr", "Tr", "Re Tr"):
            return star.tr(self.mat(args[0]))
        if head == "norm2":
            return star.norm2(self.mat(args[0]))
        if head == "inner":
            return star.inner(*map(self.mat, args))
        if head in ("D", "next"):
            return star.Mat(head, (self.mat(args[0]),))
        if head == "sum" and args[1] is not None:
            return star.Mat("sum", (args[0], self.place(args[1]), self.place(args[2]), self.mat(args[3])))
        return self.leaf(x)

    def leaf(self, x: Node) -> star.Mat:
        if x.head == "of" and x.args[0] == "E":
            return star.LOSS
        if x.head == "of" and x.args[2].head == "name":
            name, indices, of = x.args
            at = indices[0] if indices else None
            return star.H(of.args[0], self.place(at) if at else self.subscript(x, name.partition("_")[2]))
        if x.head == "shadow" and x.args[0].startswith("w_"):
            return star.w(x.args[0][2:], self.place(x.args[1][0]))
        if x.head != "name":
            self.fail(x, f"{x.head!r} does not belong to expressions in matrices")
        name, indices = x.args
        if not indices and (name in self.letters or name in self.constants or name == "N"):
            return star.letter(name) if name in self.letters and not self.letters[name] else star.const(name)
        letter, _, rest = (name, "", "") if indices else name.rpartition("_")
        at = self.place(indices[0]) if indices else self.subscript(x, rest)
        if len(indices) > 1 or not (letter == "G" or self.letters.get(letter) or letter in self.sequences):
            known = ", ".join([*(f"{n}_k" if f else n for n, f in self.letters.items()), *self.sequences, *self.constants])
            self.fail(x, f"expected one of {known}, N: what has a value in the state")
        return star.G(at) if letter == "G" else star.Mat("seq" if letter in self.sequences else "letter", (letter, at))

    def subscript(self, x: Node, text: str) -> Affine:
        if not text.isalnum():
            self.fail(x, "expected a name with an index, as in W_1 or W_(k+1)")
        return affine(int(text)) if text.isdigit() else Affine(0, ((text, 1),))

    def place(self, x: Node) -> Affine:
        """An index or exponent: whole numbers and letters, added."""
        if x.head == "num" and x.args[0].denominator == 1 and x.args[0] <= LIMITS["size"]:
            return affine(int(x.args[0]))
        if x.head in ("group", "neg"):
            return self.place(x.args[0]) if x.head == "group" else -self.place(x.args[0])
        if x.head == "+":
            return sum((self.place(y) for y in x.args[1:]), self.place(x.args[0]))
        if x.head == "*" and x.args[0].head == "num":
            times = self.place(x.args[0]).const
            inner = self.place(x.args[1])
            return Affine(times * inner.const, tuple((n, times * c) for n, c in inner.terms if times))
        if x.head == "name" and not x.args[1]:
            return Affine(0, ((x.args[0], 1),))
        self.fail(x, "expected an index or an exponent made of whole numbers and letters, such as k+1 or N-p")


def scalar(text: str, names: Collection[str] | None, constants: Collection[str] = ()) -> Expr:
    """An expression of a network (``names`` None), or in declared names. Raises BadInput pointing at the place."""
    return lift(Scalars(text, names, constants).expr(parse(text)))


def word(text: str, letters: Mapping[str, bool], sequences: Collection[str] = (), constants: Collection[str] = ()) -> star.Mat:
    """An expression in matrices. Raises BadInput pointing at the place."""
    return Words(text, letters, sequences, constants).mat(parse(text, stars=True))
