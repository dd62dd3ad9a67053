"""Papers that claims about implicit bias come from: Woodworth et al., and the lectures that treat
them.
"""

from verify.claims.claim import Source

LECTURES = "treated in the lectures arXiv:2311.15404"
THEOREM_1 = Source("2002.09277", "Theorem 1", note=LECTURES)
THEOREM_2 = Source("2002.09277", "Theorem 2", note=LECTURES)
THEOREM_3 = Source("2002.09277", "Theorem 3", note=LECTURES)
APPENDIX_E = Source("2002.09277", "Appendix E", note=LECTURES)
DERIVED = Source("2002.09277", note=f"derived for its setting; {LECTURES}")
PRINTED = Source("2002.09277", note="as the paper prints it")
SEED = Source("2311.15404", note="a loose sentence about these lectures")
OF_LECTURES = Source("2311.15404", note="derived for its setting; not stated there")
RICH_RATE = Source("2506.01143", note="the rate is of that paper; the example is derived")
LAZY = Source("1812.07956", note="the regime is of that paper; the exponents are derived")
SGD = Source("2106.09524", note="the effective scale is of that paper; the exact step is derived")
