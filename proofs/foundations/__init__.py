"""What the theory of implicit bias rests on: rates of convex optimisation, mirror descent."""

from proofs.foundations import (
    complexity,
    descent,
    descent_quadratic,
    descent_too_long,
    flow,
    flow_distance,
    flow_rates,
    gronwall,
    mirror_steps,
    mirror_steps_order,
    selection,
    selection_fourth_power,
)
from verify.claims.claim import Claim

MODULES = (
    flow,
    flow_distance,
    flow_rates,
    gronwall,
    descent,
    descent_quadratic,
    descent_too_long,
    selection,
    selection_fourth_power,
    mirror_steps,
    mirror_steps_order,
    complexity,
)
CLAIMS = tuple(c for m in MODULES for c in vars(m).values() if isinstance(c, Claim))
