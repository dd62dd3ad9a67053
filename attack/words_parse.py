"""Sentences about matrices, read back from the lines in which they are printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from attack.reading import Unreadable
from attack.trees import Tree, num
from attack.words import Setting

_TOKEN = re.compile(
    r"\s+|(?P<sum>sum_\(([a-z])=(-?\d+)\.\.N([+-]\d+)?\)|sum\[([a-z]) = (-?\d+)\.\.N([+-]\d+)?\])"
    r"|(?P<call>(?:d/dt|after a step)(?=\())|(?P<ddt>d/dt)|(?P<step>after a step)|(?P<trace>Re"
    r" Tr)|(?P<loss>E\(X\))|(?P<bars>\|\|)"
    r"|(?P<w>\(w_(\w+)\)(?=_))|(?P<mark>\^conj|\^T(?![a-z])|\^\*|\^C(?![a-z])|\*)|(?P<number>\d+)|(?P<name>[A-Za-z][A-Za-z0-9]*)|(?P<sign>.)"
)


_LATEX = (
    (r"\\tfrac\{d\}\{dt\}", "d/dt "),
    (r"\\tfrac\{(-?\d+)\}\{(\d+)\}", r"\1/\2"),
    (r"\\mathrm\{step\}", "after a step "),
    (r"\\operatorname\{Re Tr\}", "Re Tr"),
    (r"\\lVert ", "||"),
    (r" \\rVert\^2", "||^2"),
    (r"\\langle ", "<"),
    (r" \\rangle", ">"),
    (r"\\sum_\{([a-z])=(-?\d+)\}\^\{(N[+-]?\d*)\}", r"sum_(\1=\2..\3)"),
    (r"\^\{\*\}", "*"),
    (r"\^\{\\?(?:mathrm\{)?(T|conj)\}?\}", r"^\1"),
    (r"\(w_\{(\w+)\}\)", r"(w_\1)"),
    (r"\\left|\\right|\\,", " "),
    (r"\\([a-z]+)", r"\1"),
    (r"\{([^{}]*)\}", r"(\1)"),
)


Token = tuple[str, str, Any]


def plain(latex: str) -> str:
    """LaTeX as the words of the screen."""
    for old, new in _LATEX:
        latex = re.sub(old, new, latex)
    return latex


class _Reader:
    """``letters`` and ``sequences`` are what indices may be put on; everything else is a number."""

    def __init__(self, text: str, own: Setting) -> None:
        self.text, self.own = text, own
        self.tokens: list[Token] = [(m.lastgroup or "", m.group(), m) for m in _tokens(text)]
        self.letters = {x[0] for x in own.letters} | (
            {"W", "A", "B", "X", "P"} if own.layers else set()
        )

    def read(self) -> Tree:
        found = self.sum()
        if self.tokens:
            raise Unreadable(f"{self.text!r}: {self.tokens[0][1]!r} is left over")
        return found

    def peek(self) -> tuple[str, str]:
        return self.tokens[0][:2] if self.tokens else ("", "")

    def take(self, text: str = "") -> Token:
        if not self.tokens or (text and self.tokens[0][1] != text):
            raise Unreadable(f"{self.text!r}: expected {text or 'a term'}")
        return self.tokens.pop(0)

    def sum(self) -> Tree:
        found = self.signed()
        while self.peek()[1] in ("+", "-"):
            head = self.take()[1]
            found = (head, found, self.signed())
        return found

    def signed(self) -> Tree:
        if self.peek()[1] == "-":
            self.take()
            return ("neg", self.signed())
        return self.term()

    def term(self) -> Tree:
        found, before = self.factor(), ""
        while True:
            kind, text = self.peek()
            if text == "/":
                self.take()
                bottom = self.take()
                if bottom[0] != "number":
                    raise Unreadable(f"{self.text!r}: divided by {bottom[1]!r}")
                found = ("*", num(Fraction(1, int(bottom[1]))), found)
            elif kind in (
                "number",
                "name",
                "sum",
                "ddt",
                "step",
                "call",
                "trace",
                "loss",
                "w",
                "bars",
            ) or text in ("(", "<"):
                if kind == "bars" and before == "closing":
                    return found
                if kind == "bars" and self.inside_bars:
                    return found
                if kind == "number" and found[0] == "num":
                    raise Unreadable(f"{self.text!r}: two numbers side by side")
                found = ("*", found, self.factor())
            else:
                return found

    inside_bars = False

    def factor(self) -> Tree:
        kind, text = self.peek()
        if kind == "sum":
            m = self.take()[2]
            over, first, last = (m[2], m[3], m[4]) if m[2] else (m[5], m[6], m[7])
            return ("sum", over, int(first), -int(last or 0), self.term())
        if kind in ("ddt", "step"):
            self.take()
            return ("D" if kind == "ddt" else "next", self.term())
        if kind == "call":  # as a function is written: its argument ends with the bracket
            head = "D" if self.take()[1] == "d/dt" else "next"
            found = (head, self.primary())
        else:
            found = self.primary()
        while True:
            kind, text = self.peek()
            if kind == "mark":
                self.take()
                found = ({"*": "H", "^*": "H", "^T": "T"}.get(text, "C"), found)
            elif text == "^":
                self.take()
                n = self.exponent()
                found = ("^", found, n)
            else:
                return found

    def exponent(self) -> Any:
        kind, text = self.peek()
        if kind == "number":
            return int(self.take()[1])
        base, offset = self.index() if text == "(" else (self.take()[1], 0)
        return offset if not base else (base, offset)

    def index(self) -> tuple[str, int]:
        """k, 3, (k+1), (N-1), (-1)."""
        kind, text = self.peek()
        if text != "(":
            self.take()
            return ("", int(text)) if kind == "number" else (text, 0)
        inner = ""
        self.take("(")
        while self.peek()[1] != ")":
            inner += self.take()[1]
        self.take(")")
        m = re.fullmatch(r"([a-zA-Z]?)([+-]?\d+)?", inner)
        if m is None:
            raise Unreadable(f"{self.text!r}: index {inner!r}")
        return m[1], int(m[2] or 0)

    def primary(self) -> Tree:
        kind, text = self.peek()
        if text == "(":
            self.take()
            outer, self.inside_bars = self.inside_bars, False
            found = self.sum()
            self.inside_bars = outer
            self.take(")")
            return found
        if text == "<":
            self.take()
            left = self.sum()
            self.take(",")
            right = self.sum()
            self.take(">")
            return ("tr", ("*", ("H", left), right))
        _, _, m = self.take()
        if kind == "bars":
            self.inside_bars = True
            x = self.sum()
            self.inside_bars = False
            self.take("||")
            self.take("^")
            self.take("2")
            return ("tr", ("*", ("H", x), x))
        if kind == "number":
            return num(int(text))
        if kind == "trace":
            self.take("(")
            found = self.sum()
            self.take(")")
            return ("tr", found)
        if kind == "loss":
            return ("loss",)
        if kind == "w":
            self.take("_")
            return ("w", m["w"][3:-1], self.index())
        if kind == "name":
            return self.named(text)
        raise Unreadable(f"{self.text!r}: {text!r} begins no term")

    def named(self, x: str) -> Tree:
        if self.peek()[1] != "_":
            return ("letter", x, None) if x in self.letters else ("const", x)
        self.take()
        at = self.index()
        if x in ("G", "H", "w") and x not in self.letters:
            if x == "G":
                return ("G", at)
            self.take("(" if self.peek()[1] == "(" else "[")
            family = self.take()[1]
            self.take()
            return ("Hc" if x == "H" else "w", family, at)
        if x in self.own.sequences:
            return ("seq", x, at)
        if x not in self.letters:
            raise Unreadable(f"{self.text!r}: what is {x}_{at}?")
        return ("letter", x, at)


def _tokens(text: str) -> Iterator[re.Match]:
    for m in _TOKEN.finditer(text):
        if m.lastgroup:
            yield m


def read(text: str, own: Setting) -> Tree:
    """Raises Unreadable."""
    return _Reader(text, own).read()
