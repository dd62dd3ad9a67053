"""Implicit bias of gradient flow on signed powers, diagonal networks: potentials, limits, rates."""

from proofs.bias import (
    commuting,
    convex_losses,
    energies,
    escape,
    escape_deeper,
    expansions,
    explicit_potential,
    explicit_root,
    explicit_scale,
    flow_branches,
    flow_constant,
    flow_constant_deep,
    function_space,
    hessian_metric,
    jacobian_order,
    kernels,
    lasso_flow,
    lasso_path,
    limit_rates,
    limits,
    many_least,
    one_sided,
    potential_depth_two,
    potentials,
    printed,
    shared_factor,
    sharpness,
    stochastic_flow,
    stochastic_mean,
    stochastic_step,
    theorem_two,
    thresholds,
    warped_time,
    zero_start,
)
from verify.claims.claim import Claim

MODULES = (
    potential_depth_two, potentials, flow_constant, flow_constant_deep, limits, limit_rates,
    many_least, expansions, sharpness, explicit_root, explicit_potential, explicit_scale,
    kernels, one_sided, stochastic_step, stochastic_mean, stochastic_flow, zero_start,
    thresholds, escape, escape_deeper, energies, flow_branches, printed, theorem_two,
    function_space, jacobian_order, hessian_metric, warped_time, commuting, shared_factor,
    lasso_flow, lasso_path, convex_losses,
)  # fmt: skip
CLAIMS = tuple(c for m in MODULES for c in vars(m).values() if isinstance(c, Claim))
