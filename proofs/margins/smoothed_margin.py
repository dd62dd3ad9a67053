"""The smoothed margin of a homogeneous network, in the letters of ``homogeneous``."""

from verify.models.formulas import Formulas, Let, Letter, Power, letters
from verify.terms.expr import const

R, M, E, L, K, S = letters("R l E L k m")
V, H, POWER, MARGIN = const("v"), const("h"), const("p"), const("margin")
WORDS = (
    "E the loss, R = |w|^2, l = log(1/E), h = |grad E|^2, v = sum q_n exp(-q_n), margin = l/|w|^L"
)


def smoothed(sign: str) -> Formulas:
    """k of a sign: 0 where w and the gradient are parallel. l > 0: all margins are positive."""
    return Formulas(
        WORDS,
        (*(Letter(x, ">") for x in ("R", "l", "E", "L")), Letter("k", sign), Letter("m")),
        (
            Let("v", E * M + S**2),
            Let("h", (L**2 * V**2 + K**2) / R),
            Power("p", R, -L / 2),
            Let("margin", M * POWER),
        ),
        {"R": 2 * L * V, "l": H / E, "E": -H},
    )
