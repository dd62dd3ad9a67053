"""Classification: what gradient flow does to margins under losses with an exponential tail."""

from proofs.margins import (
    any_time,
    convolutions,
    homogeneous,
    large_steps,
    one_sample,
    real_space,
    separable,
    separable_breaks,
    stationary,
)
from verify.claims.claim import Claim

MODULES = (
    separable,
    separable_breaks,
    large_steps,
    one_sample,
    convolutions,
    real_space,
    stationary,
    homogeneous,
    any_time,
)
CLAIMS = tuple(c for m in MODULES for c in vars(m).values() if isinstance(c, Claim))
