"""Sizes that fit: of expressions in matrices, and of what conclusions demand beside their parts."""

from __future__ import annotations

from verify.claims.conclusions.matrix_help import Aid
from verify.claims.conclusions.matrix_root import Root
from verify.claims.conclusions.of_matrices import OfMatrices
from verify.exact.errors import BadInput, NotGeneric
from verify.models.matrices import Matrices
from verify.terms.affine import N
from verify.terms.matrices import Mat
from verify.terms.shapes import IllShaped, shape


def shaped(setting: Matrices, e: Mat) -> None:
    """Raises BadInput where sizes do not fit."""
    try:
        shape(e, setting.theory())
    except IllShaped as why:
        raise BadInput(f"{why}") from None


def demanded(setting: Matrices, c: OfMatrices, aid: Aid) -> None:
    """Raises BadInput where a conclusion demands what cannot be formed: its parts fit each by
    itself, as the two sides of a root do, and not together, or not with its help.
    """
    try:
        gaps = [demand.gap for demand in c.demands(setting, aid)]
    except NotGeneric:
        gaps = [c.root**N - c.of] if isinstance(c, Root) else []
    for gap in gaps:
        shaped(setting, gap)
