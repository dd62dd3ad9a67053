"""What the names of a tree mean where matrices have values: an expression of
``verify.terms.matrices``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from verify.exact.limits import LIMITS
from verify.terms import matrices as star
from verify.terms.affine import Affine, affine
from verify.values.scan import Meaning, Node
from verify.values.syntax import parse


class Words(Meaning):
    """Trees as ``verify.terms.matrices.Mat``. ``letters``: names of matrices, True for families;
    ``sequences`` of numbers.
    """

    def __init__(
        self,
        text: str,
        letters: Mapping[str, bool],
        sequences: Collection[str],
        constants: Collection[str],
    ) -> None:
        super().__init__(text)
        self.letters, self.sequences, self.constants = letters, sequences, constants

    number = staticmethod(star.num)

    def own(self, x: Node) -> star.Mat:
        head, args = x.head, x.args
        if head == "+":
            found = self.of(args[0])
            for y in args[1:]:
                found = found - self.of(y.args[0]) if y.head == "neg" else found + self.of(y)
            return found
        if head == "/":
            if args[1].head != "num" or not args[1].args[0]:
                self.fail(
                    args[1],
                    "expected a number that is not 0: matrices are divided by numbers alone; an"
                    " inverse is X^(-1)",
                )
            above = self.of(args[0])
            return (
                star.num(above.args[0] / args[1].args[0])
                if above.head == "num"
                else star.num(1 / args[1].args[0]) * above
            )
        if head == "^":
            return star.Mat("^", (self.of(args[0]), self.place(args[1])))
        if head == "mark":
            return star.Mat("mark", ({"H": "H", "T": "T", "conj": "C"}[args[0]], self.of(args[1])))
        if head in ("tr", "Tr", "Re Tr"):
            return star.tr(self.of(args[0]))
        if head == "norm2":
            return star.norm2(self.of(args[0]))
        if head == "inner":
            return star.inner(*map(self.of, args))
        if head in ("D", "next"):
            return star.Mat(head, (self.of(args[0]),))
        if head == "sum" and args[1] is not None:
            return star.Mat(
                "sum", (args[0], self.place(args[1]), self.place(args[2]), self.of(args[3]))
            )
        return self.leaf(x)

    def leaf(self, x: Node) -> star.Mat:
        if x.head == "of" and x.args[0] == "E":
            return star.LOSS
        if x.head == "of" and x.args[2].head == "name":
            name, indices, of = x.args
            at = indices[0] if indices else None
            return star.H(
                of.args[0], self.place(at) if at else self.subscript(x, name.partition("_")[2])
            )
        if x.head == "shadow" and x.args[0].startswith("w_"):
            return star.w(x.args[0][2:], self.place(x.args[1][0]))
        if x.head != "name":
            self.fail(x, f"{x.head!r} does not belong to expressions in matrices")
        name, indices = x.args
        if not indices and (name in self.letters or name in self.constants or name == "N"):
            return (
                star.letter(name)
                if name in self.letters and not self.letters[name]
                else star.const(name)
            )
        letter, _, rest = (name, "", "") if indices else name.rpartition("_")
        at = self.place(indices[0]) if indices else self.subscript(x, rest)
        if len(indices) > 1 or not (
            letter == "G" or self.letters.get(letter) or letter in self.sequences
        ):
            known = ", ".join(
                [
                    *(f"{n}_k" if f else n for n, f in self.letters.items()),
                    *self.sequences,
                    *self.constants,
                ]
            )
            self.fail(x, f"expected one of {known}, N: what has a value in the state")
        return (
            star.G(at)
            if letter == "G"
            else star.Mat("seq" if letter in self.sequences else "letter", (letter, at))
        )

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
            return Affine(
                times * inner.const, tuple((n, times * c) for n, c in inner.terms if times)
            )
        if x.head == "name" and not x.args[1]:
            return Affine(0, ((x.args[0], 1),))
        self.fail(
            x,
            "expected an index or an exponent made of whole numbers and letters, such as k+1"
            " or N-p",
        )


def word(
    text: str,
    letters: Mapping[str, bool],
    sequences: Collection[str] = (),
    constants: Collection[str] = (),
) -> star.Mat:
    """An expression in matrices. Raises BadInput pointing at the place."""
    return Words(text, letters, sequences, constants).of(parse(text, stars=True))
