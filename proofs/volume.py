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

from verify.claims.claim import Claim, Remark, Source
from verify.claims.conclusions.equals import Equals
from verify.models.formulas import Formulas, Let, Letter, Power, letters
from verify.terms.expr import Expr, const, num

VOLUME = Source(
    "2511.01137v2",
    note="kernel and volume after Cohen, Menon and Veraszto, recalled there; fixed d and N",
)
WIDEST = 4
LAMBDA = letters("lambda1 lambda2 lambda3 lambda4")


def product(factors: list[Expr]) -> Expr:
    found = factors[0]
    for x in factors[1:]:
        found = found * x
    return found


def entry(k: int, l: int) -> Expr:
    """The eigenvalue of a pair, by its abbreviation; each pair k < l occurs twice in det A."""
    return const(f"a{k}{l}")


def kernel(depth: int) -> Formulas:
    """a_kl as geometric sums."""
    lets = []
    for k in range(1, WIDEST + 1):
        for l in range(k, WIDEST + 1):
            x, y = LAMBDA[k - 1], LAMBDA[l - 1]
            terms = [
                raised(x, 2 * (depth - p)) + raised(y, 2 * (p - 1)) for p in range(1, depth + 1)
            ]
            lets.append(Let(f"a{k}{l}", Expr("+", tuple(product(t) for t in terms))))
    return Formulas(
        f"eigenvalues a_kl of A_(N,X) for N = {depth}, sigma_i = lambda_i^{depth}",
        tuple(Letter(f"lambda{k}", ">") for k in range(1, WIDEST + 1)),
        tuple(lets),
        points=({"lambda1": 4, "lambda2": 3, "lambda3": 2, "lambda4": 1},),
    )


def raised(x: Expr, e: int) -> list[Expr]:
    """x^e as a factor, none for e = 0."""
    return [x**e] if e else []


def volume(size: int, depth: int) -> Equals:
    """det A times the square of the formula is 1, for d = size; each a_kl^2 stands beside its
    quotient.
    """
    own = range(1, size + 1)
    pairs = [(k, l) for k in own for l in own if k < l]
    weight = num(depth**size) * product(LAMBDA[:size]) ** (2 * (depth - 1))
    left = product([entry(k, k) for k in own]) / weight
    for k, l in pairs:
        x, y = LAMBDA[k - 1], LAMBDA[l - 1]
        left = (
            left * entry(k, l) ** 2 * ((x**2 - y**2) / (x ** (2 * depth) - y ** (2 * depth))) ** 2
        )
    return Equals(left, num(1))


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
