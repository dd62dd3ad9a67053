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
from verify.claims.conclusions.of_dimensions import BalancedDimension
from verify.models.action import Action, DeepLinear

COUNTED = Source(
    LINDSEY_MENON.arxiv,
    note="derived at the printed sizes; the formula for every size is in the file",
)


def square(d: int, depth: int) -> DeepLinear:
    return DeepLinear((d,) * (depth + 1))


def balanced_dimension(d: int, depth: int) -> int:
    """dim M."""
    return d**2 + (depth - 1) * d * (d - 1) // 2


FULL = ((1, 2), (1, 3), (2, 2), (2, 3), (3, 2), (3, 3))

DLN_DIM = Claim(
    id="dln-dim",
    title="the dimension of the balanced set at small sizes",
    setting=Action(tuple(square(d, depth) for d, depth in FULL)),
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
