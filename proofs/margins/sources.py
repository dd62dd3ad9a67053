"""Papers that claims about margins come from, and the lectures that treat them."""

from verify.claims.claim import Source

TREATED = "treated in the lectures arXiv:2311.15404v2"
LECTURES = Source("2311.15404v2", note="derived for its setting; not stated there")
SEED = Source("2311.15404v2", note="a loose sentence about these lectures")
SEPARABLE = Source("1710.10345v5", note=f"derived at an example; {TREATED}")
SEPARABLE_ALL = Source("1710.10345v5", note=f"derived for its setting; {TREATED}")
HOMOGENEOUS = Source(
    "1906.05890v1",
    note="of that paper; the identities are derived; that limits satisfy KKT is no claim",
)
CONVOLUTIONS = Source("1806.00468v1", note="of that paper; the identities are derived")
ACCURACY = Source(
    "2007.06738v1", note=f"the regimes are of that paper, the examples derived; {TREATED}"
)
CROSSED = Source(
    "2007.06738v1",
    note="derived at an example, whose exponent 3/2 follows from exp-crossover-exponent and the"
    " claims beside it; from 1/40 to 1/80 a local one is enclosed, between 1.43 and 1.47;"
    f" {TREATED}",
)
LEXICOGRAPHIC = Source("1905.07325v1", note="of that paper; the example is derived")
GEOMETRY = Source("1802.08246v3", note="of that paper; the examples are derived")
