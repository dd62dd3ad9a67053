"""The tokens of a written law, a place among them, and the letters of its "for"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import product
from typing import NoReturn

from verify.discover.laws.layout import Shape
from verify.exact.errors import BadInput
from verify.models.losses.tokens import Token, complain

MOST_LENGTH, MOST_LAWS = 2000, 10_000
_TOKEN = re.compile(
    r"(?P<number>[0-9]{1,9}(?![0-9]))|(?P<name>[^\W\d]\w*)|(?P<text>'[A-Za-z,>-]*')"
    r"|(?P<sign>\*\*|\.\.|\.T\b|!=|[-+*/^()|<>,=@:\[\]])"
)


def tokens_of(text: str, option: str) -> list[Token]:
    """All tokens, then one of kind ``end``. Raises BadInput for another sign."""
    found, at = [], 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        match = _TOKEN.match(text, at)
        if not match:
            said = "expected tensors, whole numbers and the signs + - * / @ ^ | < > ( ) [ ]"
            said = "a number of more than 9 digits" if text[at].isdigit() else said
            complain(text, Token("sign", text[at], at), said, option)
        kind = match.lastgroup or ""
        found.append(Token(kind, match[kind], at))
        at = match.end()
    return [*found, Token("end", "", len(text))]


class Cursor:
    """A place among the tokens; the letters have values."""

    option = "--law"  #: where the text was given

    def __init__(self, text: str, shapes: Mapping[str, Shape]) -> None:
        if len(text) > MOST_LENGTH:
            raise BadInput(f"{self.option}: {len(text)} characters; at most {MOST_LENGTH} are read")
        self.text, self.shapes = text, shapes
        self.queue, self.at = tokens_of(text, self.option), 0
        self.letters: dict[str, int] = {}
        #: of each letter that runs over "each", the lengths of the axes that it picks from
        self.axes: dict[str, set[int]] = {}

    @property
    def now(self) -> Token:
        return self.queue[self.at]

    def fail(self, said: str) -> NoReturn:
        complain(self.text, self.now, said, self.option)

    def take(self, *wanted: str) -> str:
        if self.now.text in wanted and self.now.kind != "end":
            self.at += 1
            return self.queue[self.at - 1].text
        return ""

    def need(self, wanted: str) -> None:
        if not self.take(wanted):
            self.fail(f"expected {wanted!r}")

    def whole(self) -> int:
        if self.now.kind != "number":
            self.fail("expected a whole number")
        self.at += 1
        return int(self.queue[self.at - 1].text)

    def listed(self) -> Iterator[None]:
        yield
        while self.take(","):
            yield

    def ranges(self) -> dict[str, range | None]:
        """What stands behind "for"; None for each index of an axis."""
        at = next((i for i, t in enumerate(self.queue) if t.text == "for"), None)
        if at is None:
            return {}
        self.at = at + 1
        found = dict(self._range() for _ in self.listed())
        if self.now.kind != "end":
            self.fail("expected ',' or the end")
        self.axes = {x: set() for x, r in found.items() if r is None}
        self.letters = {x: 0 if r is None else r.start for x, r in found.items()}
        return found

    def assignments(self, ranges: Mapping[str, range | None]) -> Iterator[dict[str, int]]:
        """The values of the letters, once the law was read and showed the axes of each."""
        whole: dict[str, range] = {}
        for x, given in ranges.items():
            if given is None and len(self.axes[x]) != 1:
                sizes = " and ".join(map(str, sorted(self.axes[x]))) or "no"
                self.fail(f"each {x}: it picks from axes of {sizes} entries; write {x} = 0..n")
            whole[x] = range(*self.axes[x]) if given is None else given
        for values in product(*whole.values()):
            yield dict(zip(whole, values, strict=True))

    def _range(self) -> tuple[str, range | None]:
        each = bool(self.take("each"))
        name = self.now
        if name.kind != "name" or name.text in self.shapes:
            self.fail("expected a letter that is no tensor")
        self.at += 1
        if each:
            return name.text, None
        self.need("=")
        first = self.whole()
        self.need("..")
        last = self.whole()
        if last < first or last - first > MOST_LAWS:
            self.fail(f"expected {name.text} = first..last, not below the first")
        return name.text, range(first, last + 1)
