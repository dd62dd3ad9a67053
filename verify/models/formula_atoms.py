"""Letters of formulas, and what is added to them: roots, powers, exponentials, abbreviations."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import ClassVar

from verify.exact.errors import BadInput, require
from verify.exact.limits import LIMITS, is_word, up_to
from verify.spelling.tex import RELATIONS
from verify.terms.expr import Expr, const, exp
from verify.terms.wire import encode
from verify.terms.words import scalars, words

SIGNS = ("", ">", "!=")
NAME = "[A-Za-z][A-Za-z0-9_]*"


def _named(made: str, name: object, *parts: object) -> None:
    """Raises BadInput unless the name is one, and the rest are expressions."""
    if not isinstance(name, str) or not is_word(NAME, name):
        raise BadInput(
            f"{made}: name {name!r:.60}; expected a letter, then letters, digits or _,"
            f" {up_to('name')}, in quotes"
        )
    for e in parts:
        require(
            isinstance(e, Expr),
            f"{made}({name})",
            e,
            "an expression: write num(2) for a number, const('x') or letters('x y') for names",
        )


@dataclass(frozen=True, slots=True)
class Letter:
    """A real number; ``sign`` says that it is > 0, != 0, or (empty) anything."""

    name: str
    sign: str = ""

    def __post_init__(self) -> None:
        _named("Letter", self.name)
        if self.sign not in SIGNS:
            raise BadInput(f"letter {self.name}: sign {self.sign!r}; expected '', '>' or '!='")

    def text(self) -> str:
        return f"{self.name} {self.sign} 0" if self.sign else self.name

    def latex(self) -> str:
        return scalars(const(self.name)) + (f" {RELATIONS[self.sign]} 0" if self.sign else "")


class _Atom:
    """What stands behind ``name =`` is written by ``side``, in text or in LaTeX."""

    name: str
    of: Expr
    kind: ClassVar[str]

    def __post_init__(self) -> None:
        """Raises BadInput unless the name is one, and the rest are expressions."""
        parts = [getattr(self, f.name) for f in fields(self) if f.type == "Expr"]  # type: ignore[arg-type]
        _named(type(self).__name__, self.name, *parts)

    def side(self, tex: bool) -> str:
        raise NotImplementedError

    def text(self) -> str:
        return f"{self.name} = {self.side(False)}"

    def latex(self) -> str:
        return f"{scalars(const(self.name))} = {self.side(True)}"

    def wire(self) -> list:
        own = (getattr(self, f.name) for f in fields(self))  # type: ignore[arg-type]
        return [self.kind, *(encode(x) if isinstance(x, Expr) else x for x in own)]


@dataclass(frozen=True)
class Root(_Atom):
    """The non-negative root: name^degree = of, where ``of`` is a polynomial in what comes before
    and is >= 0.
    """

    name: str
    of: Expr
    degree: int = 2
    kind = "root"

    def __post_init__(self) -> None:
        super().__post_init__()
        if type(self.degree) is not int or not 2 <= self.degree <= LIMITS["root"]:
            raise BadInput(
                f"root {self.name}: degree {self.degree!r}; expected a whole number from 2 on,"
                f" {up_to('root')}"
            )

    def side(self, tex: bool) -> str:
        if not tex:
            return f"({words(self.of)})^(1/{self.degree})"
        return f"\\sqrt{f'[{self.degree}]' if self.degree > 2 else ''}{{{scalars(self.of)}}}"


@dataclass(frozen=True)
class Power(_Atom):
    """name = of^exponent with of > 0 and an exponent in letters that stand still; its derivative is
    exponent name of'/of.
    """

    name: str
    of: Expr
    exponent: Expr
    kind = "power"

    def side(self, tex: bool) -> str:
        if tex:
            return scalars(self.of**self.exponent)
        return f"({words(self.of)})^({words(self.exponent)})"


@dataclass(frozen=True)
class Exp(_Atom):
    """name = exp(of)."""

    name: str
    of: Expr
    kind = "exp"

    def side(self, tex: bool) -> str:
        return scalars(exp(self.of)) if tex else f"exp({words(self.of)})"


@dataclass(frozen=True)
class Let(_Atom):
    """An abbreviation: the name stands for the expression."""

    name: str
    of: Expr
    kind = "let"

    def side(self, tex: bool) -> str:
        return (scalars if tex else words)(self.of)


Atom = Root | Power | Exp | Let
