"""True claims about networks, matrices and actions: what ``verify candidates`` compares with, which
need not wait for all the others.
"""

from proofs import (
    actions,
    balance,
    balanced_roots,
    balancing,
    critical,
    degree_k,
    dimensions,
    euler,
    fibre,
    fisher_optimum,
    fisher_unique,
    gramian,
    kempf_ness_everywhere,
    kernel,
    layer_norm,
    learning,
    linear_systems,
    minimal_systems,
    mirror,
    moments,
    multiplicative,
    near_balance,
    norm_balance,
    nuclear_norm,
    objectives,
    one_orbit,
    one_output_flow,
    orbits,
    quasi_norm,
    quasi_norm_variants,
    scatter_eigenvalues,
    spectrum,
    weight_decay,
    zero_invariance,
)
from proofs.factorisation import drift, several, singular_values, turning_frames
from verify.claims.claim import Claim
from verify.claims.verdict import Verdict

KINDS = ("flow", "matrices", "action")  # of settings
MODULES = (
    actions,
    balance,
    balanced_roots,
    balancing,
    critical,
    degree_k,
    dimensions,
    euler,
    fibre,
    fisher_optimum,
    fisher_unique,
    gramian,
    kempf_ness_everywhere,
    kernel,
    layer_norm,
    learning,
    linear_systems,
    minimal_systems,
    mirror,
    moments,
    multiplicative,
    near_balance,
    norm_balance,
    nuclear_norm,
    objectives,
    one_orbit,
    one_output_flow,
    orbits,
    quasi_norm,
    quasi_norm_variants,
    scatter_eigenvalues,
    spectrum,
    weight_decay,
    zero_invariance,
    drift,
    several,
    singular_values,
    turning_frames,
)
_OF_MODELS = (
    c
    for m in MODULES
    for c in vars(m).values()
    if isinstance(c, Claim) and c.setting.kind in KINDS and c.expected is Verdict.PROVED
)
OF_MODELS = tuple({c.id: c for c in _OF_MODELS}.values())
