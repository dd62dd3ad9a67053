"""Accuracy against scale, D = 2, exponential loss. At a given accuracy a smaller start is not
nearer to the largest l1 margin: early the coordinate of the largest mean entry grows alone; here,
with samples (1, 2) and (3, -1), the first, whose margin 1 is 5/7 of the largest one. The second
catches up where log(1/E) is of order alpha^(-2 (1 - a)/(b - 1)), a = |xbar_2/xbar_1| = 1/4 and b =
|x_12/x_11| = 2: alpha^(-3/2). At alpha = 1/40 the part 17/20 is passed between clock 87/2 and 44,
at alpha = 1/80 between 119 and 120. The exponent is of the instance, at all scales up to 1/10: see
crossover_exponent.
"""

from proofs.margins.at_accuracy import BOTH, FIRST, FORTIETH, OTHER, PART, F, about, flow
from proofs.margins.sources import CROSSED, SEED
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions import Throughout
from verify.claims.verdict import Verdict

CROSSOVER = about(
    "exp-crossover", "squares of weights from 1/40: the l1 margin before the crossover",
    flow(F(87, 2), FORTIETH),
    source=CROSSED,
    concluding={"before": Throughout(FIRST, "<", PART, after=F(1))},
    remarks=tuple(map(Remark, (
        "exp-crossover-after", "exp-crossover-smaller", "exp-crossover-smaller-after",
        "moroshko-scale-vs-accuracy",
    ))),
    links=(
        "exp-crossover-clock", "exp-crossover-early", "exp-crossover-behind",
        "exp-crossover-exponent",
    ),
)  # fmt: skip
AFTER = about(
    "exp-crossover-after", "squares of weights from 1/40: the l1 margin after the crossover",
    flow(F(45), FORTIETH),
    source=CROSSED,
    concluding={x: Throughout(q, ">", PART, after=F(44)) for x, q in (("a", FIRST), ("b", OTHER))},
)  # fmt: skip
BETTER = Claim(
    id="exp-crossover-better",
    title="a loose sentence: small starts and the l1 margin at a given accuracy",
    setting=flow(F(20), BOTH),
    assuming=(),
    concluding={"better": Throughout(FIRST, ">", F(9, 10), after=F(19))},
    source=SEED,
    expected=Verdict.REFUTED,
    corrects="exp-crossover",
)
