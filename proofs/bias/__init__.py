"""Implicit bias of gradient flow on signed powers, diagonal networks: potentials, limits, rates."""

from proofs.bias import (
    constants,
    convex_losses,
    energies,
    expansions,
    explicit,
    function_space,
    hessian_metrics,
    kernels,
    lasso_path,
    limits,
    potentials,
    printed,
    shared_factor,
    starts,
    thresholds,
    time_scales,
)
from verify.claims.claim import Claim

MODULES = (
    potentials, constants, limits, expansions, explicit, kernels, starts, thresholds, time_scales,
    energies, printed, function_space, hessian_metrics, shared_factor,
    lasso_path,
    convex_losses,
)  # fmt: skip
CLAIMS = tuple(c for m in MODULES for c in vars(m).values() if isinstance(c, Claim))
