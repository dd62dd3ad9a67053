"""The regularising flow of scalar layers: G(t) = G_0 e^(-2t), the product is constant, and for N
= 2 the solution in closed form.

The flow is w_k' = -(b_k w_k - w_k b_(k-1)) where H(b) = G, solved by elimination; that it solves
H(b) = G is a conclusion of its own. For N = 2: w1^2 = (G + sqrt(G^2 + 4 x^2))/2, w2 = x/w1. For
every N, s_k = w_k^2 have fixed differences G_k(t) and the product x^2. Moved together they raise
their product: for 2, 3, 4 of them, and with each further one (dln-regflow-d1-step), so for every N
there is at most one solution. That there is one, between a product near 0 and a large one, is
continuity and not judged.
"""

from proofs.flows.scalar_layers import metric, moments, multipliers, rates
from verify.claims.claim import Claim, Remark, Source
from verify.claims.conclusions.constant import Constant
from verify.claims.conclusions.equals import Equals
from verify.claims.conclusions.rate_law import RateLaw
from verify.claims.conclusions.sign import Sign
from verify.models.formulas import Exp, Formulas, Let, Letter, Root, letters
from verify.terms.expr import const, dot, num

REGFLOW = Source("2511.01137v2", "Theorem reg-flow", note="scalar case; closed form derived")


def layers(depth: int) -> Formulas:
    """The flow of w1, .., wN != 0; b1, .., b(N-1) stand for the solution of H(b) = G."""
    names = [f"w{k}" for k in range(1, depth + 1)]
    w, b = letters(" ".join(names)), letters(" ".join(f"b{k}" for k in range(1, depth)))
    lets = tuple(Let(f"b{k}", e) for k, e in enumerate(multipliers(w), 1))
    flow = dict(zip(names, rates(w, b), strict=True))
    return Formulas(
        f"regularising flow of {depth} scalar layers",
        tuple(Letter(x, "!=") for x in names),
        lets,
        flow,
    )


def laws(depth: int) -> dict:
    """H(b) = G, every G_k decays at rate 2, the product is constant."""
    w, b = (
        letters(" ".join(f"w{k}" for k in range(1, depth + 1))),
        letters(" ".join(f"b{k}" for k in range(1, depth))),
    )
    product = w[0]
    for x in w[1:]:
        product = product * x
    found: dict = {
        f"solves-{k}": Equals(h, g)
        for k, (h, g) in enumerate(zip(metric(w, b), moments(w), strict=True), 1)
    }
    found |= {f"moment-{k}": RateLaw.of(g, -2) for k, g in enumerate(moments(w), 1)}
    return found | {"product": Constant(product)}


REGFLOW_D1_N2 = Claim(
    id="dln-regflow-d1-n2",
    title="the regularising flow of two scalar layers",
    setting=layers(2),
    assuming=(),
    concluding=laws(2),
    remarks=(Remark("dln-regflow-d1-rate-four"),),
    source=REGFLOW,
)

REGFLOW_D1_N3 = Claim(
    id="dln-regflow-d1-n3",
    title="the regularising flow of three scalar layers",
    setting=layers(3),
    assuming=(),
    concluding=laws(3),
    source=REGFLOW,
)

REGFLOW_D1_RATE_FOUR = REGFLOW_D1_N2.false_variant(
    id="dln-regflow-d1-rate-four",
    title="a misreading: the rate of the moment of two scalar layers",
    concluding={"moment-1": RateLaw.of(moments(letters("w1 w2"))[0], -4)},
)

T, X, START, E, R, W1, W2 = letters("t x G0 E R w1 w2")
G = const("G")
FIELD = rates([W1, W2], multipliers([W1, W2]))

REGFLOW_D1 = Claim(
    id="dln-regflow-d1",
    title="the regularising flow of two scalar layers, solved",
    setting=Formulas(
        "two scalar layers with the product x, G0 = w1(0)^2 - w2(0)^2",
        (Letter("t"), Letter("x", "!="), Letter("G0")),
        (
            Exp("E", -2 * T),
            Let("G", START * E),
            Root("R", G**2 + 4 * X**2),
            Root("w1", (G + R) / 2),
            Let("w2", X / W1),
        ),
        {"t": num(1)},
        ({"t": 0, "x": 2, "G0": 3},),
    ),
    assuming=(),
    concluding={
        "flow-1": Equals(dot(W1), FIELD[0]),
        "flow-2": Equals(dot(W2), FIELD[1]),
        "moment": Equals(W1**2 - W2**2, G),
        "product": Equals(W1 * W2, X),
    },
    remarks=(Remark("dln-regflow-d1-unique"),),
    source=REGFLOW,
)

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
