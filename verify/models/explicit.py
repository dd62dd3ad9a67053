"""phi written out over named coordinates, with the matrices that act on them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from verify.exact.errors import BadInput
from verify.exact.limits import SPOKEN, digits
from verify.exact.names import refuse_alike
from verify.models.action_cases import DIGITS, WIDTH, limited
from verify.spelling.tex import inline, matrix, number
from verify.terms.expr import Expr, Number, const
from verify.terms.words import scalars, words

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_TAKEN = SPOKEN | {"g", "phi", "theta", "xi", "mu", "s"}  # what sentences are written with


@dataclass(frozen=True, slots=True)
class Explicit:
    """phi written out over constants named as the coordinates; ``generators`` are matrices, row by
    row.
    """

    names: tuple[str, ...]
    phi: tuple[Expr, ...]
    generators: tuple[tuple[tuple[Number, ...], ...], ...] = ()

    def __post_init__(self) -> None:
        """Raises BadInput naming what is no name, polynomial or generator."""
        self._types()
        self._names()
        for xi in self.generators:
            _generator(xi, self.names)

    def _types(self) -> None:
        rows = (
            self.names,
            self.phi,
            self.generators,
            *(self.generators if isinstance(self.generators, tuple) else ()),
        )
        if not all(isinstance(x, tuple) for x in rows) or not all(
            isinstance(x, str) for x in self.names
        ):
            raise BadInput(
                f"Explicit: names {self.names!r}, phi {self.phi!r}, generators {self.generators!r};"
                " expected tuples: names in quotes, polynomials, matrices as tuples of rows"
            )
        if not all(isinstance(p, Expr) for p in self.phi):
            raise BadInput(
                f"Explicit: phi {self.phi!r}; expected expressions over const(name): write x, y ="
                " const('x'), const('y')"
            )

    def _names(self) -> None:
        m = len(self.names)
        words = all(_NAME.fullmatch(x) and x.split("_")[0] not in _TAKEN for x in self.names)
        if not m or not self.phi or len(set(self.names)) < m or not words:
            raise BadInput(
                f"Explicit: names {self.names!r}, {len(self.phi)} polynomials; expected different"
                " names, none a word of the sentences such as g or theta, and a polynomial"
            )
        refuse_alike(self.names, "Explicit")
        limited(
            "Explicit",
            (m, *WIDTH),
            (max(map(len, self.names)), "letters in the name of a coordinate", "name"),
        )
        limited(
            "Explicit",
            (len(self.phi), "functions", "entries"),
            (len(self.generators), "generators", "entries"),
        )

    def title(self) -> str:
        acts = "; ".join(
            str([[str(x) for x in row] for row in xi]).replace("'", "") for xi in self.generators
        )
        return f"phi({', '.join(self.names)}) = ({', '.join(map(words, self.phi))})" + (
            f", action of {acts}" if acts else ""
        )

    def latex(self) -> tuple[str, str]:
        letters = ", ".join(scalars(const(x)) for x in self.names)
        acts = ", ".join(matrix([[number(x) for x in row] for row in xi]) for xi in self.generators)
        text = inline(f"\\varphi({letters}) = ({', '.join(map(scalars, self.phi))})")
        return text + (f", the action of {inline(acts)}" if acts else ""), ""


def _generator(xi: tuple[tuple[Number, ...], ...], names: tuple[str, ...]) -> None:
    """Raises BadInput for a matrix that generates nothing, or is none of this size."""
    m = len(names)
    if len(xi) != m or any(not isinstance(row, tuple) or len(row) != m for row in xi):
        raise BadInput(
            f"Explicit: a generator {xi!r}; expected {m} rows of {m} numbers, one for each"
            f" of {names}"
        )
    if any(type(x) not in (int, Fraction) for row in xi for x in row):
        raise BadInput(
            f"Explicit: a generator {xi!r}; expected exact numbers: an int or a Fraction"
        )
    if not any(x for row in xi for x in row):
        raise BadInput(
            f"Explicit: a generator {xi!r}; expected one that is not zero: it generates"
            " nothing, leave it out"
        )
    entries = [x for row in xi for x in row if x]
    limited(
        "Explicit: a generator",
        (len(entries), "entries that are not 0", "entries"),
        (max(map(digits, entries)), *DIGITS),
    )
