"""What an author may suggest for a proof about matrices of every size: steps, lemmas, squares.
Untrusted: it can help and can never state.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from verify.exact.errors import require
from verify.exact.limits import up_to
from verify.terms.affine import Affine, N
from verify.terms.matrices import MARKS, Mat, norm2, num, total
from verify.terms.matrix_grammar import affine_fits, expression, place_fits, sequence
from verify.terms.relation import Equal

WAYS = ("", "down", "up")


def _number(what: str, x: object) -> None:
    exact = isinstance(x, (int, Fraction)) and not isinstance(x, bool)
    require(exact, what, x, "an exact number: an int, or a Fraction")


def _over(what: str, over: object) -> None:
    fits = over is None or (isinstance(over, tuple) and len(over) == 2 and place_fits(*over))
    require(fits, f"{what}: over", over, f"(first, N - last), {up_to('ends')}, such as (1, 0)")


@dataclass(frozen=True, slots=True)
class Use:
    """A step of a proof that an author suggests: subtract left (relation at an index) right, or its
    trace. Untrusted.

    With ``over`` = (first, less) the sum of that over p = first..N - less.
    """

    relation: str
    at: Affine | None = None
    left: Mat = num(1)
    right: Mat = num(1)
    part: int = 0
    mark: str = ""
    trace: bool = False
    over: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        """Raises BadInput naming the field, its value and what was expected."""
        require(isinstance(self.relation, str), "Use: relation", self.relation, "its name")
        made = f"Use({self.relation!r:.40})"
        fits = self.at is None or affine_fits(self.at)
        require(fits, f"{made}: at", self.at, "an index such as k, p - 1 or affine(1), or None")
        expression(f"{made}: left", self.left)
        expression(f"{made}: right", self.right)
        whole = type(self.part) is int and self.part >= 0
        require(whole, f"{made}: part", self.part, "which equation of it, counted from 0")
        known = isinstance(self.mark, str) and self.mark in ("", *MARKS)
        require(known, f"{made}: mark", self.mark, f"'' or one of {', '.join(MARKS)}")
        require(type(self.trace) is bool, f"{made}: trace", self.trace, "True or False")
        _over(made, self.over)


@dataclass(frozen=True, slots=True)
class Lemma:
    """An equation proved on the way: directly, or by induction "down" from its last index or "up"
    from its first.
    """

    name: str
    equation: Equal
    by: str = ""
    uses: tuple[Use, ...] = ()

    def __post_init__(self) -> None:
        """Raises BadInput naming the field, its value and what was expected."""
        require(isinstance(self.name, str) and self.name, "Lemma: name", self.name, "a name")
        made = f"Lemma({self.name!r:.40})"
        equal = type(self.equation) is Equal
        require(equal, f"{made}: equation", self.equation, "Equal(left, right), first, less")
        known = isinstance(self.by, str) and self.by in WAYS
        require(known, f"{made}: by", self.by, f"one of {', '.join(map(repr, WAYS))}")
        sequence(f"{made}: uses", self.uses, Use)


@dataclass(frozen=True, slots=True)
class Square:
    """c ||x||^2 with c > 0; with ``over`` = (first, less) the sum of it over p = first..N -
    less.
    """

    c: Fraction
    x: Mat
    over: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        """Raises BadInput naming the field, its value and what was expected."""
        _number("Square: weight", self.c)
        require(self.c > 0, "Square: weight", str(self.c), "a number > 0")
        expression("Square: x", self.x)
        _over("Square", self.over)

    def value(self) -> Mat:
        term = norm2(self.x)
        return num(self.c) * (total(term, self.over[0], N - self.over[1]) if self.over else term)


@dataclass(frozen=True)
class Aid:
    """Untrusted help for one conclusion: lemmas in order, steps by obligation, squares, and a
    number that the kind asks for.
    """

    lemmas: tuple[Lemma, ...] = ()
    uses: Mapping[str, tuple[Use, ...]] = field(default_factory=dict)
    squares: tuple[Square, ...] = ()
    factor: Fraction = Fraction(1)

    def __post_init__(self) -> None:
        """Raises BadInput naming the field, its value and what was expected."""
        sequence("Aid: lemmas", self.lemmas, Lemma)
        sequence("Aid: squares", self.squares, Square)
        mapped = isinstance(self.uses, Mapping) and all(isinstance(x, str) for x in self.uses)
        require(mapped, "Aid: uses", self.uses, 'steps by obligation: {"identity": (Use(..),)}')
        for name, uses in self.uses.items():
            sequence(f"Aid: uses[{name!r:.40}]", uses, Use)
        _number("Aid: factor", self.factor)
