"""Completion of a 2 x 2 matrix W = U V with w12 = w21 = 1 and w22 = 0 observed, w11 free: where the
norms do not grow without bound.

From U diagonal and V anti-diagonal (U = I/10, V = [[0, 1], [1, 0]]/10: det W(0) < 0) the zeros
stay, so w11 and w22 are 0 for ever: the sum of squares of all entries is that of w12 and w21. A
single layer moves only what is observed.
"""

from proofs.factorisation.sources import COMPLETION
from verify.claims.claim import Break, Claim, Remark
from verify.claims.conclusions import Equation
from verify.claims.experiments import Nearby
from verify.claims.hypotheses.related import Related
from verify.models.declared import Declared, constant, parameter
from verify.terms.expr import dot
from verify.terms.indices import Index, Sum

PLACES = tuple((r, c) for r in (1, 2) for c in (1, 2))
U, V = ({p: parameter(f"{x}{p[0]}{p[1]}") for p in PLACES} for x in "uv")
u, v = ({p: x.here for p, x in layer.items()} for layer in (U, V))
w = {(r, c): u[r, 1] * v[1, c] + u[r, 2] * v[2, c] for r, c in PLACES}
LOSS = ((w[1, 2] - 1) ** 2 + (w[2, 1] - 1) ** 2 + w[2, 2] ** 2) / 2
ZEROS = {"upper": u[1, 2], "lower": u[2, 1], "first": v[1, 1], "last": v[2, 2]}
OFF = w[1, 2] ** 2 + w[2, 1] ** 2

RAZIN_COHEN_SYMMETRIC = Claim(
    id="razin-cohen-symmetric",
    title="matrix completion from a symmetric start with negative determinant",
    setting=Declared((*U.values(), *V.values()), flow=LOSS),
    assuming=tuple(Related.start(name, e, 0) for name, e in ZEROS.items()),
    concluding={"squares": Equation(w[1, 1] ** 2 + w[2, 2] ** 2 + OFF, OFF)},
    experiments=(
        Nearby("squares", Equation(w[1, 1] ** 2 + w[2, 2] ** 2 + OFF, 2 * OFF), "twice of it"),
    ),
    breaks=tuple(Break(name) for name in ZEROS),
    source=COMPLETION,
    remarks=(Remark("razin-cohen-any-start"), Remark("razin-cohen-2x2")),
)

i, j = Index("i", "rows"), Index("j", "columns")
W, seen, y = parameter("W", i, j), constant("o", i, j), constant("y", i, j)
SQUARES = Sum(i, Sum(j, seen[i, j] * (W[i, j] - y[i, j]) ** 2)) / 2

RAZIN_COHEN_ONE_LAYER = Claim(
    id="razin-cohen-one-layer",
    title="matrix completion with one layer: rates of the entries",
    setting=Declared((W, seen, y), flow=SQUARES),
    assuming=(Related.of("mask", seen[i, j] ** 2, seen[i, j]),),
    concluding={"rate": Equation(dot(W[i, j]), seen[i, j] * dot(W[i, j]))},
    experiments=(
        Nearby("rate", Equation(dot(W[i, j]), 2 * seen[i, j] * dot(W[i, j])), "twice of it"),
    ),
    breaks=(Break("mask"),),
    source=COMPLETION,
    remarks=(Remark("razin-cohen-2x2"),),
)
