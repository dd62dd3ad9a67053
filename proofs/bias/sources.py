"""Papers that claims about implicit bias come from: Woodworth et al., and the lectures that treat
them.
"""

from verify.claims.claim import Source

#: exact links at depth 2: B^T grad Q is conserved, and so its argmin is reached
EXACT = ("mirror-identity-logarithms", "diag-d2-qalpha")
DEEP = ("mirror-identity", "diag-depthd-qd")  # conserved, and the least of Q, at every depth > 2
EVERY = (*EXACT, *DEEP)
LECTURES = "treated in the lectures arXiv:2311.15404v2"
THEOREM_1 = Source("2002.09277v3", "Theorem 1", note=LECTURES)
THEOREM_2 = Source("2002.09277v3", "Theorem 2", note=LECTURES)
THEOREM_3 = Source("2002.09277v3", "Theorem 3", note=LECTURES)
APPENDIX_E = Source("2002.09277v3", "Appendix E", note=LECTURES)
DERIVED = Source("2002.09277v3", note=f"derived for its setting; {LECTURES}")
PRINTED = Source("2002.09277v3", note="as the paper prints it")
SEED = Source("2311.15404v2", note="a loose sentence about these lectures")
OF_LECTURES = Source("2311.15404v2", note="derived for its setting; not stated there")
RICH_RATE = Source("2506.01143v2", note="the rate is of that paper; the example is derived")
LAZY = Source("1812.07956v5", note="the regime is of that paper; the exponents are derived")
SGD = Source("2106.09524v3", note="the effective scale is of that paper; the exact step is derived")
APPENDIX_C = Source("2002.09277v3", "Appendix C", note="the right form of a slip of print")
LASSO = Source("2509.18766v2", note="the path is of that paper; the identity is derived")
