"""NonNegative: a real quantity is >= 0 at every state, because it is a sum of squares."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from verify.claims.conclusions.matrix_help import Aid
from verify.claims.conclusions.of_matrices import Obligation, OfMatrices
from verify.terms.matrices import Mat

if TYPE_CHECKING:
    from verify.models.matrices import Matrices


@dataclass(frozen=True)
class NonNegative(OfMatrices):
    """quantity >= 0. The squares are untrusted help; a negative value at an exact state refutes."""

    quantity: Mat
    kind = "matrix-nonnegative"
    rule = "SUM_OF_SQUARES"
    said = "{quantity} >= 0{where}"
    tex = r"{quantity} \ge 0{where}"

    def demands(self, setting: Matrices, aid: Aid) -> Iterator[Obligation]:
        gap = self.quantity
        for square in aid.squares:
            gap = gap - square.value()
        yield Obligation("squares", gap)

    def doubtful(self, setting: Matrices) -> Iterator[tuple[Obligation, str]]:
        yield Obligation("sign", self.quantity), "negative"
