"""Seeded exact instances at which two ways of computing one number are compared: evidence, and
never a proof.

A family says what is drawn and how each of its quantities is computed; the files of
``proofs.samples`` are examples.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any, ClassVar

from verify.exact.errors import BadInput, quoted, require_line
from verify.exact.names import LETTER, refuse_no_name
from verify.spelling.notation import name
from verify.spelling.tex import number, sentence

Size = tuple[int | Fraction, ...]


class Wide(Exception):
    """Balls that are too wide for what was asked."""


@dataclass(frozen=True)
class Quantity:
    """A number of each instance: its ``name``, ``how`` it is computed in words, and ``tex``, where
    its name is not read as mathematics as it stands.
    """

    name: str
    how: str
    tex: str = ""

    def __str__(self) -> str:
        return self.name

    def latex(self) -> str:
        """Mathematics without its signs."""
        return self.tex or name(self.name)

    def quoted_latex(self) -> str:
        """In quotes, as what its author calls it."""
        return f"\\text{{``}}{self.latex()}\\text{{''}}"


@dataclass(frozen=True)
class Instance:
    """``text`` holds every number that is needed to compute it again. Values are functions that
    give Fractions or balls; of a sequence, functions of N.
    """

    text: str
    values: Mapping[Quantity, Callable[..., Any]]


@dataclass(frozen=True)
class Family:
    """``draw`` makes an instance of a size from a source of chance; ``text`` and ``tex`` say what
    is drawn, ``letters`` name the numbers of a size; ``exact``: no quantity is a ball.
    """

    name: str
    text: str
    tex: str
    letters: tuple[str, ...]
    quantities: tuple[Quantity, ...]
    draw: Callable[[tuple, Random], Instance]
    exact: bool = False

    def drawn(self, size: Size, source: Random) -> Instance:
        """Raises BadInput for a size that the family does not have, and for an instance that lacks
        one of its quantities.
        """
        found = self.draw(size, source)
        if not isinstance(found, Instance) or {*found.values} != {*self.quantities}:
            names = ", ".join(map(str, self.quantities))
            raise BadInput(
                f"{self.name}: draw gave {found!r:.60} for {size}; expected an Instance with a"
                f" value for each of {names}"
            )
        require_line(f"{self.name}: text of an instance", found.text)
        return found


@dataclass(frozen=True, slots=True)
class Samples:
    """``each`` instances of a family for each size. Raises BadInput for what is no family, or
    without sizes.
    """

    family: Family
    sizes: tuple[Size, ...]
    each: int
    kind: ClassVar[str] = "samples"
    least_depth: ClassVar[int] = 1
    decay: ClassVar[None] = None

    def __post_init__(self) -> None:
        if type(self.family) is not Family:
            raise BadInput(
                f"Samples: family {self.family!r:.60}; expected a Family, with what is drawn and"
                " its quantities"
            )
        for what, text in self._texts():
            require_line(f"Samples: {what}", text)
        called, letters = self.family.name, self.family.letters
        for letter in letters if isinstance(letters, tuple) else (letters,):
            if letter != "...":
                refuse_no_name(f"Samples({called}): a letter of a size", letter, "'N'", LETTER)
        if not self.sizes or type(self.each) is not int or self.each < 2:
            raise BadInput(
                f"Samples({called}): sizes {self.sizes!r}, each {self.each!r}; expected a"
                " size, and at least 2 of each"
            )
        for size in self.sizes if isinstance(self.sizes, tuple) else (self.sizes,):
            fits = isinstance(size, tuple) and (
                len(size) == len(letters) or ("..." in letters and len(size) >= len(letters) - 1)
            )
            if not fits or any(type(x) not in (int, Fraction) or x <= 0 for x in size):
                raise BadInput(
                    f"Samples({called}): size {size!r}; expected a tuple of tuples"
                    f" ({', '.join(letters)}) of exact numbers > 0:"
                    f" sizes=(({', '.join('2' for _ in letters)}{',' * (len(letters) == 1)}),)"
                )

    def _texts(self) -> list[tuple[str, str]]:
        """All that its author says, and of what."""
        family = self.family
        texts = [(x, getattr(family, x)) for x in ("name", "text", "tex")]
        of = [(f"{x} of a quantity", x) for x in ("name", "how", "tex")]
        return texts + [(what, getattr(q, x)) for q in family.quantities for what, x in of]

    def title(self) -> str:
        return quoted(self.family.text)

    def detail(self) -> str:
        letters = ", ".join(self.family.letters)
        sizes = "; ".join("(" + ", ".join(map(str, s)) + ")" for s in self.sizes)
        named = f"({letters}) = {sizes}; " if letters else ""
        return f"{named}{self.each} instances{' of each' if letters else ''}"

    def latex(self, *parts: object) -> str:
        """What is drawn, and how many of each size."""
        sizes = ", ".join(f"({', '.join(map(number, s))})" for s in self.sizes)
        letters = ", ".join({"...": "\\dots"}.get(x, x) for x in self.family.letters)
        named = f"for \\(({letters}) \\in \\{{{sizes}\\}}\\)" if letters else ""
        drawn = f"{self.each} instances{' of each' if letters else ''}, drawn exactly"
        return sentence(
            (f"in the author's words ``{self.family.tex}''", f"{named} {drawn}".strip())
        )

    def wire(self) -> dict:
        return {
            "kind": self.kind,
            "family": self.family.name,
            "sizes": [[str(x) for x in s] for s in self.sizes],
            "each": self.each,
        }
