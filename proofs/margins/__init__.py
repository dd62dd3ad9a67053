"""Classification: what gradient flow does to margins under losses with an exponential tail."""

from proofs.margins import (
    all_data,
    all_data_angle,
    all_data_direction,
    all_data_flow,
    all_data_steep,
    any_time,
    any_time_gap,
    bias_term,
    convolutions,
    crossover,
    crossover_exponent,
    crossover_rates,
    geometry,
    geometry_mirror,
    homogeneous,
    large_steps,
    lexicographic,
    lexicographic_degrees,
    lexicographic_flow,
    losses,
    narrow_kernel,
    one_margin,
    one_sample,
    real_space,
    regardless,
    separable,
    separable_breaks,
    signs,
    stationary,
    three_samples,
)
from verify.claims.claim import Claim

MODULES = (
    regardless, all_data, all_data_flow, all_data_steep, all_data_angle, all_data_direction,
    separable, separable_breaks, bias_term, large_steps, one_sample, convolutions, real_space,
    narrow_kernel, stationary, homogeneous, one_margin, three_samples, any_time, any_time_gap,
    crossover, crossover_rates, crossover_exponent, lexicographic, lexicographic_degrees,
    lexicographic_flow, geometry, geometry_mirror, losses, signs,
)  # fmt: skip
CLAIMS = tuple(c for m in MODULES for c in vars(m).values() if isinstance(c, Claim))
