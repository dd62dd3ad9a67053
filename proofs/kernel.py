"""The kernel A(Z) = sum_p M^(N-p) Z S^(p-1) of the learning flow on a pair of eigenspaces, M Z =
mu Z and Z S = nu Z.

Its eigenvalue is (mu^N - nu^N)/(mu - nu), and N mu^(N-1) where mu = nu. With mu = sigma_k^(2/N), nu
= sigma_l^(2/N) these are (sigma_k^2 - sigma_l^2)/(sigma_k^(2/N) - sigma_l^(2/N)) and N
sigma_k^(2-2/N).
"""

from proofs.lemmas.kernel import ANY, AZ, M, S, Z, mu, nu
from verify.claims.claim import Break, Claim, Remark, Source
from verify.claims.conclusions.matrix_kinds import Aid, Identity, Lemma, Use
from verify.claims.hypotheses.matrices import Holds
from verify.models.matrices import Example, Matrices
from verify.terms.affine import N, k
from verify.terms.relation import Equal

KERNEL = Source(
    "2511.01137v2", note="kernel as in arXiv:2210.12497; mu = sigma_k^(2/N), nu = sigma_l^(2/N)"
)
_LEFT_EIGEN = Lemma(
    "M^j Z",
    Equal(M ** (N - k) * Z, mu ** (N - k) * Z, 0, 0),
    "down",
    (Use("M^j Z", k + 1, left=M), Use("eigen", part=0, left=mu ** (N - k - 1))),
)
_RIGHT_EIGEN = Lemma(
    "Z S^j",
    Equal(Z * S ** (k - 1), nu ** (k - 1) * Z, 1, -1),
    "up",
    (Use("Z S^j", k - 1, right=S), Use("eigen", part=1, left=nu ** (k - 2))),
)
EIGEN = Holds("eigen", "a pair of eigenspaces", (Equal(M * Z, mu * Z), Equal(Z * S, nu * Z)))
_PAIR = Example(
    values={"M": [[2, 0], [0, 3]], "S": [[5]], "Z": [[1], [0]]},
    depth=3,
    sizes={"m": 2, "n": 1},
    scalars={"mu": 2, "nu": 5},
)
_OTHER = Example(
    values={"M": [[2, 1], [1, 3]], "S": [[5]], "Z": [[1], [0]]},
    depth=3,
    sizes={"m": 2, "n": 1},
    scalars={"mu": 2, "nu": 5},
)
DLN_GN_KERNEL = Claim(
    id="dln-gn-kernel",
    also=("dln-gN-kernel",),
    title="the kernel of the learning flow and a Sylvester equation",
    setting=Matrices(letters=ANY, layers=False, examples=(_PAIR, _OTHER)),
    assuming=(EIGEN,),
    concluding={
        "sylvester": Identity(M * AZ - AZ * S, M**N * Z - Z * S**N),
        "eigenvalue": Identity((mu - nu) * AZ, (mu**N - nu**N) * Z),
    },
    hints={"eigenvalue": Aid(lemmas=(_LEFT_EIGEN, _RIGHT_EIGEN))},
    breaks=(Break("eigen"),),
    source=KERNEL,
    remarks=(Remark("dln-gn-kernel-equal"),),
)
