"""Eigenvalues a_kl of A_(N,X) as geometric sums, and the volume of the metric for widths 1 to 4."""

from verify.claims.conclusions.equals import Equals
from verify.models.formulas import Formulas, Let, Letter, letters
from verify.terms.expr import Expr, const, num

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
