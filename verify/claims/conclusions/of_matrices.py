"""Conclusions about matrices of every size. Each forms the expressions that must vanish, from
itself and the setting alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, ClassVar

from verify.claims.conclusions.base import Conclusion
from verify.claims.conclusions.matrix_help import Aid
from verify.terms.affine import N
from verify.terms.matrices import Mat, const, dot
from verify.terms.matrix_grammar import expression
from verify.terms.matrix_words import LATEX, TEXT, closed, factor, latex, words
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


class OfMatrices(Conclusion):
    """Contract. ``parts`` are the expressions that the sentence speaks of, ``demands`` what must
    vanish for it to hold.
    """

    cited: ClassVar[tuple[str, ...]] = ()
    factors: ClassVar[tuple[str, ...]] = ()  # behind these another factor is written

    def __post_init__(self) -> None:
        """Raises BadInput for a part that is no expression, where it is written."""
        for x in fields(self):  # type: ignore[arg-type]
            if x.type == "Mat":
                expression(f"{type(self).__name__}: {x.name}", getattr(self, x.name))

    def parts(self) -> tuple[Mat, ...]:
        return tuple(getattr(self, x.name) for x in fields(self) if x.type == "Mat")  # type: ignore[arg-type]

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
        return (getattr(self, "first", 1), getattr(self, "less", 1))

    def named(self) -> dict[str, Any]:
        return super().named() | {"where": run(*self.place(), *self.parts())}

    def part(self, name: str, moment: str, tex: bool) -> str:
        value, script = self.named()[name], LATEX if tex else TEXT
        if name == "where" and tex and value:
            return f", \\quad{value.removeprefix(' for')}".replace("..", ", \\dots, ")
        if not isinstance(value, Mat):
            return super().part(name, moment, tex)
        if name in self.factors:
            return factor(value, script)
        if moment:
            return f"{closed(value, script)}({moment})"
        return (latex if tex else words)(value)


def run(first: int, less: int, *parts: Mat) -> str:
    """For which k, where it occurs."""
    if not any("k" in free_indices(e) for e in parts):
        return ""
    return f" for k = {first}..{N - less}"


@dataclass(frozen=True)
class Identity(OfMatrices):
    """left = right: at every state, and with D or ``after`` along the flow or after a step."""

    left: Mat
    right: Mat
    first: int = 1
    less: int = 1
    kind = "matrix-identity"
    said = tex = "{left} = {right}{where}"

    def demands(self, setting: Matrices, aid: Aid) -> Iterator[Obligation]:
        yield Obligation("identity", self.left - self.right, self.first, self.less)


@dataclass(frozen=True)
class Unchanged(OfMatrices):
    """quantity is constant for as long as the motion exists."""

    quantity: Mat
    first: int = 1
    less: int = 1
    kind = "matrix-unchanged"
    rule = "ZERO_DERIVATIVE_IS_CONSTANT"
    said = "{quantity} is constant for as long as the flow exists{where}"
    tex = "{quantity(t)} = {quantity(0)}{where}"

    def demands(self, setting: Matrices, aid: Aid) -> Iterator[Obligation]:
        yield Obligation("derivative", dot(self.quantity), self.first, self.less)


@dataclass(frozen=True)
class Decays(OfMatrices):
    """quantity' = factor * quantity with a constant factor, hence quantity(t) = quantity(0)
    e^(factor t).
    """

    quantity: Mat
    factor: Mat
    first: int = 1
    less: int = 1
    kind = "matrix-decay"
    rule = "LINEAR_DECAY"
    said = "{quantity(t)} = {quantity(0)} e^({growth}){where}"
    tex = r"{quantity(t)} = {quantity(0)}\, e^{{growth}}{where}"

    def named(self) -> dict[str, Any]:
        return super().named() | {"growth": self.factor * const("t")}

    def demands(self, setting: Matrices, aid: Aid) -> Iterator[Obligation]:
        yield Obligation(
            "derivative", dot(self.quantity) - self.factor * self.quantity, self.first, self.less
        )
