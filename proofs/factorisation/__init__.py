"""Claims about matrix factorisation: measurements that commute and that do not, singular values,
completion.
"""

from proofs.factorisation import (
    commuting,
    completion,
    drift,
    mirrored,
    singular_values,
    turning_frames,
)
from verify.claims.claim import Claim

MODULES = (commuting, drift, mirrored, singular_values, turning_frames, completion)
CLAIMS = tuple(c for m in MODULES for c in vars(m).values() if isinstance(c, Claim))
