"""Dimensions about a linear group action: the balanced set and its leaves, and how fibres of phi
meet level sets of the moments.

The moments are the <theta, xi theta> of the symmetric xi of the algebra. Two families of sentences:
those about X = W_N ... W_1 with all layers of size d x d are told by W and G_k = W_k W_k* -
W_(k+1)* W_(k+1); the others are about every phi with an action. Real case.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from verify.claims.conclusions.of_actions import OfAction, counted

_LEAF = (
    "the W_k = Q_k D Q_(k-1)*, k = 1, ..., N, with Q_k orthogonal and D = diag(l_1, ..., l_r, 0,"
    " ..., 0), l_i > 0"
)


def counts_of(conclusion: OfAction) -> dict[str, tuple[int, ...]]:
    """The rows of numbers in a conclusion about dimensions, one number for each case."""
    return {
        name: getattr(conclusion, name)
        for name in ("ranks", "dimensions")
        if hasattr(conclusion, name)
    }


class OfDimensions(OfAction):
    """Has ``ranks``, ``dimensions``, both or neither. Raises BadInput unless each is a tuple of
    whole numbers.
    """

    def __post_init__(self) -> None:
        for name, row in counts_of(self).items():
            counted(f"{type(self).__name__}: {name}", row, 1 if name == "ranks" else 0)

    def render(self) -> str:
        return self.text.format(**self.filled())

    def filled(self) -> dict[str, str]:
        return {name: ", ".join(map(str, row)) for name, row in counts_of(self).items()}

    def wire(self) -> dict:
        return {"kind": self.kind, **{name: list(row) for name, row in counts_of(self).items()}}


@dataclass(frozen=True)
class BalancedDimension(OfDimensions):
    """At the printed point the differential of G is onto, so M is a manifold near it, of the
    dimension of the kernel.
    """

    dimensions: tuple[int, ...]
    kind: ClassVar[str] = "balanced-dimension"
    text: ClassVar[str] = (
        "near W = (D, ..., D), D = diag(1, ..., d), the set M of all W with G_k = W_k W_k* -"
        " W_(k+1)* W_(k+1) = 0 for every k and X = W_N ... W_1 invertible is a manifold of"
        " dimension {dimensions}"
    )


@dataclass(frozen=True)
class LeafDimension(OfDimensions):
    """The largest rank of the parametrisation: from below at one D, from above by what leaves every
    D in place.
    """

    ranks: tuple[int, ...]
    dimensions: tuple[int, ...]
    kind: ClassVar[str] = "leaf-dimension"
    text: ClassVar[str] = (
        _LEAF + ", are balanced of rank r and form a set of dimension {dimensions} (r = {ranks})"
    )


@dataclass(frozen=True)
class LeafByRank(OfDimensions):
    """The misreading that the equations G = 0 count dimensions also where their gradients are
    dependent.
    """

    ranks: tuple[int, ...]
    kind: ClassVar[str] = "leaf-by-rank"
    text: ClassVar[str] = (
        _LEAF
        + ", r = {ranks}, form a set of dimension N d^2 - rank dG(W), the rank taken at W = (D,"
        " ..., D), D = diag(1, ..., r, 0, ..., 0)"
    )


@dataclass(frozen=True)
class NormalsInFibre(OfDimensions):
    """The normal space of a level set of the moments lies in the tangent space of the fibre."""

    kind: ClassVar[str] = "normals-in-fibre"
    text: ClassVar[str] = (
        "for every symmetric xi of the algebra and every theta, xi theta is half the gradient of"
        " <theta, xi theta>, and dphi(theta) xi theta = 0: what is normal to the level set of the"
        " moments is tangent to the fibre of phi"
    )


@dataclass(frozen=True)
class CommonTangents(OfDimensions):
    """From above at one point, where all rows are independent; from below everywhere, by their
    number.
    """

    dimensions: tuple[int, ...]
    kind: ClassVar[str] = "common-tangents"
    text: ClassVar[str] = (
        "outside the zeros of a polynomial that is not 0, the fibre of phi and the level set of the"
        " moments are manifolds, and their tangent spaces meet in dimension {dimensions}; nowhere"
        " do the kernels of the differentials meet in less"
    )


@dataclass(frozen=True)
class OrthogonalFoliations(OfDimensions):
    """Refuted by a vector that is tangent to both, where both are manifolds."""

    kind: ClassVar[str] = "orthogonal-foliations"
    text: ClassVar[str] = (
        "at every theta where the differentials of phi and of the moments are onto, the fibre of"
        " phi is orthogonal to the level set of the moments: <u, v> = 0 for all tangent vectors u"
        " of the one and v of the other"
    )


@dataclass(frozen=True)
class RotationsLeave(OfDimensions):
    """The skew elements alone do not move along the common tangents, for almost every theta."""

    kind: ClassVar[str] = "rotations-leave"
    text: ClassVar[str] = (
        "outside the zeros of a polynomial that is not 0, xi theta for skew xi other than 0 is"
        " never tangent to the level set of the moments"
    )


@dataclass(frozen=True)
class OneRotation(OfDimensions):
    """Refuted by a common tangent vector that is not of the form xi theta with skew xi, where the
    common points form a manifold.
    """

    kind: ClassVar[str] = "one-rotation"
    text: ClassVar[str] = (
        "the theta with one phi and the same moments lie on one orbit of the orthogonal part of the"
        " group, whose algebra is the skew xi"
    )


OF_DIMENSIONS = (
    BalancedDimension,
    LeafDimension,
    LeafByRank,
    NormalsInFibre,
    CommonTangents,
    OrthogonalFoliations,
    RotationsLeave,
    OneRotation,
)
