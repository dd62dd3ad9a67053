"""Reads back what was printed about scalar terms, words and LaTeX alike: by the rules of the
blackboard, not by the printer's.

Juxtaposition multiplies, from left to right with "/"; a sign between terms adds or subtracts; "^"
takes the next letter, number or bracket; a prime or D[..] is the derivative along the flow.
"""

from __future__ import annotations

import re
from fractions import Fraction
from random import Random

from attack.series import Series, Undefined, inverse, plus, slope, times, whole
from attack.trees import Tree, num

_TOKEN = re.compile(
    r"\s+|\\,|\\left|\\right"
    r"|(?P<part>d/d[A-Za-z][A-Za-z0-9_]*(?=[\[(]))"
    r"|(?P<partial>\\frac\{\\partial\}\{\\partial \\?[A-Za-z]\w*\})"
    r"|(?P<ddt>\\t?frac\{d\}\{dt\})"
    r"|(?P<sum>\\?sum_(?:\([a-z]=1\.\.[A-Za-z]\)|\{[a-z]=1\}\^\{[A-Za-z]\}|\{[a-z]\}|[a-z])(?![a-z0-9]))|(?P<indexed>[A-Za-z]+_[({][\w,]+[)}])"
    r"|(?P<frac>\\t?frac)|(?P<number>\d+)|(?P<name>\\?[A-Za-z][A-Za-z0-9_]*)|(?P<sign>.)"
)
_OPEN, _CLOSE = {"(": ")", "{": "}", "[": "]"}, frozenset(")}]")


class Unreadable(Exception):
    """The text is no term of the language of the blackboard."""


def read(text: str) -> Tree:
    """Raises Unreadable. LaTeX writes the index l of a layer as a letter of its own."""
    text = re.sub(r"\\ell(?![A-Za-z])", "l", text)
    reader = _Reader([(m.lastgroup, m.group()) for m in _TOKEN.finditer(text) if m.lastgroup])
    found = reader.sum()
    if reader.tokens:
        raise Unreadable(f"{text!r}: {''.join(t for _, t in reader.tokens)!r} is left over")
    return found


class _Reader:
    def __init__(self, tokens: list) -> None:
        self.tokens = tokens

    bars = False

    def peek(self) -> tuple[str, str]:
        return self.tokens[0] if self.tokens else ("", "")

    def take(self, text: str = "") -> str:
        if not self.tokens or (text and self.tokens[0][1] != text):
            raise Unreadable(
                f"expected {text or 'a term'} at {''.join(t for _, t in self.tokens)[:40]!r}"
            )
        return self.tokens.pop(0)[1]

    def sum(self) -> Tree:
        found = self.signed()
        while self.peek()[1] in ("+", "-"):
            head = self.take()
            found = (head, found, self.signed())
        return found

    def signed(self) -> Tree:
        """A term with signs of its own: x - -y."""
        if self.peek()[1] != "-":
            return self.term()
        self.take()
        return ("neg", self.signed())

    def term(self) -> Tree:
        found, before = self.power(), self.tokens
        while True:
            kind, text = self.peek()
            if text == "/":
                self.take()
                found = ("/", found, self.power())
            elif text == "|" and self.bars:
                return found
            elif (
                kind in ("number", "name", "part", "partial", "frac", "ddt", "sum", "indexed")
                or text in _OPEN
                or text == "|"
            ):
                if kind == "number" and before == "number":
                    raise Unreadable("two numbers side by side")
                found = ("*", found, self.power())
            else:
                return found
            before = kind

    def power(self) -> Tree:
        kind, _ = self.peek()
        if kind == "ddt":
            self.take()
            return ("D", self.group())
        if kind == "sum":
            index = self.take().partition("_")[2].strip("{(")[0]
            return ("sum", index, self.signed())
        found = self.primary()
        while self.peek()[1] in ("'", "^"):
            if self.take() == "'":
                found = ("D", found)
                continue
            if [t for _, t in self.tokens[:3]] == ["{", "+", "}"]:
                self.tokens = self.tokens[3:]
                found = ("next", found)
                continue
            e = self.group() if self.peek()[1] in _OPEN else self.primary()
            n = constant(e)
            found = (
                ("^", found, int(n)) if n is not None and n.denominator == 1 else ("pow", found, e)
            )
        return found

    def primary(self) -> Tree:
        kind, text = self.peek()
        if text in _OPEN:
            return self.group()
        self.take()
        if text == "|":
            self.bars = True
            found = self.sum()
            self.bars = False
            self.take("|")
            return ("name", f"|{found[1]}|") if found[0] == "name" else ("abs", found)
        if kind == "indexed":
            base, _, inner = text.partition("_")
            inner = inner.strip("(){}")
            return ("name", f"{base}_({inner})" if "," in inner else f"{base}_{inner}")
        if kind == "number":
            return num(int(text))
        if kind == "partial":
            return ("part", text.rstrip("}").rpartition(" ")[2].removeprefix("\\"), self.group())
        if kind == "part":
            return ("part", text[3:], self.group())
        if kind == "frac":
            top = self.group()
            return ("/", top, self.group())
        if kind == "name":
            if text == "D" and self.peek()[1] == "[":
                return ("D", self.group())
            if text in ("exp", "next") and self.peek()[1] == "(":
                return (text, self.group())
            if text == "J" and [t for _, t in self.tokens[:3]] == ["(", "w", ")"]:
                self.tokens = self.tokens[3:]
            return ("name", text.removeprefix("\\"))
        raise Unreadable(f"{text!r} begins no term")

    def group(self) -> Tree:
        opening = self.take()
        if opening not in _OPEN:
            raise Unreadable(f"expected a bracket, got {opening!r}")
        found = self.sum()
        self.take(_OPEN[opening])
        return found


def constant(e: Tree) -> Fraction | None:
    """Its value, where it is a number."""
    match e:
        case ("num", q):
            return q
        case ("neg", a):
            v = constant(a)
            return None if v is None else -v
        case ("/", a, b):
            v, w = constant(a), constant(b)
            return None if v is None or w is None or not w else v / w
    return None


# --- the same, at random values
# --------------------------------------------------------------------------------------------------


def same(a: Tree, b: Tree, rng: Random) -> bool:
    """Equal at random values of all names, each moving at random: names are letters of their own
    here. Raises Undefined.
    """
    compared = 0
    for _ in range(12):
        known: dict[str, Series] = {}
        try:
            x, y = _value(a, known, rng), _value(b, known, rng)
        except Undefined:
            continue
        size = min(len(x), len(y), 1)
        if x[:size] != y[:size]:
            return False
        compared += 1
        if compared == 3:
            return True
    raise Undefined("no value at which both are defined")


def _value(e: Tree, known: dict[str, Series], rng: Random) -> Series:
    match e:
        case ("num", q):
            return [q] + [Fraction(0)] * 4
        case ("name", x) if x.startswith("|"):
            return _opaque(("pow", ("bare", x), num(1)), known, rng)
        case ("name", x):
            if x not in known:
                known[x] = [Fraction(rng.randint(2, 40), rng.choice([1, 3, 7])) for _ in range(5)]
            return known[x]
        case ("neg", a):
            return [-x for x in _value(a, known, rng)]
        case ("+" | "-", a, b):
            return plus(_value(a, known, rng), _value(b, known, rng), 1 if e[0] == "+" else -1)
        case ("*", a, b):
            return times(_value(a, known, rng), _value(b, known, rng))
        case ("/", a, b):
            return times(_value(a, known, rng), inverse(_value(b, known, rng)))
        case ("^", ("name", x), n) if x.startswith("|"):
            return _opaque(("pow", ("bare", x), num(n)), known, rng)
        case ("pow", ("name", x), b) if x.startswith("|"):
            return _opaque(("pow", ("bare", x), b), known, rng)
        case ("bare", x):
            return _value(("name", x[1:-1]), known, rng)
        case ("^", a, n):
            return whole(_value(a, known, rng), n)
        case ("D", a):
            return slope(_value(a, known, rng))
        case ("sum", i, a):
            values = [_value(_put(a, i, j), known, rng) for j in ("1", "2")]
            return plus(values[0], values[1])
        case ("part" | "exp" | "pow" | "next" | "abs", *_):
            return _opaque(e, known, rng)
    raise Unreadable(f"{e[0]!r}")


def _put(e: Tree, index: str, value: str) -> Tree:
    """With a number for a bound index."""
    if e[0] == "sum" and e[1] == index:
        return e
    if e[0] == "name":
        return ("name", re.sub(rf"(?<=[_(,]){index}(?![a-z0-9])", value, e[1]))
    return (e[0], *(_put(x, index, value) if isinstance(x, tuple) else x for x in e[1:]))


def _opaque(e: Tree, known: dict[str, Series], rng: Random) -> Series:
    """An operation that only has to be the same one: a fixed scramble of what it is applied to."""
    mark = Fraction(
        sum(map(ord, str(e[1])))
        if e[0] == "part"
        else {"exp": 17, "pow": 23, "next": 29, "abs": 31}[e[0]]
    )
    parts = [_value(x, known, rng) for x in e[1:] if isinstance(x, tuple)]
    found = [mark] + [Fraction(0)] * 4
    for n, x in enumerate(parts):
        square = times(x, x)
        found = plus(found, times(square, [mark + n, Fraction(1)] + [Fraction(0)] * 3))
    return found
