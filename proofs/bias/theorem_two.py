"""What the proof of a threshold needs and its statement does not have. The letters are those of
this library, not those of the print.
"""

from proofs.bias.sources import PRINTED, THEOREM_2
from verify.claims.claim import Claim
from verify.claims.conclusions.equals import Equals
from verify.claims.conclusions.sign import Sign
from verify.models.formulas import Formulas, Let, Letter, letters
from verify.terms.expr import const

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
THM2_PROOF_PRINTED = THM2_PROOF.false_variant(
    id="thm2-proof-printed",
    title="as printed: the scale of the statement is what its proof needs",
    concluding={"exponent": Equals(STATED, NEEDED)},
    source=PRINTED,
)
