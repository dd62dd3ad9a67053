"""Tokens of an expression, the nodes of its tree, and what those of every language mean."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NoReturn

from verify.exact.numbers import UNSIGNED
from verify.models.losses.tokens import Token, complain

_NAME = r"[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)*"
_TOKEN = re.compile(
    rf"(?P<form>w'[A-Za-z][A-Za-z0-9_]*"
    rf" w(?![A-Za-z0-9_'(])|[A-Za-z][A-Za-z0-9]*'w(?![A-Za-z0-9_'(]))"
    rf"|(?P<phrase>after a step|at t=0|Re Tr|d/dt\b(?! *\[)|sum_i w_i d/dw_i|d/d{_NAME})"
    rf"|(?P<number>{UNSIGNED})"
    rf"|(?P<name>{_NAME})"
    r"|(?P<sign>\|\||\.\.|[-+*/^()'|<>,=_\[\]])"
)
_RANGE = re.compile(r"(?P<number>[0-9]+)(?=\.\.)")


@dataclass(frozen=True, slots=True)
class Node:
    """``head`` as in ``atom`` and below, ``args`` nodes or text, ``at`` the token it began with
    (for messages).
    """

    head: str
    args: tuple
    at: Token


def tokens_of(text: str, stars: bool) -> list[Token]:
    """All tokens, then one of kind ``end``. Where ``stars``, || is one sign."""
    found, at = [], 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        match = _RANGE.match(text, at) or _TOKEN.match(text, at)
        if not match:
            complain(
                text,
                Token("sign", text[at], at),
                "expected numbers, names and the signs + - * / ^ ' | < > ( ) _",
                "the expression",
            )
        kind = match.lastgroup or ""
        word = match[kind] if stars or match[kind] != "||" else "|"
        found.append(Token(kind, word, at))
        at += len(word)
    return [*found, Token("end", "", len(text))]


class Cursor:
    """A place among the tokens. ``open`` counts what is not closed yet, ``bars`` the |...| around
    the place.
    """

    def __init__(self, text: str, stars: bool) -> None:
        self.text, self.stars, self.queue, self.at, self.open, self.bars = (
            text,
            stars,
            tokens_of(text, stars),
            0,
            0,
            0,
        )

    @property
    def now(self) -> Token:
        return self.queue[self.at]

    def fail(self, expected: str, token: Token | None = None) -> NoReturn:
        complain(self.text, token or self.now, expected, "the expression")

    def take(self, *wanted: str) -> Token | None:
        if self.now.text in wanted and self.now.kind in ("sign", "phrase"):
            self.at += 1
            return self.queue[self.at - 1]
        return None

    def need(self, wanted: str, why: str) -> Token:
        return self.take(wanted) or self.fail(f"expected {wanted!r} {why}")


class Meaning:
    """What the nodes of a tree mean in one language of expressions; ``number`` makes a number of
    it, ``own`` what it alone has.
    """

    number: Callable[[Fraction], Any]

    def __init__(self, text: str) -> None:
        self.text = text

    def fail(self, node: Node, expected: str) -> NoReturn:
        complain(self.text, node.at, expected, "the expression")

    def of(self, x: Node) -> Any:
        """Raises BadInput pointing at the node that means nothing."""
        match x.head, x.args:
            case "num", (value,):
                return self.number(value)
            case "group", (body,):
                return self.of(body)
            case "neg", (body,):
                return -self.of(body)
            case "*", (left, right):
                return self.of(left) * self.of(right)
        return self.own(x)

    def own(self, x: Node) -> Any:
        raise NotImplementedError
