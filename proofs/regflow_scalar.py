"""The regularising flow of scalar layers: G(t) = G_0 e^(-2t), and the product is constant.

The flow of half the sum of squares on the fibre is w_k' = -(b_k w_k - w_k b_(k-1)) where H(b) = G,
solved by elimination; both are conclusions. For every N there is at most one solution
(fixed_differences).
"""

from proofs.flows.scalar_layers import moments
from proofs.lemmas.regflow_scalar import laws, layers
from verify.claims.claim import Claim, Remark, Source
from verify.claims.conclusions.rate_law import RateLaw
from verify.models.formulas import letters

REGFLOW = Source("2511.01137v2", "Theorem reg-flow", note="scalar case; closed form derived")


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
