"""One output and two inputs at depth 2: without balance w' is not as in ach-motion."""

from proofs.one_output_motion import ACH_MOTION, B1, B2, G1, G2, RHO, W1, W2, C, field
from verify.claims.conclusions.equals import Equals
from verify.models.formula_flow import Follows, Weights
from verify.models.formulas import Formulas, Let, Letter, Root
from verify.terms.expr import dot

NET = Weights("layers", (2, 1, 1), "b1 b2 c")
ACH_MOTION_UNBALANCED = ACH_MOTION.false_variant(
    id="ach-motion-unbalanced",
    title="a misreading: the motion of w at depth 2 without balance",
    setting=Formulas.following(
        "gradient flow of one output, two inputs, W_1 = (b1, b2), W_2 = c, w = c b",
        (Letter("c"), Letter("b1"), Letter("b2"), Letter("g1"), Letter("g2")),
        (Let("w1", C * B1), Let("w2", C * B2), Root("rho", W1**2 + W2**2)),
        Follows(NET, G1 * NET.phi[0] + G2 * NET.phi[1]),
        ({"c": 1, "b1": 3, "b2": 4, "g1": 1, "g2": 0},),
    ),
    concluding={"first": Equals(dot(W1), -RHO * field(W1, G1, RHO, 2))},
)
