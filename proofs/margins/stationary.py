"""Stationary points of sum |u^l|^2 over L balanced layers under margins. z conj(beta^) = |u^l|^2 =
|beta^|^(2/L) at each entry, z being the sum of multipliers times samples there: a stationary point
of the quasi-norm sum |beta^|^(2/L).

For diagonal networks beta^ is beta, for circular convolutions its Fourier transform; for layers
that are fully connected there is one entry, the length of beta, at every depth.
"""

from proofs.margins.sources import CONVOLUTIONS
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions.equals import Equals
from verify.models.formulas import Formulas, Let, Letter, Power, letters, partial
from verify.terms.expr import const

W, L = letters("w L")
STATIONARY = Claim(
    id="lin-nets-stationary",
    title="balanced layers: stationary points of the weights are those of the quasi-norm",
    setting=Formulas(
        "w one entry |beta^|, q = |u|^2 of each of L layers as |u|^L = w; z = sum nu_n x_n there,"
        " from the condition u = z w/u of a layer",
        (Letter("w", ">"), Letter("L", ">")),
        (Power("q", W, 2 / L), Let("z", const("q") / W)),
        points=({"w": 4, "L": 1}, {"w": 8, "L": 3}),
    ),
    assuming=(),
    concluding={"stationary": Equals(L / 2 * partial("w", const("q")), const("z"))},
    source=CONVOLUTIONS,
    remarks=(Remark("lin-nets-stationary-length"),),
)
STATIONARY_LENGTH = STATIONARY.false_variant(
    id="lin-nets-stationary-length",
    title="a misreading: balanced layers have the stationary points of the length",
    concluding={"stationary": Equals(partial("w", W**2 / 2), const("z"))},
)
