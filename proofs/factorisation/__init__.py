"""Claims about matrix factorisation: measurements that commute and that do not, singular values,
completion.
"""

from proofs.factorisation import (
    commuting,
    completion,
    drift,
    kernel_regime,
    kernel_wide,
    lazy,
    limits,
    mirrored,
    negative,
    nuclear,
    several,
    singular_values,
    turning_frames,
    wide,
)
from verify.claims.claim import Claim

MODULES = (
    commuting,
    limits,
    drift,
    mirrored,
    wide,
    lazy,
    several,
    kernel_regime,
    kernel_wide,
    singular_values,
    turning_frames,
    completion,
    negative,
    nuclear,
)
CLAIMS = tuple(c for m in MODULES for c in vars(m).values() if isinstance(c, Claim))
