"""At infinite depth A_(N,X)/N has a limit: the error is of order 1/N, and of order 1/N^2 where
sigma_k sigma_l = 1. Where sigma_k = sigma_l it is sigma_k^2; there A_N/N = sigma_k^(2-2/N) by
dln-gn-kernel-equal.

The limit: Cohen, Menon, Veraszto, arXiv:2210.12497. The order of the error is derived.
"""

from fractions import Fraction

from proofs.samples.depth import COMMON, DEPTH, EQUAL, ERROR, KERNEL, LEADING, LIMIT, RECIPROCAL
from proofs.sources import LM_BACKGROUND
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions import TendsAtOrder
from verify.claims.experiments import Compare
from verify.claims.verdict import Verdict
from verify.models.samples import Samples

DLN_INFINITE_DEPTH = Claim(
    id="dln-infinite-depth",
    title="the kernel at large depth and its error",
    setting=Samples(DEPTH, sizes=((),), each=5),
    assuming=(),
    concluding={
        "order": TendsAtOrder(KERNEL, LIMIT, 1),
        "coefficient": TendsAtOrder(ERROR, LEADING, 1),
    },
    experiments=(
        Compare("order", near_miss=Fraction(11, 10)),
        Compare("coefficient", near_miss=Fraction(11, 10)),
    ),
    source=LM_BACKGROUND,
    remarks=(Remark("dln-infinite-depth-equal"), Remark("dln-infinite-depth-reciprocal")),
    expected=Verdict.SUPPORTED,
)

DLN_INFINITE_DEPTH_RECIPROCAL = Claim(
    id="dln-infinite-depth-reciprocal",
    title="the kernel at large depth where two singular values are reciprocal",
    setting=Samples(RECIPROCAL, sizes=((),), each=5),
    assuming=(),
    concluding={"order": TendsAtOrder(KERNEL, LIMIT, 2)},
    experiments=(Compare("order", near_miss=Fraction(21, 10)),),
    source=LM_BACKGROUND,
    expected=Verdict.SUPPORTED,
)

DLN_INFINITE_DEPTH_EQUAL = Claim(
    id="dln-infinite-depth-equal",
    title="the kernel at large depth where two singular values agree",
    setting=Samples(EQUAL, sizes=((),), each=9),
    assuming=(),
    concluding={"order": TendsAtOrder(KERNEL, COMMON, 1)},
    experiments=(Compare("order", near_miss=Fraction(11, 10)),),
    source=LM_BACKGROUND,
    expected=Verdict.SUPPORTED,
)
