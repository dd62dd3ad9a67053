"""Root: a matrix is the positive semidefinite N-th root of another one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from verify.claims.conclusions.of_matrices import Aid, Obligation, OfMatrices, run
from verify.exact.errors import NotGeneric
from verify.terms.affine import N
from verify.terms.matrices import Mat
from verify.terms.matrix_wire import encode
from verify.terms.matrix_words import latex, words

if TYPE_CHECKING:
    from verify.models.matrices import Matrices


@dataclass(frozen=True, slots=True)
class Root(OfMatrices):
    """root = of^(1/N): root is x x* (the help names x) and root^N = of; such a root is unique."""

    root: Mat
    of: Mat
    kind: ClassVar[str] = "matrix-root"
    rule: ClassVar[str] = "SQUARE_IS_NONNEGATIVE"
    cited: ClassVar[tuple[str, ...]] = ("PSD_ROOT_UNIQUE",)

    def parts(self) -> tuple[Mat, ...]:
        return (self.root, self.of)

    def demands(self, setting: Matrices, aid: Aid) -> Iterator[Obligation]:
        if len(aid.squares) != 1 or aid.squares[0].over is not None:
            raise NotGeneric("a root needs one square x x* that it is equal to")
        x = aid.squares[0].x
        yield Obligation("square", self.root - x * x.H)
        yield Obligation("power", self.root**N - self.of)

    def doubtful(self, setting: Matrices) -> Iterator[tuple[Obligation, str]]:
        yield Obligation("power", self.root**N - self.of), "nonzero"

    def render(self) -> str:
        return (
            f"{words(self.root)} = ({words(self.of)})^(1/N), the positive semidefinite"
            f" root{run(1, 1, self.root, self.of)}"
        )

    def latex(self) -> str:
        return (
            f"{latex(self.root)} = ({latex(self.of)})^{{1/N}} \\quad\\text{{(the positive"
            " semidefinite root)}"
        )

    def wire(self) -> dict:
        return {"kind": self.kind, "root": encode(self.root), "of": encode(self.of)}
