"""The spectrum of H at balance is complete: for each pair (lam, mu) it is that of a tridiagonal
matrix of size N - 1.

The matrix has lam^2 + mu^2 on the diagonal and -b, b = lam mu, beside it. At z = lam^2 + mu^2 - 2 b
c its characteristic determinant is b^(N-1) U(c), U the Chebyshev polynomial of degree N - 1, whose
zeros are the N - 1 numbers c = cos(pi m/N). So the eigenvectors of dln-h-spectrum are all. Here N =
2, ..., 6.
"""

from proofs.sources import LINDSEY_MENON, LM_DERIVED
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions.equals import Equals
from verify.models.formulas import Formulas, Let, Letter, letters
from verify.terms.expr import const

B, C, W1, W2 = letters("b c w1 w2")
X = const("x")
D1, D2, D3, D4, D5 = (const(f"d{j}") for j in range(1, 6))

DLN_H_SPECTRUM_ALL = Claim(
    id="dln-h-spectrum-all",
    title="the characteristic determinant of H at balance, depths 2 to 6",
    setting=Formulas(
        "d_j is the determinant of the tridiagonal matrix of size j with x = 2 b c on the diagonal"
        " and -b beside it",
        (Letter("b"), Letter("c")),
        (
            Let("x", 2 * B * C),
            Let("d1", X),
            Let("d2", X * D1 - B**2),
            Let("d3", X * D2 - B**2 * D1),
            Let("d4", X * D3 - B**2 * D2),
            Let("d5", X * D4 - B**2 * D3),
        ),
    ),
    assuming=(),
    concluding={
        "two": Equals(D1, 2 * B * C),
        "three": Equals(D2, B**2 * (2 * C - 1) * (2 * C + 1)),
        "four": Equals(D3, 4 * B**3 * C * (2 * C**2 - 1)),
        "five": Equals(D4, B**4 * (4 * C**2 - 2 * C - 1) * (4 * C**2 + 2 * C - 1)),
        "six": Equals(D5, 2 * B**5 * C * (4 * C**2 - 1) * (4 * C**2 - 3)),
    },
    source=LINDSEY_MENON,
    remarks=(Remark("dln-h-spectrum"),),
)

DLN_H_SPECTRUM_UNBALANCED = DLN_H_SPECTRUM_ALL.false_variant(
    id="dln-h-spectrum-unbalanced",
    title="a misreading: the eigenvalue of H away from balance, two scalar layers",
    setting=Formulas(
        "two scalar layers with the product w1 w2: H is w1^2 + w2^2, at balance 2 w1 w2",
        (Letter("w1", ">"), Letter("w2", ">")),
    ),
    concluding={"eigenvalue": Equals(W1**2 + W2**2, 2 * W1 * W2)},
    source=LM_DERIVED,
)
