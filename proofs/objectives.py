"""Objectives under which a diagonal map D = diag(w) cannot learn: the ratio trace does not depend
on w.

tr((D S_W D)^-1 D S_B D) = tr(V S_B) with V = S_W^-1, wherever all w_i != 0: nothing moves and
everything is conserved.
"""

from proofs.sources import DERIVED
from verify.claims.claim import Break, Claim, Remark
from verify.claims.conclusions import Equation
from verify.claims.hypotheses import NonZero
from verify.models import Flow
from verify.terms.expr import S_B, V, total, w

INVERSE = w["i"] ** -1 * V["i", "j"] * w["j"] ** -1  # (D S_W D)^-1, entry i, j
MIDDLE = w["j"] * S_B["j", "i"] * w["i"]  # D S_B D, entry j, i

LDA_RATIO_TRACE_CONSTANT = Claim(
    id="lda-ratio-trace-constant",
    title="the ratio trace of a diagonal map",
    setting=Flow(),
    assuming=(NonZero(),),
    concluding={
        "constant": Equation(
            total("i", total("j", INVERSE * MIDDLE)),
            total("i", total("j", V["i", "j"] * S_B["j", "i"])),
        )
    },
    breaks=(Break("nonzero", not_needed="where some w_i = 0 the objective is not defined"),),
    source=DERIVED,
    remarks=(Remark("lda-eigenvalues"),),
)
