"""Reads formulas as people read them, in three languages: words of the screen, LaTeX, words of the
reader. Knows no printer.

Rules of the blackboard: juxtaposition multiplies; a/b/c is (a/b)/c; ^ takes the next bracket, name
or number; a sign between terms adds or subtracts; sum_i, d/dx and d/dt take everything up to the
next + or -. The result is a value: every letter, and every operator that is no arithmetic, is given
some number.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction

SIZES = {"L": 2, "n": 3}
TOKEN = re.compile(
    r"(?P<skip>\s+|\\,)"
    r"|(?P<quad>w'[A-Z][A-Za-z_]* w)|(?P<lin>[a-z]'w)"
    r"|(?P<partial>\\frac\{\\partial\}\{\\partial"
    r" (?:\\mathit\{[^}]*\}|[^}]+)\}|d/d[A-Za-z0-9_]+(?=[(\[]))"
    r"|(?P<ddt>\\frac\{d\}\{dt\}|D(?=[(\[]))|(?P<frac>\\frac)"
    r"|(?P<euler>sum_i w_i d/dw_i \[|\\langle w, \\nabla\\rangle\\left\[|euler(?=\())"
    r"|(?P<binder>(?:\\?(?:sum|prod|max|min))(?=[_\[]))"
    r"|(?P<start> ?at t=0|\\big\|_\{t=0\})|(?P<next>\^\{\+\})"
    r"|(?P<call>(?:next|abs|log|exp|start)(?=\()|\\(?:exp|log)(?=\\left))"
    r"|(?P<open>\\left[(\[]|[(\[{])|(?P<close>\\right[)\]]|[)\]}])"
    r"|(?P<bar>\\left\||\\right\||\|)"
    r"|(?P<number>\d+)|(?P<name>J(?:\(w\))?(?![A-Za-z0-9])|\((?:S_B|S_W)\)|S_B|S_W|\\mathit\{[^}]*\}|\\?[A-Za-z][A-Za-z0-9]*)|(?P<sign>.)"
)
KINDS = {"u": "Lc", "P": "Lc", "R": "LLc"}  # which indices count layers; all others coordinates


class Unreadable(Exception):
    """No formula."""


def number(text: str) -> Fraction:
    """Some number for every name, the same each time, never 0 and not 1."""
    found = 0
    for c in text:
        found = (found * 31 + ord(c)) % 1009
    return Fraction(found % 17 + 2, found % 5 + 1)


def hidden(head: str, x: Fraction) -> Fraction:
    """An operator without arithmetic: its argument still matters."""
    return (
        x
        if head == "abs" and x >= 0
        else -x
        if head == "abs"
        else (x * x + number(head) * x + 3) % 1009
    )


def power(x: Fraction, e: Fraction) -> Fraction:
    """x^e for whole e up to 12, otherwise some number that depends on both."""
    if e.denominator == 1 and abs(e) <= 12:
        return x ** int(e)
    return hidden(f"power {e}", x)


def of_the_screen(text: str) -> str:
    """Letters that LaTeX spells in its own way: the index of layers, and forms in the data."""
    text = text.replace("\\ell", "l")
    name = r"(?:\\mathit\{(\w+)\}|(\w))(?:_\{(\w+)\})?"
    spelt = lambda m: f"{m[1] or m[2]}{'_' + m[3] if m[3] else ''}"
    text = re.sub(r"w\^\{\\top\} " + name + " w", lambda m: f"w'{spelt(m)} w", text)
    return re.sub(name + r"\^\{\\top\} w", lambda m: f"{spelt(m)}'w", text)


class Reader:
    """``letter(name, indices)`` gives a letter its number."""

    def __init__(
        self, text: str, letter: Callable[[str, tuple], Fraction], sizes: dict[str, int] = SIZES
    ) -> None:
        text = of_the_screen(text)
        self.tokens = [
            (m.lastgroup or "", m.group()) for m in TOKEN.finditer(text) if m.lastgroup != "skip"
        ]
        self.at, self.letter, self.sizes, self.scope = 0, letter, sizes, {}  # type: ignore[var-annotated]
        self.text = text

    def whole(self) -> Fraction:
        found = self.sum()
        if self.at < len(self.tokens):
            raise Unreadable(f"{self.text!r}: left over from {self.tokens[self.at :]}")
        return found

    def peek(self, ahead: int = 0) -> tuple[str, str]:
        return self.tokens[self.at + ahead] if self.at + ahead < len(self.tokens) else ("", "")

    def take(self, kind: str = "") -> str:
        have, text = self.peek()
        if not have or (kind and kind != have):
            raise Unreadable(f"{self.text!r}: {kind or 'a term'} expected, {text!r} found")
        self.at += 1
        return text

    def sum(self) -> Fraction:
        found = Fraction(0)
        sign = 1
        if self.peek()[1] == "-":
            self.take()
            sign = -1
        while True:
            found += sign * self.product()
            if self.peek()[1] not in ("+", "-"):
                return found
            sign = 1 if self.take() == "+" else -1
            if self.peek()[1] in ("+", "-"):
                raise Unreadable(f"{self.text!r}: two signs in a row")

    def product(self) -> Fraction:
        found, before = self.factor(), ""
        while True:
            kind, text = self.peek()
            if text == "/":
                self.take()
                found /= self.factor()
            elif kind in (
                "open",
                "number",
                "name",
                "frac",
                "call",
                "quad",
                "lin",
                "binder",
                "ddt",
                "partial",
                "euler",
            ) or (
                kind == "bar"
                and (text == "\\left|" or (text == "|" and not getattr(self, "inside", False)))
            ):
                if kind == "number" and before == "number":
                    raise Unreadable(f"{self.text!r}: two numbers side by side")
                before = kind
                found *= self.factor()
            else:
                return found

    def factor(self) -> Fraction:
        kind, text = self.peek()
        if kind == "binder":
            return self.binder()
        if kind in ("ddt", "partial") and text.startswith("\\"):
            self.take()
            return hidden(
                "D"
                if kind == "ddt"
                else "d/d" + text.split()[-1].removeprefix("\\mathit{").strip("}\\"),
                self.product(),
            )
        found = self.primary()
        while True:
            kind, text = self.peek()
            if kind == "next":
                self.take()
                found = hidden("next", found)
            elif text == "^":
                self.take()
                found = power(found, self.group() if self.peek()[0] == "open" else self.primary())
            elif text == "'":
                self.take()
                found = hidden("D", found)
            elif kind == "start":
                self.take()
                found = hidden("start", found)
            else:
                return found

    def group(self) -> Fraction:
        self.take("open")
        held, self.inside = getattr(self, "inside", False), False
        found = self.sum()
        self.take("close")
        self.inside = held
        return found

    def primary(self) -> Fraction:
        kind, text = self.peek()
        if kind == "open":
            return self.group()
        if kind == "bar":
            self.take()
            held, self.inside = getattr(self, "inside", False), text == "|"
            found = self.sum()
            self.take("bar")
            self.inside = held
            return hidden("abs", found)
        self.take()
        if kind == "number":
            return Fraction(int(text))
        if kind == "frac":
            top = self.group()
            return top / self.group()
        if kind in ("quad", "lin"):
            return number(text)
        if kind == "euler":
            self.at += not text.endswith("[") and self.peek()[0] == "open"
            found = self.sum()
            self.take("close")
            return hidden("euler", found)
        if kind in ("call", "ddt", "partial"):
            head = "D" if kind == "ddt" else text.lstrip("\\")
            return hidden(head, self.group())
        if kind == "name":
            return self.named(text)
        raise Unreadable(f"{self.text!r}: {text!r} begins no term")

    def named(self, text: str) -> Fraction:
        if text == "J(w)":
            return number("J")
        name = (
            text.removeprefix("\\mathit{")
            .rstrip("}")
            .replace("\\_", "_")
            .removeprefix("\\")
            .strip("()")
        )
        if self.peek()[1] != "_":
            return self.letter(name, ())
        self.take()
        return self.letter(name, tuple(self.indices()))

    def indices(self) -> list:
        if self.peek()[0] != "open":
            return [self.index(self.take())]
        self.take()
        found = [self.index(self.take())]
        while self.peek()[1] == ",":
            self.take()
            found.append(self.index(self.take()))
        self.take("close")
        return found

    def index(self, text: str) -> object:
        return int(text) if text.isdigit() else self.scope.get(text, text)

    def binder(self) -> Fraction:
        """sum_i body, sum_(i=1..n) body, sum_{i} body, sum[i in coordinates](body)."""
        head = self.take().lstrip("\\")
        opened, kind = self.take(), ""
        index = ""
        if opened == "[":
            index, _, kind = self.take(), self.take(), self.take()
            self.take("close")
        elif self.peek()[0] == "open":
            self.take()
            index = self.take()
            while self.peek()[0] != "close":
                last = self.take()
                kind = {"n": "coordinates", "L": "layers"}.get(last, kind)
            self.take("close")
            if self.peek()[1] == "^":
                self.take(), self.take("open")
                kind = {"n": "coordinates", "L": "layers"}[self.take()]
                self.take("close")
        else:
            index = self.take()
        begin = self.at
        kind = kind or self.kind_of(index)
        values = []
        for k in range(1, self.sizes["n" if kind == "coordinates" else "L"] + 1):
            self.at = begin
            held = dict(self.scope)
            self.scope[index] = k
            values.append(self.group() if opened == "[" else self.product())
            self.scope = held
        if head == "prod":
            found = Fraction(1)
            for v in values:
                found *= v
            return found
        return (
            sum(values, Fraction(0))
            if head == "sum"
            else max(values)
            if head == "max"
            else min(values)
        )

    def kind_of(self, index: str) -> str:
        """What the index counts, from the first letter that carries it."""
        for k in range(self.at, len(self.tokens)):
            if self.tokens[k][1] == "_" and self.tokens[k - 1][0] == "name":
                j, places = k + 1, []
                while (
                    j < len(self.tokens)
                    and self.tokens[j][0] != "close"
                    and (j == k + 1 or self.tokens[k + 1][0] == "open")
                ):
                    places += [self.tokens[j][1]] if self.tokens[j][0] in ("name", "number") else []
                    j += 1
                if index in places:
                    layers = {"u": 1, "P": 1, "R": 2}.get(self.tokens[k - 1][1], 0)
                    return "layers" if places.index(index) < layers else "coordinates"
        raise Unreadable(f"{self.text!r}: what does {index} count?")
