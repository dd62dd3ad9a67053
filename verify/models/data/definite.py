"""Is S_W invertible? Decided over Q; if not, the columns to drop are named.

S_W is a Gram matrix, so column j of S_W depends on the columns before it exactly if feature j,
centred inside each class, depends on the features before it; dropping these columns leaves a
positive definite matrix of the same rank.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from verify.exact.errors import BadInput
from verify.models.data.scatter import Matrix, Scatter


@dataclass(frozen=True, slots=True)
class Rank:
    """``constant`` columns vanish inside each class; each of ``dependent`` comes with earlier
    columns that give it.
    """

    rank: int
    constant: tuple[str, ...]
    dependent: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def to_drop(self) -> tuple[str, ...]:
        return (*self.constant, *(name for name, _ in self.dependent))


def rank_of(scatter: Scatter) -> Rank:
    """Rank of S_W over Q, and the columns without a pivot."""
    pivots, form = _echelon(scatter.S_W)
    names = scatter.columns
    dependent = []
    for j, name in enumerate(names):
        if j not in pivots and name not in scatter.constant_columns:
            dependent.append(
                (name, tuple(names[p] for row, p in enumerate(pivots) if form[row, j]))
            )
    return Rank(len(pivots), scatter.constant_columns, tuple(dependent))


def _echelon(matrix: Matrix):
    """Pivot columns and reduced row echelon form; rows are cleared of denominators first, which
    keeps both.
    """
    from flint import fmpz_mat  # claims are listed without it

    rows = []
    for row in matrix:
        d = lcm(*(a.denominator for a in row))
        rows.append([int(a * Fraction(d)) for a in row])
    form, _, rank = fmpz_mat(rows).rref()
    pivots = [next(j for j in range(len(matrix)) if form[i, j]) for i in range(rank)]
    return pivots, form


def require_definite(scatter: Scatter) -> None:
    """Nothing if S_W is positive definite. Raises BadInput naming the columns at fault and how to
    mend it.
    """
    found = rank_of(scatter)
    if found.rank == scatter.width:
        return
    reasons = []
    if found.constant:
        reasons.append(f"constant inside each class: {_listed(found.constant)}")
    for name, givers in found.dependent[:4]:
        reasons.append(
            f"inside each class {name!r} is a linear combination of {_listed(givers)} and a"
            " constant"
        )
    if len(found.dependent) > 4:
        reasons.append(
            f"so are {_listed(tuple(name for name, _ in found.dependent[4:]))} of the columns"
            " before them"
        )
    most = scatter.rows - len(scatter.classes)
    if most < scatter.width:
        reasons.append(
            f"{scatter.rows} rows in {len(scatter.classes)} classes allow a rank of at most {most}"
        )
    fix = "Add an input-space regularisation, S_W + lambda I with lambda > 0"
    if found.rank:
        fix = (
            f"Drop these columns ({_listed(found.to_drop)}) or add an input-space regularisation,"
            " S_W + lambda I"
        )
    raise BadInput(
        f"{scatter.name}: the within-class scatter S_W is singular, rank {found.rank} of"
        f" {scatter.width}; expected a positive definite matrix. {'; '.join(reasons)}. {fix}."
    )


def _listed(names: tuple[str, ...]) -> str:
    shown = ", ".join(repr(name) for name in names[:6])
    return shown + (f" and {len(names) - 6} more" if len(names) > 6 else "")
