"""Circular convolutions beta = u * v of width three in real space. u_1^2 - v_1^2 is not kept; what
each frequency keeps is.
"""

from proofs.margins.sources import CONVOLUTIONS
from verify.claims.claim import Claim
from verify.claims.conclusions import Conserved
from verify.models.declared import Declared, constant, loss, parameter
from verify.models.declared import Letter as Declaration
from verify.terms.expr import Expr
from verify.terms.indices import Index

n = Index("n", "data")
u1, u2, u3, v1, v2, v3 = (parameter(x) for x in "u1 u2 u3 v1 v2 v3".split())
P, Q, R = (constant(x, n) for x in "PQR")
U, V = [x.here for x in (u1, u2, u3)], [x.here for x in (v1, v2, v3)]


def convolved(u: list[Expr], v: list[Expr]) -> Declaration:
    """A loss of P beta_1 + Q beta_2 + R beta_3, beta = u * v, v of two or three entries."""
    pairs = [(i, j, (i - j) % 3) for i in range(3) for j in range(3)]
    first, *rest = ((P, Q, R)[i][n] * u[j] * v[k] for i, j, k in pairs if k < len(v))
    return loss("E", sum(rest, first), gradient="s")


whole = convolved(U, V)
WIDE = Declared((u1, u2, u3, v1, v2, v3, P, Q, R, whole), flow=whole.here)


def square(x: list[Expr]) -> Expr:
    """|x|^2."""
    return sum((y**2 for y in x[1:]), x[0] ** 2)


def constant_part(x: list[Expr]) -> Expr:
    """|x^_0|^2."""
    return sum(x[1:], x[0]) ** 2


def other_part(x: list[Expr]) -> Expr:
    """|x^_1|^2 = |x^_2|^2, of width three."""
    return square(x) - x[0] * x[1] - x[1] * x[2] - x[2] * x[0]


WIDTH_THREE = Claim(
    id="lin-nets-width-three",
    title="circular convolution of width three in real space: what frequencies keep",
    setting=WIDE,
    assuming=(),
    concluding={
        "mean": Conserved(constant_part(U) - constant_part(V)),
        "other": Conserved(other_part(U) - other_part(V)),
    },
    source=CONVOLUTIONS,
)
REAL_SPACE = WIDTH_THREE.false_variant(
    id="lin-nets-real-space",
    title="a misreading: circular convolution keeps differences of squares in real space",
    concluding={"coordinate": Conserved(U[0] ** 2 - V[0] ** 2)},
)
