"""Letters that an author declares, each with one role; the role fixes how a letter moves.

A letter is a real number for each value of its indices, or a matrix; ``x[n, i]`` is one of a
family, ``D.here`` a letter at its own indices, or alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from verify.exact.errors import BadInput, require
from verify.spelling.tex import RELATIONS
from verify.terms.expr import Expr, Number, lift
from verify.terms.indices import Index, exponent, free, letter, runs, term
from verify.terms.own import Own
from verify.terms.words import latex, words

SIGNS = ("", ">", ">=", "!=")
#: roles with what stands before the name in a list of letters
CALLED = {"parameter": "parameter", "constant": "constant"}
#: the closed list of roles; those of DECLARED stand in a setting, the others come with them
DECLARED = (*CALLED, "gate", "let", "log", "root", "product", "loss")
ROLES = (*DECLARED, "gradient", "others")


@dataclass(frozen=True, slots=True)
class Letter:
    """``of`` is the term that a definition, a gate or a loss is about; ``beside`` the letter that
    comes with it: the gradient of a loss, the product of the other factors.
    """

    name: str
    role: str
    indices: tuple[Index, ...] = ()
    sign: str = ""
    size: tuple[str, str] | None = None
    of: Any = None
    beside: str = ""
    degree: Expr | None = None

    def __post_init__(self) -> None:
        """Raises BadInput naming the field, its value and what was expected."""
        what = f"{self.role} {self.name}"
        require(isinstance(self.name, str), "the name of a letter", self.name, "text: 'w'")
        for i in self.indices:
            require(type(i) is Index, f"{what}: index", i, "an Index: Index('i', 'inputs')")
        require(self.role in ROLES, f"{what}: role", self.role, f"one of {', '.join(DECLARED)}")
        require(self.sign in SIGNS, f"{what}: sign", self.sign, "one of '', '>', '>=', '!='")
        fits = self.size is None or (
            isinstance(self.size, tuple)
            and len(self.size) == 2
            and all(isinstance(x, str) for x in self.size)
        )
        require(fits, f"{what}: size", self.size, "names of sets: size=('rows', 'columns')")
        for field, kind in (("of", (Expr, Letter, type(None))), ("degree", (Expr, type(None)))):
            value = getattr(self, field)
            require(isinstance(value, kind), f"{what}: {field}", value, "an expression")

    def __getitem__(self, at: Any) -> Expr:
        at = at if isinstance(at, tuple) else (at,)
        if len(at) != len(self.indices):
            raise BadInput(
                f"{self.name}[{', '.join(map(str, at))}]: expected {len(self.indices)} indices"
            )
        for x in at:
            fits = isinstance(x, Index) or (type(x) is int and x >= 1)
            require(fits, f"{self.name}: index", x, "an Index, or a number from 1 on")
        return Expr("at", (Own(self.name), *at))

    @property
    def here(self) -> Expr:
        """At its own indices, or alone; a loss is one number."""
        return letter(self.name, () if self.role == "loss" else self.indices)

    @property
    def partner(self) -> Letter:
        """The letter that comes with it: the gradient of a loss, the others of a product."""
        require(bool(self.beside), f"{self.name}: partner", None, "a loss or a product")
        indices = self.of.indices if self.role == "product" else self.indices
        return Letter(self.beside, "gradient" if self.role == "loss" else "others", indices)

    def wire(self) -> dict[str, Any]:
        """Its declaration as the kernel reads it."""
        found: dict[str, Any] = {"role": self.role}
        if self.role == "product":
            return {**found, "of": self.of.name, "others": self.beside}
        if self.indices:
            found["for"] = runs(self.indices)
        if self.sign:
            found["sign"] = self.sign
        if self.size is not None:
            found |= {"rows": self.size[0], "cols": self.size[1]}
        if self.of is not None:
            found["of" if self.role == "loss" else "is"] = term(self.of)
        if self.role == "loss":
            found["gradient"] = self.beside
        if self.degree is not None:
            found["degree"] = exponent(self.degree)
        return found

    def text(self, tex: bool = False) -> str:
        """Its declaration in words, or as mathematics."""
        said = latex if tex else words
        own = said(self.here)
        relation = RELATIONS[self.sign] if tex and self.sign else self.sign
        sign = f" {relation} 0" if self.sign and self.role != "root" else ""
        if self.role == "product":
            u = said(self.of.here)
            i = self.of.indices[0]
            whole = said(letter(self.name, self.of.indices[1:]))
            others = said(self.partner.here)
            if tex:
                return f"{whole} = \\prod_{{{i}}} {u} = {u}\\,{others}"
            return f"{whole} = the product of {u} over {i}, {others} that of the others"
        if self.role == "root" and self.degree is not None:
            sign = ">" if self.sign else RELATIONS[">="] if tex else ">="
            return f"{own} {sign} 0, {said(self.here**self.degree)} = {said(self.of)}"
        if self.role == "gate":
            return f"{own} = 1 where {said(self.of)} > 0, 0 where it is < 0"
        if self.role in ("log", "exp"):
            of = f"\\left({said(self.of)}\\right)" if tex else f"({said(self.of)})"
            return f"{own} = {chr(92) * tex}{self.role}{of}"
        return f"{own} = {said(self.of)}" if self.role == "let" else own + sign


def parameter(name: str, *indices: Index, sign: str = "", size: Any = None) -> Letter:
    """What the motion moves. A ``sign`` holds as long as the statement is about."""
    return Letter(name, "parameter", indices, sign, size)


def constant(name: str, *indices: Index, sign: str = "", size: Any = None) -> Letter:
    """What does not move: data, a degree, the length of a step."""
    return Letter(name, "constant", indices, sign, size)


def gate(name: str, *indices: Index, of: Expr) -> Letter:
    """1 where ``of`` > 0 and 0 where it is < 0: constant on each activation region."""
    return Letter(name, "gate", indices, of=of)


def let(name: str, *indices: Index, of: Expr) -> Letter:
    """An abbreviation."""
    return Letter(name, "let", indices, of=of)


def log(name: str, *indices: Index, of: Expr) -> Letter:
    """log of a product of powers of positive letters."""
    return Letter(name, "log", indices, of=of)


def root(name: str, *indices: Index, of: Expr, degree: Expr | Number, sign: str = "") -> Letter:
    """y >= 0 with y^degree = of, for what is seen to be >= 0."""
    return Letter(name, "root", indices, sign, of=of, degree=lift(degree))


def product(name: str, of: Letter, others: str) -> Letter:
    """The product of a letter over its first index, 1..L, and that of all but one."""
    return Letter(name, "product", of.indices[1:], of=of, beside=others)


def loss(name: str, of: Expr, gradient: str) -> Letter:
    """Any continuously differentiable function of ``of``, for all values of its indices."""
    require(isinstance(of, Expr), f"loss {name}: of", of, "an expression: what it depends on")
    return Letter(name, "loss", free(of), of=of, beside=gradient)
