"""Conclusions about matrices of every size. Each forms the expressions that must vanish, from
itself and the setting alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar

from verify.claims.conclusions.base import Conclusion, Hints
from verify.terms.affine import Affine, N
from verify.terms.expr import Expr
from verify.terms.matrices import Mat, dot, norm2, num, total
from verify.terms.matrix_grammar import expression
from verify.terms.matrix_wire import encode
from verify.terms.matrix_words import LATEX, closed, factor, latex, words
from verify.terms.relation import Equal, free_indices

if TYPE_CHECKING:
    from verify.models.matrices import Matrices


@dataclass(frozen=True)
class Obligation:
    """``gap`` = 0, for every k = first..N - less where k occurs in it; ``given``: relations that
    the sentence itself puts.
    """

    name: str
    gap: Mat
    first: int = 1
    less: int = 1
    given: Mapping[str, tuple[Equal, ...]] = field(default_factory=dict)

    def free(self) -> dict[str, tuple[int, int]]:
        return {n: (self.first, self.less) for n in free_indices(self.gap)}


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


@dataclass(frozen=True, slots=True)
class Lemma:
    """An equation proved on the way: directly, or by induction "down" from its last index or "up"
    from its first.
    """

    name: str
    equation: Equal
    by: str = ""
    uses: tuple[Use, ...] = ()


@dataclass(frozen=True, slots=True)
class Square:
    """c ||x||^2 with c > 0; with ``over`` = (first, less) the sum of it over p = first..N -
    less.
    """

    c: Fraction
    x: Mat
    over: tuple[int, int] | None = None

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


class OfMatrices(Conclusion):
    """Contract. ``parts`` are the expressions that the sentence speaks of, ``demands`` what must
    vanish for it to hold.
    """

    exact: ClassVar[bool] = True
    cited: ClassVar[tuple[str, ...]] = ()

    def __post_init__(self) -> None:
        """Raises BadInput for a part that is no expression, where it is written."""
        for x in fields(self):  # type: ignore[arg-type]
            if x.type == "Mat":
                expression(f"{type(self).__name__}: {x.name}", getattr(self, x.name))

    def parts(self) -> tuple[Mat, ...]:
        raise NotImplementedError

    def demands(self, setting: Matrices, aid: Aid) -> Iterator[Obligation]:
        """Raises NotGeneric where the setting or the help does not fit the conclusion."""
        raise NotImplementedError

    def doubtful(self, setting: Matrices) -> Iterator[tuple[Obligation, str]]:
        """What refutes the conclusion at an exact instance: a gap that is "nonzero" there, or
        "negative".
        """
        for demand in self.demands(setting, Aid()):
            yield demand, "nonzero"

    def place(self) -> tuple[int, int]:
        """(first, N - last) of k."""
        return (1, 1)

    def rules(self, hints: Hints) -> tuple[str, ...]:  # type: ignore[override]
        return (self.rule,) if self.rule else ()

    def expressions(self) -> tuple[Expr, ...]:
        return ()

    def obligations(self, hints: Hints) -> tuple[Expr, ...]:
        raise NotImplementedError(f"{self.kind}: its obligations are words in matrices")

    def order(self) -> int:
        return 0


def run(first: int, less: int, *parts: Mat) -> str:
    """For which k, where it occurs."""
    if not any("k" in free_indices(e) for e in parts):
        return ""
    return f" for k = {first}..{N - less}"


def run_latex(first: int, less: int, *parts: Mat) -> str:
    """The same for LaTeX."""
    where = run(first, less, *parts)
    return f", \\quad{where.removeprefix(' for')}".replace("..", ", \\dots, ") if where else ""


@dataclass(frozen=True, slots=True)
class Identity(OfMatrices):
    """left = right: at every state, and with D or ``after`` along the flow or after a step."""

    left: Mat
    right: Mat
    first: int = 1
    less: int = 1
    kind: ClassVar[str] = "matrix-identity"

    def parts(self) -> tuple[Mat, ...]:
        return (self.left, self.right)

    def demands(self, setting: Matrices, aid: Aid) -> Iterator[Obligation]:
        yield Obligation("identity", self.left - self.right, self.first, self.less)

    def place(self) -> tuple[int, int]:
        return (self.first, self.less)

    def render(self) -> str:
        return (
            f"{words(self.left)} ="
            f" {words(self.right)}{run(self.first, self.less, self.left, self.right)}"
        )

    def latex(self) -> str:
        return (
            f"{latex(self.left)} ="
            f" {latex(self.right)}{run_latex(self.first, self.less, self.left, self.right)}"
        )

    def wire(self) -> dict:
        return {
            "kind": self.kind,
            "left": encode(self.left),
            "right": encode(self.right),
            "first": self.first,
            "less": self.less,
        }


@dataclass(frozen=True, slots=True)
class Unchanged(OfMatrices):
    """quantity is constant for as long as the motion exists."""

    quantity: Mat
    first: int = 1
    less: int = 1
    kind: ClassVar[str] = "matrix-unchanged"
    rule: ClassVar[str] = "ZERO_DERIVATIVE_IS_CONSTANT"

    def parts(self) -> tuple[Mat, ...]:
        return (self.quantity,)

    def demands(self, setting: Matrices, aid: Aid) -> Iterator[Obligation]:
        yield Obligation("derivative", dot(self.quantity), self.first, self.less)

    def place(self) -> tuple[int, int]:
        return (self.first, self.less)

    def render(self) -> str:
        return (
            f"{words(self.quantity)} is constant for as long as the flow"
            f" exists{run(self.first, self.less, self.quantity)}"
        )

    def latex(self) -> str:
        x = closed(self.quantity, LATEX)
        return f"{x}(t) = {x}(0){run_latex(self.first, self.less, self.quantity)}"

    def wire(self) -> dict:
        return {
            "kind": self.kind,
            "quantity": encode(self.quantity),
            "first": self.first,
            "less": self.less,
        }


@dataclass(frozen=True, slots=True)
class Decays(OfMatrices):
    """quantity' = factor * quantity with a constant factor, hence quantity(t) = quantity(0)
    e^(factor t).
    """

    quantity: Mat
    factor: Mat
    first: int = 1
    less: int = 1
    kind: ClassVar[str] = "matrix-decay"
    rule: ClassVar[str] = "LINEAR_DECAY"

    def parts(self) -> tuple[Mat, ...]:
        return (self.quantity, self.factor)

    def demands(self, setting: Matrices, aid: Aid) -> Iterator[Obligation]:
        yield Obligation(
            "derivative", dot(self.quantity) - self.factor * self.quantity, self.first, self.less
        )

    def place(self) -> tuple[int, int]:
        return (self.first, self.less)

    def render(self) -> str:
        where = run(self.first, self.less, self.quantity, self.factor)
        x = closed(self.quantity)
        return f"{x}(t) = {x}(0) e^({factor(self.factor)} t){where}"

    def latex(self) -> str:
        x = closed(self.quantity, LATEX)
        return (
            f"{x}(t) = {x}(0)\\, e^{{{factor(self.factor, LATEX)}"
            f" t}}{run_latex(self.first, self.less, self.quantity, self.factor)}"
        )

    def wire(self) -> dict:
        body = {"quantity": encode(self.quantity), "factor": encode(self.factor)}
        return {"kind": self.kind, **body, "first": self.first, "less": self.less}
