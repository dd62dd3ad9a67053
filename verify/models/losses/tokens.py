"""Numbers, names and signs of a loss expression, and the message that points at one of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NoReturn

from verify.exact.errors import BadInput
from verify.exact.numbers import UNSIGNED

MAX_LENGTH = 2000
_WINDOW = 60  # characters shown on both sides of the place
_TOKEN = re.compile(
    rf"\s*(?:(?P<number>{UNSIGNED})|(?P<name>[A-Za-z_][A-Za-z_0-9]*)|(?P<sign>[-+*/^()]))"
)
_SPACE = re.compile(r"\s*")
_ALIKE = {
    "[": "(",
    "]": ")",
    "{": "(",
    "}": ")",
    ",": ". in a decimal",
    "'": "B, W, N or m for the forms",
} | {
    "\u2212": "-",
    "\u2013": "-",
    "\u00b7": "*",
    "\u00d7": "*",
    "\u22c5": "*",
    "\u00f7": "/",
    "\u00b2": "^2",
    "\u00b3": "^3",
}


@dataclass(frozen=True, slots=True)
class Token:
    """``kind`` is number, name, sign or end; ``at`` the place in the text, from 0."""

    kind: str
    text: str
    at: int


def tokens(text: str) -> list[Token]:
    """All tokens, then one of kind ``end``. Raises BadInput for a sign that the language does not
    have.
    """
    found, at = [], 0
    while match := _TOKEN.match(text, at):
        kind = match.lastgroup or ""
        token = Token(kind, match[kind], match.start(kind))
        found.append(token)
        at = match.end()
    blank = _SPACE.match(text, at)
    at = blank.end() if blank else at
    if at < len(text):
        hint = f"; write {_ALIKE[text[at]]}" if text[at] in _ALIKE else ""
        complain(
            text,
            Token("sign", text[at], at),
            f"expected numbers, names and the signs + - * / ^ ( ){hint}",
        )
    return [*found, Token("end", "", at)]


def complain(text: str, token: Token, expected: str, what: str = "--loss") -> NoReturn:
    """Raises BadInput: what was found where, what was expected, and the text with a caret under the
    place.
    """
    low, high = max(0, token.at - _WINDOW), token.at + _WINDOW
    shown = "".join(c if c.isprintable() else " " if c.isspace() else "?" for c in text[low:high])
    before, after = "..." if low else "", "..." if high < len(text) else ""
    found = "the end" if token.kind == "end" else repr(token.text[:40])
    caret = " " * (len(before) + token.at - low) + "^"
    raise BadInput(
        f"{what}, place {token.at + 1}: found {found}; {expected}\n  {before}{shown}{after}\n "
        f" {caret}"
    )
