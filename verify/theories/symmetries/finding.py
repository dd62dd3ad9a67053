"""What was found about one conclusion in one case, with what the independent reader needs to find
the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from random import Random
from typing import Any

from verify.exact.exhibit import Exhibit
from verify.spelling.tex import inline, number, sentence, vector
from verify.terms.polynomials import Poly, add, derivative, mul, value
from verify.theories.symmetries.actions import Case, Matrix
from verify.theories.symmetries.counts import Point, jacobian

_TRIES = 200
_PAIR = ("\\theta", "\\vartheta")
_LETTERS = {"theta": "\\theta", "g": "g", "v": "v"}


@dataclass(frozen=True)
class Finding:
    """``holds`` is None where neither side is settled, ``empty`` says why there is nothing that the
    sentence could be about.
    """

    holds: bool | None
    text: str
    proof: dict[str, Any] = field(default_factory=dict)
    witness: dict[str, Any] = field(default_factory=dict)
    shown: str = ""
    empty: bool = False
    instance: Exact | None = (
        None  # a point that the sentence itself speaks of; otherwise one that moves is shown
    )


def false(text: str, shown: str, **witness: Any) -> Finding:
    """Refuted by a witness; ``shown`` is its line for people."""
    return Finding(False, text, witness=witness, shown=shown)


@dataclass(frozen=True)
class Subject:
    """A case with the algebra of the setting, given or found."""

    case: Case
    algebra: tuple[Matrix, ...]
    seed: int
    found: bool = False


@dataclass(frozen=True)
class Exact(Exhibit):
    """A witness or an instance: the case, one line for people, and its numbers."""

    case: str
    line: str
    numbers: dict[str, Any]

    def text(self) -> str:
        return f"{self.case}: {self.line}"

    def latex(self) -> str:
        """Its points and matrices; what is computed from them stands in the reason."""
        found = [
            inline(f"{_LETTERS[key]} = {vector(map(Fraction, xs))}")
            for key, xs in self.numbers.items()
            if key in _LETTERS
        ]
        if "pair" in self.numbers:
            found += [
                f"\\({x} = {vector(map(Fraction, xs))}\\)"
                for x, xs in zip(_PAIR, self.numbers["pair"], strict=True)
            ]
        if "xi" in self.numbers:
            entries = ", ".join(
                f"\\xi_{{{i + 1},{j + 1}}} = {number(Fraction(x))}"
                for i, j, x in self.numbers["xi"]
            )
            found.append(f"{inline(entries)}, other entries of \\(\\xi\\) zero")
        return sentence(found)

    def data(self) -> dict[str, Any]:
        return {"case": self.case, "arithmetic": self.ring, **self.numbers, "text": self.line}


def place_where(p: Poly, case: Case, seed: int) -> Point:
    """An exact point at which p, which is not the zero polynomial, does not vanish."""
    return next((theta for theta in points(case, seed) if value(p, theta)), None) or _nonzero(
        p, case.size
    )


def _nonzero(p: Poly, size: int) -> Point:
    """Coordinate by coordinate: a polynomial that is not zero stays so for all but ``degree``
    values of each.
    """
    theta: list[Fraction] = []
    for i in range(size):
        x = next(Fraction(n) for n in range(max(map(len, p)) + 1) if _with(p, i, Fraction(n)))
        p, theta = _with(p, i, x), [*theta, x]
    return tuple(theta)


def _with(p: Poly, i: int, x: Fraction) -> Poly:
    """p where the coordinate i is x."""
    return add(
        *((x ** m.count(i) * c, {tuple(j for j in m if j != i): Fraction(1)}) for m, c in p.items())
    )


def points(case: Case, seed: int) -> list[Point]:
    """Small integer points, the first ones sparse, so that a hand calculation is short."""
    draw = Random(seed)
    found = [tuple(Fraction(1) for _ in case.names)]
    for n in range(_TRIES):
        found.append(entries(case.size, draw, 1 + n // 50))
    return found


def entries(count: int, source: Random, reach: int) -> Point:
    """Whole numbers from -reach to reach."""
    return tuple(Fraction(source.randint(-reach, reach)) for _ in range(count))


def moving(subject: Subject) -> Exact | None:
    """A point and a g with theta' != 0, at which the algebra moves theta as well; None only where
    phi is constant.
    """
    case = subject.case
    g = tuple(Fraction(1 + r % 3) for r in range(len(case.phi)))
    uneven = tuple(Fraction(1 + i % 4) for i in range(case.size))
    for theta in [uneven, *points(case, subject.seed + 1), *_surely(subject)]:
        slope = velocity(case, theta, g)
        moved = [applied(xi, theta) for xi in subject.algebra]
        if any(slope) and (not moved or any(any(x) for x in moved)):
            line = f"{at(case, theta)}; g = {row(g)}; theta' = {row(slope)}"
            return Exact(case.title, line, {"theta": texts(theta), "g": texts(g)})
    return None


def _surely(subject: Subject) -> list[Point]:
    """Where a slope of phi and a coordinate of xi theta are not zero: that product is no zero
    polynomial.
    """
    case = subject.case
    slope = next((d for p in case.phi for i in range(case.size) if (d := derivative(p, i))), None)
    if slope is None:
        return []
    rows: list[Poly] = [
        {(j,): x for (n, j), x in xi.items() if n == i} for xi in subject.algebra for i, _ in xi
    ]
    return [_nonzero(mul(slope, rows[0]) if rows else slope, case.size)]


def velocity(case: Case, theta: Point, g: Point) -> Point:
    """-dphi(theta)^T g."""
    slopes = jacobian(case, theta)
    return tuple(
        -sum((c * slope[i] for c, slope in zip(g, slopes, strict=True)), Fraction(0))
        for i in range(case.size)
    )


def applied(xi: Matrix, theta: Point) -> Point:
    found = [Fraction(0)] * len(theta)
    for (i, j), x in xi.items():
        found[i] += x * theta[j]
    return tuple(found)


def texts(xs: Sequence[Fraction]) -> list[str]:
    return [str(x) for x in xs]


def row(xs: Sequence[Fraction]) -> str:
    return "(" + ", ".join(map(str, xs)) + ")"


def at(case: Case, theta: Point) -> str:
    return ", ".join(f"{n} = {x}" for n, x in zip(case.names, theta, strict=True))


def written(xi: Matrix) -> list:
    """A sparse matrix as the certificate holds it."""
    return [[i, j, str(x)] for (i, j), x in sorted(xi.items())]


def in_words(xi: Matrix, case: Case) -> str:
    """The linear field theta' = xi theta, coordinate by coordinate."""
    lines: dict[int, list[str]] = {}
    for (i, j), x in sorted(xi.items()):
        lines.setdefault(i, []).append(
            f"{'' if x == 1 else '-' if x == -1 else f'{x} '}{case.names[j]}"
        )
    return "; ".join(
        f"{case.names[i]}' = {' + '.join(terms)}".replace("+ -", "- ") for i, terms in lines.items()
    )
