"""The regularising flow of scalar layers, and what is said of it."""

from proofs.flows.scalar_layers import metric, moments, multipliers, rates
from verify.claims.conclusions.constant import Constant
from verify.claims.conclusions.equals import Equals
from verify.claims.conclusions.rate_law import RateLaw
from verify.models.formula_flow import Follows, Weights
from verify.models.formulas import Formulas, Let, Letter, letters
from verify.terms.expr import dot


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
