"""Escape from a small start: near 0, w' = D c w^(D-1), so from alpha to w1 it takes
log(w1/alpha)/(2c) at D = 2 and (alpha^(2-D) - w1^(2-D))/(D (D-2) c) at D > 2: deeper is slower, at
equal alpha.

r = D - 2 > 0, c > 0; the clock is t of w' = -grad L.
"""

from proofs.bias.sources import DERIVED, SEED
from proofs.samples.escape import DEEPER, ESCAPE, TIME
from verify.claims.claim import Break, Claim, Remark
from verify.claims.conclusions import NeverBelow
from verify.claims.conclusions.constant import Constant
from verify.claims.conclusions.rate_law import RateLaw
from verify.claims.conclusions.sign import Sign
from verify.claims.hypotheses.formulas import Given
from verify.claims.verdict import Verdict
from verify.models.formulas import Formulas, Let, Letter, Power, letters
from verify.models.samples import Samples
from verify.terms.expr import const, num

W, R, C, T = letters("w r c t")
V = const("v")

ESCAPE_TIME = Claim(
    id="escape-time",
    title="the clock of a small start: what rises linearly in time at depth D = r + 2",
    setting=Formulas(
        "one coordinate near 0, g = -c",
        (Letter("w", ">"), Letter("r", ">"), Letter("c", ">"), Letter("t")),
        (Power("v", W, -R),),
        {"w": (R + 2) * C * W / V, "t": num(1)},
    ),
    assuming=(),
    concluding={"clock": Constant(V + R * (R + 2) * C * T)},
    remarks=(Remark("escape-time-deeper"), Remark("escape-time-depth-two")),
    source=DERIVED,
)

ESCAPE_TIME_DEPTH_TWO = Claim(
    id="escape-time-depth-two",
    title="the clock of a small start at depth 2: exponential growth",
    setting=Formulas(
        "one coordinate near 0, g = -c",
        (Letter("w", ">"), Letter("c", ">")),
        (),
        {"w": 2 * C * W},
    ),
    assuming=(),
    concluding={"growth": RateLaw(W, 2 * C)},
    source=DERIVED,
)

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

ESCAPE_TIME_SEED = Claim(
    id="deeper-faster-in-time",
    title="a loose sentence: deeper networks are faster, where that is said of training time",
    setting=Samples(ESCAPE, sizes=((2,), (3,), (5,)), each=4),
    assuming=(),
    concluding={"faster": NeverBelow(TIME, DEEPER)},
    source=SEED,
    expected=Verdict.REFUTED,
    corrects="escape-time-deeper",
)
