"""NonNegative: a real quantity is >= 0 at every state, because it is a sum of squares."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from verify.claims.conclusions.of_matrices import Aid, Obligation, OfMatrices, run
from verify.terms.matrices import Mat
from verify.terms.matrix_wire import encode
from verify.terms.matrix_words import latex, words

if TYPE_CHECKING:
    from verify.models.matrices import Matrices


@dataclass(frozen=True, slots=True)
class NonNegative(OfMatrices):
    """quantity >= 0. The squares are untrusted help; a negative value at an exact state refutes."""

    quantity: Mat
    kind: ClassVar[str] = "matrix-nonnegative"
    rule: ClassVar[str] = "SUM_OF_SQUARES"

    def parts(self) -> tuple[Mat, ...]:
        return (self.quantity,)

    def demands(self, setting: Matrices, aid: Aid) -> Iterator[Obligation]:
        gap = self.quantity
        for square in aid.squares:
            gap = gap - square.value()
        yield Obligation("squares", gap)

    def doubtful(self, setting: Matrices) -> Iterator[tuple[Obligation, str]]:
        yield Obligation("sign", self.quantity), "negative"

    def render(self) -> str:
        return f"{words(self.quantity)} >= 0{run(1, 1, self.quantity)}"

    def latex(self) -> str:
        return f"{latex(self.quantity)} \\ge 0"

    def wire(self) -> dict:
        return {"kind": self.kind, "quantity": encode(self.quantity)}
