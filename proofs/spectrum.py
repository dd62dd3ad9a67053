"""The spectrum of the metric H at balance: lambda_i^2 + lambda_j^2 - 2 lambda_i lambda_j cos(pi
m/N), for every N and size.

W_k = U_k D U_(k-1)* with U_k* U_k = I; Y is a matrix unit of the frames, so D Y = lam Y, Y D = mu
Y; s_k = sin(pi m k/N) satisfies s_(k-1) + s_(k+1) = 2 gamma s_k, s_0 = s_N = 0, gamma = cos(pi
m/N). Then c_k = s_k U_k Y U_k* is an eigenvector: (N-1) d^2 of them.
"""

from fractions import Fraction

from proofs.sources import LINDSEY_MENON
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions.matrix_kinds import Aid, Identity, Use
from verify.models.matrices import Example, Matrices
from verify.terms.affine import k
from verify.terms.letters import Letter
from verify.terms.matrices import Family, H, Sequence, U, W, const, letter, num
from verify.terms.relation import Equal

D, Y = letter("D"), letter("Y")
c, s = Family("c"), Sequence("s")
lam, mu, gamma = const("lam"), const("mu"), const("gamma")
_UNIT = ((1, 0), (0, 1))
_DIAGONAL = ((2, 0), (0, 3))
EXAMPLE = Example(
    depth=3,
    dims=(2, 2, 2, 2),
    sizes={"n": 2},
    values={
        "W": (_DIAGONAL, _DIAGONAL, _DIAGONAL),
        "P": ((0, 0), (0, 0)),
        "U": (_UNIT, _UNIT, _UNIT, _UNIT),
        "D": _DIAGONAL,
        "Y": ((0, 1), (0, 0)),
        "c": (((0, 1), (0, 0)), ((0, 1), (0, 0))),
    },
    scalars={"lam": 2, "mu": 3, "gamma": Fraction(1, 2)},
    sequences={"s": (1, 1)},
)
FRAMES = Matrices(
    letters=(
        Letter("U", "k", "n", "ends"),
        Letter("D", "n", "n", form="hermitian", about="D = diag(lambda_i)"),
        Letter("Y", "n", "n", about="a matrix unit"),
        Letter("c", "k", "k", "inner"),
    ),
    sequences=("s",),
    definitions={
        "frames": (Equal(W[k], U[k] * D * U[k - 1].H, 1, 0), Equal(U[k].H * U[k], num(1), 0, 0)),
        "unit": (Equal(D * Y, lam * Y), Equal(Y * D, mu * Y)),
        "path": (Equal(s[k - 1] + s[k + 1], 2 * gamma * s[k], 1, 1),),
        "vector": (Equal(c[k], s[k] * U[k] * Y * U[k].H, 1, 1),),
    },
    note="gamma = cos(pi m/N) and s_k = sin(pi m k/N), m = 1..N-1, are the solutions of path",
    examples=(EXAMPLE,),
)
_STEP = Use("path", k, left=-lam * mu * U[k] * Y, right=U[k].H)
DLN_H_SPECTRUM = Claim(
    id="dln-h-spectrum",
    also=("dln-H-spectrum",),
    title="eigenvalues of H at balance",
    setting=FRAMES,
    assuming=(),
    concluding={"eigenvalue": Identity(H("c", k), (lam**2 + mu**2 - 2 * lam * mu * gamma) * c[k])},
    hints={"eigenvalue": Aid(uses={"identity": (_STEP,)})},
    source=LINDSEY_MENON,
    remarks=(Remark("dln-h-spectrum-all"), Remark("dln-h-spectrum-step"), Remark("kn-rate")),
    unstated="that sin(N theta) is 0 in (0, pi) at pi m/N alone, N - 1 different cosines, so that"
    " these values are all for N > 6: what sin and cos are has no letters; how the path and the"
    " determinant go from N to N + 1 is dln-h-spectrum-step",
)
DLN_H_SPECTRUM_SIGN = DLN_H_SPECTRUM.false_variant(
    id="dln-h-spectrum-misread",
    title="a misreading: eigenvalues of H at balance",
    concluding={"eigenvalue": Identity(H("c", k), (lam**2 + mu**2 - lam * mu * gamma) * c[k])},
)
