"""The volume of the metric g^N on real d x d matrices, from the kernel of A_{N,X}: fixed d and N,
each an identity in lambda_i.

With sigma_i = lambda_i^N, A_{N,X} has the eigenvalue a_kl = sum_{p=1..N} lambda_k^(2(N-p))
lambda_l^(2(p-1)) for each pair (k, l), and det g^N = 1/det A_{N,X}. The formula is

    sqrt(det g^N) = N^(-d/2) |det X|^(-(N-1)/N) prod_{k<l} (lambda_k^2 - lambda_l^2)/(lambda_k^(2N)
    - lambda_l^(2N));

both sides are positive, so det A_{N,X} times the square of the right-hand side must be 1; a_kl and
a_lk are the same. At a fixed depth a_kl is the sum itself; for every depth at once (widths 1 to 3)
its closed form is taken from dln-gn-kernel and dln-gn-kernel-equal.
"""

from proofs.lemmas.volume import LAMBDA, WIDEST, entry, kernel, volume
from verify.claims.claim import Claim, Remark, Source
from verify.claims.conclusions.equals import Equals

VOLUME = Source(
    "2511.01137v2",
    note="kernel and volume after Cohen, Menon and Veraszto, recalled there; fixed d and N",
)


def claim(depth: int) -> Claim:
    x, y = LAMBDA[:2]
    quotient = (x ** (2 * depth) - y ** (2 * depth)) / (x**2 - y**2)
    return Claim(
        id=f"dln-volume-n{depth}",
        also=("dln-volume",) if depth == 2 else (),
        title=f"the volume of the learning metric at depth {depth}, widths 1 to {WIDEST}",
        setting=kernel(depth),
        assuming=(),
        concluding={"kernel": Equals(entry(1, 2), quotient)}
        | {f"d{d}": volume(d, depth) for d in range(1, WIDEST + 1)},
        source=VOLUME,
        remarks=(Remark("dln-volume-any-depth"),) if depth == 2 else (),
    )


DLN_VOLUME_2 = claim(2)
DLN_VOLUME_3 = claim(3)
DLN_VOLUME_4 = claim(4)
DLN_VOLUME_5 = claim(5)
