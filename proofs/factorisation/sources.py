"""Papers on matrix factorisation that claims here come from."""

from verify.claims.claim import Source

COMMUTING = Source("1705.09280v1", note="the limit is of that paper; the identities are derived")
GREEDY = Source("2012.09839v1", note="refuted there as well; the formula here is derived")
DEEP = Source("1905.13655v1", note="the rate is of that paper; the steps are derived")
COMPLETION = Source("2005.06398v2", note="2 x 2 example; the identities are derived")
