"""Starts and steps that change the bias. Without a minus branch, beta = u^2, log(beta/alpha^2)
stays in the row space: at small scales the least l1 norm among beta >= 0, at large ones a
divergence to alpha^2 1, and not l2.

Stochastic steps of length gamma on (x.beta - y)^2/4 at D = 2 multiply w_+ by 1 - c and w_- by 1 +
c, c = gamma r x_j: the product w_+ w_- = alpha^2 shrinks by 1 - c^2, and a smaller scale is
effective.
"""

from fractions import Fraction

from proofs.bias.sources import DERIVED, SGD
from proofs.samples import one_sided as o
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions import Agrees, TendsAtOrder
from verify.claims.conclusions.equals import Equals
from verify.claims.experiments import Compare
from verify.claims.verdict import Verdict
from verify.models.formulas import Formulas, Let, Letter, letters
from verify.models.samples import Samples
from verify.terms.expr import const

BIASED_INIT = Claim(
    id="biased-init",
    title="no minus branch: large and small scales for x = (1, 1/2)",
    setting=Samples(o.ONE_SIDED, sizes=((),), each=6),
    assuming=(),
    concluding={
        "large-1": TendsAtOrder(o.LARGE_1, o.ZERO, 2),
        "large-2": TendsAtOrder(o.LARGE_2, o.TWICE, 2),
        "small": TendsAtOrder(o.SMALL_1, o.TARGET, 2),
    },
    experiments=tuple(
        Compare(x, near_miss=Fraction(21, 10)) for x in ("large-1", "large-2", "small")
    ),
    source=DERIVED,
    remarks=(Remark("biased-init-l2"),),
    expected=Verdict.SUPPORTED,
)

BIASED_INIT_L2 = Claim(
    id="biased-init-l2",
    title="a misreading: without a minus branch large scales give minimal l2",
    setting=Samples(o.ONE_SIDED, sizes=((),), each=6),
    assuming=(),
    concluding={"limit": Agrees(o.FAR_1, o.LEAST_L2)},
    source=DERIVED,
    expected=Verdict.REFUTED,
    corrects="biased-init",
)

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
    remarks=(Remark("sgd-keeps-alpha"),),
)

SGD_KEEPS_ALPHA = Claim(
    id="sgd-keeps-alpha",
    title="a misreading: stochastic descent keeps the product of both branches",
    setting=STEP,
    assuming=(),
    concluding={"step": Equals(NEXT, P * M)},
    source=SGD,
    expected=Verdict.REFUTED,
    corrects="sgd-effective-alpha",
)
