"""Starts and steps that change the bias. Without a minus branch, beta = u^2, log(beta/alpha^2)
stays in the row space: at small scales the least l1 norm among beta >= 0, at large ones a
divergence to alpha^2 1, and not l2.

Stochastic steps of length gamma on (x.beta - y)^2/4 at D = 2 multiply w_+ by 1 - c and w_- by 1 +
c, c = gamma r x_j: the product w_+ w_- = alpha^2 shrinks by 1 - c^2, and a smaller scale is
effective.
"""

from fractions import Fraction

from proofs.bias.sources import DERIVED, SEED, SGD
from proofs.samples import one_sided as o
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions import Agrees, TendsAtOrder
from verify.claims.conclusions.equals import Equals
from verify.claims.conclusions.sign import Sign
from verify.claims.experiments import Compare
from verify.claims.hypotheses.formulas import Given
from verify.claims.verdict import Verdict
from verify.models.formulas import Formulas, Let, Letter, letters, partial
from verify.models.samples import Samples
from verify.terms.expr import const, dot, num

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
    remarks=(Remark("sgd-keeps-alpha"), Remark("sgd-drift"), Remark("sgd-mean-step")),
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

SGD_UNCORRELATED = Claim(
    id="sgd-uncorrelated",
    title="a misreading: residuals and entries of the samples are uncorrelated in that mean",
    setting=TWO,
    assuming=(),
    concluding={"step": Equals(MEAN, P * M * (1 - APART))},
    source=SGD,
    expected=Verdict.REFUTED,
    corrects="sgd-mean-step",
)

DRIFT, NOISE = letters("b s")
PRODUCT = P * M
ITO = (
    partial("p", PRODUCT) * -DRIFT * P
    + partial("m", PRODUCT) * DRIFT * M
    + partial("p", partial("p", PRODUCT)) * (NOISE * P) ** 2 / 2
    + partial("m", partial("m", PRODUCT)) * (NOISE * M) ** 2 / 2
    - partial("p", partial("m", PRODUCT)) * (NOISE * P) * (NOISE * M)
)

SGD_DRIFT = Claim(
    id="sgd-drift",
    title="stochastic flow at depth 2: the drift of the product of both branches, by Ito",
    setting=Formulas(
        "dp = -p (b dt + s dW), dm = m (b dt + s dW), s^2 = gamma mean_i r_i^2 X_ij^2; as it is"
        " a multiple of p m, log(p m) has the drift -s^2 and no noise",
        (Letter("p", ">"), Letter("m", ">"), Letter("b"), Letter("s")),
        (),
    ),
    assuming=(),
    concluding={
        "drift": Equals(ITO, -(NOISE**2) * PRODUCT),
        "noise": Equals(
            partial("p", PRODUCT) * -NOISE * P + partial("m", PRODUCT) * NOISE * M, num(0)
        ),
    },
    source=SGD,
    remarks=(Remark("sgd-effective-alpha"),),
)

X0, Y0 = letters("x y")
RES, LOSS = const("r"), const("loss")
ZEROS = Formulas(
    "one sample of one coordinate at depth 2, weights of any sign",
    (Letter("p"), Letter("m"), Letter("x", "!="), Letter("y")),
    (Let("r", X0 * (P**2 - M**2) - Y0), Let("loss", RES**2)),
    {"p": -4 * X0 * RES * P, "m": 4 * X0 * RES * M},
)
ZERO_START = Claim(
    id="zero-start",
    title="how fast the loss of one coordinate falls: at a start with both weights zero not at all",
    setting=ZEROS,
    assuming=(),
    concluding={"falls": Equals(dot(LOSS), -16 * X0**2 * RES**2 * (P**2 + M**2))},
    source=DERIVED,
    remarks=(Remark("zero-start-falls"),),
)
ZERO_START_FALLS = Claim(
    id="zero-start-falls",
    title="a loose sentence: the loss of one coordinate falls at a rate that no start slows down",
    setting=ZEROS,
    assuming=(Given("wrong", RES**2, ">"),),
    concluding={"falls": Sign(-dot(LOSS) - 16 * X0**2 * LOSS, ">=")},
    source=SEED,
    expected=Verdict.REFUTED,
    corrects="zero-start",
)
