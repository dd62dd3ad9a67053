"""The volume of the metric g^N at widths 1 to 3, for every depth at once: see ``volume``."""

from proofs.lemmas.volume import LAMBDA, entry, product
from proofs.volume import VOLUME
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions.equals import Equals
from verify.models.formulas import Formulas, Let, Letter, Power
from verify.terms.expr import Expr, const, num

N = const("N")
SIGMA = tuple(const(f"sigma{k}") for k in (1, 2, 3))


def closed(k: int, l: int) -> Expr:
    """a_kl by dln-gn-kernel, for every depth."""
    x, y = LAMBDA[k - 1], LAMBDA[l - 1]
    if k == l:
        return N * SIGMA[k - 1] ** 2 / x**2
    return (SIGMA[k - 1] ** 2 - SIGMA[l - 1] ** 2) / (x**2 - y**2)


def volume_of_any_depth(size: int) -> Equals:
    """det A times the square of N^(-d/2) prod (sigma_k/lambda_k)^(-1) prod 1/a_kl, for d = size."""
    own = range(1, size + 1)
    left = product([entry(k, k) * (LAMBDA[k - 1] / SIGMA[k - 1]) ** 2 for k in own]) / N**size
    for k, l in ((k, l) for k in own for l in own if k < l):
        x, y = LAMBDA[k - 1], LAMBDA[l - 1]
        quotient = (x**2 - y**2) / (SIGMA[k - 1] ** 2 - SIGMA[l - 1] ** 2)
        left = left * entry(k, l) ** 2 * quotient**2
    return Equals(left, num(1))


DLN_VOLUME_ANY = Claim(
    id="dln-volume-any-depth",
    title="the volume of the learning metric, widths 1 to 3",
    setting=Formulas(
        "eigenvalues a_kl of A_(N,X) as dln-gn-kernel has them, sigma_k = lambda_k^N",
        (*(Letter(f"lambda{k}", ">") for k in (1, 2, 3)), Letter("N", ">")),
        (
            *(Power(f"sigma{k}", LAMBDA[k - 1], N) for k in (1, 2, 3)),
            *(Let(f"a{k}{l}", closed(k, l)) for k in (1, 2, 3) for l in range(k, 4)),
        ),
        points=({"lambda1": 4, "lambda2": 3, "lambda3": 2, "N": 2},),
    ),
    assuming=(),
    concluding={f"d{d}": volume_of_any_depth(d) for d in (1, 2, 3)},
    source=VOLUME,
    remarks=(Remark("dln-gn-kernel"), Remark("dln-gn-kernel-equal")),
)
