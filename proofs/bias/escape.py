"""Escape from a small start: near 0, w' = D c w^(D-1), so from alpha to w1 it takes
log(w1/alpha)/(2c) at D = 2 and (alpha^(2-D) - w1^(2-D))/(D (D-2) c) at D > 2. r = D - 2 > 0, c > 0;
the clock is t of w' = -grad L.
"""

from proofs.bias.sources import DERIVED
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions.constant import Constant
from verify.claims.conclusions.rate_law import RateLaw
from verify.models.formula_flow import Follows, Weights
from verify.models.formulas import Formulas, Letter, Power, letters
from verify.terms.expr import const, num

W, R, C, T = letters("w r c t")
V = const("v")
ANY, TWO = (Weights("signed-power", (depth, 1), "w w_minus") for depth in (R + 2, 2))
ESCAPE_TIME = Claim(
    id="escape-time",
    title="the clock of a small start: what rises linearly in time at depth D = r + 2",
    setting=Formulas.following(
        "one coordinate near 0, g = -c",
        (Letter("w", ">"), Letter("r", ">"), Letter("c", ">"), Letter("t")),
        (Power("v", W, -R),),
        Follows(ANY, -C * ANY.phi[0], own={"t": num(1)}),
    ),
    assuming=(),
    concluding={"clock": Constant(V + R * (R + 2) * C * T)},
    remarks=(Remark("escape-time-deeper"), Remark("escape-time-depth-two")),
    source=DERIVED,
)
ESCAPE_TIME_DEPTH_TWO = Claim(
    id="escape-time-depth-two",
    title="the clock of a small start at depth 2: exponential growth",
    setting=Formulas.following(
        "one coordinate near 0, g = -c",
        (Letter("w", ">"), Letter("c", ">")),
        (),
        Follows(TWO, -C * TWO.phi[0]),
    ),
    assuming=(),
    concluding={"growth": RateLaw(W, 2 * C)},
    source=DERIVED,
)
