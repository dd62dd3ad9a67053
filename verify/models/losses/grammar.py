"""The small language of ``--loss EXPRESSION``, read by recursive descent; text is never evaluated.

    sum      =  term (("+" | "-") term)*
    term     =  factor (("*" | "/") factor)*
    factor   =  ("-" | "+") factor  |  power
    power    =  atom ["^" exponent]                       one exponent only: A^B^C is refused
    exponent =  ["-"] number  |  "(" sum without w ")"    a rational number such as 2, -1, (3/2)
    atom     =  number  |  name  |  ("log" | "exp") "(" sum ")"  |  "(" sum ")"
    name     =  B (w'S_B w)  |  W (w'S_W w)  |  N (w'w)  |  m (m'w)  |  w1, w2, ... (coordinates)

>>> parse_loss("-B/W") == Expr("*", (num(-1), quad("S_B"), quad("S_W") ** -1))
True
"""

from __future__ import annotations

from difflib import get_close_matches
from fractions import Fraction
from math import prod
from typing import NoReturn

from verify.exact.errors import BadInput
from verify.exact.limits import LIMITS, fits, long, refuse_beyond, up_to
from verify.exact.numbers import number
from verify.models.losses.tokens import MAX_LENGTH, Token, complain, tokens
from verify.terms.expr import Expr, lin, num, quad, w
from verify.terms.wire import encode

MAX_NESTING = 50
MAX_TOTAL_EXPONENT = 1024  #: product of exponents nested inside each other

NAMES = {"B": quad("S_B"), "W": quad("S_W"), "N": quad("I"), "m": lin("m")}
_HINTS = {
    "sqrt": "a square root is written A^(1/2)",
    "w": "coordinates are w1, w2, ...; w'w is N",
    "ln": "the natural logarithm is log(...)",
    "e": "powers of e are exp(...)",
}


def parse_loss(text: str) -> Expr:
    """The expression of a loss in w; numbers are combined, nothing else is simplified.

    Raises BadInput with a line that points at the place, what was found and what was expected; also
    beyond the limits of length, nesting, exponents, numbers and coordinates, and for a division by
    the number zero.
    """
    if len(text) > MAX_LENGTH:
        raise BadInput(
            f"--loss has {len(text)} characters; at most {MAX_LENGTH} are read. Shorten the"
            " expression."
        )
    if not text.strip():
        raise BadInput(
            "--loss is empty; expected an expression in w such as -B/W or -m^2/(W + 1/10*N)."
        )
    parser = _Parser(text)
    result = parser.sum(0)
    rest = parser.now
    if rest.kind != "end":
        parser.fail(
            rest, _AFTER.get(rest.text, "expected an operator (+ - * / ^); products need *")
        )
    refuse_beyond(encode(result), "--loss")
    return result


_AFTER = {
    ")": "there is no open bracket for it",
    "^": "expected one exponent; write (A^B)^C or A^(B^C)",
}


class _Parser:
    """One pass over the tokens, one method per rule of the grammar; ``depth`` counts the open
    brackets.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.queue = tokens(text)
        self.at = 0

    @property
    def now(self) -> Token:
        return self.queue[self.at]

    def take(self, *wanted: str) -> Token | None:
        if self.now.text in wanted and self.now.kind == "sign":
            self.at += 1
            return self.queue[self.at - 1]
        return None

    def fail(self, token: Token, expected: str) -> NoReturn:
        complain(self.text, token, expected)

    def sum(self, depth: int) -> Expr:
        terms = [self.term(depth)]
        while sign := self.take("+", "-"):
            term = self.term(depth)
            terms.append(_product([num(-1), term]) if sign.text == "-" else term)
        if all(term.head == "num" for term in terms):
            return self.number(sum((term.args[0] for term in terms), Fraction(0)))
        return terms[0] if len(terms) == 1 else Expr("+", tuple(terms))

    def term(self, depth: int) -> Expr:
        factors = [self.factor(depth)]
        while sign := self.take("*", "/"):
            start = self.now
            factor = self.factor(depth)
            if sign.text == "/" and factor == num(0):
                self.fail(start, "division by zero: expected a divisor that is not zero")
            factors.append(_inverse(factor) if sign.text == "/" else factor)
        result = _product(factors)
        for node in (result, *result.args):
            if isinstance(node, Expr) and node.head == "num":
                self.number(node.args[0])
        return result

    def factor(self, depth: int) -> Expr:
        negative = False
        while sign := self.take("-", "+"):
            negative ^= sign.text == "-"
        result = self.power(depth)
        return _product([num(-1), result]) if negative else result

    def power(self, depth: int) -> Expr:
        start = self.now
        base = self.atom(depth)
        if not self.take("^"):
            return base
        exponent = self.exponent(depth)
        if base.head != "num":
            result = base ** num(exponent)
            if _total_exponent(result) > MAX_TOTAL_EXPONENT:
                self.fail(
                    start,
                    f"powers inside powers multiply to more than {MAX_TOTAL_EXPONENT}; expected"
                    " less",
                )
            return result
        value = base.args[0]
        if value <= 0 and (exponent.denominator != 1 or (value == 0 and exponent < 0)):
            self.fail(start, f"its power {exponent} is not defined; expected a positive base")
        return (
            self.number(value ** int(exponent))
            if exponent.denominator == 1
            else base ** num(exponent)
        )

    def exponent(self, depth: int) -> Fraction:
        start = self.now
        negative = self.take("-")
        inner = self.atom(depth)
        if inner.head != "num":
            self.fail(start, "expected a rational number as exponent, such as 2, -1 or (3/2)")
        value = -inner.args[0] if negative else inner.args[0]
        if max(abs(value), value.denominator) > LIMITS["power"]:
            self.fail(start, f"expected an exponent p/q, |p/q| and q {up_to('power')}")
        return value

    def atom(self, depth: int) -> Expr:
        token = self.now
        if token.kind == "number":
            self.at += 1
            try:
                return self.number(number(token.text, "a number"))
            except BadInput as error:
                self.fail(token, str(error))
        if token.kind == "name":
            self.at += 1
            return self.function(token, depth) if token.text in ("log", "exp") else self.name(token)
        if self.take("("):
            return self.bracket(token, depth)
        if token.text == "*" and self.at and self.queue[self.at - 1].text == "*":
            self.fail(token, "expected a factor after *; powers are written with ^, as in m^2")
        self.fail(
            token, "expected a number, a name (B W N m w1 w2 ...), log(...), exp(...) or a bracket"
        )

    def bracket(self, opening: Token, depth: int) -> Expr:
        if depth == MAX_NESTING:
            self.fail(opening, f"expected at most {MAX_NESTING} brackets inside each other")
        inner = self.sum(depth + 1)
        if not self.take(")"):
            self.fail(
                self.now,
                f"expected an operator or ')' for the bracket opened at place {opening.at + 1}",
            )
        return inner

    def function(self, token: Token, depth: int) -> Expr:
        opening = self.now
        if not self.take("("):
            self.fail(opening, f"expected '(' after {token.text}")
        inner = self.bracket(opening, depth)
        if token.text == "log" and inner.head == "num" and inner.args[0] <= 0:
            self.fail(
                token, "the logarithm of a number <= 0 is not defined; expected a positive argument"
            )
        return Expr(token.text, (inner,))

    def name(self, token: Token) -> Expr:
        name, digits = token.text, token.text[1:]
        if name in NAMES:
            return NAMES[name]
        if name[0] == "w" and digits.isdigit():
            most = str(LIMITS["size"])
            if digits[0] == "0" or (len(digits), digits) > (len(most), most):
                self.fail(token, f"expected a coordinate from w1 on, {up_to('size')}")
            return w[int(digits)]
        known = [*NAMES, "log", "exp", "w1"]
        folded = {k.lower(): k for k in known} | {"s_b": "B", "s_w": "W", "sb": "B", "sw": "W"}
        near = get_close_matches(name.lower(), list(folded), 1)
        close = f"did you mean {folded[near[0]]}?" if near else f"known: {', '.join(known)}"
        self.fail(token, f"unknown name; {_HINTS.get(name.lower(), close)}")

    def number(self, value: Fraction) -> Expr:
        if not fits(value):
            raise BadInput(
                f"--loss: a number in the expression: {long(value)}; use shorter numbers."
            )
        return num(value)


def _product(factors: list[Expr]) -> Expr:
    """One flat product with at most one number, in front."""
    flat = [part for f in factors for part in (f.args if f.head == "*" else (f,))]
    number = prod((part.args[0] for part in flat if part.head == "num"), start=Fraction(1))
    rest = [part for part in flat if part.head != "num"]
    rest = [num(number), *rest] if number != 1 or not rest else rest
    return rest[0] if len(rest) == 1 else Expr("*", tuple(rest))


def _inverse(node: Expr) -> Expr:
    if node.head == "num":
        return num(1 / node.args[0])
    if node.head == "^":
        return node.args[0] ** num(-node.args[1].args[0])
    return node ** num(-1)


def _total_exponent(node: Expr) -> Fraction:
    """The largest product of exponents, each at least 1, along a branch."""
    below = max((_total_exponent(a) for a in node.args if isinstance(a, Expr)), default=Fraction(1))
    return below * max(Fraction(1), abs(node.args[1].args[0])) if node.head == "^" else below
