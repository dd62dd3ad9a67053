"""The regularising flow of scalar layers: G(t) = G_0 e^(-2t), and the product is constant.

The flow of half the sum of squares on the fibre is w_k' = -(b_k w_k - w_k b_(k-1)) where H(b) = G,
solved by elimination; both are conclusions. For every N there is at most one solution
(fixed_differences).
"""

from proofs.flows.scalar_layers import metric, moments, multipliers, rates
from verify.claims.claim import Claim, Remark, Source
from verify.claims.conclusions.constant import Constant
from verify.claims.conclusions.equals import Equals
from verify.claims.conclusions.rate_law import RateLaw
from verify.models.formula_flow import Follows, Weights
from verify.models.formulas import Formulas, Let, Letter, letters
from verify.terms.expr import dot

REGFLOW = Source("2511.01137v2", "Theorem reg-flow", note="scalar case; closed form derived")


def layers(depth: int) -> Formulas:
    """The flow of w1, .., wN != 0; b1, .., b(N-1) stand for the solution of H(b) = G."""
    net = Weights("scalars", (depth,), " ".join(f"w{k}" for k in range(1, depth + 1)))
    w = letters(net.at)
    lets = tuple(Let(f"b{k}", e) for k, e in enumerate(multipliers(w), 1))
    half = sum((x**2 for x in w[1:]), w[0] ** 2) / 2
    return Formulas.following(
        f"regularising flow of {depth} scalar layers",
        tuple(Letter(x, "!=") for x in net.names),
        lets,
        Follows(net, half, fibre=True),
    )


def laws(depth: int) -> dict:
    """H(b) = G, every G_k decays at rate 2, the product is constant."""
    sizes = {"w": depth, "b": depth - 1}
    w, b = (letters(" ".join(f"{x}{k + 1}" for k in range(n))) for x, n in sizes.items())
    product = w[0]
    for x in w[1:]:
        product = product * x
    found: dict = {
        f"solves-{k}": Equals(h, g)
        for k, (h, g) in enumerate(zip(metric(w, b), moments(w), strict=True), 1)
    }
    found |= {f"moment-{k}": RateLaw.of(g, -2) for k, g in enumerate(moments(w), 1)}
    found |= {f"flow-{k}": Equals(dot(w[k - 1]), e) for k, e in enumerate(rates(w, b), 1)}
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
