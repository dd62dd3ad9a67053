"""Slips of print and of proof, each beside its right form: the squared residual and a sign in the
rates of both branches, a sign in the rate at depth three and more, arcsin for arcsinh, and what the
proof of a threshold needs and its statement does not have.

The catalogue names these slips; the letters are those of this library, not those of the print.
"""

from proofs.bias.potentials import ENTROPY
from proofs.bias.sources import APPENDIX_C, PRINTED, THEOREM_2
from proofs.bregman_rate import y
from proofs.signed_powers import POWERS, SLOPE, D, X, i, n, wm, wp
from verify.claims.claim import Claim
from verify.claims.conclusions import Equation
from verify.claims.conclusions.equals import Equals
from verify.claims.conclusions.sign import Sign
from verify.claims.experiments import Nearby
from verify.claims.verdict import Verdict
from verify.models.declared import Declared
from verify.models.formulas import Formulas, Let, Letter, letters
from verify.terms.expr import Expr, const, dot
from verify.terms.indices import Index, Sum

k = Index("k", "coordinates")
RESIDUAL = Sum(k, X[n, k] * (wp[k] ** 2 - wm[k] ** 2)) - y[n]
SQUARED = Declared((wp, wm, X, y), flow=Sum(n, RESIDUAL**2))


def rate(power: int) -> Expr:
    """4 X^T r, or with the squared residual in the place of r."""
    return 4 * Sum(n, X[n, i] * RESIDUAL**power)


FLOW_BRANCHES = Claim(
    id="flow-branches",
    title="squared loss, depth two: the residual and the signs in the rates of both branches",
    setting=SQUARED,
    assuming=(),
    concluding={
        "plus": Equation(dot(wp[i]), -wp[i] * rate(1)),
        "minus": Equation(dot(wm[i]), wm[i] * rate(1)),
    },
    experiments=(Nearby("plus", Equation(dot(wp[i]), -2 * wp[i] * rate(1)), "twice of it"),),
    source=APPENDIX_C,
    as_printed="flow-branches-printed",
)
FLOW_BRANCHES_PRINTED = Claim(
    id="flow-branches-printed",
    title="as printed: the squared residual, and a minus sign for the second branch",
    setting=SQUARED,
    assuming=(),
    concluding={
        "residual": Equation(dot(wp[i]), -wp[i] * rate(2)),
        "sign": Equation(dot(wm[i]), -wm[i] * rate(1)),
    },
    source=PRINTED,
    expected=Verdict.REFUTED,
    corrects="flow-branches",
)
DEPTH_D_RATE_PRINTED = Claim(
    id="diag-depthd-rate-printed",
    title="as printed: the rate at depth three and more with the other sign",
    setting=POWERS,
    assuming=(),
    concluding={
        "rate": Equation(dot(wp[i] ** (2 - D) - wm[i] ** (2 - D)), -2 * D * (D - 2) * SLOPE)
    },
    source=PRINTED,
    expected=Verdict.REFUTED,
    corrects="diag-depthd-invariant",
)
QALPHA_ARCSIN_PRINTED = Claim(
    id="qalpha-arcsin-printed",
    title="as printed once in a proof: the slope of the potential is an arcsine",
    setting=ENTROPY,
    assuming=(),
    concluding={"root": Equals(4 - const("x") ** 2, dot(const("x")) ** 2)},
    source=PRINTED,
    expected=Verdict.REFUTED,
    corrects="diag-d2-qalpha",
)

EPS, DIM, NORM = letters("k d1 b")
NEEDED, STATED = const("N"), const("S")
CONSTANTS = Formulas(
    "theorem 2 at eps = k: logarithms of the bound from d1 = d; its proof needs N, it states S",
    tuple(Letter(x, ">") for x in ("k", "d1", "b")),
    (Let("N", -DIM * (2 + EPS) / (2 * EPS * NORM)), Let("S", -DIM / (EPS * NORM))),
)
THM2_PROOF = Claim(
    id="thm2-proof",
    title="theorem two: its proof needs a smaller scale than its statement asks for",
    setting=CONSTANTS,
    assuming=(),
    concluding={
        "exponent": Equals(STATED - NEEDED, DIM / (2 * NORM)),
        "base": Sign(2 * (1 + 2 * EPS) * NORM - 2 * (1 + EPS) * NORM, ">"),
    },
    source=THEOREM_2,
    as_printed="thm2-proof-printed",
)
THM2_PROOF_PRINTED = Claim(
    id="thm2-proof-printed",
    title="as printed: the scale of the statement is what its proof needs",
    setting=CONSTANTS,
    assuming=(),
    concluding={"exponent": Equals(STATED, NEEDED)},
    source=PRINTED,
    expected=Verdict.REFUTED,
    corrects="thm2-proof",
)
