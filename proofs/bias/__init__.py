"""Implicit bias of gradient flow on signed powers, diagonal networks: potentials, limits, rates."""

from proofs.bias import (
    constants,
    expansions,
    explicit,
    kernels,
    limits,
    potentials,
    starts,
    thresholds,
    time_scales,
)
from verify.claims.claim import Claim

MODULES = (
    potentials, constants, limits, expansions, explicit, kernels, starts, thresholds, time_scales,
)  # fmt: skip
CLAIMS = tuple(c for m in MODULES for c in vars(m).values() if isinstance(c, Claim))
