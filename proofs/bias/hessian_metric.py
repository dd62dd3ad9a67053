"""Which metrics of function space are Hessians: rho_ij with d_k rho_ij = d_i rho_kj. Of two outputs
beta = a w with a^2 = |w|^2, rho = (I - b b^T/(2 |b|^2))/|b| is none. So homogeneous is not enough
for a mirror flow.
"""

from proofs.bias.sources import OF_LECTURES, SEED
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions.equals import Equals
from verify.models.formulas import Formulas, Let, Letter, Root, letters, partial
from verify.terms.expr import Expr, const, num

X, Y = letters("x y")
R, S, A, H, C, Q = (const(name) for name in ("r", "s", "A", "H", "C", "Q"))
PLANE = (Letter("x"), Letter("y"))


def metric(factor: Expr) -> tuple[Let, Let, Let]:
    """rho_11, rho_12, rho_22 times a factor."""
    return (
        Let("A", factor * (1 - X**2 / (2 * R**2)) / R),
        Let("H", -factor * X * Y / (2 * R**3)),
        Let("C", factor * (1 - Y**2 / (2 * R**2)) / R),
    )


LENGTH = Root("r", X**2 + Y**2)
BALANCED = Formulas(
    "beta = (x, y) = a w, a^2 = |w|^2, r = |beta|", PLANE, (LENGTH, *metric(num(1)))
)
HESSIAN_METRIC = Claim(
    id="hessian-metric",
    title="a balanced shared factor: the metric inverts the kernel and is no Hessian",
    setting=BALANCED,
    assuming=(),
    concluding={
        "inverse": Equals((R + X**2 / R) * A + X * Y / R * H, num(1)),
        "off": Equals((R + X**2 / R) * H + X * Y / R * C, num(0)),
        "curl": Equals(partial("y", A) - partial("x", H), -Y / (2 * R**3)),
    },
    source=OF_LECTURES,
    remarks=(Remark("homogeneous-is-mirror"), Remark("warped-time-change")),
)
HOMOGENEOUS_IS_MIRROR = HESSIAN_METRIC.false_variant(
    id="homogeneous-is-mirror",
    title="a loose sentence: the metric of a model of degree two is a Hessian",
    concluding={"closed": Equals(partial("y", A), partial("x", H))},
    source=SEED,
)
