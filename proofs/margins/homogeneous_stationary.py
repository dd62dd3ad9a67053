"""Homogeneous networks: how far weights and gradient are from parallel, and how fast the direction
turns, by the rate of the smoothed margin.
"""

from proofs.margins.smoothed_margin import MARGIN, POWER, E, K, L, R, S, V, smoothed
from proofs.margins.sources import HOMOGENEOUS
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions.sign import Sign
from verify.terms.expr import dot

SCALE = R * E / POWER
STATIONARY = Claim(
    id="lyu-li-stationary",
    title="homogeneous networks: how far weights and gradient are from parallel, by the rate",
    setting=smoothed(""),
    assuming=(),
    concluding={
        "across": Sign(SCALE * dot(MARGIN) - K**2, ">="),
        "slack": Sign(SCALE * dot(MARGIN) - L**2 * V * S**2, ">="),
    },
    source=HOMOGENEOUS,
    remarks=(Remark("lyu-li"),),
)
TURN = Claim(
    id="lyu-li-turn",
    title="homogeneous networks: the speed of the direction, by the rates of margin and length",
    setting=smoothed(""),
    assuming=(),
    concluding={"turn": Sign(dot(MARGIN) / MARGIN * dot(R) / (2 * R) - L * K**2 / R**2, ">=")},
    source=HOMOGENEOUS,
    remarks=(Remark("lyu-li-stationary"), Remark("lyu-li-direction")),
)
