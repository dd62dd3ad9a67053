"""FibreMinimum (Kempf and Ness): the least sum of squares on a fibre, and where it is attained."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from verify.claims.conclusions.matrix_help import Aid
from verify.claims.conclusions.of_matrices import Obligation, OfMatrices
from verify.exact.errors import NotGeneric
from verify.models.motions import ActionFlow
from verify.terms.affine import N, k, p
from verify.terms.matrices import G, Mat, W, X, const, dot, inner, norm2, total, tr
from verify.terms.relation import Equal

if TYPE_CHECKING:
    from verify.models.matrices import Matrices

NORM = total(norm2(W[p]))


@dataclass(frozen=True)
class FibreMinimum(OfMatrices):
    """min over F_X = {W_N ... W_1 = X} of sum_k ||W_k||^2 = factor N Re Tr (X* X)^(1/N), attained
    exactly where every G_k = 0.

    ``root`` is the letter for (X* X)^(1/N), defined as W_1* W_1 on balanced points. Domain: every
    hidden width >= rank X, else F_X is empty. Why: a minimiser exists (PROPER_MINIMUM), at it the
    derivative 2 sum <G_k, a_k> along every direction of the group vanishes, so G = 0; and on
    balanced points of the fibre the value depends on X alone.
    """

    root: Mat
    value: Mat = const("N")  # times Re Tr root
    kind = "matrix-fibre-minimum"
    display = False
    rule = "CRITICAL_ALONG_THE_GROUP"
    cited = ("PROPER_MINIMUM", "PSD_ROOT_UNIQUE")
    said = (
        "min of {norm} over all W with W_N ... W_1 = X is {value} Re Tr({root}), {root} ="
        " (X* X)^(1/N), for every X whose rank is at most each hidden width (for any other X"
        " there is no such W); attained exactly where G_k = 0 for every k"
    )
    tex = (
        r"\[ \min_{W_N \cdots W_1 = X} {norm} = {value} \operatorname{Tr} (X^* X)^{1/N} \]"
        r" for every \(X\) whose rank is at most each hidden width; for any other \(X\) there is"
        r" no such \(W\). It is attained exactly where \(G_k = 0\) for every \(k\)."
    )
    factors = ("value",)

    def parts(self) -> tuple[Mat, ...]:
        return (NORM, self.root, self.value, X)

    def named(self) -> dict[str, Any]:
        return super().named() | {"norm": NORM}

    def demands(self, setting: Matrices, aid: Aid) -> Iterator[Obligation]:
        if not isinstance(setting.motion, ActionFlow):
            raise NotGeneric("the minimum on a fibre is found along the group's action")
        a = Mat("letter", (setting.motion.family, p))
        yield Obligation("variation", dot(NORM) - 2 * total(inner(G(p), a), 1, N - 1))
        given = {"balance": (Equal(W[k] * W[k].H, W[k + 1].H * W[k + 1], 1, 1),)}
        yield Obligation("value", NORM - self.value * tr(self.root), given=given)
        yield Obligation("square", self.root - W[1].H * W[1], given=given)
        yield Obligation("power", self.root**N - X.H * X, given=given)

    def doubtful(self, setting: Matrices) -> Iterator[tuple[Obligation, str]]:
        for demand in self.demands(setting, Aid()):
            if demand.name == "value":
                yield demand, "nonzero"
