"""Papers that the claims come from."""

from verify.claims.claim import Source

DEEP_LDA = Source("2603.02622v1", "abstract")
DERIVED = Source("2603.02622v1", note="derived for its setting; not stated in its abstract")
LINDSEY_MENON = Source("2511.01137v2")
LM_DERIVED = Source("2511.01137v2", note="derived for its setting; not stated there")
HIDDEN_GL = Source(
    "2511.01137v2",
    note="derived from the action of the hidden GL; counts not stated in the paper",
)
LAWS_COUNTED = Source("2307.00144v1", note="derived for its setting; counts from the action")
LM_BACKGROUND = Source(
    "2511.01137v2", note="background; the source that it cites is named in the file"
)
LM_SCHATTEN_NORMS = Source("2511.01137v2", "eq:schatten", note="the least value is derived")
RATES = Source("2406.06158v2", note="the form with weights is derived")
MIRROR_DERIVED = Source(
    "2002.09277v3",
    note="derived; its theorems 1 and 3 follow from it; treated in the lectures arXiv:2311.15404v2",
)
BLOCKS_SOURCE = Source("2606.17816v1", note="derived; that there are no further laws is not stated")
HOMOGENEOUS = Source("1806.00900v2", note="shown there for homogeneous networks; derived here")
FACTORS = Source("2502.20531", note="the factor of one step is derived")
UNTIED = Source("2002.09277v3", note="with layers of their own; derived")
RELAXED = Source("2508.07370v1", note="the identity is derived")
DEEP_DIAGONAL = Source("2412.16765v3", note="the identities are derived")
