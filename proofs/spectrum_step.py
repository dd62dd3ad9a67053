"""The spectrum of H at balance at every depth: the step from k to k + 1 of sin(k theta), and of the
determinants of the tridiagonal matrix.

With c = cos(theta) and sigma = sin(theta) the point (c_k, s_k) = (cos(k theta), sin(k theta)) is
turned by theta. So s_k solves the path of dln-h-spectrum, and d_k = b^k s_(k+1)/sigma obeys d_(k+1)
= 2 b c d_k - b^2 d_(k-1), from d_0 = 1 and d_1 = 2 b c on: d_(N-1) is 0 exactly where sin(N theta)
is.
"""

from proofs.sources import LINDSEY_MENON
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions.equals import Equals
from verify.models.formulas import Formulas, Let, Letter, letters
from verify.terms.expr import const

B, Q, S0, C0, P = letters("b q s0 c0 p")
C, SIGMA = const("c"), const("sigma")
S1, C1, S2, C2, S3 = map(const, ("s1", "c1", "s2", "c2", "s3"))
D0, D1, D2 = map(const, ("d0", "d1", "d2"))
TURNED = tuple(
    Let(f"{x}{k + 1}", e)
    for k, (s, c) in enumerate(((S0, C0), (S1, C1), (S2, C2)))
    for x, e in (("s", s * C + c * SIGMA), ("c", c * C - s * SIGMA))
)

DLN_H_SPECTRUM_STEP = Claim(
    id="dln-h-spectrum-step",
    title="the path and the determinants of H at balance, from one depth to the next",
    setting=Formulas(
        "q = tan(theta/2), 0 < theta < pi, so c = cos(theta), sigma = sin(theta); (c_k,"
        " s_k) is turned by theta three times; d_k = p b^k s_(k+1)/sigma, p any power of b",
        (Letter("q", ">"), *map(Letter, ("b", "s0", "c0", "p"))),
        (
            Let("c", (1 - Q**2) / (1 + Q**2)),
            Let("sigma", 2 * Q / (1 + Q**2)),
            *TURNED,
            Let("d0", P * S1 / SIGMA),
            Let("d1", P * B * S2 / SIGMA),
            Let("d2", P * B**2 * S3 / SIGMA),
        ),
    ),
    assuming=(),
    concluding={
        "circle": Equals(S1**2 + C1**2, S0**2 + C0**2),
        "path": Equals(S0 + S2, 2 * C * S1),
        "determinant": Equals(D2, 2 * B * C * D1 - B**2 * D0),
        "first": Equals(B * (SIGMA * C + C * SIGMA) / SIGMA, 2 * B * C),
    },
    source=LINDSEY_MENON,
    remarks=(Remark("dln-h-spectrum"), Remark("dln-h-spectrum-all")),
)
