"""The second multiplier of samples (1, 2), (3, -1) in the clock of the first entry, and two bounds
of it by rates; what the letters are, and what follows: crossover_exponent.
"""

from proofs.margins.sources import CROSSED
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions.equals import Equals
from verify.claims.conclusions.sign import Sign
from verify.models.formulas import Formulas, Let, Letter, letters
from verify.terms.expr import const, dot

U, V, P, Q = letters("u v p q")
RATES = Claim(
    id="exp-crossover-clock",
    title="two samples, exponential loss: the second multiplier in the clock of the first entry",
    setting=Formulas(
        "u = nu_1, v = nu_2 with rates p = exp(-x_1.beta), q = exp(-x_2.beta); y = z_1, z = z_2",
        (Letter("u"), Letter("v"), Letter("p", ">"), Letter("q", ">")),
        (Let("y", U + 3 * V), Let("z", 2 * U - V)),
        {"u": P, "v": Q},
    ),
    assuming=(),
    concluding={
        "rate": Equals(dot(V) / dot(const("y")), 1 / (3 + P / Q)),
        "kept": Equals(const("z"), 2 * const("y") - 7 * V),
    },
    source=CROSSED,
    remarks=(Remark("exp-crossover-early"), Remark("exp-crossover-behind")),
)

B, J, M, F, K = letters("b j m f k")
R = const("r")
EARLY = Claim(
    id="exp-crossover-early",
    title="two samples, early: a bound from below on the second multiplier",
    setting=Formulas(
        "f = exp(4 n - z + p), clock z; r <= 1 + 4 b",
        (Letter("b", ">"), Letter("j", ">"), Letter("m", ">"), Letter("f", ">")),
        (Let("r", (1 + 4 * B) / (1 + J)),),
        {"b": B + M, "m": -M, "f": F * (4 / (3 + R) - 1 + B)},
    ),
    assuming=(),
    concluding={"rises": Sign(dot(F), ">")},
    source=CROSSED,
    remarks=(Remark("exp-crossover-exponent"),),
)
BEHIND = Claim(
    id="exp-crossover-behind",
    title="two samples, while the second entry is behind: a bound from above on its multiplier",
    setting=Formulas(
        "f = exp(4 n - z), clock z; r >= 1 + b",
        (Letter("b", ">"), Letter("k", ">"), Letter("m", ">"), Letter("f", ">")),
        (Let("r", 1 + B + K), Let("p", B + M)),
        {"b": B + M, "m": -M, "f": F * (4 / (3 + R) - 1)},
    ),
    assuming=(),
    concluding={"falls": Sign(-dot(F * (4 + const("p"))), ">")},
    source=CROSSED,
    remarks=(Remark("exp-crossover-exponent"),),
)
