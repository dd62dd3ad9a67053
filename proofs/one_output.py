"""One output, two inputs, depth N: w' = -F with F = |w|^(2-2/N) (g + (N-1) (w.g) w/|w|^2), g =
E'(w). Is F a gradient?

For constant g the curl d/dw1 F2 - d/dw2 F1 is -((N-1)(N-2)/N) |w|^(-2/N) (w1 g2 - w2 g1): zero for
N = 1, 2, otherwise not unless w and g are parallel (ach-no-potential).
"""

from verify.claims.claim import Claim, Source
from verify.claims.conclusions.equals import Equals
from verify.models.formulas import Formulas, Let, Letter, Power, Root, letters, partial
from verify.terms.expr import Expr, const

ONE_OUTPUT = Source(
    "2511.01137v2", note="result of Arora, Cohen and Hazan, recalled there; curl derived"
)
W1, W2, G1, G2, N, RHO, P = letters("w1 w2 g1 g2 N rho p")
F1, F2, CURL = const("F1"), const("F2"), const("curl")
INNER = W1 * G1 + W2 * G2


def field(depth: Expr, g1: Expr, g2: Expr) -> tuple[Let, ...]:
    """F = -w' and its curl, where p = rho^(2 - 2/depth)."""
    inner = (W1 * g1 + W2 * g2) / RHO**2
    first, second = (P * (g + (depth - 1) * inner * w) for g, w in ((g1, W1), (g2, W2)))
    return (Let("F1", first), Let("F2", second), Let("curl", partial("w1", F2) - partial("w2", F1)))


NORM = Root("rho", W1**2 + W2**2)
CONSTANT = Formulas(
    "field F = -w' of one output and two inputs at depth N, constant gradient g",
    (Letter("w1"), Letter("w2"), Letter("g1"), Letter("g2"), Letter("N", ">")),
    (NORM, Power("p", RHO, 2 - 2 / N), *field(N, G1, G2)),
    points=(
        {"w1": 3, "w2": 4, "g1": 1, "g2": 0, "N": 2},
        {"w1": 7, "w2": 24, "g1": 1, "g2": 0, "N": 4},
        {"w1": 7, "w2": 24, "g1": 7, "g2": 24, "N": 4},
    ),
)

ACH_CURL = Claim(
    id="ach-curl",
    title="one output, two inputs, constant gradient: the curl of the field",
    setting=CONSTANT,
    assuming=(),
    concluding={"curl": Equals(CURL, -(N - 1) * (N - 2) * (W1 * G2 - W2 * G1) * P / (N * RHO**2))},
    source=ONE_OUTPUT,
)
