"""Which metrics of function space are Hessians: rho_ij with d_k rho_ij = d_i rho_kj. Of two outputs
beta = a w with a^2 = |w|^2, rho = (I - b b^T/(2 |b|^2))/|b| is none; times |b|^(1/2) it is the
Hessian of (2/3) |b|^(3/2). So homogeneous is not enough for a mirror flow.

Gradients of outputs that commute are sufficient for one; of the entries of U U^T they do not.
"""

from proofs.bias.sources import OF_LECTURES, SEED
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions.equals import Equals
from verify.claims.verdict import Verdict
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
HOMOGENEOUS_IS_MIRROR = Claim(
    id="homogeneous-is-mirror",
    title="a loose sentence: the metric of a model of degree two is a Hessian",
    setting=BALANCED,
    assuming=(),
    concluding={"closed": Equals(partial("y", A), partial("x", H))},
    source=SEED,
    expected=Verdict.REFUTED,
    corrects="hessian-metric",
)
WARPED_TIME_CHANGE = Claim(
    id="warped-time-change",
    title="a balanced shared factor after a change of time: the Hessian of the power three halves",
    setting=Formulas(
        "the metric times s = |beta|^(1/2)",
        PLANE,
        (LENGTH, Root("s", R), *metric(S), Let("Q", 2 * R * S / 3)),
        points=({"x": 15, "y": 20},),
    ),
    assuming=(),
    concluding={
        "first": Equals(partial("x", partial("x", Q)), A),
        "mixed": Equals(partial("x", partial("y", Q)), H),
        "second": Equals(partial("y", partial("y", Q)), C),
    },
    source=OF_LECTURES,
    remarks=(Remark("warped-shared-factor"),),
)

U = letters("a b c k")
GRAM = Formulas("U = [[a, b], [c, k]]", tuple(Letter(x) for x in "abck"))
FIRST, MIXED = U[0] ** 2 + U[1] ** 2, U[0] * U[2] + U[1] * U[3]


def bracket(of: str) -> Expr:
    """The entry of [grad (U U^T)_11, grad (U U^T)_12] that belongs to a weight."""
    found = num(0)
    for x in "abck":
        found += partial(x, FIRST) * partial(x, partial(of, MIXED))
        found -= partial(x, MIXED) * partial(x, partial(of, FIRST))
    return found


COMMUTING_PARAMETRISATION = Claim(
    id="commuting-parametrisation",
    title="two entries of a Gram matrix: the bracket of their gradients",
    setting=GRAM,
    assuming=(),
    concluding={
        x: Equals(bracket(x), value)
        for x, value in zip("abck", (-2 * U[2], -2 * U[3], 2 * U[0], 2 * U[1]), strict=True)
    },
    source=OF_LECTURES,
    remarks=(Remark("gram-entries-commute"),),
)
GRAM_ENTRIES_COMMUTE = Claim(
    id="gram-entries-commute",
    title="a misreading: gradients of the entries of a Gram matrix commute",
    setting=GRAM,
    assuming=(),
    concluding={"bracket": Equals(bracket("c"), num(0))},
    source=OF_LECTURES,
    expected=Verdict.REFUTED,
    corrects="commuting-parametrisation",
)
