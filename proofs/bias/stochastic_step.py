"""Stochastic steps of length gamma on (x.beta - y)^2/4 at D = 2 multiply w_+ by 1 - c and w_- by 1
+ c, c = gamma r x_j: the product w_+ w_- = alpha^2 shrinks by 1 - c^2, and a smaller scale is
effective.
"""

from proofs.bias.sources import SGD
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions.equals import Equals
from verify.models.formulas import Formulas, Let, Letter, letters
from verify.terms.expr import const

P, M, X, R, GAMMA = letters("p m x r gamma")
STEP = Formulas(
    "one stochastic step at depth 2, p = w_+, m = w_-, residual r at a sample with entry x",
    tuple(Letter(n) for n in ("p", "m", "x", "r", "gamma")),
    (Let("c", GAMMA * R * X),),
)
NEXT = (P - GAMMA * R * X * P) * (M + GAMMA * R * X * M)
SGD_EFFECTIVE_ALPHA = Claim(
    id="sgd-effective-alpha",
    title="stochastic descent at depth 2: the product of both branches after a step",
    setting=STEP,
    assuming=(),
    concluding={"step": Equals(NEXT, P * M * (1 - const("c") ** 2))},
    source=SGD,
    remarks=(Remark("sgd-keeps-alpha"), Remark("sgd-drift"), Remark("sgd-mean-step")),
)
SGD_KEEPS_ALPHA = SGD_EFFECTIVE_ALPHA.false_variant(
    id="sgd-keeps-alpha",
    title="a misreading: stochastic descent keeps the product of both branches",
    concluding={"step": Equals(NEXT, P * M)},
)
