"""The limit alpha -> 0 of M = U U^T from alpha I with one measurement A: the least nuclear norm
among M >= 0, with its rate. By mf-commuting M = alpha^2 exp(nu A); an eigenvalue a of A, relative
to the largest, gives alpha^2 (m_1/alpha^2)^a, so that the trace exceeds the least one by an order
of alpha^(2 (1 - a)), a the second eigenvalue: alpha for a = 1/2, with the coefficient sqrt(y)/2.
"""

from fractions import Fraction

from proofs.factorisation.sources import COMMUTING
from proofs.samples import commuting as s
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions import TendsAtOrder
from verify.claims.experiments import Compare
from verify.claims.verdict import Verdict
from verify.models.samples import Samples

MF_COMMUTING_LIMIT = Claim(
    id="mf-commuting-limit",
    title="factorisation from one measurement, small scales: trace, entry and their rate",
    setting=Samples(s.LIMITS, sizes=((),), each=5),
    assuming=(),
    concluding={
        "trace": TendsAtOrder(s.TRACE, s.LEAST, 6),
        "entry": TendsAtOrder(s.ENTRY, s.AT_LEAST, 6),
        "coefficient": TendsAtOrder(s.OVER, s.HALF_ROOT, 3),
    },
    experiments=(
        Compare("trace", near_miss=Fraction(61, 10)),
        Compare("entry", near_miss=Fraction(61, 10)),
        Compare("coefficient", near_miss=Fraction(31, 10)),
    ),
    source=COMMUTING,
    links=("mf-symmetries", "mf-commuting"),
    remarks=(Remark("mf-commuting"),),
    expected=Verdict.SUPPORTED,
)
