"""Dimensions about a linear group action: the balanced set and its leaves, and how fibres of phi
meet level sets of the moments.

The moments are the <theta, xi theta> of the symmetric xi of the algebra. Two families of sentences:
those about X = W_N ... W_1 with all layers of size d x d are told by W and G_k = W_k W_k* -
W_(k+1)* W_(k+1); the others are about every phi with an action. Real case.
"""

from __future__ import annotations

from dataclasses import dataclass

from verify.claims.conclusions.of_actions import OfAction

_LEAF = (
    r"the \(W_k = Q_k D Q_{k-1}^{*}\), \(k = 1, \dots, N\), with \(Q_k\) orthogonal and"
    r" \(D = \operatorname{diag}(l_1, \dots, l_r, 0, \dots, 0)\), \(l_i > 0\), "
)


@dataclass(frozen=True)
class BalancedDimension(OfAction):
    """At the printed point the differential of G is onto, so M is a manifold near it, of the
    dimension of the kernel.
    """

    dimensions: tuple[int, ...]
    kind = "balanced-dimension"
    said = (
        r"near \(W = (D, \dots, D)\), \(D = \operatorname{diag}(1, \dots, d)\), the set \(M\) of"
        r" all \(W\) with \(G_k = W_k W_k^{*} - W_{k+1}^{*} W_{k+1} = 0\) for every \(k\) and"
        r" \(X = W_N \cdots W_1\) invertible is a manifold of dimension {dimensions}"
    )


@dataclass(frozen=True)
class LeafDimension(OfAction):
    """The largest rank of the parametrisation: from below at one D, from above by what leaves every
    D in place.
    """

    ranks: tuple[int, ...]
    dimensions: tuple[int, ...]
    kind = "leaf-dimension"
    said = (
        _LEAF + r"are balanced of rank \(r\) and form a set of dimension {dimensions}"
        r" (\(r = {ranks}\))"
    )


@dataclass(frozen=True)
class LeafByRank(OfAction):
    """The misreading that the equations G = 0 count dimensions also where their gradients are
    dependent.
    """

    ranks: tuple[int, ...]
    kind = "leaf-by-rank"
    said = (
        _LEAF + r"\(r = {ranks}\), form a set of dimension"
        r" \(N d^{2} - \operatorname{rank} dG(W)\), the rank taken at \(W = (D, \dots, D)\),"
        r" \(D = \operatorname{diag}(1, \dots, r, 0, \dots, 0)\)"
    )


class NormalsInFibre(OfAction):
    """The normal space of a level set of the moments lies in the tangent space of the fibre."""

    kind = "normals-in-fibre"
    said = (
        r"for every symmetric \(\xi\) of the algebra and every \(\theta\), \(\xi \theta\) is half"
        r" the gradient of \(\langle\theta, \xi \theta\rangle\), and"
        r" \(d\varphi(\theta)\,\xi \theta = 0\): what is normal to the level set of the moments is"
        r" tangent to the fibre of \(\varphi\)"
    )


@dataclass(frozen=True)
class CommonTangents(OfAction):
    """From above at one point, where all rows are independent; from below everywhere, by their
    number.
    """

    dimensions: tuple[int, ...]
    kind = "common-tangents"
    said = (
        r"outside the zeros of a polynomial that is not 0, the fibre of \(\varphi\) and the level"
        r" set of the moments are manifolds, and their tangent spaces meet in dimension"
        r" {dimensions}; nowhere do the kernels of the differentials meet in less"
    )


class OrthogonalFoliations(OfAction):
    """Refuted by a vector that is tangent to both, where both are manifolds."""

    kind = "orthogonal-foliations"
    said = (
        r"at every \(\theta\) where the differentials of \(\varphi\) and of the moments are onto,"
        r" the fibre of \(\varphi\) is orthogonal to the level set of the moments:"
        r" \(\langle u, v\rangle = 0\) for all tangent vectors \(u\) of the one and \(v\) of the"
        r" other"
    )


class RotationsLeave(OfAction):
    """The skew elements alone do not move along the common tangents, for almost every theta."""

    kind = "rotations-leave"
    said = (
        r"outside the zeros of a polynomial that is not 0, \(\xi \theta\) for skew \(\xi\) other"
        r" than 0 is never tangent to the level set of the moments"
    )


class OneRotation(OfAction):
    """Refuted by a common tangent vector that is not of the form xi theta with skew xi, where the
    common points form a manifold.
    """

    kind = "one-rotation"
    said = (
        r"the \(\theta\) with one \(\varphi\) and the same moments lie on one orbit of the"
        r" orthogonal part of the group, whose algebra is the skew \(\xi\)"
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
