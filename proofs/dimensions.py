"""Dimensions in deep linear networks, real case: the balanced manifold M, its rank-r leaves, and
how M_G meets the fibre F_X.

Letters of arXiv:2511.01137v2: X = W_N ... W_1, d x d; G_k = W_k W_k* - W_(k+1)* W_(k+1) are the
moments of the hidden GL_d^(N-1); w_a = xi theta for a in its algebra. M_G is a level set of G, F_X
one of X.

dim M = d^2 + (N-1) d (d-1)/2; the leaf of rank r has r + (N+1)(r d - r (r+1)/2). F_X and M_G share
tangent vectors, a space of dimension (N-1) d (d-1)/2, since <w_a, v> is half the derivative of Tr(G
a) along v for symmetric a: only these w_a are normal to M_G.

The sizes that are judged stand below, the dimensions come from the formulas. For every size: dG w_c
= H(c) + H(c)* (dln-moment-pushforward) and H > 0 over an invertible X (dln-fiber-metric-definite),
so that c = H^(-1)(T)/2 gives any Hermitian T; dG is onto at every point of M, and dim M is N d^2
minus (N-1) d (d+1)/2.
"""

from proofs.sources import LINDSEY_MENON
from verify.claims.claim import Claim, Remark, Source
from verify.claims.conclusions.of_dimensions import (
    BalancedDimension,
    CommonTangents,
    LeafByRank,
    LeafDimension,
    NormalsInFibre,
    OneRotation,
    OrthogonalFoliations,
    RotationsLeave,
)
from verify.models.action import Action, DeepLinear

COUNTED = Source(
    LINDSEY_MENON.arxiv,
    note="derived at the printed sizes; the formula for every size is in the file",
)
FOLIATION = Source(LINDSEY_MENON.arxiv, "Fig 1, sec 5.1")
SOLVABLE = Source(
    LINDSEY_MENON.arxiv, "abstract", note="what 'exactly solvable' leaves open; derived"
)


def _square(d: int, depth: int) -> DeepLinear:
    return DeepLinear((d,) * (depth + 1))


def balanced_dimension(d: int, depth: int) -> int:
    """dim M."""
    return d**2 + (depth - 1) * d * (d - 1) // 2


def leaf_dimension(d: int, depth: int, rank: int) -> int:
    """The leaf of rank r."""
    return rank + (depth + 1) * (rank * d - rank * (rank + 1) // 2)


FULL = ((1, 2), (1, 3), (2, 2), (2, 3), (3, 2), (3, 3))
LEAVES = ((3, 3, 2), (3, 3, 1), (4, 2, 1), (2, 2, 1))

DLN_DIM = Claim(
    id="dln-dim",
    title="the dimension of the balanced set at small sizes",
    setting=Action(tuple(_square(d, depth) for d, depth in FULL)),
    assuming=(),
    concluding={"dimension": BalancedDimension(tuple(balanced_dimension(*size) for size in FULL))},
    source=COUNTED,
    remarks=(Remark("dln-fiber-metric-definite"), Remark("dln-dim-low-rank")),
    unstated="d^2 + (N-1) d (d-1)/2 for every d and N, and the formula of dln-dim-leaf: dimensions"
    " are counted as ranks, at sizes. For every size dln-moment-pushforward and"
    " dln-fiber-metric-definite show that the derivative of the moments is onto at an invertible X;"
    " that a set of such zeros has the dimension N d^2 - (N-1) d (d+1)/2 is a theorem that"
    " proofs do not cite",
)

DLN_DIM_LEAF = Claim(
    id="dln-dim-leaf",
    title="the dimension of a leaf of low rank at small sizes",
    setting=Action(tuple(_square(d, depth) for d, depth, _ in LEAVES)),
    assuming=(),
    concluding={
        "dimension": LeafDimension(
            tuple(rank for *_, rank in LEAVES), tuple(leaf_dimension(*leaf) for leaf in LEAVES)
        )
    },
    source=COUNTED,
    remarks=(Remark("dln-dim-low-rank"),),
)

DLN_DIM_LOW_RANK = DLN_DIM_LEAF.false_variant(
    id="dln-dim-low-rank",
    title="a misreading: the rank of dG and the dimension of a leaf",
    setting=Action((_square(3, 3),)),
    concluding={"dimension": LeafByRank((2,))},
)

DLN_ORTHOGONAL = Claim(
    id="dln-orthogonal",
    title="normals of the balanced set and fibres of X",
    setting=Action((_square(1, 3), _square(2, 2), _square(2, 3), _square(3, 3))),
    assuming=(),
    concluding={"normals": NormalsInFibre(), "common": CommonTangents((0, 1, 2, 6))},
    source=COUNTED,
    also=("err-orthogonal",),
    as_printed="dln-orthogonal-printed",
)

DLN_ORTHOGONAL_PRINTED = DLN_ORTHOGONAL.false_variant(
    id="dln-orthogonal-printed",
    title="as printed: fibres of X and level sets of G as orthogonal foliations",
    setting=Action((_square(2, 2),)),
    concluding={"orthogonal": OrthogonalFoliations()},
    source=FOLIATION,
)

AMB_SOLVABLE = Claim(
    id="amb-solvable",
    title="tangent spaces that fibres and level sets of moments share",
    setting=Action((_square(2, 2), _square(2, 3), _square(3, 2), _square(3, 3))),
    assuming=(),
    concluding={"family": CommonTangents((1, 2, 3, 6)), "rotations": RotationsLeave()},
    source=SOLVABLE,
    remarks=(Remark("dln-kempf-ness"),),
)

AMB_SOLVABLE_ORBIT = AMB_SOLVABLE.false_variant(
    id="amb-solvable-orbit",
    title="a misreading: fibres of X and G as orbits of the hidden rotations",
    setting=Action((_square(2, 2),)),
    concluding={"orbit": OneRotation()},
)
