"""The dimension of a leaf of low rank at small sizes: see ``dimensions``."""

from proofs.dimensions import COUNTED, square
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions.of_dimensions import LeafByRank, LeafDimension
from verify.models.action import Action


def leaf_dimension(d: int, depth: int, rank: int) -> int:
    """The leaf of rank r."""
    return rank + (depth + 1) * (rank * d - rank * (rank + 1) // 2)


LEAVES = ((3, 3, 2), (3, 3, 1), (4, 2, 1), (2, 2, 1))

DLN_DIM_LEAF = Claim(
    id="dln-dim-leaf",
    title="the dimension of a leaf of low rank at small sizes",
    setting=Action(tuple(square(d, depth) for d, depth, _ in LEAVES)),
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
    setting=Action((square(3, 3),)),
    concluding={"dimension": LeafByRank((2,))},
)
