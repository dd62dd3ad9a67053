"""What the theory of implicit bias rests on: rates of convex optimisation, mirror descent."""

from proofs.foundations import (
    complexity,
    descent,
    flow,
    gronwall,
    mirror_steps,
    mirror_steps_order,
    selection,
    selection_fourth_power,
)
from verify.claims.claim import Claim

MODULES = (
    flow,
    gronwall,
    descent,
    selection,
    selection_fourth_power,
    mirror_steps,
    mirror_steps_order,
    complexity,
)
CLAIMS = tuple(c for m in MODULES for c in vars(m).values() if isinstance(c, Claim))
