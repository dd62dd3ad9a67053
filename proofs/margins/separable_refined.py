"""Separable samples whose support vectors span: exp(-x_n.rho) tends to the multiplier of x_n."""

from proofs.margins.separable_starts import FLOW, LATE, MULTIPLIERS, F
from proofs.margins.sources import SEPARABLE
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions import Throughout
from verify.claims.verdict import Verdict

TINY = F(1, 10**6)
REFINED = Claim(
    id="soudry-refined",
    title="separable samples whose support vectors span: what is left beside the separator",
    setting=FLOW,
    assuming=(),
    concluding={
        f"{what}-{n}": Throughout(f"exp(-x_{n}.rho)", sign, a + shift, after=LATE)
        for n, a in enumerate(MULTIPLIERS, 1)
        for what, sign, shift in (("above", "<", TINY), ("below", ">", -TINY))
    },
    source=SEPARABLE,
    remarks=tuple(map(Remark, (
        "soudry-main", "soudry-non-separable", "soudry-tail", "soudry-tail-exponential",
        "soudry-bias", "soudry-large-step", "soudry-not-spanning", "soudry-zero-multiplier",
    ))),
    links=("soudry-separator", "soudry-all-data-flow"),
    expected=Verdict.ENCLOSED,
)  # fmt: skip
