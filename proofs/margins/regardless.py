"""'For logistic loss, gradient descent converges to the max-margin separator regardless of
initialisation': whose margin, in which norm, of which network, and when?

Linear predictors: the largest margin in the l2 norm, from every start, like 1/log t. Squares of
weights (D = 2): the largest in the l1 norm, and not in the l2 norm. Cubes (D = 3): the start
decides, and neither may be reached. At D = 2 a small start needs an accuracy that it takes for ever
to reach (exp-crossover), so at any given accuracy the start decides there, too.

One sample x = (1, 4/5): the largest l1 margin is 1, the largest l2 margin |x| = 1.28.. . With cubes
from (1/2, 1) the second coordinate wins: l1 margin 4/5. With squares from (1, 1) beta tends to e_1,
whose l2 margin is 1.
"""

from proofs.margins.regardless_starts import CUBES, LINEAR, SQUARES, F
from proofs.margins.sources import LECTURES, SEED
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions import Throughout
from verify.claims.verdict import Verdict

TRUE = Claim(
    id="logistic-max-margin",
    title="linear predictors, logistic loss: the margin in log time from two starts",
    setting=LINEAR,
    assuming=(),
    concluding={"gap": Throughout("log(T) gap_1", "<", F(148, 10**3), after=F(50))},
    source=LECTURES,
    as_printed="logistic-max-margin-printed",
    remarks=tuple(map(Remark, (
        "logistic-max-margin-length", "max-margin-whatever-start", "logistic-one-sample",
        "soudry-main", "soudry-non-separable", "soudry-large-step",
    ))),
    expected=Verdict.ENCLOSED,
)  # fmt: skip
PRINTED = TRUE.false_variant(
    id="logistic-max-margin-printed",
    title="as printed: the margin of powers of weights at depth three, from two starts",
    setting=CUBES,
    concluding={"margin": Throughout("x.beta/|beta|_1", ">", F(9, 10), after=F(32, 100))},
    source=SEED,
)
LENGTH = TRUE.false_variant(
    id="logistic-max-margin-length",
    title="a loose sentence: the margin of squares of weights in the l2 norm",
    setting=SQUARES,
    concluding={"margin": Throughout("x.beta/|beta|_2", ">", F(5, 4), after=F(9))},
    source=SEED,
)
