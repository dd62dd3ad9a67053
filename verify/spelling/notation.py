"""Names that people write in one line of text, such as ``||G||^2/||G(0)||^2`` or ``W_1[1,2]``, set
as mathematics.

A name means what its system's program says; here only its spelling is read. What this small grammar
does not know is set upright.

    chain   sum (relation sum)*, with commas between
    sum     [-] product (+|- product)*
    product power ((*|/| ) power)*
    power   atom (^ atom | ' | * | . word)*, the dot that of an inner product
    atom    number | word [_index] [[row]] | one of these with [_index]:
            ( chain ) | [ chain ] | || chain || | | chain | | < chain >
"""

from __future__ import annotations

import re
from functools import cache

from verify.spelling.tex import GREEK, plain

_OPERATORS = frozenset("det log exp min max sin cos tan tanh dim ker deg arg".split())
_SPELT_OUT = frozenset(f"\\{x}" for x in _OPERATORS)
_ROMAN = {"tr": "\\operatorname{tr}", "Tr": "\\operatorname{Tr}", "rank": "\\operatorname{rank}"}
_TOKEN = re.compile(r" +|\|\||<=|>=|!=|->|\d+|[A-Za-z]+|.")
_RELATIONS = {"=": "=", "<=": "\\le", ">=": "\\ge", "!=": "\\ne", "->": "\\to"}
_BRACKETS = {"(": (")", "(", ")"), "[": ("]", "[", "]"), "||": ("||", "\\lVert ", " \\rVert")}
_BRACKETS |= {"|": ("|", "|", "|"), "<": (">", "\\langle ", "\\rangle")}


class _Unread(Exception):
    """The grammar does not know it."""


@cache
def name(text: str) -> str:
    """A name as mathematics; upright where it is not of the grammar."""
    try:
        return _Reader(text).whole()
    except _Unread:
        return f"\\text{{{plain(text)}}}"


def letter(word: str) -> str:
    """One letter of several signs: Greek by its name, digits behind it as an index, else one
    word.
    """
    head = re.fullmatch(r"([A-Za-z]+?)_?(\d+)", word)
    if head:
        return f"{letter(head[1])}_{{{head[2]}}}"
    if word in GREEK:
        return f"\\{word}"
    if word in _OPERATORS:
        return f"\\{word}"
    return word if len(word) == 1 else _ROMAN.get(word) or "\\mathit{" + plain(word) + "}"


class _Reader:
    """Recursive descent; each method returns what it read, as mathematics."""

    def __init__(self, text: str) -> None:
        self.tokens = _TOKEN.findall(text)
        self.at = 0

    def whole(self) -> str:
        found = self.chain("")
        if self.at < len(self.tokens):
            raise _Unread
        return found

    def peek(self, ahead: int = 0) -> str:
        here = self.at + ahead
        return self.tokens[here] if here < len(self.tokens) else ""

    def take(self) -> str:
        if not self.peek():
            raise _Unread
        self.at += 1
        return self.tokens[self.at - 1]

    def blank(self) -> bool:
        """Skip blanks; was there one?"""
        there = self.peek().startswith(" ")
        self.at += there
        return there

    def chain(self, close: str) -> str:
        text = self.sum(close)
        while True:
            self.blank()
            sign = self.peek()
            if sign == ",":
                self.take()
                self.blank()
                text += f", {self.sum(close)}"
            elif sign in _RELATIONS and sign != close:
                self.take()
                self.blank()
                text += f" {_RELATIONS[sign]} {self.sum(close)}"
            else:
                return text

    def sum(self, close: str) -> str:
        text = f"-{self.product(close)}" if self._sign("-") else self.product(close)
        while True:
            self.blank()
            if self.peek() not in ("+", "-"):
                return text
            text += f" {self.take()} "
            self.blank()
            text += self.product(close)

    def _sign(self, sign: str) -> bool:
        if self.peek() != sign:
            return False
        self.take()
        return True

    def product(self, close: str) -> str:
        text = self.power(close)
        while True:
            gap = " " if text in _SPELT_OUT else "\\,"
            blank = self.blank()
            if self.peek() == "/":
                self.take()
                text += f"/{self.power(close)}"
            elif self.peek() == "*" and not blank:
                self.take()
                text += f"{gap}{self.power(close)}"
            elif self._begins(close):
                text += f"{gap}{self.power(close)}"
            else:
                return text

    def _begins(self, close: str) -> bool:
        """Does a factor begin here?"""
        sign = self.peek()
        return sign != close and (sign in _BRACKETS or bool(re.fullmatch(r"\d+|[A-Za-z]+", sign)))

    def power(self, close: str) -> str:
        text, raised = self.atom(), False
        while True:
            if self.peek() == "^":
                if raised:
                    raise _Unread
                self.take()
                text, raised = f"{text}^{{{self._exponent()}}}", True
            elif self.peek() == "'":
                self.take()
                text, raised = f"{{{text}}}'" if raised else f"{text}'", False
            elif self.peek() == "." and self.peek(1).isalpha() and not text.isdigit():
                self.take()
                text = f"\\langle {text}, {self.atom()}\\rangle"
            elif self.peek() == "(" and text.isalpha() and close != "(":
                text += self.atom()
            else:
                return text

    def _exponent(self) -> str:
        """The brackets round it are not needed."""
        if self.peek() != "(":
            sign = "-" if self._sign("-") else ""
            return sign + self.atom()
        return self.atom()[1:-1]

    def atom(self) -> str:
        sign = self.take()
        if sign in _BRACKETS:
            close, left, right = _BRACKETS[sign]
            self.blank()
            inside = self.chain(close)
            self.blank()
            if self.take() != close:
                raise _Unread
            index = self._index() if self.peek() == "_" else ""
            return f"{left}{inside}{right}" + (f"_{{{index}}}" if index else "")
        if sign.isdigit():
            return sign
        if re.fullmatch("[A-Za-z]+", sign):
            return self._word(sign)
        raise _Unread

    def _word(self, word: str) -> str:
        if word == "sqrt" and self.peek() == "(":
            return f"\\sqrt{{{self.atom()[1:-1]}}}"
        numbered = self.peek().isdigit()
        if numbered:
            word += self.take()
        base = letter(word)
        index = self._index() if self.peek() == "_" else ""
        if index:  # x1_2: an index of x_1, as no letter has two
            base = f"({base})_{{{index}}}" if numbered else f"{base}_{{{index}}}"
        if self.peek() == "[" and (index or len(word) == 1):
            return (
                f"({base})_{{{self.atom()[1:-1]}}}" if index else f"{base}_{{{self.atom()[1:-1]}}}"
            )
        return base

    def _index(self) -> str:
        """``_1``, ``_k``, ``_1,2`` or ``_(k+1)``."""
        self.take()
        if self.peek() == "(":
            return self.atom()[1:-1]
        word = self.take()
        if word.isalpha() and self.peek().isdigit():
            word += self.take()
        text = word if word.isdigit() else letter(word)
        while self.peek() == "," and re.fullmatch(r"\d+", self.peek(1)):
            self.take()
            text += f",{self.take()}"
        return text
