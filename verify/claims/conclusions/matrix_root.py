"""Root: a matrix is the positive semidefinite N-th root of another one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from verify.claims.conclusions.matrix_help import Aid
from verify.claims.conclusions.of_matrices import Obligation, OfMatrices
from verify.exact.errors import NotGeneric
from verify.terms.affine import N
from verify.terms.matrices import Mat

if TYPE_CHECKING:
    from verify.models.matrices import Matrices


@dataclass(frozen=True)
class Root(OfMatrices):
    """root = of^(1/N): root is x x* (the help names x) and root^N = of; such a root is unique."""

    root: Mat
    of: Mat
    kind = "matrix-root"
    rule = "SQUARE_IS_NONNEGATIVE"
    cited = ("PSD_ROOT_UNIQUE",)
    said = "{root} = ({of})^(1/N), the positive semidefinite root{where}"
    tex = r"{root} = ({of})^{1/N} \quad\text{(the positive semidefinite root)}{where}"

    def demands(self, setting: Matrices, aid: Aid) -> Iterator[Obligation]:
        if len(aid.squares) != 1 or aid.squares[0].over is not None:
            raise NotGeneric("a root needs one square x x* that it is equal to")
        x = aid.squares[0].x
        yield Obligation("square", self.root - x * x.H)
        yield Obligation("power", self.root**N - self.of)

    def doubtful(self, setting: Matrices) -> Iterator[tuple[Obligation, str]]:
        yield Obligation("power", self.root**N - self.of), "nonzero"
