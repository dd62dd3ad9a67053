"""The quasi-norm with a hypothesis left out: false for each depth >= 2, and what replaces it."""

from proofs.sources import DERIVED
from verify.claims.claim import Break, Claim
from verify.claims.conclusions import Conserved, Equation
from verify.claims.hypotheses import Balanced, DepthAtLeast, Homogeneous
from verify.claims.verdict import Verdict
from verify.models import Flow
from verify.terms.expr import const, dot, euler, g, q, quad, total, w

Q = total("i", q["i"])
B, W, lam = quad("S_B"), quad("S_W"), const("lambda")

QUASI_NORM_UNBALANCED = Claim(
    id="quasi-norm-unbalanced",
    title="a misreading: the quasi-norm without balance",
    setting=Flow(),
    assuming=(Homogeneous(), DepthAtLeast()),
    concluding={"conserved": Conserved(Q)},
    source=DERIVED,
    expected=Verdict.REFUTED,
    corrects="quasi-norm",
)
QUASI_NORM_ANY_LOSS = Claim(
    id="quasi-norm-any-loss",
    title="a misreading: the quasi-norm without scale invariance",
    setting=Flow(),
    assuming=(Balanced(),),
    concluding={"conserved": Conserved(Q)},
    source=DERIVED,
    expected=Verdict.REFUTED,
    corrects="quasi-norm",
)
QUASI_NORM_OUTPUT_SPACE = Claim(
    id="quasi-norm-output-space",
    title="the quasi-norm with output-space regularisation",
    setting=Flow(),
    assuming=(Balanced(),),
    concluding={
        "slope": Equation(dot(Q), -2 * total("i", w["i"] * g["i"])),
        "euler": Equation(-2 * euler(-B / (W + lam)), 4 * lam * B / (W + lam) ** 2),
    },
    breaks=(Break("balance", loss="norm"),),
    source=DERIVED,
)
