"""Steps that are too long, separable samples (1, a) and (1, -a), and a smooth loss with l'(z) = z -
1 for z < 0 and -1 < l'(z) < 0 for z > 0, such as exp(-z) there: descent diverges where eta a^2 =
16, eta = 1.

Let w_1 = w > 0 and a |w_2| = y > w, so that one margin is w - y < 0 and the other w + y > 0; c =
-l'(w + y) in (0, 1). A step gives w+ = w + (1 - w + y) + c, and a w_2 of the other sign, of size y+
= 16 (1 - w + y) - 16 c - y. From y = 3 w + 1 + m with m > 0 on, y+ > 3 w+ + 1 again, and y+ > 5 y:
for ever. c = 1/(1 + h), h > 0.
"""

from proofs.margins.sources import SEPARABLE
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions.sign import Sign
from verify.models.formulas import Formulas, Let, Letter, letters
from verify.terms.expr import const

W, M, H = letters("w m h")
Y, C = const("y"), const("c")
STEP = Formulas(
    "one descent step, eta = 1, eta a^2 = 16: from (w, y) to (f, g); c = 1/(1 + h) in (0, 1)",
    (Letter("w", ">"), Letter("m", ">"), Letter("h", ">")),
    (
        Let("c", 1 / (1 + H)),
        Let("y", 3 * W + 1 + M),
        Let("f", W + (1 - W + Y) + C),
        Let("g", 16 * (1 - W + Y) - 16 * C - Y),
    ),
)
LARGE = Claim(
    id="soudry-large-step",
    title="separable samples and steps that are too long: a cone that a step does not leave",
    setting=STEP,
    assuming=(),
    concluding={
        "cone": Sign(const("g") - 3 * const("f") - 1, ">"),
        "growth": Sign(const("g") - 5 * Y, ">"),
    },
    source=SEPARABLE,
    remarks=(Remark("soudry-large-step-settles"),),
)
SETTLES = LARGE.false_variant(
    id="soudry-large-step-settles",
    title="a misreading: separable samples and long steps, after which the worst margin is better",
    concluding={"better": Sign((const("f") - const("g")) - (W - Y), ">")},
)
