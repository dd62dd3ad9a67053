"""A hypothesis is one object: its prose, its relation, when it holds, how it is checked at a point
and how it is dropped.

Statement, algebra, sampler and necessity test all read these fields, so they cannot drift apart.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar

from verify.exact.errors import require
from verify.models.losses.degree import degree_of
from verify.spelling.spoken import spoken
from verify.terms.expr import Expr, J, Number, g, lift, num, total, w
from verify.terms.wire import encode
from verify.terms.words import latex, words

if TYPE_CHECKING:
    from verify.models.flow import Flow
    from verify.models.losses.base import Loss
    from verify.models.point import Point, Start


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """Base. ``when`` is "always" or "at the start"; ``kind`` is the name in the certificate."""

    id: str
    kind: ClassVar[str]
    said: ClassVar[str]  # with its mathematics, where it is the same for all of the kind
    when: ClassVar[str] = "always"
    about: ClassVar[str] = "start"  # or "loss", "size", "setting": what a user's option can violate
    needs_definite: ClassVar[bool] = False  # asks for S_W > 0
    exact: ClassVar[bool] = (
        True  # known to the exact layer and to check.py; others restrict what is measured
    )

    def __post_init__(self) -> None:
        """Raises BadInput for an id that is no word."""
        made = type(self).__name__
        fits = isinstance(self.id, str) and self.id.isprintable() and self.id.strip()
        require(fits, f"{made}: id", self.id, "a word in quotes that names the hypothesis")

    def prose(self) -> str:
        """One line without the id."""
        return spoken(self.latex())

    def latex(self) -> str:
        """The same in LaTeX: text with its mathematics."""
        return self.said

    def wire(self) -> dict:
        return {"id": self.id, "kind": self.kind}

    def relation(self) -> Expr | None:
        """An expression that vanishes always because of this hypothesis."""
        return None

    def violated(self, point: Point) -> str | None:
        """None if the point satisfies it, otherwise the reason in words."""
        raise NotImplementedError

    def adjusted(self, start: Start, loss: Loss) -> Start:
        """The start changed so that it can satisfy the hypothesis, where that needs to know the
        loss.
        """
        return start

    def automatic(self, depth: int, width: int) -> str | None:
        """Why it cannot fail at this size, or None."""
        return None

    def setting_without(self, setting: Flow) -> Flow:
        """The setting of the sentence in which this hypothesis is dropped."""
        return setting


@dataclass(frozen=True, slots=True)
class Homogeneous(Hypothesis):
    """J(c w) = c^k J(w) for c > 0 and w != 0. Degree 0 is scale invariance. Rule EULER_HOMOGENEOUS
    gives <w, g> = k J.
    """

    id: str = field(default="euler", kw_only=True)  # what stands first is the number
    degree: Expr = num(0)
    kind = "homogeneous"
    about = "loss"

    def __post_init__(self) -> None:
        Hypothesis.__post_init__(self)
        mend = "an expression: write Homogeneous.of(2), or Homogeneous.of(const('k'))"
        require(isinstance(self.degree, Expr), "Homogeneous: degree", self.degree, mend)

    @classmethod
    def of(cls, degree: Expr | Number) -> Homogeneous:
        return cls(degree=lift(degree))

    @property
    def invariant(self) -> bool:
        return self.degree == num(0)

    def prose(self) -> str:
        if self.invariant:
            return "J is scale invariant, J(c w) = J(w) for c > 0; hence <w, grad J> = 0"
        k = words(self.degree)
        k = k if k.isalnum() else f"({k})"  # c^(1/2), c^(-1)
        return (
            f"J is homogeneous of degree {k}, J(c w) = c^{k} J(w) for c > 0; hence <w, grad J> ="
            f" {k} J"
        )

    def latex(self) -> str:
        if self.invariant:
            return (
                "\\(J\\) is scale invariant, \\(J(c w) = J(w)\\) for \\(c > 0\\); hence \\(\\langle"
                " w, \\nabla J(w)\\rangle = 0\\)"
            )
        k = latex(self.degree)
        factor = k if self.degree.head in ("num", "const") else f"({k})"
        return (
            f"\\(J\\) is homogeneous of degree \\({k}\\), \\(J(c w) = c^{{{k}}} J(w)\\) for \\(c >"
            f" 0\\); hence \\(\\langle w, \\nabla J(w)\\rangle = {factor}\\,J(w)\\)"
        )

    def wire(self) -> dict:
        return {"id": self.id, "kind": self.kind, "degree": encode(self.degree)}

    def relation(self) -> Expr:
        inner = total("i", w["i"] * g["i"])
        return inner if self.invariant else inner - self.degree * J

    def degree_at(self, point: Point) -> Fraction:
        match self.degree:
            case Expr("num", (value,)):
                return value
            case Expr("const", (name,)):
                return point.constants[name]
        raise ValueError(f"a degree is a number or a constant, got {self.degree}")

    def violated(self, point: Point) -> str | None:
        wanted, found = self.degree_at(point), degree_of(point.loss.expr)
        return (
            None
            if found == wanted
            else f"J = {point.loss.text} is not homogeneous of degree {wanted}"
        )


@dataclass(frozen=True, slots=True)
class Balanced(Hypothesis):
    """u_l,i^2 = u_m,i^2 for all layers l, m and coordinates i at the start; signs are free."""

    id: str = "balance"
    kind = "balanced"
    said = (
        r"\(u_{\ell,i}^{2} = u_{m,i}^{2}\) for all layers \(\ell, m\) and coordinates \(i\)"
        " (signs free)"
    )
    when = "at the start"

    def violated(self, point: Point) -> str | None:
        for i, column in enumerate(zip(*point.start, strict=True), 1):
            if len({x * x for x in column}) > 1:
                return f"coordinate {i} is not balanced: {', '.join(map(str, column))}"
        return None

    def automatic(self, depth: int, width: int) -> str | None:
        return (
            "there is one layer only, so that u_(l,i)^2 = u_(m,i)^2 says nothing"
            if depth == 1
            else None
        )


@dataclass(frozen=True, slots=True)
class NonZero(Hypothesis):
    """w_i != 0 for each i, for as long as the statement is about (a fixed orthant)."""

    id: str = "nonzero"
    kind = "nonzero"
    said = r"\(w_i \ne 0\) for each \(i\) (a fixed orthant)"

    def violated(self, point: Point) -> str | None:
        zero = [i for i, x in enumerate(point.w, 1) if x == 0]
        return f"w_{zero[0]} = 0" if zero else None


@dataclass(frozen=True, slots=True)
class DepthAtLeast(Hypothesis):
    """L >= bound."""

    id: str = field(default="depth", kw_only=True)  # what stands first is the number
    bound: int = 2
    kind = "depth-at-least"
    about = "size"

    def __post_init__(self) -> None:
        Hypothesis.__post_init__(self)
        require(
            type(self.bound) is int and self.bound >= 1,
            "DepthAtLeast: bound",
            self.bound,
            "a whole number from 1 on",
        )

    def latex(self) -> str:
        return f"\\(L \\ge {self.bound}\\)"

    def wire(self) -> dict:
        return {"id": self.id, "kind": self.kind, "bound": self.bound}

    def violated(self, point: Point) -> str | None:
        return None if point.depth >= self.bound else f"depth {point.depth} < {self.bound}"

    def automatic(self, depth: int, width: int) -> str | None:
        return f"depth {depth} satisfies it" if depth >= self.bound else None


@dataclass(frozen=True, slots=True)
class Product(Hypothesis):
    """The field is the plain gradient of J(w(u)): nothing but the product w enters, no weight
    decay.
    """

    id: str = "product"
    kind = "product"
    said = (
        r"the objective depends on the layers through \(w\) alone (no weight decay on the layers)"
    )
    about = "setting"

    def violated(self, point: Point) -> str | None:
        return None

    def setting_without(self, setting: Flow) -> Flow:
        return replace(setting, decay="kappa")
