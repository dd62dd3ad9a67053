"""Claims about matrix factorisation: measurements that commute and that do not, singular values,
completion.
"""

from proofs.factorisation import (
    commuting,
    commuting_frame,
    completion,
    completion_bound,
    drift,
    drift_linear,
    drift_residuals,
    kernel_regime,
    kernel_wide,
    lazy,
    limits,
    mirrored,
    negative,
    negative_limit,
    nuclear,
    several,
    several_way,
    singular_values,
    turning_frames,
    wide,
    wide_rate,
)
from verify.claims.claim import Claim

MODULES = (
    commuting,
    commuting_frame,
    limits,
    drift,
    drift_linear,
    drift_residuals,
    mirrored,
    wide,
    wide_rate,
    lazy,
    several,
    several_way,
    kernel_regime,
    kernel_wide,
    singular_values,
    turning_frames,
    completion,
    completion_bound,
    negative,
    negative_limit,
    nuclear,
)
CLAIMS = tuple(c for m in MODULES for c in vars(m).values() if isinstance(c, Claim))
