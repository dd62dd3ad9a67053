"""The mean of a stochastic step at D = 2 over two samples: the product w_+ w_- falls by the mean of
c_i^2, c_i = gamma r_i x_i, which is no product of the means of r_i^2 and of x_i^2.
"""

from proofs.bias.sources import SGD
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions.equals import Equals
from verify.models.formulas import Formulas, Let, Letter, letters
from verify.terms.expr import const

P, M, GAMMA = letters("p m gamma")
R1, X1, R2, X2 = letters("r1 x1 r2 x2")
TWO = Formulas(
    "one stochastic step at depth 2 with each of two samples, residual r_i, entry x_i, in the mean",
    tuple(Letter(n) for n in ("p", "m", "r1", "x1", "r2", "x2", "gamma")),
    (Let("c1", GAMMA * R1 * X1), Let("c2", GAMMA * R2 * X2)),
)
FIRST = (P - GAMMA * R1 * X1 * P) * (M + GAMMA * R1 * X1 * M)
SECOND = (P - GAMMA * R2 * X2 * P) * (M + GAMMA * R2 * X2 * M)
MEAN = (FIRST + SECOND) / 2
TOGETHER = (const("c1") ** 2 + const("c2") ** 2) / 2
APART = GAMMA**2 * (R1**2 + R2**2) / 2 * ((X1**2 + X2**2) / 2)
SGD_MEAN_STEP = Claim(
    id="sgd-mean-step",
    title="stochastic descent at depth 2: how fast the product of both branches falls in the mean",
    setting=TWO,
    assuming=(),
    concluding={"step": Equals(MEAN, P * M * (1 - TOGETHER))},
    source=SGD,
    remarks=(Remark("sgd-effective-alpha"), Remark("sgd-uncorrelated")),
)
SGD_UNCORRELATED = SGD_MEAN_STEP.false_variant(
    id="sgd-uncorrelated",
    title="a misreading: residuals and entries of the samples are uncorrelated in that mean",
    concluding={"step": Equals(MEAN, P * M * (1 - APART))},
)
