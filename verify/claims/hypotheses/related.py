"""Related: a hypothesis that two terms are in a relation, always or at the start."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from verify.claims.hypotheses.networks import Hypothesis
from verify.exact.errors import require
from verify.spelling.tex import RELATIONS, inline
from verify.terms.expr import Expr, Number, lift
from verify.terms.indices import free, runs, term
from verify.terms.words import latex, words

#: relations, as the kernel names them
NAMED = {"=": "eq", ">=": "ge", ">": "gt", "!=": "ne"}


@dataclass(frozen=True, slots=True)
class Related(Hypothesis):
    """left ``sign`` right for all values of the indices; of what moves at the start only, and the
    prover shows that it lasts where a proof needs that.

    Raises BadInput for a side that is no expression and for another relation.
    """

    id: str
    left: Expr
    right: Expr
    sign: str = "="
    at_start: bool = False
    kind: ClassVar[str] = "related"

    def __post_init__(self) -> None:
        Hypothesis.__post_init__(self)
        for name in ("left", "right"):
            value = getattr(self, name)
            require(isinstance(value, Expr), f"Related({self.id}): {name}", value, "an expression")
        known = self.sign in NAMED
        require(known, f"Related({self.id}): sign", self.sign, "one of =, >=, >, !=")

    @classmethod
    def of(cls, name: str, left: Expr, right: Expr | Number, sign: str = "=") -> Related:
        """Always."""
        return cls(name, left, lift(right), sign)

    @classmethod
    def start(cls, name: str, left: Expr, right: Expr | Number, sign: str = "=") -> Related:
        """At the start."""
        return cls(name, left, lift(right), sign, True)

    @property
    def when(self) -> str:  # type: ignore[override]
        return "at the start" if self.at_start else "always"

    def prose(self) -> str:
        return f"{words(self.left)} {self.sign} {words(self.right)}"

    def latex(self) -> str:
        sign = "=" if self.sign == "=" else RELATIONS[self.sign]
        return inline(f"{latex(self.left)} {sign} {latex(self.right)}")

    def wire(self) -> dict[str, Any]:
        return {"id": self.id, "kind": self.kind, **self.stated()}

    def stated(self) -> dict[str, Any]:
        """As the kernel reads it."""
        found: dict[str, Any] = {"time": "start" if self.at_start else "always"}
        if indices := free(self.left, self.right):
            found["for"] = runs(indices)
        return {**found, NAMED[self.sign]: [term(self.left), term(self.right)]}


@dataclass(frozen=True, slots=True)
class Scales(Hypothesis):
    """A loss is homogeneous of a degree in all that it is a function of, jointly; degree 0 is scale
    invariance. Euler's relation follows.

    Raises BadInput for a loss that is no name and a degree that is no expression.
    """

    id: str
    loss: str
    degree: Expr
    kind: ClassVar[str] = "scales"
    about: ClassVar[str] = "loss"

    def __post_init__(self) -> None:
        Hypothesis.__post_init__(self)
        fits = isinstance(self.loss, str)
        require(fits, f"Scales({self.id}): loss", self.loss, "the name of a loss: 'E'")
        fits = isinstance(self.degree, Expr)
        require(fits, f"Scales({self.id}): degree", self.degree, "an expression: write num(0)")

    @classmethod
    def of(cls, name: str, loss: str, degree: Expr | Number) -> Scales:
        """Of a degree, which may be a number."""
        return cls(name, loss, lift(degree))

    def prose(self) -> str:
        return f"{self.loss} is homogeneous of degree {words(self.degree)}, jointly in all entries"

    def latex(self) -> str:
        degree = inline(latex(self.degree))
        return f"{inline(self.loss)} is homogeneous of degree {degree}, jointly in all entries"

    def wire(self) -> dict[str, Any]:
        return {"id": self.id, "kind": self.kind, "loss": self.loss, "degree": term(self.degree)}


def spoken_of(claim: Any) -> list[Expr]:
    """The expressions of a claim in declared letters: its hypotheses, then its conclusions."""
    related = (h for h in claim.assuming if isinstance(h, Related))
    found = [e for h in related for e in (h.left, h.right)]
    return found + [e for c in claim.concluding.values() for e in c.expressions()]
