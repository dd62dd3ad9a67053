"""The spectrum of the metric H at balance: lambda_i^2 + lambda_j^2 - 2 lambda_i lambda_j cos(pi
m/N), for every N and size.

W_k = U_k D U_(k-1)* with U_k* U_k = I; Y is a matrix unit of the frames, so D Y = lam Y, Y D = mu
Y; s_k = sin(pi m k/N) satisfies s_(k-1) + s_(k+1) = 2 gamma s_k, s_0 = s_N = 0, gamma = cos(pi
m/N). Then c_k = s_k U_k Y U_k* is an eigenvector: (N-1) d^2 of them.
"""

from proofs.lemmas.unit_in_frames import FRAMES, Y, c, gamma, lam, mu
from proofs.sources import LINDSEY_MENON
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions.matrix_kinds import Aid, Identity, Use
from verify.terms.affine import k
from verify.terms.matrices import H, U

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
