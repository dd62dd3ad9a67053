"""Where the regularising flow of scalar layers is: s_k = w_k^2 have fixed differences G_k(t) and
the product x^2.

Moved together they raise their product: for 2, 3, 4 of them, and with each further one
(dln-regflow-d1-step), so for every N there is at most one solution. That there is one, between a
product near 0 and a large one, is continuity and not judged.
"""

from proofs.regflow_scalar import REGFLOW
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions.constant import Constant
from verify.claims.conclusions.sign import Sign
from verify.models.formulas import Formulas, Letter, letters
from verify.terms.expr import dot, num

S = letters("s1 s2 s3 s4")

REGFLOW_D1_UNIQUE = Claim(
    id="dln-regflow-d1-unique",
    title="the product of positive numbers with fixed differences",
    setting=Formulas(
        "s_k > 0 moved together, so that their differences stay",
        tuple(Letter(f"s{k}", ">") for k in range(1, 5)),
        rates={f"s{k}": num(1) for k in range(1, 5)},
    ),
    assuming=(),
    concluding={
        "difference": Constant(S[0] - S[1]),
        "two": Sign(dot(S[0] * S[1]), ">"),
        "three": Sign(dot(S[0] * S[1] * S[2]), ">"),
        "four": Sign(dot(S[0] * S[1] * S[2] * S[3]), ">"),
    },
    source=REGFLOW,
    remarks=(Remark("dln-regflow-d1-step"),),
)

PRODUCT, SLOPE, NEXT = letters("p r s")
REGFLOW_D1_STEP = Claim(
    id="dln-regflow-d1-step",
    title="one more factor in a product of positive numbers with fixed differences",
    setting=Formulas(
        "p > 0 a product of such numbers with p' = r > 0, and one more, s > 0 with s' = 1",
        (Letter("p", ">"), Letter("r", ">"), Letter("s", ">")),
        rates={"p": SLOPE, "s": num(1)},
    ),
    assuming=(),
    concluding={"rises": Sign(dot(PRODUCT * NEXT), ">")},
    source=REGFLOW,
    remarks=(Remark("dln-regflow-d1-unique"),),
)
