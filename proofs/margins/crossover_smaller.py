"""Squares of weights from 1/80: the crossover comes later than from 1/40."""

from proofs.margins.at_accuracy import EIGHTIETH, FIRST, OTHER, PART, F, about, flow
from proofs.margins.sources import CROSSED
from verify.claims.conclusions import Throughout

SMALLER = about(
    "exp-crossover-smaller", "squares of weights from 1/80: the l1 margin before the crossover",
    flow(F(119), EIGHTIETH),
    source=CROSSED,
    concluding={"before": Throughout(FIRST, "<", PART, after=F(1))},
)  # fmt: skip
SMALLER_AFTER = about(
    "exp-crossover-smaller-after",
    "squares of weights from 1/80: the l1 margin after the crossover",
    flow(F(121), EIGHTIETH),
    source=CROSSED,
    concluding={x: Throughout(q, ">", PART, after=F(120)) for x, q in (("a", FIRST), ("b", OTHER))},
)  # fmt: skip
