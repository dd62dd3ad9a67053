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

CLAIMS = tuple(
    found
    for module in (
        potentials,
        constants,
        limits,
        expansions,
        explicit,
        kernels,
        starts,
        thresholds,
        time_scales,
    )  # fmt: skip
    for found in vars(module).values()
    if isinstance(found, Claim)
)
