"""One output and two inputs, hidden layers of width 1: w' on balanced points, at every depth N.

W_1 = (b1, b2), and each layer above is the number a. Balanced: a^2 = b1^2 + b2^2, a > 0 (signs can
be moved into W_1). With p = a^(N-1) the product is w = p b, the flow is b_i' = -p g_i and a' =
-(p/a) (b.g), which the root of b1^2 + b2^2 obeys: balance lasts. As |w| = p a, p^2 is |w|^(2-2/N).
By dln-learning-flow w' at balance depends on w alone, so the field is the same for hidden layers of
any width.
"""

from verify.claims.claim import Claim, Remark, Source
from verify.claims.conclusions.equals import Equals
from verify.models.formula_flow import Follows, Weights
from verify.models.formulas import Formulas, Let, Letter, Power, Root, letters
from verify.terms.expr import Expr, const, dot

OUTPUT = Source("2511.01137v2", note="Arora, Cohen and Hazan, cited there; derived")
B1, B2, G1, G2, N, C = letters("b1 b2 g1 g2 N c")
A, P, W1, W2, RHO = const("a"), const("p"), const("w1"), const("w2"), const("rho")


def field(w: Expr, g: Expr, length: Expr, depth: Expr | int) -> Expr:
    """-w' as the learning flow has it, up to the factor |w|^(2-2/N)."""
    return g + (depth - 1) * (W1 * G1 + W2 * G2) * w / length**2


BALANCED = Weights("layers", (2, 1, 1), "b1 b2 a", {2: N - 1})
ACH_MOTION = Claim(
    id="ach-motion",
    title="one output: the motion of w at balance",
    setting=Formulas.following(
        "gradient flow of one output, two inputs, hidden layers of width 1, balanced: W_1 = (b1,"
        " b2), W_k = a for k = 2..N, w = p b",
        (Letter("b1"), Letter("b2"), Letter("g1"), Letter("g2"), Letter("N", ">")),
        (
            Root("a", B1**2 + B2**2),
            Power("p", A, N - 1),
            Let("w1", P * B1),
            Let("w2", P * B2),
        ),
        Follows(BALANCED, G1 * BALANCED.phi[0] + G2 * BALANCED.phi[1]),
        ({"b1": 3, "b2": 4, "g1": 1, "g2": 2, "N": 2},),
    ),
    assuming=(),
    concluding={
        "balance": Equals(dot(A), -(P / A) * (B1 * G1 + B2 * G2)),
        "length": Equals(W1**2 + W2**2, (P * A) ** 2),
        "first": Equals(dot(W1), -(P**2) * field(W1, G1, P * A, N)),
        "second": Equals(dot(W2), -(P**2) * field(W2, G2, P * A, N)),
    },
    source=OUTPUT,
    remarks=(Remark("ach-end-to-end"), Remark("dln-learning-flow")),
)
