"""Circular convolutions beta = u * v multiply discrete Fourier transforms, beta^_k = u^_k v^_k. The
transform turns lengths into lengths up to a factor, so gradient flow stays gradient flow, and
|u^_k|^2 - |v^_k|^2 is kept at each frequency k.

u^_k = a_k + i b_k, v^_k = c_k + i h_k, and f_k + i g_k of a third layer.
"""

from proofs.margins.sources import CONVOLUTIONS
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions import Conserved
from verify.claims.experiments import Nearby
from verify.models.declared import Declared, constant, loss, parameter
from verify.terms.indices import Index, Sum

k, n = Index("k", "frequencies"), Index("n", "data")
a, b, c, h, f, g = (parameter(x, k) for x in "abchfg")
X, Y = constant("X", n, k), constant("Y", n, k)
RE, IM = a[k] * c[k] - b[k] * h[k], a[k] * h[k] + b[k] * c[k]
two = loss("E", Sum(k, X[n, k] * RE + Y[n, k] * IM), gradient="s")
three = loss(
    "E",
    Sum(k, X[n, k] * (RE * f[k] - IM * g[k]) + Y[n, k] * (RE * g[k] + IM * f[k])),
    gradient="s",
)
KEPT = a[k] ** 2 + b[k] ** 2 - c[k] ** 2 - h[k] ** 2

CONVOLUTION = Claim(
    id="lin-nets",
    title="two layers of circular convolution: what each frequency keeps",
    setting=Declared((a, b, c, h, X, Y, two), flow=two.here),
    assuming=(),
    concluding={"frequency": Conserved(KEPT)},
    experiments=(Nearby("frequency", Conserved(a[k] ** 2 - c[k] ** 2), "real parts"),),
    source=CONVOLUTIONS,
    remarks=tuple(map(Remark, (
        "lin-nets-three", "lin-nets-width-three", "lin-nets-real-space", "lin-nets-narrow",
        "lin-nets-stationary",
    ))),
)  # fmt: skip
CONVOLUTION_THREE = Claim(
    id="lin-nets-three",
    title="three layers of circular convolution: what each frequency keeps",
    setting=Declared((a, b, c, h, f, g, X, Y, three), flow=three.here),
    assuming=(),
    concluding={
        "first": Conserved(KEPT),
        "second": Conserved(c[k] ** 2 + h[k] ** 2 - f[k] ** 2 - g[k] ** 2),
    },
    experiments=(Nearby("first", Conserved(a[k] ** 2 - c[k] ** 2), "real parts"),),
    source=CONVOLUTIONS,
)
