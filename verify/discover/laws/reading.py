"""The text of a law as its forms: what ``text`` writes, and what people write beside it. It is
read, never evaluated.

    law      =  sum ["while" sum "!= 0" ("," sum ["!= 0"])*] ["for" range ("," range)*]
    range    =  "each" letter  |  letter "=" number ".." number
    sum      =  ["-"] product (("+" | "-") product)*
    product  =  power (["*" | "@" | "/"] power)*         a blank multiplies, from left to right
    power    =  atom [("^" | "**") ["-"] number | "(" ["-"] number ["/" number] ")"]
    atom     =  number  |  tensor [".T"]  |  "(" sum ")"  |  "|" sum "|"  |  "log|" sum "|"
             |  "<" sum "," sum ">"  |  ("sum" | "trace" | "det") "(" sum ")"  |  "outer(" sum "," sum ")"
             |  "einsum('..'," sum "," sum ")"
    tensor   =  name ["[" pick ("," pick)* "]"]
    pick     =  ":"  |  at  |  at ":" at  |  "[" number ("," number)* "]"
    at       =  part ("+" part)*        part = number, letter, or number letter such as 2h

|T|^2 is the sum of all squares; each entry of an array is a law.
"""  # noqa: E501

from __future__ import annotations

from fractions import Fraction
from itertools import permutations
from typing import Any

import numpy as np

from verify.discover.laws.forms import Form
from verify.discover.laws.laurent import Laurent, NotRead, constant
from verify.discover.laws.layout import Layout
from verify.discover.laws.picking import Tensors
from verify.discover.laws.scanning import MOST_LAWS
from verify.exact.errors import BadInput

MOST_OPEN, MOST_POWER, MOST_MINOR = 20, 12, 4
FUNCTIONS = ("sum", "trace", "det", "outer", "einsum", "log")


def laws_of(text: str, layout: Layout) -> list[tuple[str, Form]]:
    """The forms of all entries for all values of the letters, and which entry each is. Raises
    BadInput pointing at the place.
    """
    reader = Reader(text, layout)
    ranges = reader.ranges()
    values: list[tuple[str, Form]] = []
    reader.law()
    for letters in reader.assignments(ranges):
        reader.letters = letters
        said = [f"{x} = {i}" for x, i in letters.items()]
        entries = np.asarray(reader.law(), object)
        for at, entry in np.ndenumerate(entries):
            place = [f"entry [{','.join(map(str, at))}]"] if at else []
            place += ["the logarithm of its absolute value"] if entry.powers else []
            try:
                values.append((", ".join(said + place), entry.form()))
            except NotRead as why:
                reader.fail(str(why))
        if len(values) > MOST_LAWS:
            reader.fail(f"more than {MOST_LAWS} laws")
    if all(form.zero for _, form in values):
        raise BadInput(f"--law {text!r:.80}: a constant, which says nothing; expected tensors")
    return values


class Reader(Tensors):
    """Recursive descent, one method per rule."""

    open = bars = 0

    def law(self) -> Any:
        self.at = self.open = self.bars = 0
        try:
            found = self.sum()
            if self.take("while"):
                for _ in self.listed():
                    self.sum()
                    if self.take("!="):
                        self.whole()
        except NotRead as why:
            self.fail(str(why))
        except (ValueError, IndexError) as error:
            self.fail(f"{error}")
        if self.now.kind != "end" and self.now.text != "for":
            self.fail("expected an operator, 'for', 'while' or the end")
        return found

    def sum(self) -> Any:
        self.open += 1
        if self.open > MOST_OPEN:
            self.fail("too many brackets inside of each other")
        found = -self.product() if self.take("-") else self.product()
        while sign := self.take("+", "-"):
            one = self.product()
            if np.shape(found) != np.shape(one):
                self.fail(f"a sum of shapes {np.shape(found)} and {np.shape(one)}")
            found = found + one if sign == "+" else found - one
        self.open -= 1
        return found

    def product(self) -> Any:
        found = self.power()
        while True:
            sign = self.take("*", "@", "/")
            if not sign and not self._begins():
                return found
            one = self.power()
            if sign == "@":
                if not np.ndim(found) or not np.ndim(one):
                    self.fail("@ of a number; expected arrays")
                found = np.matmul(found, one)
            elif np.ndim(one) and (np.ndim(found) or sign == "/"):
                self.fail("a product of arrays: write @, <A, B> or outer(a, b)")
            else:
                one = one ** Fraction(-1) if sign == "/" else one
                found = np.multiply(found, one) if np.ndim(one) else found * one

    def _begins(self) -> bool:
        kind, text = self.now.kind, self.now.text
        return kind == "number" or text in ("(", "<") or (
            (kind == "name" and text not in ("for", "while")) or (text == "|" and not self.bars)
        )  # fmt: skip

    def power(self) -> Any:
        normed = self.now.text == "|"
        found = self.atom()
        if not self.take("^", "**"):
            if normed:
                self.fail("expected |T|^2")
            return found
        e = self._exponent()
        if np.ndim(found):
            self.fail("a power of an array; expected |T|^2 or a power of an entry")
        if normed:
            if e.denominator != 1 or e % 2 or e < 0:
                self.fail("expected |T|^2, or an even power")
            e = e / 2
        if abs(e) > MOST_POWER:
            self.fail(f"a power above {MOST_POWER}")
        return found**e

    def _exponent(self) -> Fraction:
        bracket = self.take("(")
        sign = -1 if self.take("-") else 1
        e = Fraction(self.whole())
        if bracket:
            if self.take("/"):
                below = self.whole()
                if not below:
                    self.fail("a division by 0")
                e /= below
            self.need(")")
        return sign * e

    def atom(self) -> Any:
        if self.now.kind == "number":
            return constant(Fraction(self.whole()))
        if self.take("("):
            bars, self.bars = self.bars, 0
            found = self.sum()
            self.bars = bars
            self.need(")")
            return found
        if self.take("|"):
            inside = np.asarray(self._within_bars(), object)
            return _total(inside * inside)
        if self.take("<"):
            left = self.sum()
            self.need(",")
            right = self.sum()
            self.need(">")
            if np.shape(left) != np.shape(right):
                self.fail(f"<A, B> of shapes {np.shape(left)} and {np.shape(right)}")
            return _total(np.asarray(left * right, object))
        if self.now.kind != "name":
            self.fail("expected a tensor, a number, '(', '|' or '<'")
        name, after = self.now.text, self.queue[self.at + 1].text
        function = name in FUNCTIONS and (after == "(" or (name == "log" and after == "|"))
        if name in self.shapes and not function:
            return self.tensor()
        if name not in FUNCTIONS:
            known = ", ".join(self.shapes)
            self.fail(f"expected one of the tensors {known}, or {', '.join(FUNCTIONS)}")
        self.at += 1
        return self._function(name)

    def _within_bars(self) -> Any:
        if self.bars:
            self.fail("bars inside of bars")
        self.bars = 1
        found = self.sum()
        self.bars = 0
        self.need("|")
        return found

    def _function(self, name: str) -> Any:
        if name == "log" and self.take("|"):
            inside = self._within_bars()
        else:
            self.need("(")
            inside = self._given(name)
            self.need(")")
        if name in ("sum", "outer", "einsum"):
            return inside
        if name == "log":
            if np.ndim(inside):
                self.fail("a logarithm of an array; expected one of an entry")
            return inside.logarithm()
        if np.ndim(inside) != 2 or len(set(np.shape(inside))) != 1:
            self.fail(f"{name} of shape {np.shape(inside)}; expected a square matrix")
        if name == "trace":
            return _total(np.diagonal(inside))
        if len(inside) > MOST_MINOR:
            self.fail(f"det of more than {MOST_MINOR} rows")
        return _determinant(inside)

    def _given(self, name: str) -> Any:
        spec = self.now.text.strip("'")
        if name == "einsum":
            if self.now.kind != "text":
                self.fail("expected einsum('ia,ja->ij', A, B)")
            self.at += 1
            self.need(",")
        one = self.sum()
        if name not in ("outer", "einsum"):
            return _total(np.asarray(one, object)) if name == "sum" else one
        self.need(",")
        two = self.sum()
        return np.multiply.outer(one, two) if name == "outer" else np.einsum(spec, one, two)


def _total(entries: Any) -> Laurent:
    found = constant(Fraction(0))
    for x in np.asarray(entries, object).ravel().tolist():
        found = found + x
    return found


def _determinant(rows: Any) -> Laurent:
    found = constant(Fraction(0))
    for order in permutations(range(len(rows))):
        sign = (-1) ** sum(a > b for k, a in enumerate(order) for b in order[k + 1 :])
        one = constant(Fraction(sign))
        for i, j in enumerate(order):
            one = one * rows[i, j]
        found = found + one
    return found
