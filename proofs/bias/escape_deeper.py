"""Escape from a small start takes longer at larger depth, at equal scale alpha."""

from proofs.bias.sources import DERIVED, SEED
from proofs.samples.escape import DEEPER, ESCAPE, TIME
from verify.claims.claim import Break, Claim
from verify.claims.conclusions import NeverBelow
from verify.claims.conclusions.sign import Sign
from verify.claims.hypotheses.formulas import Given
from verify.models.formulas import Formulas, Let, Letter, letters
from verify.models.samples import Samples
from verify.terms.expr import const

A, B = letters("a b")
ESCAPE_TIME_DEEPER = Claim(
    id="escape-time-deeper",
    title="depth four leaves a small start later than depth three",
    setting=Formulas(
        "T3 and T4 are the times from alpha to w1",
        (Letter("a", ">"), Letter("b", ">")),
        (Let("T3", (A - B) / 3), Let("T4", (A**2 - B**2) / 8)),
        points=({"a": 10, "b": 4},),
    ),
    assuming=(Given("rises", A - B, ">"), Given("small", 3 * A + 3 * B - 8, ">")),
    concluding={"later": Sign(const("T4") - const("T3"), ">")},
    breaks=(Break("rises"), Break("small")),
    source=DERIVED,
)
ESCAPE_TIME_SEED = ESCAPE_TIME_DEEPER.false_variant(
    id="deeper-faster-in-time",
    title="a loose sentence: deeper networks are faster, where that is said of training time",
    setting=Samples(ESCAPE, sizes=((2,), (3,), (5,)), each=4),
    assuming=(),
    concluding={"faster": NeverBelow(TIME, DEEPER)},
    source=SEED,
)
