"""What the theory of implicit bias rests on: rates of convex optimisation, mirror descent."""

from proofs.foundations import complexity, descent, flow, gronwall, mirror_steps, selection
from verify.claims.claim import Claim

MODULES = (flow, gronwall, descent, selection, mirror_steps, complexity)
CLAIMS = tuple(c for m in MODULES for c in vars(m).values() if isinstance(c, Claim))
